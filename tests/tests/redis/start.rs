//! A node starts while its store is away, unfit, or wrongly named.

use std::time::{Duration, Instant};

use parlor::engine::Online;
use parlor_tests::{Fsync, RedisCluster, RedisServer};

use super::node::{TestNode, ask, lobby};

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
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
    assert!(error.contains(&format!("redis://***@127.0.0.1:{}", server.port())), "{error}");
    assert!(!error.contains("s3cret"), "{error}");
}

#[tokio::test]
async fn a_node_of_a_cluster_named_as_a_single_server_is_refused_with_what_to_write_instead() {
    let mut cluster = RedisCluster::start().await.unwrap();
    let refused = TestNode::try_connect(&cluster.servers()[0].url(), "test").await;
    let error = refused.err().unwrap().to_string();
    assert!(error.contains("redis+cluster://"), "{error}");
}

#[tokio::test]
async fn a_replica_is_refused() {
    let primary = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let of = format!("127.0.0.1 {}", primary.port());
    let replica = RedisServer::start_with(&["--replicaof", &of]).await.unwrap();
    let refused = TestNode::try_connect(&replica.url(), "test").await;
    assert!(refused.err().unwrap().to_string().contains("replica"));
}

/// The user that docs/redis.md proposes.
#[tokio::test]
async fn a_user_without_dangerous_commands_suffices() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let mut client = server.client().await.unwrap();
    let rights = "parlor on >secret ~parlor:* &parlor:* +@all -@admin -@dangerous +info";
    let words: Vec<_> = ["ACL", "SETUSER"].into_iter().chain(rights.split(' ')).collect();
    let _: () = ask(&mut client, &words).await;
    let url = format!("redis://parlor:secret@127.0.0.1:{}", server.port());
    let node = TestNode::connect_under(&url, "parlor").await;
    node.broker().follow(&lobby()).await.unwrap();
    let written = node.said(1).await;
    assert_eq!(node.hears_entry().await, written);
    node.engine.presence.renew(Online::new()).await.unwrap();
    assert!(node.engine.presence.online().await.unwrap().is_empty());
    assert!(node.engine.directory.find_rooms("", None).await.unwrap().rooms.is_empty());
}
