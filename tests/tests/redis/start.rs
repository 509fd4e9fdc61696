//! A node starts while its store is away, unfit, or wrongly named.

use std::time::{Duration, Instant};

use parlor_tests::{Fsync, RedisServer};

use super::node::TestNode;

#[tokio::test]
async fn a_node_waits_for_a_redis_that_comes_late() {
    let mut server = RedisServer::start(Fsync::Always).await.unwrap();
    server.kill().unwrap();
    let url = server.url();
    let node = tokio::spawn(async move { TestNode::connect(&url).await });
    server.restart().await.unwrap();
    let _ = node.await.unwrap().said(1).await;
}

#[tokio::test]
async fn a_node_gives_up_after_fifteen_seconds_and_names_the_url_without_its_password() {
    let mut server = RedisServer::start(Fsync::Always).await.unwrap();
    server.kill().unwrap();
    let url = format!("redis://:s3cret@127.0.0.1:{}", server.port());
    let begun = Instant::now();
    let error = TestNode::try_connect(&url, "test").await.err().unwrap().to_string();
    assert!(begun.elapsed() < Duration::from_secs(17), "{:?}", begun.elapsed());
    assert!(error.contains(&format!("redis://***@127.0.0.1:{}", server.port())), "{error}");
    assert!(!error.contains("s3cret"), "{error}");
}

#[tokio::test]
async fn a_sentinel_url_is_refused_by_name_at_once() {
    let refused = TestNode::try_connect("redis+sentinel://one,two/main", "test").await;
    assert!(refused.err().unwrap().to_string().contains("Sentinel"));
}
