//! Three primaries of a Redis Cluster. (That every behaviour holds there shows the conformance suite.)

use parlor::engine::{Announcement, Outcome};
use parlor_shared::{LogId, RoomId};
use parlor_tests::{RedisCluster, RedisServer};

use super::node::{TestNode, ask, says_in};

fn room(n: u128) -> LogId {
    LogId::Room(RoomId::new(&format!("room-{n}")).unwrap())
}

#[tokio::test]
async fn logs_on_all_primaries_are_written_and_heard() {
    let cluster = RedisCluster::start().await.unwrap();
    let (one, two) =
        (TestNode::connect(&cluster.url()).await, TestNode::connect(&cluster.url()).await);
    for n in 0..12 {
        two.broker().follow(&room(n)).await.unwrap();
        let Outcome::Written(entry) = one.broker().write(says_in(room(n), n)).await.unwrap() else {
            panic!("not written")
        };
        assert_eq!(two.hears_entry().await, entry);
    }
}

#[tokio::test]
async fn a_primary_that_restarts_has_its_logs_doubted() {
    let mut cluster = RedisCluster::start().await.unwrap();
    let node = TestNode::connect(&cluster.url()).await;
    for n in 0..12 {
        node.broker().follow(&room(n)).await.unwrap();
    }
    cluster.primaries()[0].restart().await.unwrap();
    let Announcement::Doubt(doubted) = node.hears().await else { panic!("an entry") };
    let rooms: Vec<_> = (0..12).map(room).collect();
    assert!(rooms.contains(&doubted), "{doubted}");
}

#[tokio::test]
async fn a_log_whose_slot_moves_is_doubted_and_goes_on_at_its_new_place() {
    let mut cluster = RedisCluster::start().await.unwrap();
    let (one, two) =
        (TestNode::connect(&cluster.url()).await, TestNode::connect(&cluster.url()).await);
    two.broker().follow(&room(1)).await.unwrap();
    let _ = one.broker().write(says_in(room(1), 1)).await.unwrap();
    assert_eq!(two.hears_entry().await.offset, 1);
    move_slot(cluster.primaries(), "{room:room-1}").await;
    let moved = one.writes_until_taken(says_in(room(1), 2)).await;
    let Outcome::Written(moved) = moved else { panic!("not written") };
    assert_eq!(moved.offset, 2, "the log came along");
    two.hears_doubt(&room(1)).await;
    let Outcome::Written(live) = one.broker().write(says_in(room(1), 3)).await.unwrap() else {
        panic!("not written")
    };
    two.hears_at_last(&live).await;
}

/// Moves the slot of `tag`, with its keys, from the primary that has it to another.
async fn move_slot(primaries: &[RedisServer], tag: &str) {
    let mut clients = Vec::new();
    for primary in primaries {
        let mut client = primary.client().await.unwrap();
        let id: String = ask(&mut client, &["CLUSTER", "MYID"]).await;
        clients.push((client, id, primary.port().to_string()));
    }
    let slot: u16 = ask(&mut clients[0].0, &["CLUSTER", "KEYSLOT", tag]).await;
    let (from, slot) = (usize::from(slot / 5462), slot.to_string());
    let to = (from + 1) % clients.len();
    let (from_id, to_id, to_port) =
        (clients[from].1.clone(), clients[to].1.clone(), clients[to].2.clone());
    let set_slot = ["CLUSTER", "SETSLOT", &slot];
    let _: () = ask(&mut clients[to].0, &[&set_slot[..], &["IMPORTING", &from_id]].concat()).await;
    let _: () = ask(&mut clients[from].0, &[&set_slot[..], &["MIGRATING", &to_id]].concat()).await;
    let keys: Vec<String> =
        ask(&mut clients[from].0, &["CLUSTER", "GETKEYSINSLOT", &slot, "100"]).await;
    let mut migrate = vec!["MIGRATE", "127.0.0.1", &to_port, "", "0", "5000", "KEYS"];
    migrate.extend(keys.iter().map(String::as_str));
    let _: () = ask(&mut clients[from].0, &migrate).await;
    for at in [to, from] {
        let _: () = ask(&mut clients[at].0, &[&set_slot[..], &["NODE", &to_id]].concat()).await;
    }
}
