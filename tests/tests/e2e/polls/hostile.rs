//! Polls and commands of those who mean harm: numbered errors, within the limits.

use std::time::Duration;

use parlor::Config;
use parlor_shared::{
    ConnectionId, Epoch, INTEGER_MAX, PersonId, Reset, RoomId,
    limits::{CONNECTIONS_PER_PERSON, FOLLOWS, FRAME_BYTES},
};
use tokio::time::timeout;

use super::{
    AnswerId, BTreeMap, Caller, EngineKind, Event, LogId, PollAnswer, PollRequest, Position,
    Problem, Stage, StatusCode, connections, eventually, hears, lobby_log, next, on_both_engines,
    roomy, texts,
};

on_both_engines!(
    forged_positions_are_answered_like_those_of_another_past,
    logs_that_are_not_there_or_not_ones_own_are_refused_one_by_one,
    what_is_no_poll_gets_a_numbered_error,
    a_session_that_ends_ends_the_polls_that_wait,
    more_waits_at_once_than_connections_are_refused,
    too_many_requests_are_told_how_long_to_wait,
    another_pages_requests_are_refused,
    another_persons_connection_is_not_taken_over,
    a_connection_between_two_polls_is_forgotten_when_its_session_ends,
);

fn asking(log: LogId, after: Option<Position>) -> PollRequest {
    PollRequest { after: BTreeMap::from([(log, after)]), ..PollRequest::default() }
}

fn at(offset: u64) -> Option<Position> {
    Some(Position { epoch: Epoch::new("forged").unwrap(), offset })
}

async fn forged_positions_are_answered_like_those_of_another_past(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    ada.says("kept").await;
    for offset in [1, 1_000, INTEGER_MAX] {
        let answer = ada.asks(&asking(lobby_log(), at(offset))).await.unwrap();
        let pages = answer.events.iter().filter_map(|event| match event {
            Event::Changes(page) => page.reset,
            _ => None,
        });
        assert_eq!(pages.collect::<Vec<_>>(), [Reset::Forked]);
        assert_eq!(texts(&answer.events), ["kept"]);
    }
    stage.still_talks().await;
}

async fn logs_that_are_not_there_or_not_ones_own_are_refused_one_by_one(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (Caller::arrives(&stage, "Ada").await, stage.session("Bob").await);
    let nowhere = RoomId::new("nowhere").unwrap();
    let mut poll = asking(lobby_log(), None);
    poll.after.insert(LogId::Room(nowhere.clone()), at(4));
    poll.after.insert(LogId::Person(bob.person.id.clone()), None);
    poll.after.insert(LogId::Person(PersonId::new("nobody").unwrap()), None);
    let PollAnswer { events, refused, .. } = ada.asks(&poll).await.unwrap();
    assert!(events.iter().any(|event| matches!(event, Event::Changes(_))), "the lobby is told");
    assert_eq!(refused.len(), 3);
    let no_room = Problem::NoSuchRoom { room: nowhere.clone() };
    assert!(refused.contains(&(LogId::Room(nowhere), no_room)), "{refused:?}");
    let others = (LogId::Person(bob.person.id), Problem::NotAMember);
    assert!(refused.contains(&others), "{refused:?}");
}

