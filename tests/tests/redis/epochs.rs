//! What is an epoch of a Redis: each start, and each time it becomes the primary.

use std::time::Duration;

use parlor_shared::Epoch;
use parlor_tests::{Fsync, RedisServer};

use super::node::{TestNode, lobby};

async fn epoch(server: &RedisServer) -> Epoch {
    let node = TestNode::connect(&server.url()).await;
    node.broker().top(&lobby()).await.unwrap().position.epoch
}

async fn replicate(server: &RedisServer, host: &str, port: &str) {
    let mut client = server.client().await.unwrap();
    redis::cmd("REPLICAOF").arg(host).arg(port).exec_async(&mut client).await.unwrap();
}

/// Waits until a replica has all of its primary's data.
async fn wait_for_copy(replica: &RedisServer) {
    let mut client = replica.client().await.unwrap();
    let linked = tokio::time::timeout(Duration::from_secs(15), async {
        loop {
            let mut info = redis::cmd("INFO");
            let info: String = info.arg("replication").query_async(&mut client).await.unwrap();
            if info.contains("master_link_status:up") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    linked.await.expect("the replica does not follow");
}

#[tokio::test]
async fn a_restart_is_a_new_epoch() {
    let mut server = RedisServer::start(Fsync::Always).await.unwrap();
    let before = epoch(&server).await;
    assert_eq!(epoch(&server).await, before, "another node sees the same");
    server.restart().await.unwrap();
    assert_ne!(epoch(&server).await, before);
}

#[tokio::test]
async fn a_primary_that_lost_its_place_and_won_it_again_is_a_new_epoch() {
    let one = RedisServer::start(Fsync::Always).await.unwrap();
    let two = RedisServer::start(Fsync::Always).await.unwrap();
    let first = epoch(&one).await;
    replicate(&one, "127.0.0.1", &two.port().to_string()).await;
    wait_for_copy(&one).await;
    replicate(&one, "NO", "ONE").await;
    assert_ne!(epoch(&one).await, first);
    assert_ne!(epoch(&one).await, epoch(&two).await);
}
