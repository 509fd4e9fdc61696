//! One embedded store, opened by one version after the other.

use parlor_tests::{EngineKind, Store};

use crate::{
    newer, older,
    together::{poll_on_the_wire, writes_a_poll},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_of_the_newer_version_opens_with_the_older_and_loses_nothing_by_it() {
    let store = Store::new(EngineKind::Embedded).await.unwrap();
    let node = newer::tests::Node::start(&store).await.unwrap();
    let mut ada = newer::Clients::enter(node.url(), "Ada").await;
    ada.says("written by the newer").await;
    let poll = writes_a_poll(&node, 7).await;
    ada.are_at(poll).await;
    drop(ada);
    node.stop().await.unwrap();

    let node = older::tests::Node::start(&store).await.unwrap();
    let mut bob = older::Clients::enter(node.url(), "Bob").await;
    bob.says("written by the older").await;
    bob.see("written by the older").await;
    assert!(bob.offset() > poll);
    assert_eq!(bob.texts().await, ["written by the newer", "written by the older"]);
    assert_eq!((bob.poll(), bob.poll_variant().as_str()), (poll_on_the_wire(7), "Unknown"));
    let reached = bob.offset();
    drop(bob);
    node.stop().await.unwrap();

    let node = newer::tests::Node::start(&store).await.unwrap();
    let cem = newer::Clients::enter(node.url(), "Cem").await;
    assert!(cem.offset() > reached);
    assert_eq!(cem.texts().await, ["written by the newer", "written by the older"]);
    assert_eq!((cem.poll(), cem.poll_variant().as_str()), (poll_on_the_wire(7), "Poll"));
}
