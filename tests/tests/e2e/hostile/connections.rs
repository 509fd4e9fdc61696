//! Too many connections: of one person, of one address.

use parlor::Config;
use parlor_shared::{CloseCode, limits::CONNECTIONS_PER_PERSON};
use parlor_tests::{Dial, EngineKind, Raw, Session, eventually, roomy};
use tokio_tungstenite::tungstenite::Message;

use crate::{cast::Stage, on_both_engines};

on_both_engines!(
    connections_of_one_person_beyond_the_limit_are_closed,
    connections_of_one_address_beyond_the_limit_are_closed_whoever_asks,
    behind_a_proxy_each_address_has_its_own_limit,
);

/// Connects and is closed with the number and the name of having too many.
async fn is_one_too_many(dial: &Dial) {
    let mut one_more = dial.connect().await.unwrap();
    let Message::Close(Some(goodbye)) = one_more.frame().await.unwrap() else {
        panic!("something before the goodbye")
    };
    let code = CloseCode::TooManyConnections;
    assert_eq!((goodbye.code.into(), goodbye.reason.as_str()), (4503, "too_many_connections"));
    assert_eq!((code.code(), code.reason()), (4503, "too_many_connections"));
    assert!(!CloseCode::invites_return(4503), "a page must not try again by itself");
}

/// Waits until the place of a connection that was closed is free.
async fn is_let_in_at_last(url: &str, session: &Session) -> Raw {
    let enter = async || Raw::enter(url, session).await.ok().map(|(raw, _)| raw);
    eventually("the place of the closed one is free", enter).await.unwrap()
}

async fn connections_of_one_person_beyond_the_limit_are_closed(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let session = stage.session("Mallory").await;
    let mut held = Vec::new();
    for _ in 0..CONNECTIONS_PER_PERSON {
        held.push(stage.enter(&session).await);
    }
    let dial = Dial::new(stage.node.url()).unwrap().token(&session.token).unwrap();
    is_one_too_many(&dial).await;
    held.pop();
    is_let_in_at_last(stage.node.url(), &session).await;
    stage.still_talks().await;
}

async fn connections_of_one_address_beyond_the_limit_are_closed_whoever_asks(kind: EngineKind) {
    let stage = Stage::with(kind, Config { connections_per_address: 3, ..roomy() }).await;
    let mut ada = stage.guest("Ada").await;
    let mut bob = stage.guest("Bob").await;
    let cem = stage.guest("Cem").await;
    let dora = stage.session("Dora").await;
    let dial = Dial::new(stage.node.url()).unwrap().token(&dora.token).unwrap();
    is_one_too_many(&dial).await;
    // What a client says of itself is not believed where no proxy stands in front.
    is_one_too_many(&dial.with("x-forwarded-for", "10.1.2.3").unwrap()).await;
    ada.says("those inside are not disturbed").await;
    bob.sees("those inside are not disturbed").await;
    drop(cem);
    is_let_in_at_last(stage.node.url(), &dora).await;
}

async fn behind_a_proxy_each_address_has_its_own_limit(kind: EngineKind) {
    let config = Config { connections_per_address: 1, behind_proxy: true, ..roomy() };
    let stage = Stage::with(kind, config).await;
    let mut held = Vec::new();
    for (name, address) in [("Ada", "10.0.0.1"), ("Bob", "10.0.0.2")] {
        let session = stage.session(name).await;
        let dial = Dial::new(stage.node.url()).unwrap().token(&session.token).unwrap();
        let dial = dial.with("x-forwarded-for", &format!("6.6.6.6, {address}")).unwrap();
        let mut raw = dial.connect().await.unwrap();
        let event = raw.next().await.unwrap();
        assert!(matches!(event, parlor_shared::Event::Welcome(_)), "{event:?}");
        held.push(raw);
        is_one_too_many(&dial).await;
    }
}
