//! Is the client still there?

use parlor::Config;
use parlor_shared::{CloseCode, Event, decode_event};
use parlor_tests::{EngineKind, roomy};
use tokio_tungstenite::tungstenite::Message;

use crate::{cast::Stage, on_both_engines};

on_both_engines!(who_answers_no_ping_is_closed_also_where_pings_come_often);

async fn who_answers_no_ping_is_closed_also_where_pings_come_often(kind: EngineKind) {
    let stage = Stage::with(kind, Config { ping: 1, ..roomy() }).await;
    let session = stage.session("Mallory").await;
    let (mut raw, welcome) = stage.welcomed(&session).await;
    assert_eq!(welcome.ping_ms, 1_000);
    let mut pings = 0;
    let goodbye = loop {
        assert!(pings < 60, "it is never closed");
        match raw.frame().await.unwrap() {
            Message::Text(text) => {
                pings += usize::from(decode_event(&text).unwrap() == Event::Ping)
            }
            Message::Close(Some(goodbye)) => break goodbye,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(u16::from(goodbye.code), CloseCode::NoPong.code());
    assert!(pings > 1, "{pings} pings");
}
