//! `rediss://`: Redis behind TLS, with a certificate of one's own authority ([`RedisTls`]).

use std::process::Command;

use parlor::engine::Outcome;
use parlor_tests::{RedisCluster, RedisSentinel, RedisServer, RedisTls, eventually};

use super::{
    cluster::writes_and_hears_everywhere,
    node::{TestNode, ask},
};

const URL: &str = "PARLOR_TEST_REDISS_URL";

#[tokio::test]
async fn a_node_talks_tls_to_a_redis_of_a_private_authority() {
    if let Ok(url) = std::env::var(URL) {
        let node = TestNode::connect(&url).await;
        assert_eq!(node.said(1).await.offset, 1);
        return;
    }
    let (_server, port) = tls_server().await;
    let url = format!("rediss://localhost:{port}");
    let again = again("tls::a_node_talks_tls_to_a_redis_of_a_private_authority", &url);
    assert_eq!(again.await, Ok(()));
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused() {
    let (_server, port) = tls_server().await;
    let refused = TestNode::try_connect(&format!("rediss://localhost:{port}"), "test").await;
    let error = refused.err().unwrap().to_string();
    assert!(error.contains("certificate"), "{error}");
}

#[tokio::test]
async fn sentinels_behind_tls_are_asked_and_their_fail_over_is_followed() {
    if let Ok(url) = std::env::var(URL) {
        return sees_another_primary(&url).await;
    }
    let mut watch = RedisSentinel::start_behind_tls().await.unwrap();
    let url = watch.url();
    let test = "tls::sentinels_behind_tls_are_asked_and_their_fail_over_is_followed";
    let primary_dies = async {
        let mut client = watch.primary().client().await.unwrap();
        // The second is said once the first is confirmed.
        eventually("something is said", async || {
            let meta = ["HGET", "test:{room:lobby}:meta", "number"];
            let said: Option<u32> = ask(&mut client, &meta).await;
            (said? >= 2).then_some(())
        })
        .await
        .unwrap();
        watch.primary().kill().unwrap();
    };
    let (again, ()) = tokio::join!(again(test, &url), primary_dies);
    assert_eq!(again, Ok(()));
}

#[tokio::test]
async fn logs_on_all_primaries_of_a_cluster_behind_tls_are_written_and_heard() {
    if let Ok(url) = std::env::var(URL) {
        return writes_and_hears_everywhere(&url).await;
    }
    let cluster = RedisCluster::start_behind_tls().await.unwrap();
    let test = "tls::logs_on_all_primaries_of_a_cluster_behind_tls_are_written_and_heard";
    assert_eq!(again(test, &cluster.url()).await, Ok(()));
}

/// Talks until what is written has another epoch, which a promotion brings.
async fn sees_another_primary(url: &str) {
    let node = TestNode::connect(url).await;
    let first = node.said(1).await;
    let mut commands = 2..;
    eventually("another primary takes over", async || {
        let said = node.says(commands.next()?).await;
        matches!(said, Ok(Outcome::Written(entry)) if entry.epoch != first.epoch).then_some(())
    })
    .await
    .unwrap();
}

/// Runs a test again with the authority in the environment, where only a new process can have it; what it
/// said where it failed.
async fn again(test: &'static str, url: &str) -> Result<(), String> {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", test]).env(URL, url).env("SSL_CERT_FILE", RedisTls::authority());
    let answer = tokio::task::spawn_blocking(move || again.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    if answer.status.success() && said.contains("1 passed") { Ok(()) } else { Err(said) }
}

async fn tls_server() -> (RedisServer, u16) {
    let tls = RedisTls::new().unwrap();
    let words = tls.words();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    (RedisServer::start_with(&words).await.unwrap(), tls.port)
}
