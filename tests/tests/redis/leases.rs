//! What lapses by itself: leases, sessions, names. Redis keeps the time; tests look at what it was
//! told, and let it pass at once.

use parlor::engine::{Account, NameOutcome, Online, SessionToken};
use parlor_shared::PersonId;
use parlor_tests::{Fsync, RedisServer};
use redis::aio::MultiplexedConnection;

use super::node::{TestNode, ask};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn person(id: &str) -> PersonId {
    PersonId::new(id).unwrap()
}

fn online(id: &str) -> Online {
    Online::from([(person(id), id.to_uppercase())])
}

/// The one key that matches.
async fn key(client: &mut MultiplexedConnection, pattern: &str) -> String {
    let keys: Vec<String> = ask(client, &["KEYS", pattern]).await;
    assert_eq!(keys.len(), 1, "{keys:?}");
    keys[0].clone()
}

#[tokio::test]
async fn the_people_of_all_nodes_are_online_until_their_nodes_lease_ends() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let mut client = server.client().await.unwrap();
    let one = TestNode::connect(&server.url()).await;
    one.engine.presence.renew(online("ann")).await.unwrap();
    let lease = key(&mut client, "*:node:*").await;
    let left: i64 = ask(&mut client, &["PTTL", &lease]).await;
    assert!((25_000..=30_000).contains(&left), "{left}");
    let two = TestNode::connect(&server.url()).await;
    two.engine.presence.renew(online("bob")).await.unwrap();
    let both: Online = online("ann").into_iter().chain(online("bob")).collect();
    assert_eq!(one.engine.presence.online().await.unwrap(), both);
    let _: () = ask(&mut client, &["PEXPIRE", &lease, "0"]).await;
    assert_eq!(two.engine.presence.online().await.unwrap(), online("bob"));
}

#[tokio::test]
async fn a_session_used_again_lives_on_with_its_name() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let mut client = server.client().await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let (directory, token) = (&node.engine.directory, SessionToken([1; 32]));
    let ann = Account { person: person("ann"), name: "Ann".to_owned() };
    let outcome = directory.create_account(&ann, "ann", token).await.unwrap();
    assert_eq!(outcome, NameOutcome::Created);
    let (session, name) =
        (key(&mut client, "*:session:*").await, key(&mut client, "*:name:*").await);
    for key in [&session, &name] {
        let _: () = ask(&mut client, &["PEXPIRE", key, "60000"]).await;
    }
    // Used a moment ago: nothing is written. Used long ago: both live on.
    assert_eq!(directory.session(token).await.unwrap().as_ref(), Some(&ann));
    assert!(ask::<i64>(&mut client, &["PTTL", &session]).await <= 60_000);
    let _: () = ask(&mut client, &["HSET", &session, "used", "1"]).await;
    assert_eq!(directory.session(token).await.unwrap(), Some(ann));
    assert!(ask::<i64>(&mut client, &["PTTL", &session]).await > 29 * DAY_MS);
    assert!(ask::<i64>(&mut client, &["PTTL", &name]).await > 59 * DAY_MS);
    directory.end_session(token).await.unwrap();
    let held = ask::<i64>(&mut client, &["PTTL", &name]).await;
    assert!((29 * DAY_MS..=30 * DAY_MS).contains(&held), "{held}");
}

#[tokio::test]
async fn what_an_author_did_is_forgotten_after_a_day() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let mut client = server.client().await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    let _ = node.said(1).await;
    let _ = node.said(2).await;
    let done = key(&mut client, "*:done:*").await;
    let left = ask::<i64>(&mut client, &["PTTL", &done]).await;
    assert!((DAY_MS - 60_000..=DAY_MS).contains(&left), "{left}");
    // Had the first been done a day ago, it would be written anew.
    let first: Vec<String> = ask(&mut client, &["HKEYS", &done]).await;
    let first = first.iter().find(|id| id.ends_with('1')).unwrap();
    let _: () = ask(&mut client, &["HSET", &done, first, "1:1:1"]).await;
    assert_eq!(node.said(1).await.offset, 3);
    let _ = node.said(4).await;
    let held: usize = ask(&mut client, &["HLEN", &done]).await;
    assert_eq!(held, 3, "each is remembered once");
}

#[tokio::test]
async fn a_closed_engine_leaves_no_connection_behind() {
    let server = RedisServer::start(Fsync::EverySecond).await.unwrap();
    let mut client = server.client().await.unwrap();
    let node = TestNode::connect(&server.url()).await;
    node.broker().follow(&super::node::lobby()).await.unwrap();
    let open = async |client: &mut MultiplexedConnection| {
        ask::<String>(client, &["CLIENT", "LIST"]).await.lines().count()
    };
    assert_eq!(open(&mut client).await, 3, "one for commands, one for announcements, the test's");
    drop(node);
    let closed = tokio::time::timeout(std::time::Duration::from_secs(5), async {
        while open(&mut client).await > 1 {
            tokio::task::yield_now().await;
        }
    });
    closed.await.expect("connections stay open");
}
