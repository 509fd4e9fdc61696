//! Getting in where one should not.

use parlor::Config;
use parlor_shared::{CloseCode, Problem};
use parlor_tests::{Dial, EngineKind, Raw, roomy};

use crate::{cast::Stage, on_both_engines};

on_both_engines!(
    a_socket_without_a_session_is_closed_with_its_code,
    a_token_that_is_none_or_has_ended_is_closed_with_its_code,
    a_foreign_origin_is_closed_with_its_code_whatever_its_cookie,
    the_own_and_an_allowed_origin_are_let_in,
    a_session_asked_for_by_a_foreign_page_is_refused,
    a_client_of_another_protocol_is_closed_with_its_code,
    the_token_is_taken_from_cookie_header_and_subprotocol,
    what_is_no_websocket_is_told_to_upgrade,
);

async fn closes(dial: Dial, code: CloseCode) {
    let mut raw = dial.connect().await.unwrap();
    assert_eq!(raw.closed().await.unwrap(), code.code());
}

async fn welcomes(dial: Dial) {
    let mut raw: Raw = dial.connect().await.unwrap();
    let event = raw.next().await.unwrap();
    assert!(matches!(event, parlor_shared::Event::Welcome(_)), "{event:?}");
}

async fn a_socket_without_a_session_is_closed_with_its_code(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    closes(Dial::new(stage.node.url()).unwrap(), CloseCode::NoSession).await;
    stage.still_talks().await;
}

async fn a_token_that_is_none_or_has_ended_is_closed_with_its_code(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let url = stage.node.url();
    for token in ["x", "AAAA-BBBB_cccc", &"z".repeat(4_000)] {
        closes(Dial::new(url).unwrap().token(token).unwrap(), CloseCode::NoSession).await;
        let cookie = format!("parlor_session={token}");
        let dial = Dial::new(url).unwrap().with("cookie", &cookie).unwrap();
        closes(dial, CloseCode::NoSession).await;
    }
    // Stolen, but signed out since.
    let session = stage.session("Ada").await;
    let out = reqwest::Client::new().delete(format!("{url}/api/v1/session"));
    let answer = out.bearer_auth(&session.token).send().await.unwrap();
    assert_eq!(answer.status(), 204);
    closes(Dial::new(url).unwrap().token(&session.token).unwrap(), CloseCode::NoSession).await;
    let mine = reqwest::Client::new().get(format!("{url}/api/v1/session"));
    let answer = mine.bearer_auth(&session.token).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!(problem, Problem::NoSession);
    stage.still_talks().await;
}

async fn a_foreign_origin_is_closed_with_its_code_whatever_its_cookie(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let session = stage.session("Ada").await;
    for origin in
        ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil.example"]
    {
        let dial = Dial::new(stage.node.url()).unwrap();
        let cookie = format!("parlor_session={}", session.token);
        let dial = dial.with("cookie", &cookie).unwrap().with("origin", origin).unwrap();
        closes(dial, CloseCode::ForeignOrigin).await;
    }
    stage.still_talks().await;
}

async fn the_own_and_an_allowed_origin_are_let_in(kind: EngineKind) {
    let allow_origin = vec!["http://dev.example:8080".to_owned()];
    let stage = Stage::with(kind, Config { allow_origin, ..roomy() }).await;
    let session = stage.session("Ada").await;
    for origin in [stage.node.url(), "http://dev.example:8080"] {
        let dial = Dial::new(stage.node.url()).unwrap().token(&session.token).unwrap();
        welcomes(dial.with("origin", origin).unwrap()).await;
    }
}

async fn a_session_asked_for_by_a_foreign_page_is_refused(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let request = reqwest::Client::new().post(format!("{}/api/v1/session", stage.node.url()));
    let request = request.header("origin", "https://evil.example");
    let answer = request.json(&serde_json::json!({ "name": "Ada" })).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!(problem, Problem::ForeignOrigin);
}

async fn a_client_of_another_protocol_is_closed_with_its_code(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let session = stage.session("Ada").await;
    for offer in ["parlor.v99.json", "chat, superchat"] {
        let dial = Dial::new(stage.node.url()).unwrap();
        let dial = dial.with("authorization", &format!("Bearer {}", session.token)).unwrap();
        closes(dial.with("sec-websocket-protocol", offer).unwrap(), CloseCode::Version).await;
    }
    // Who offers nothing gets the only version there is.
    let dial = Dial::new(stage.node.url()).unwrap();
    let dial = dial.with("authorization", &format!("Bearer {}", session.token)).unwrap();
    welcomes(dial.with("sec-websocket-protocol", "").unwrap()).await;
    stage.still_talks().await;
}

async fn the_token_is_taken_from_cookie_header_and_subprotocol(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let session = stage.session("Ada").await;
    let dial = || Dial::new(stage.node.url()).unwrap();
    let cookie = format!("theme=dark; parlor_session={}; x=y", session.token);
    welcomes(dial().with("cookie", &cookie).unwrap()).await;
    welcomes(dial().with("authorization", &format!("Bearer {}", session.token)).unwrap()).await;
    welcomes(dial().token(&session.token).unwrap()).await;
}

async fn what_is_no_websocket_is_told_to_upgrade(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let answer = reqwest::get(format!("{}/ws", stage.node.url())).await.unwrap();
    assert_eq!(answer.status(), 426);
    assert_eq!(answer.headers()["upgrade"], "websocket");
    stage.still_talks().await;
}
