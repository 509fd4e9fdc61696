//! Each node alone, with clients of the other version, on both engines.

use parlor_tests::{EngineKind, Store, on_both_engines};

use crate::{
    newer, older,
    together::{poll_on_the_wire, writes_a_poll},
};

on_both_engines!(
    an_older_client_passes_over_all_that_a_newer_node_says,
    a_newer_client_talks_at_an_older_node,
);

async fn an_older_client_passes_over_all_that_a_newer_node_says(kind: EngineKind) {
    let store = Store::new(kind).await.unwrap();
    let node = newer::tests::Node::start(&store).await.unwrap();
    let mut ada = older::Clients::enter(node.url(), "Ada").await;
    let mut bob = newer::Clients::enter(node.url(), "Bob").await;
    ada.says("before").await;
    bob.types().await;
    // The event is there to be ignored: the newer client has it by its name, the older as unknown.
    assert_eq!(bob.hears_beside_the_log().await, "Cheer");
    assert_eq!(ada.hears_beside_the_log().await, "Unknown");
    let poll = writes_a_poll(&node, 1).await;
    bob.says("after").await;
    ada.see("after").await;
    ada.are_at(poll + 1).await;
    assert_eq!(ada.texts().await, ["before", "after"]);
    assert_eq!((ada.poll(), ada.poll_variant().as_str()), (poll_on_the_wire(1), "Unknown"));
}

async fn a_newer_client_talks_at_an_older_node(kind: EngineKind) {
    let store = Store::new(kind).await.unwrap();
    let node = older::tests::Node::start(&store).await.unwrap();
    let mut ada = newer::Clients::enter(node.url(), "Ada").await;
    let mut bob = older::Clients::enter(node.url(), "Bob").await;
    ada.says("from the newer client").await;
    bob.see("from the newer client").await;
    bob.types().await;
    bob.page_says("from the older page");
    bob.see("from the older page").await;
    ada.see("from the older page").await;
    ada.are_at(bob.offset()).await;
    assert_eq!(ada.texts().await, bob.texts().await);
}
