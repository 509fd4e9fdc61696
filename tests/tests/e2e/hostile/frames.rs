//! Frames that are no commands, and commands that ask for nonsense.

use parlor_shared::{
    Action, CloseCode, LogId, Position, Problem, RoomId,
    limits::{FRAME_BYTES, JSON_DEPTH, TEXT_BYTES, TEXT_SCALARS},
};
use parlor_tests::{EngineKind, Raw};
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use crate::{
    cast::{Stage, lobby, refusal, send},
    on_both_engines,
};

on_both_engines!(
    an_oversized_frame_closes_the_connection,
    invalid_utf_8_closes_the_connection,
    a_binary_frame_closes_the_connection,
    deep_json_is_refused_and_the_connection_lives,
    what_is_no_command_is_malformed_and_again_and_again_closes,
    wrong_types_are_bad_parameters_with_their_id,
    unknown_commands_are_named_so,
    unknown_rooms_are_named_in_the_refusal,
    texts_that_are_empty_or_too_long_are_refused,
);

const ID: &str = "0192f0c1-2b3c-4d5e-8f60-718293a4b5c6";

/// Sends a frame that must close the connection with a code, and nothing else.
async fn closes(stage: &Stage, frame: Message, code: CloseCode) {
    let session = stage.session("Mallory").await;
    let mut raw = stage.enter(&session).await;
    raw.send(frame).await.unwrap();
    assert_eq!(raw.closed().await.unwrap(), code.code());
    stage.still_talks().await;
}

async fn an_oversized_frame_closes_the_connection(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let frame = Message::text("x".repeat(FRAME_BYTES + 1));
    closes(&stage, frame, CloseCode::BadFrame).await;
}

async fn invalid_utf_8_closes_the_connection(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let bytes = b"{\"type\":\"\xFF\xC0\"}".to_vec();
    let frame = Frame::message(bytes, OpCode::Data(Data::Text), true);
    closes(&stage, Message::Frame(frame), CloseCode::BadFrame).await;
}

async fn a_binary_frame_closes_the_connection(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    closes(&stage, Message::binary(vec![0, 1, 2]), CloseCode::BadFrame).await;
}

async fn answers_ping(raw: &mut Raw) {
    raw.done(Action::Ping).await.unwrap();
}

async fn deep_json_is_refused_and_the_connection_lives(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut raw = stage.guest("Mallory").await.raw;
    let (open, close) = ("[".repeat(JSON_DEPTH), "]".repeat(JSON_DEPTH));
    let deep = format!(r#"{{"type":"ping","id":"{ID}","x":{open}{close}}}"#);
    let deepest = "[".repeat(FRAME_BYTES);
    for text in [&deep, &deepest] {
        let (_, problem) = raw.refused(text).await.unwrap();
        assert_eq!(problem, Problem::TooDeep { max: JSON_DEPTH as u32 });
    }
    answers_ping(&mut raw).await;
    stage.still_talks().await;
}

async fn what_is_no_command_is_malformed_and_again_and_again_closes(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut raw = stage.guest("Mallory").await.raw;
    for text in ["hello", "[]", "{}", r#"{"type":"ping"}"#] {
        let refused = raw.refused(text).await.unwrap();
        assert_eq!(refused, (None, Problem::Malformed), "{text}");
    }
    answers_ping(&mut raw).await;
    for _ in 0..1_000 {
        // The server may close before the last of them.
        if raw.send_text("hello").await.is_err() {
            break;
        }
    }
    assert_eq!(raw.closed().await.unwrap(), CloseCode::Malformed.code());
    stage.still_talks().await;
}

async fn wrong_types_are_bad_parameters_with_their_id(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut raw = stage.guest("Mallory").await.raw;
    let wrong = [
        r#""type":"send","room":"lobby","text":7"#,
        r#""type":"send","room":["lobby"],"text":"hi""#,
        r#""type":"send","room":"no id at all!","text":"hi""#,
        r#""type":"history","room":"lobby","before":-1,"limit":10"#,
        r#""type":"edit","room":"lobby","number":1e300,"text":"hi""#,
        r#""type":"delete","room":"lobby","number":18446744073709551615"#,
        r#""type":"follow","log":"cupboard:lobby""#,
        r#""type":"read","room":"lobby""#,
    ];
    for fields in wrong {
        let (id, problem) = raw.refused(&format!(r#"{{{fields},"id":"{ID}"}}"#)).await.unwrap();
        assert_eq!(
            (id.unwrap().to_string().as_str(), problem),
            (ID, Problem::BadParameters),
            "{fields}"
        );
    }
    answers_ping(&mut raw).await;
    stage.still_talks().await;
}

async fn unknown_commands_are_named_so(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut raw = stage.guest("Mallory").await.raw;
    let (id, problem) =
        raw.refused(&format!(r#"{{"type":"shutdown","id":"{ID}"}}"#)).await.unwrap();
    assert_eq!((id.unwrap().to_string().as_str(), problem), (ID, Problem::UnknownCommand));
    answers_ping(&mut raw).await;
}

async fn unknown_rooms_are_named_in_the_refusal(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut mallory = stage.guest("Mallory").await;
    let room = RoomId::new("r_nowhere").unwrap();
    let position: Position = mallory.mirror.position.clone().unwrap();
    let wishes = [
        Action::Follow { log: LogId::Room(room.clone()), after: None },
        Action::History { room: room.clone(), before: 10, limit: 10 },
        send(&room, "hello?"),
        Action::Edit { room: room.clone(), number: 1, text: "x".to_owned() },
        Action::Delete { room: room.clone(), number: 1 },
        Action::Join { room: room.clone() },
        Action::Leave { room: room.clone() },
        Action::Roster { room: room.clone(), after: None },
        Action::Typing { room: room.clone() },
        Action::Read { room: room.clone(), position, number: 1 },
    ];
    for wish in wishes {
        let reply = mallory.raw.ask(wish.clone()).await.unwrap();
        assert_eq!(refusal(reply), Problem::NoSuchRoom { room: room.clone() }, "{wish:?}");
    }
    stage.still_talks().await;
}

async fn texts_that_are_empty_or_too_long_are_refused(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut mallory = stage.guest("Mallory").await;
    let number = mallory.says("fine").await;
    let long = Problem::TextTooLong { max: TEXT_SCALARS as u32, max_bytes: TEXT_BYTES as u32 };
    let texts = [
        (" \n\u{200B}".to_owned(), Problem::TextEmpty),
        ("x".repeat(TEXT_SCALARS + 1), long.clone()),
        ("🦊".repeat(TEXT_SCALARS + 1), long),
    ];
    for (text, problem) in texts {
        let reply = mallory.raw.ask(send(&lobby(), text.clone())).await.unwrap();
        assert_eq!(refusal(reply), problem);
        let reply = mallory.raw.ask(Action::Edit { room: lobby(), number, text }).await.unwrap();
        assert_eq!(refusal(reply), problem);
    }
    stage.still_talks().await;
}
