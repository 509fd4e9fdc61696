//! What a newer server may say, as a page hears it. A node really built with more kinds stands
//! beside one without in `tests/newer`.

use parlor_shared::RoomId;
use parlor_tests::{Actor, EngineKind};

use crate::{cast::Stage, on_both_engines};

on_both_engines!(a_page_passes_over_what_a_newer_server_says,);

async fn a_page_passes_over_what_a_newer_server_says(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    let page = Actor::enter(stage.node.url(), "Bob").await.unwrap();
    ada.says("before").await;
    page.sees("before").await.unwrap();
    page.hears(r#"{"type":"fireworks","colour":["red"],"room":"lobby"}"#);
    page.hears(r#"{"type":"ping","since":{"a":[1]}}"#);
    page.hears(r#"{"type":"presence","room":"lobby","online":2,"mood":"good"}"#);
    page.hears(r#"{"type":"error","code":1999,"name":"new","retry":"final","params":{"x":1}}"#);
    ada.says("after").await;
    page.sees("after").await.unwrap();
    assert_eq!(page.texts(), ["before", "after"]);
    let live = |client: &parlor_model::Client| {
        client.chat().room(&RoomId::lobby()).is_some_and(parlor_model::Room::live)
    };
    assert!(page.look(live), "the link was not replaced");
}
