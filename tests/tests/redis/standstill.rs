//! Redis stands still: links stay open and nothing answers.

use std::time::{Duration, Instant};

use parlor::engine::EngineError;
use parlor_tests::{Fsync, RedisServer};

use super::node::{TestNode, lobby};

#[tokio::test]
async fn a_redis_that_stands_still_is_a_timeout_then_away_then_itself_again() {
    let server = RedisServer::start(Fsync::Always).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    node.broker().follow(&lobby()).await.unwrap();
    server.pause().unwrap();
    let begun = Instant::now();
    assert_eq!(node.says(1).await, Err(EngineError::Timeout));
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    let away = tokio::time::timeout(Duration::from_secs(10), async {
        while !matches!(node.says(2).await, Err(EngineError::Away(_))) {}
        let begun = Instant::now();
        assert!(matches!(node.says(3).await, Err(EngineError::Away(_))));
        begun.elapsed()
    });
    assert!(away.await.expect("never known to be away") < Duration::from_millis(200));
    server.resume().unwrap();
    let _ = node.says_until_taken(4).await;
    // The dead link of the announcements was noticed too.
    node.hears_doubt(&lobby()).await;
    let live = node.said(5).await;
    while node.hears_entry().await != live {}
}
