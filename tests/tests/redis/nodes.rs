//! Several nodes on one store.

use parlor_shared::limits::PAGE_RECORDS;
use parlor_tests::{Fsync, RedisServer};

use super::node::{TestNode, lobby};

#[tokio::test]
async fn two_nodes_hear_each_others_entries_in_order() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let (one, two) =
        (TestNode::connect(&server.url()).await, TestNode::connect(&server.url()).await);
    one.broker().follow(&lobby()).await.unwrap();
    two.broker().follow(&lobby()).await.unwrap();
    let mut written = Vec::new();
    for command in 0..20 {
        let node = if command % 2 == 0 { &one } else { &two };
        written.push(node.said(command).await);
    }
    for node in [&one, &two] {
        for entry in &written {
            assert_eq!(node.hears_entry().await, *entry);
        }
    }
}

#[tokio::test]
async fn writes_of_many_at_once_are_heard_in_offset_order() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let (one, two) =
        (TestNode::connect(&server.url()).await, TestNode::connect(&server.url()).await);
    two.broker().follow(&lobby()).await.unwrap();
    futures_util::future::join_all((0..200).map(|command| one.said(command))).await;
    for offset in 1..=200 {
        assert_eq!(two.hears_entry().await.offset, offset);
    }
}

#[tokio::test]
async fn nodes_under_different_prefixes_share_nothing() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let one = TestNode::connect_under(&server.url(), "one").await;
    let two = TestNode::connect_under(&server.url(), "two").await;
    two.broker().follow(&lobby()).await.unwrap();
    let _ = one.said(1).await;
    assert_eq!(two.broker().top(&lobby()).await.unwrap().position.offset, 0);
    // Had the first one's entry been announced here, it would come before the second one's own.
    let own = two.said(2).await;
    assert_eq!(two.hears_entry().await, own);
}

#[tokio::test]
async fn a_log_followed_and_unfollowed_is_not_heard() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    node.broker().follow(&lobby()).await.unwrap();
    let _ = node.said(1).await;
    assert_eq!(node.hears_entry().await.offset, 1);
    node.broker().unfollow(&lobby()).await;
    let _ = node.said(2).await;
    node.broker().follow(&lobby()).await.unwrap();
    let _ = node.said(3).await;
    assert_eq!(node.hears_entry().await.offset, 3);
}

#[tokio::test]
async fn pages_follow_one_another_to_the_top() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let first = node.said(0).await;
    let after = parlor_shared::Position { epoch: first.epoch.clone(), offset: 0 };
    for command in 1..250 {
        let mut write = super::node::says(command);
        write.keep = 1_000;
        let _ = node.broker().write(write).await.unwrap();
    }
    let page = node.broker().changes(&lobby(), Some(&after)).await.unwrap();
    assert_eq!((page.records.len(), page.more, page.reset), (PAGE_RECORDS, true, None));
    let page = node.broker().changes(&lobby(), Some(&page.position)).await.unwrap();
    let page = node.broker().changes(&lobby(), Some(&page.position)).await.unwrap();
    assert_eq!((page.records.len(), page.more, page.position.offset), (50, false, 250));
}
