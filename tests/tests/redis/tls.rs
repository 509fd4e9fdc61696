//! `rediss://`: Redis behind TLS, with a certificate of one's own authority.
//!
//! The certificates in `tls/` are valid until 2126 and for nothing but this test; the authority's key is
//! not kept.

use std::{net::TcpListener, process::Command};

use parlor_tests::RedisServer;

use super::node::TestNode;

const URL: &str = "PARLOR_TEST_REDISS_URL";
const CERTIFICATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/redis/tls");

/// Runs itself again with the authority in the environment, where only a new process can have it.
#[tokio::test]
async fn a_node_talks_tls_to_a_redis_of_a_private_authority() {
    if let Ok(url) = std::env::var(URL) {
        let node = TestNode::connect(&url).await;
        assert_eq!(node.said(1).await.offset, 1);
        return;
    }
    let (_server, port) = tls_server().await;
    let mut again = Command::new(std::env::current_exe().unwrap());
    again
        .args(["--exact", "tls::a_node_talks_tls_to_a_redis_of_a_private_authority"])
        .env(URL, format!("rediss://localhost:{port}"))
        .env("SSL_CERT_FILE", format!("{CERTIFICATES}/authority.crt"));
    let answer = tokio::task::spawn_blocking(move || again.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&answer.stdout);
    assert!(answer.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused() {
    let (_server, port) = tls_server().await;
    let refused = TestNode::try_connect(&format!("rediss://localhost:{port}"), "test").await;
    let error = refused.err().unwrap().to_string();
    assert!(error.contains("certificate"), "{error}");
}

async fn tls_server() -> (RedisServer, u16) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let settings = [
        ("--tls-port", port.to_string()),
        ("--tls-cert-file", format!("{CERTIFICATES}/server.crt")),
        ("--tls-key-file", format!("{CERTIFICATES}/server.key")),
        ("--tls-ca-cert-file", format!("{CERTIFICATES}/authority.crt")),
        ("--tls-auth-clients", "no".to_owned()),
    ];
    let words: Vec<_> = settings.iter().flat_map(|(name, value)| [*name, value]).collect();
    (RedisServer::start_with(&words).await.unwrap(), port)
}
