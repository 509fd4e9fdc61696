//! Redis is out of memory.

use parlor::engine::{EngineError, Outcome};
use parlor_tests::RedisServer;

use super::node::{TestNode, lobby};

#[tokio::test]
async fn a_redis_out_of_memory_refuses_writes_whole_and_still_reads() {
    let server = RedisServer::start_with(&["--maxmemory-policy", "noeviction"]).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let _ = node.said(1).await;
    let mut client = server.client().await.unwrap();
    let mut limit = async |bytes: &str| {
        let mut command = redis::cmd("CONFIG");
        command.arg("SET").arg("maxmemory").arg(bytes).exec_async(&mut client).await.unwrap();
    };
    limit("1mb").await;
    let refused = node.says(2).await;
    assert!(matches!(&refused, Err(EngineError::Away(why)) if why.contains("OOM")), "{refused:?}");
    assert_eq!(node.broker().changes(&lobby(), None).await.unwrap().records.len(), 1);
    limit("0").await;
    assert!(matches!(node.says(2).await, Ok(Outcome::Written(entry)) if entry.offset == 2));
}
