//! A newer node beside an older one: what one does not know, it passes on.

use parlor::engine::{Change, Expect, Outcome, Target, Write};
use parlor_shared::{Body, Entry, RecordKey, RoomId};
use parlor_tests::{Actor, EngineKind, Mirror, Node, Store, fresh_command, roomy};

use crate::{
    cast::{Guest, Stage, lobby_log},
    on_both_engines,
};

on_both_engines!(
    a_record_of_a_newer_node_is_passed_on_and_positions_advance,
    a_page_passes_over_what_a_newer_server_says,
);

/// Writes a record of a kind that this build does not know, as a newer node would.
async fn writes_a_poll(node: &Node, author: &Guest, question: &str) -> Entry {
    let body = Body::Unknown {
        kind: "poll".to_owned(),
        value: serde_json::json!({ "question": question, "votes": { "yes": 3 } }),
    };
    let target = Target::Key(RecordKey::new("poll:1"), Expect::Anything);
    let write = Write {
        log: lobby_log(),
        author: author.id(),
        command: fresh_command(),
        needs: None,
        change: Change { target, body, grant: None },
        keep: 100,
    };
    match node.engine().broker.write(write).await.unwrap() {
        Outcome::Written(entry) => entry,
        other => panic!("{other:?}"),
    }
}

fn poll(mirror: &Mirror) -> Option<&Body> {
    mirror.records.get(&RecordKey::new("poll:1")).map(|record| &record.body)
}

async fn a_record_of_a_newer_node_is_passed_on_and_positions_advance(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    // On Redis the newer node is another one on the same store; embedded, its own past.
    let newer = match &stage.store {
        Store::Embedded(_) => None,
        Store::Redis(_) => Some(Node::start_with(&stage.store, roomy()).await.unwrap()),
    };
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let page = Actor::enter(stage.node.url(), "Cem").await.unwrap();
    ada.says("before").await;
    bob.sees("before").await;
    page.sees("before").await.unwrap();

    let entry = writes_a_poll(newer.as_ref().unwrap_or(&stage.node), &ada, "Tea?").await;
    bob.mirror.until(&mut bob.raw, |mirror| poll(mirror).is_some()).await.unwrap();
    assert_eq!(poll(&bob.mirror), Some(&entry.record.body), "passed on as it is");
    ada.says("after").await;
    bob.sees("after").await;
    page.sees("after").await.unwrap();
    let offset = |mirror: &Mirror| mirror.position.as_ref().unwrap().offset;
    assert_eq!(offset(&bob.mirror), entry.offset + 1);

    // Catch-up brings it as well, and the page goes on from there.
    let late = stage.guest("Eve").await;
    assert_eq!(poll(&late.mirror), Some(&entry.record.body));
    page.goes_offline();
    writes_a_poll(newer.as_ref().unwrap_or(&stage.node), &ada, "Coffee?").await;
    ada.says("later").await;
    page.comes_back();
    page.sees("later").await.unwrap();
    assert_eq!(page.texts(), ["before", "after", "later"]);
    assert_eq!(page.not_kept(), 0);
}

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
