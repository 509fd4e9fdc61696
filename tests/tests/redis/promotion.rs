//! A primary of a cluster goes away, and its replica takes over.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::{StreamExt, stream};
use parlor::engine::{EngineError, Outcome};
use parlor_shared::{Entry, LogId, Position, Reset, RoomId};
use parlor_tests::{Loss, RedisCluster, eventually};

use super::node::{LOBBY, TestNode, lobby, says_in};

/// Rooms on all primaries, of which one dies under load.
const ROOMS: u128 = 12;
/// Messages said meanwhile, fewer than an author's commands that a room remembers.
const LOAD: u128 = 3_000;

fn position(entry: &Entry) -> Position {
    Position { epoch: entry.epoch.clone(), offset: entry.offset }
}

fn room(n: u128) -> LogId {
    LogId::Room(RoomId::new(&format!("room-{n}")).unwrap())
}

/// A room that is not on the lobby's primary.
async fn elsewhere(cluster: &RedisCluster) -> LogId {
    let lobbys = cluster.owner_of(LOBBY).await.unwrap();
    for n in 0..ROOMS {
        if cluster.owner_of(&format!("{{{}}}", room(n))).await.unwrap() != lobbys {
            return room(n);
        }
    }
    panic!("all rooms are on one primary")
}

#[tokio::test]
async fn a_primary_that_is_killed_is_succeeded_and_nothing_is_repeated() {
    is_succeeded_and_nothing_is_repeated(Loss::Killed).await;
}

#[tokio::test]
async fn a_primary_that_stands_still_is_succeeded_and_nothing_is_repeated() {
    is_succeeded_and_nothing_is_repeated(Loss::Halted).await;
}

async fn is_succeeded_and_nothing_is_repeated(loss: Loss) {
    let mut cluster = RedisCluster::start_replicated().await.unwrap();
    let url = cluster.url();
    let (one, two) = (TestNode::connect(&url).await, TestNode::connect(&url).await);
    one.broker().follow(&lobby()).await.unwrap();
    // The replica has it.
    let before = TestNode::connect_and_wait(&url, 1).await.said(1).await;
    assert_eq!(one.hears_entry().await, before);
    cluster.loses_the_owner_of(LOBBY, loss).await.unwrap();
    let Outcome::Written(after) = two.says_until_taken(2).await else { panic!("not written") };
    assert_eq!(after.offset, before.offset + 1);
    assert_ne!(after.epoch, before.epoch, "a promotion is a new epoch");
    one.hears_doubt(&lobby()).await;
    let page = one.reads_until_answered(&position(&before)).await;
    assert_eq!((page.reset, page.records.len()), (None, 1));
    let repeat = one.says_until_taken(1).await;
    let original = Outcome::Repeat { offset: before.offset, number: before.record.number };
    assert_eq!(repeat, original, "what the replica had is not written twice");
    // The former primary comes back as a replica, and nothing changes.
    cluster.gets_everybody_back().await.unwrap();
    let live = two.says_until_taken(3).await;
    assert!(matches!(&live, Outcome::Written(entry) if entry.epoch == after.epoch), "{live:?}");
    let Outcome::Written(live) = live else { panic!("not written") };
    one.hears_at_last(&live).await;
}

#[tokio::test]
async fn what_the_replica_lacked_is_told_as_a_fork_and_can_be_said_again() {
    let mut cluster = RedisCluster::start_replicated().await.unwrap();
    let node = TestNode::connect(&cluster.url()).await;
    let kept = TestNode::connect_and_wait(&cluster.url(), 1).await.said(1).await;
    cluster.parts_the_replica_for(LOBBY).await.unwrap();
    let lost = node.said(2).await;
    cluster.loses_the_owner_of(LOBBY, Loss::Killed).await.unwrap();
    let again = node.says_until_taken(2).await;
    assert!(matches!(again, Outcome::Written(entry) if entry.offset == kept.offset + 1));
    let page = node.reads_until_answered(&position(&lost)).await;
    assert_eq!(page.reset, Some(Reset::Forked));
    let page = node.reads_until_answered(&position(&kept)).await;
    let told = (page.reset, page.records.len());
    assert_eq!(told, (None, 1), "whoever did not see it is no worse off");
}

#[tokio::test]
async fn a_write_waits_for_the_replicas_of_the_primary_that_took_it() {
    let cluster = RedisCluster::start_replicated().await.unwrap();
    let node = TestNode::connect_and_wait(&cluster.url(), 1).await;
    let other = elsewhere(&cluster).await;
    cluster.parts_the_replica_for(LOBBY).await.unwrap();
    assert_eq!(node.says(1).await, Err(EngineError::Timeout));
    assert_eq!(node.says(1).await, Err(EngineError::Timeout), "nor is its repeat");
    let there = node.broker().write(says_in(other, 1)).await;
    assert!(matches!(there, Ok(Outcome::Written(_))), "{there:?}");
    cluster.joins_the_replicas().await.unwrap();
    let confirmed = node.says_until_taken(1).await;
    assert!(matches!(confirmed, Outcome::Repeat { offset: 1, .. }), "{confirmed:?}");
}

#[tokio::test]
async fn a_write_waits_for_the_replicas_of_where_its_slot_has_moved_to() {
    let cluster = RedisCluster::start_replicated().await.unwrap();
    let node = TestNode::connect_and_wait(&cluster.url(), 1).await;
    let _ = node.said(1).await;
    cluster.parts_the_replica_for(LOBBY).await.unwrap();
    cluster.moves_the_slot_of(LOBBY).await.unwrap();
    // Nothing would be confirmed where it was.
    let moved = node.says_until_taken(2).await;
    assert!(matches!(moved, Outcome::Written(_)), "{moved:?}");
    cluster.parts_the_replica_for(LOBBY).await.unwrap();
    assert_eq!(node.says(3).await, Err(EngineError::Timeout));
}

#[tokio::test]
async fn what_was_confirmed_with_a_replica_outlives_its_primary_under_load() {
    let mut cluster = RedisCluster::start_replicated().await.unwrap();
    let node = TestNode::connect_and_wait(&cluster.url(), 1).await;
    let says = |command: u128| says_in(room(command % ROOMS), command);
    let (confirmed, in_doubt) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let load = stream::iter(0..LOAD).for_each_concurrent(20, async |command| {
        match node.broker().write(says(command)).await {
            Ok(Outcome::Written(_)) => confirmed.lock().unwrap().push(command),
            Ok(other) => panic!("{other:?}"),
            Err(_) => drop(in_doubt.fetch_add(1, Ordering::Relaxed)),
        }
    });
    let kill = async {
        eventually("much is confirmed", async || {
            (confirmed.lock().unwrap().len() > 1_000).then_some(())
        })
        .await
        .unwrap();
        cluster.loses_the_owner_of("{room:room-1}", Loss::Killed).await.unwrap();
    };
    tokio::join!(load, kill);
    let (confirmed, in_doubt) = (confirmed.into_inner().unwrap(), in_doubt.into_inner());
    println!("{} confirmed, {in_doubt} in doubt or refused", confirmed.len());
    assert!(in_doubt > 0, "the primary died too late");
    let plain = TestNode::connect(&cluster.url()).await;
    for command in confirmed {
        let again = plain.writes_until_taken(says(command)).await;
        assert!(matches!(again, Outcome::Repeat { .. }), "{command} was lost");
    }
}
