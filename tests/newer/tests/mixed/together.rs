//! Both nodes on one Redis, clients of both versions at each.

use parlor_newer::backend::engine::{Change, Expect, Outcome, Target, Write};
use parlor_tests::{EngineKind, Store};

use crate::{newer, older};

/// Writes a poll, as a newer node does; the offset it got.
pub(crate) async fn writes_a_poll(node: &newer::tests::Node, votes: u32) -> u64 {
    use newer::wire::{Body, LogId, PersonId, Poll, RecordKey, RoomId};
    let poll = Poll { question: "Tea?".to_owned(), votes };
    let target = Target::Key(RecordKey::new("poll:1"), Expect::Anything);
    let write = Write {
        log: LogId::Room(RoomId::lobby()),
        author: PersonId::new("ada").unwrap(),
        command: newer::tests::fresh_command(),
        needs: None,
        change: Change { target, body: Body::Poll(poll), grant: None },
        keep: 100,
    };
    match node.engine().broker.write(write).await.unwrap() {
        Outcome::Written(entry) => entry.offset,
        other => panic!("{other:?}"),
    }
}

/// What the poll is on the wire, whoever passed it on.
pub(crate) fn poll_on_the_wire(votes: u32) -> serde_json::Value {
    serde_json::json!({ "kind": "poll", "value": { "question": "Tea?", "votes": votes } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_and_clients_of_two_versions_are_one_conversation() {
    let store = Store::new(EngineKind::Redis).await.unwrap();
    let old = older::tests::Node::start(&store).await.unwrap();
    let new = newer::tests::Node::start(&store).await.unwrap();
    let mut ada = older::Clients::enter(old.url(), "Ada").await;
    let mut bob = older::Clients::enter(new.url(), "Bob").await;
    let mut cem = newer::Clients::enter(old.url(), "Cem").await;
    let mut dora = newer::Clients::enter(new.url(), "Dora").await;

    ada.says("one").await;
    dora.see("one").await;
    writes_a_poll(&new, 1).await;
    dora.says("two").await;
    ada.see("two").await;
    bob.page_says("three");
    cem.see("three").await;
    let poll = writes_a_poll(&new, 2).await;
    cem.page_says("four");

    let said = ["one", "two", "three", "four"];
    for clients in [&mut ada, &mut bob] {
        clients.see("four").await;
        clients.are_at(poll + 1).await;
        assert_eq!(clients.texts().await, said);
        assert_eq!(clients.poll(), poll_on_the_wire(2), "passed on as it is");
        assert_eq!(clients.poll_variant(), "Unknown");
    }
    for clients in [&mut cem, &mut dora] {
        clients.see("four").await;
        clients.are_at(poll + 1).await;
        assert_eq!(clients.texts().await, said);
        assert_eq!(clients.poll(), poll_on_the_wire(2));
        assert_eq!(clients.poll_variant(), "Poll", "understood, also through the older node");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_catches_up_at_the_other_version_gets_it_all() {
    let store = Store::new(EngineKind::Redis).await.unwrap();
    let old = older::tests::Node::start(&store).await.unwrap();
    let new = newer::tests::Node::start(&store).await.unwrap();
    let mut ada = older::Clients::enter(old.url(), "Ada").await;
    ada.says("before").await;
    let poll = writes_a_poll(&new, 3).await;
    ada.says("after").await;
    ada.are_at(poll + 1).await;
    let mut late = newer::Clients::enter(old.url(), "Late").await;
    late.see("after").await;
    assert_eq!((late.texts().await, late.poll_variant().as_str()), (ada.texts().await, "Poll"));
    let mut late = older::Clients::enter(new.url(), "Later").await;
    late.see("after").await;
    assert_eq!((late.texts().await, late.poll_variant().as_str()), (ada.texts().await, "Unknown"));
    assert_eq!(late.poll(), poll_on_the_wire(3));
}
