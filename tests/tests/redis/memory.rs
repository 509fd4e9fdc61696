//! Redis is out of memory.

use parlor::engine::{Account, EngineError, NameOutcome, Outcome, SessionToken};
use parlor_shared::PersonId;
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

#[tokio::test]
async fn a_session_is_good_also_while_its_use_cannot_be_noted() {
    let server = RedisServer::start_with(&["--maxmemory-policy", "noeviction"]).await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let (directory, token) = (&node.engine.directory, SessionToken([7; 32]));
    let ada = Account { person: PersonId::new("ada").unwrap(), name: "Ada".to_owned() };
    let made = directory.create_account(&ada, "ada", token).await.unwrap();
    assert_eq!(made, NameOutcome::Created);
    let mut client = server.client().await.unwrap();
    // Last used long ago, so that this use is to be noted.
    let held: Vec<String> =
        redis::cmd("KEYS").arg("test:*session:*").query_async(&mut client).await.unwrap();
    let session = held.first().expect("no session is kept");
    redis::cmd("HSET").arg(session).arg("used").arg(0).exec_async(&mut client).await.unwrap();
    redis::cmd("CONFIG")
        .arg("SET")
        .arg("maxmemory")
        .arg("1mb")
        .exec_async(&mut client)
        .await
        .unwrap();
    assert!(matches!(node.says(1).await, Err(EngineError::Away(_))), "writes are taken");
    assert_eq!(directory.session(token).await.unwrap(), Some(ada));
}
