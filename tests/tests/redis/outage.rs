//! Redis dies and comes back; the node lives on.

use std::time::Instant;

use parlor::engine::{EngineError, Outcome};
use parlor_shared::{Position, Reset};
use parlor_tests::{Fsync, RedisServer};

use super::node::{AT_ONCE, TestNode, lobby};

#[tokio::test]
async fn what_another_node_wrote_after_an_outage_is_doubted_and_found() {
    let mut server = RedisServer::start(Fsync::Always).await.unwrap();
    let (one, two) =
        (TestNode::connect(&server.url()).await, TestNode::connect(&server.url()).await);
    one.broker().follow(&lobby()).await.unwrap();
    let before = one.said(1).await;
    server.restart().await.unwrap();
    let _ = two.says_until_taken(2).await;
    one.hears_doubt(&lobby()).await;
    let held = Position { epoch: before.epoch, offset: before.offset };
    let page = one.reads_until_answered(&held).await;
    assert_eq!((page.reset, page.records.len(), page.position.offset), (None, 1, 2));
    assert_ne!(page.position.epoch, held.epoch, "a restart is a new epoch");
    let live = two.said(3).await;
    one.hears_at_last(&live).await;
}

#[tokio::test]
async fn writes_during_an_outage_are_refused_at_once() {
    let mut server = RedisServer::start(Fsync::Always).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let _ = node.said(1).await;
    server.kill().unwrap();
    // The first may be under way when the link breaks.
    node.says_until_refused(2).await;
    for command in 3..50 {
        let begun = Instant::now();
        let refused = node.says(command).await;
        assert!(matches!(refused, Err(EngineError::Away(_))), "{refused:?}");
        assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());
    }
    assert!(matches!(node.broker().follow(&lobby()).await, Err(EngineError::Away(_))));
    server.restart().await.unwrap();
    let _ = node.says_until_taken(99).await;
    // The follow that was refused is made good.
    node.hears_doubt(&lobby()).await;
    let live = node.said(100).await;
    node.hears_at_last(&live).await;
}

#[tokio::test]
async fn a_repeat_after_a_restart_gets_the_original_answer() {
    let mut server = RedisServer::start(Fsync::Always).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let _ = node.said(1).await;
    let original = node.said(2).await;
    server.restart().await.unwrap();
    let repeat = node.says_until_taken(2).await;
    assert_eq!(repeat, Outcome::Repeat { offset: original.offset, number: original.record.number });
}

#[tokio::test]
async fn whoever_saw_what_a_wiped_store_lost_is_told_of_the_fork() {
    let mut server = RedisServer::start_with(&["--appendonly", "no"]).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let lost = node.said(1).await;
    server.restart().await.unwrap();
    assert!(matches!(node.says_until_taken(2).await, Outcome::Written(entry) if entry.offset == 1));
    let held = Position { epoch: lost.epoch, offset: lost.offset };
    let page = node.reads_until_answered(&held).await;
    assert_eq!((page.reset, page.records.len()), (Some(Reset::Forked), 1));
}

#[tokio::test]
async fn every_answered_write_outlives_a_kill_of_redis() {
    let mut server = RedisServer::start(Fsync::Always).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let mut answered = 0;
    for round in 0..5_u128 {
        for command in 0..20 {
            let outcome = node.says_until_taken(round * 100 + command).await;
            assert!(matches!(outcome, Outcome::Written(_) | Outcome::Repeat { .. }), "{outcome:?}");
            answered += 1;
        }
        server.restart().await.unwrap();
    }
    let _ = node.says_until_taken(999).await;
    assert_eq!(node.broker().top(&lobby()).await.unwrap().last_number, answered + 1);
}
