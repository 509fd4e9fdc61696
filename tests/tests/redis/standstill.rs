//! Redis stands still: links stay open and nothing answers.

use std::time::{Duration, Instant};

use parlor::engine::EngineError;
use parlor_tests::{Fsync, RedisServer};

use super::node::{AT_ONCE, TestNode, lobby};

#[tokio::test]
async fn a_redis_that_stands_still_is_a_timeout_then_away_then_itself_again() {
    let server = RedisServer::start(Fsync::Always).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    node.broker().follow(&lobby()).await.unwrap();
    server.pause().unwrap();
    let begun = Instant::now();
    assert_eq!(node.says(1).await, Err(EngineError::Timeout));
    // It waits 5 s for an answer; the rest is for a busy machine.
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    node.says_until_refused(2).await;
    let begun = Instant::now();
    assert!(matches!(node.says(3).await, Err(EngineError::Away(_))));
    assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());
    server.resume().unwrap();
    let _ = node.says_until_taken(4).await;
    // The dead link of the announcements was noticed too.
    node.hears_doubt(&lobby()).await;
    let live = node.said(5).await;
    node.hears_at_last(&live).await;
}
