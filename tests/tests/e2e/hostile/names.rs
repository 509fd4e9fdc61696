//! Names that deceive, of people and of rooms.

use parlor_shared::{Action, Problem, limits::NAME_SCALARS};
use parlor_tests::{EngineKind, Session, SignIn};

use crate::{
    cast::{Stage, refusal},
    on_both_engines,
};

on_both_engines!(
    oversized_names_are_refused,
    control_and_bidi_and_invisible_characters_are_refused_in_names,
    names_that_look_alike_are_taken_and_another_is_suggested,
    a_name_may_be_an_enormous_body_without_harm,
);

const NOT_ALLOWED: Problem = Problem::NameNotAllowed { max: NAME_SCALARS as u32 };

async fn refused(stage: &Stage, name: &str) -> Problem {
    match Session::ask(stage.node.url(), name).await.unwrap() {
        SignIn::Refused(status, problem) => {
            assert!((400..500).contains(&status), "{status}");
            problem
        }
        SignIn::In(session) => panic!("{name:?} is in: {session:?}"),
    }
}

async fn oversized_names_are_refused(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    for name in [String::new(), " ".to_owned(), "x".repeat(NAME_SCALARS + 1), "x".repeat(50_000)] {
        assert_eq!(refused(&stage, &name).await, NOT_ALLOWED);
        let make = Action::CreateRoom { name };
        assert_eq!(refusal(ada.raw.ask(make).await.unwrap()), NOT_ALLOWED);
    }
    stage.still_talks().await;
}

async fn control_and_bidi_and_invisible_characters_are_refused_in_names(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    for character in
        ['\0', '\n', '\u{1B}', '\u{202E}', '\u{2066}', '\u{200B}', '\u{200D}', '\u{3164}']
    {
        let name = format!("Bo{character}b");
        assert_eq!(refused(&stage, &name).await, NOT_ALLOWED, "{character:?}");
        let make = Action::CreateRoom { name };
        assert_eq!(refusal(ada.raw.ask(make).await.unwrap()), NOT_ALLOWED, "{character:?}");
    }
    stage.still_talks().await;
}

async fn names_that_look_alike_are_taken_and_another_is_suggested(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    stage.session("Alice").await;
    // The same; another case; Cyrillic А, і and е; full width; spaces around.
    for name in ["Alice", "ALICE", "Аlісе", "Ａｌｉｃｅ", "  Alice "] {
        let problem = refused(&stage, name).await;
        let Problem::NameTaken { suggestion } = problem else { panic!("{name}: {problem:?}") };
        let free = stage.session(&suggestion).await;
        assert_eq!(free.person.name, suggestion);
    }
    stage.still_talks().await;
}

async fn a_name_may_be_an_enormous_body_without_harm(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let request = reqwest::Client::new().post(format!("{}/api/v1/session", stage.node.url()));
    let body = format!(r#"{{"name":"{}"}}"#, "x".repeat(8 * 1024 * 1024));
    // Refused by status, or the link is closed while it is still being sent.
    if let Ok(answer) = request.header("content-type", "application/json").body(body).send().await {
        assert!(answer.status().is_client_error(), "{}", answer.status());
    }
    for body in ["", "{", "[]", r#"{"name":7}"#, r#"{"nom":"Ada"}"#, "\u{FEFF}{}"] {
        let request = reqwest::Client::new().post(format!("{}/api/v1/session", stage.node.url()));
        let answer = request.header("content-type", "application/json").body(body).send().await;
        let answer = answer.unwrap();
        assert!(answer.status().is_client_error(), "{body}: {}", answer.status());
        let problem: Problem = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        assert!(matches!(problem, Problem::Malformed | Problem::BadParameters), "{problem:?}");
    }
    stage.still_talks().await;
}
