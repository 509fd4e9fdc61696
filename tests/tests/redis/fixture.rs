//! The fixture's own promises: what the other tests take for granted.

use parlor_tests::{Fsync, RedisServer};

#[tokio::test]
async fn a_killed_server_comes_back_on_its_port_with_its_data() {
    let mut server = RedisServer::start(Fsync::Always).await.unwrap();
    let mut client = server.client().await.unwrap();
    let _: () = redis::cmd("SET").arg("a").arg("1").query_async(&mut client).await.unwrap();
    server.kill().unwrap();
    assert!(server.client().await.is_err());
    server.restart().await.unwrap();
    let mut client = server.client().await.unwrap();
    let held: String = redis::cmd("GET").arg("a").query_async(&mut client).await.unwrap();
    assert_eq!(held, "1");
}