async fn what_is_no_poll_gets_a_numbered_error(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    let many = (0..=FOLLOWS).map(|n| (LogId::Room(RoomId::new(&format!("r{n}")).unwrap()), None));
    let many = PollRequest { after: many.collect(), ..PollRequest::default() };
    let too_many = Problem::TooManyFollows { max: FOLLOWS as u32 };
    let huge = format!(r#"{{"after":{{}},"x":"{}"}}"#, "x".repeat(FRAME_BYTES));
    let deep = format!(r#"{{"x":{}}}"#, "[".repeat(10_000));
    for (body, problem) in [
        (String::new(), Problem::BadParameters),
        (deep, Problem::BadParameters),
        (r#"{"after":{"lobby":null}}"#.to_owned(), Problem::BadParameters),
        (r#"{"wait_ms":25001}"#.to_owned(), Problem::BadParameters),
        (r#"{"wait_ms":-1}"#.to_owned(), Problem::BadParameters),
        (parlor_shared::encode(&asking(lobby_log(), at(INTEGER_MAX + 1))), Problem::BadParameters),
        (parlor_shared::encode(&many), too_many),
        (huge, Problem::Malformed),
    ] {
        assert_eq!(ada.asks_raw(body).await.unwrap_err(), (StatusCode::BAD_REQUEST, problem));
    }
    for body in ["", "{}", r#"{"type":"pong"}"#, r#"{"type":"nonsense","id":7}"#] {
        let answer = ada.post("commands", body.to_owned()).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{body}");
    }
    stage.still_talks().await;
}

async fn a_session_that_ends_ends_the_polls_that_wait(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    let mut poll = ada.begins().await;
    let refused = async {
        loop {
            match ada.asks(&poll).await {
                Ok(answer) => poll = next(&poll, &answer),
                Err(refused) => return refused,
            }
        }
    };
    let signs_out = async {
        let out = ada.http.delete(format!("{}/api/v1/session", ada.url));
        out.bearer_auth(&ada.token).send().await.unwrap();
    };
    // Much sooner than a poll may wait.
    let both = async { tokio::join!(refused, signs_out).0 };
    let refused = timeout(Duration::from_secs(15), both).await.unwrap();
    assert_eq!(refused, (StatusCode::UNAUTHORIZED, Problem::NoSession));
    let again = ada.asks(&poll).await.unwrap_err();
    assert_eq!(again, (StatusCode::UNAUTHORIZED, Problem::NoSession));
}

async fn more_waits_at_once_than_connections_are_refused(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (Caller::arrives(&stage, "Ada").await, Caller::arrives(&stage, "Bob").await);
    let answer = AnswerId { connection: ConnectionId::new("none").unwrap(), number: 1 };
    let waiting = PollRequest { answer: Some(answer), wait_ms: 25_000, ..PollRequest::default() };
    let mut waits = tokio::task::JoinSet::new();
    for _ in 0..CONNECTIONS_PER_PERSON {
        let request = ada.post("poll", parlor_shared::encode(&waiting));
        waits.spawn(async move { request.send().await.unwrap().status() });
    }
    let all = CONNECTIONS_PER_PERSON as f64;
    eventually("all wait", async || (connections(&stage).await == all).then_some(()))
        .await
        .unwrap();
    let (status, problem) = ada.asks(&PollRequest::default()).await.unwrap_err();
    assert_eq!((status.as_u16(), problem), (429, Problem::TooManyConnections));
    bob.says("others go on").await;
    // Given up, they leave room for others.
    drop(waits);
    eventually("room again", async || ada.asks(&PollRequest::default()).await.ok()).await.unwrap();
}

async fn too_many_requests_are_told_how_long_to_wait(kind: EngineKind) {
    let stage = Stage::with(kind, Config { requests: 5, ..roomy() }).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    let mut refused = None;
    // A machine that stood still for two seconds has earned one more.
    for asked in 0..50 {
        refused = ada.asks(&PollRequest::default()).await.err();
        if refused.is_some() {
            assert!(asked >= 5, "{refused:?}");
            break;
        }
    }
    let (status, problem) = refused.unwrap();
    assert!(matches!(problem, Problem::TooFast { wait_ms } if wait_ms <= 2_000), "{problem:?}");
    assert_eq!(status, 429);
    stage.still_talks().await;
}

async fn another_pages_requests_are_refused(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    for path in ["poll", "commands"] {
        let request = ada.post(path, "{}".to_owned()).header("origin", "https://evil.example");
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 403);
        let problem: Problem = answer.json().await.unwrap();
        assert_eq!(problem, Problem::ForeignOrigin);
    }
}

async fn another_persons_connection_is_not_taken_over(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, eve) = (Caller::arrives(&stage, "Ada").await, Caller::arrives(&stage, "Eve").await);
    let mut poll = ada.begins().await;
    let stolen = PollRequest { answer: poll.answer.clone(), ..PollRequest::default() };
    let answer = eve.asks(&stolen).await.unwrap();
    assert_ne!(answer.answer.connection, poll.answer.clone().unwrap().connection);
    ada.says("mine").await;
    let connection = poll.answer.clone().unwrap().connection;
    assert_eq!(hears(&ada, &mut poll).await, ["mine"]);
    assert_eq!(poll.answer.unwrap().connection, connection, "hers goes on");
}

async fn a_connection_between_two_polls_is_forgotten_when_its_session_ends(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    ada.begins().await;
    assert_eq!(connections(&stage).await, 1.0);
    let out = ada.http.delete(format!("{}/api/v1/session", ada.url));
    out.bearer_auth(&ada.token).send().await.unwrap();
    eventually("it is forgotten", async || (connections(&stage).await == 0.0).then_some(()))
        .await
        .unwrap();
}
