//! A primary watched by sentinels dies, and its replica takes over.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::{StreamExt, stream};
use parlor::engine::{EngineError, Outcome};
use parlor_shared::{Entry, Position, Reset};
use parlor_tests::{RedisSentinel, eventually};

use super::node::{TestNode, lobby};

/// Messages said while a primary dies; fewer than an author's commands that are remembered.
const LOAD: u128 = 990;

fn position(entry: &Entry) -> Position {
    Position { epoch: entry.epoch.clone(), offset: entry.offset }
}

#[tokio::test]
async fn a_fail_over_is_followed_and_nothing_is_repeated() {
    let mut watch = RedisSentinel::start().await.unwrap();
    let (one, two) = (TestNode::connect(&watch.url()).await, TestNode::connect(&watch.url()).await);
    one.broker().follow(&lobby()).await.unwrap();
    let before = one.said(1).await;
    assert_eq!(one.hears_entry().await, before);
    // The replica has it: a write that waited for it came later.
    let waiting = TestNode::connect_and_wait(&watch.url(), 1).await;
    let _ = waiting.said(2).await;
    watch.primary().kill().unwrap();
    let Outcome::Written(after) = two.says_until_taken(3).await else { panic!("not written") };
    assert_eq!(after.offset, before.offset + 2);
    assert_ne!(after.epoch, before.epoch, "a promotion is a new epoch");
    one.hears_doubt(&lobby()).await;
    let page = one.reads_until_answered(&position(&before)).await;
    assert_eq!((page.reset, page.records.len()), (None, 2));
    let repeat = one.says_until_taken(1).await;
    let original = Outcome::Repeat { offset: before.offset, number: before.record.number };
    assert_eq!(repeat, original, "what the replica had is not written twice");
    let live = two.said(4).await;
    one.hears_at_last(&live).await;
    // The former primary comes back as a replica, and nothing changes.
    watch.primary().restart().await.unwrap();
    let _ = one.said(5).await;
}

#[tokio::test]
async fn what_the_replica_lacked_is_told_as_a_fork_and_can_be_said_again() {
    let mut watch = RedisSentinel::start().await.unwrap();
    let node = TestNode::connect(&watch.url()).await;
    let waiting = TestNode::connect_and_wait(&watch.url(), 1).await;
    let kept = waiting.said(1).await;
    watch.parts_the_replica().await.unwrap();
    let lost = node.said(2).await;
    watch.primary().kill().unwrap();
    let again = node.says_until_taken(2).await;
    assert!(matches!(again, Outcome::Written(entry) if entry.offset == kept.offset + 1));
    let page = node.reads_until_answered(&position(&lost)).await;
    assert_eq!(page.reset, Some(Reset::Forked));
    let page = node.reads_until_answered(&position(&kept)).await;
    assert_eq!(
        (page.reset, page.records.len()),
        (None, 1),
        "whoever did not see it is no worse off"
    );
}

#[tokio::test]
async fn a_write_that_no_replica_has_is_not_confirmed_until_one_does() {
    let mut watch = RedisSentinel::start().await.unwrap();
    let node = TestNode::connect_and_wait(&watch.url(), 1).await;
    let _ = node.said(1).await;
    watch.parts_the_replica().await.unwrap();
    assert_eq!(node.says(2).await, Err(EngineError::Timeout));
    assert_eq!(node.says(2).await, Err(EngineError::Timeout), "nor is its repeat");
    watch.joins_the_replica().await.unwrap();
    let confirmed = node.says_until_taken(2).await;
    assert!(matches!(confirmed, Outcome::Repeat { offset: 2, .. }), "{confirmed:?}");
}

#[tokio::test]
async fn what_was_confirmed_with_a_replica_outlives_the_primary_under_load() {
    let mut watch = RedisSentinel::start().await.unwrap();
    let node = TestNode::connect_and_wait(&watch.url(), 1).await;
    let _ = node.said(1_000).await;
    let plain = TestNode::connect(&watch.url()).await;
    let (confirmed, in_doubt) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let load = stream::iter(0..LOAD).for_each_concurrent(20, async |command| {
        match node.says(command).await {
            Ok(Outcome::Written(_)) => confirmed.lock().unwrap().push(command),
            Ok(other) => panic!("{other:?}"),
            Err(_) => drop(in_doubt.fetch_add(1, Ordering::Relaxed)),
        }
    });
    let kill = async {
        eventually("much is confirmed", async || {
            (confirmed.lock().unwrap().len() > 500).then_some(())
        })
        .await
        .unwrap();
        watch.primary().kill().unwrap();
    };
    tokio::join!(load, kill);
    let (confirmed, in_doubt) = (confirmed.into_inner().unwrap(), in_doubt.into_inner());
    println!("{} confirmed, {in_doubt} in doubt or refused", confirmed.len());
    assert!(in_doubt > 0, "the primary died too late");
    for command in confirmed {
        let again = plain.says_until_taken(command).await;
        assert!(matches!(again, Outcome::Repeat { .. }), "{command} was lost");
    }
}

#[tokio::test]
async fn servers_and_sentinels_may_each_want_a_password() {
    let mut watch = RedisSentinel::start_with(Some("s3cret")).await.unwrap();
    let node = TestNode::connect(&watch.url()).await;
    let _ = node.said(1).await;
    watch.primary().kill().unwrap();
    let _ = node.says_until_taken(2).await;
    let url = watch.url().replace("?sentinel_password=s3cret", "");
    let refused = TestNode::try_connect(&url, "test").await.err().unwrap().to_string();
    assert!(refused.contains("sentinel 127.0.0.1"), "{refused}");
    assert!(!refused.contains("s3cret"), "{refused}");
}

#[tokio::test]
async fn one_sentinel_that_answers_is_enough_to_start() {
    let mut watch = RedisSentinel::start().await.unwrap();
    watch.end_sentinel(0).unwrap();
    watch.end_sentinel(1).unwrap();
    let node = TestNode::connect(&watch.url()).await;
    let _ = node.said(1).await;
    let url = watch.url().replace("/main", "/other");
    let refused = TestNode::try_connect(&url, "test").await.err().unwrap().to_string();
    assert!(refused.contains("No such master"), "{refused}");
}

#[tokio::test]
async fn the_sentinel_that_knows_of_the_latest_fail_over_is_believed() {
    let mut watch = RedisSentinel::start().await.unwrap();
    // These know of none, and name another server: what a sentinel does that was cut off.
    let behind = RedisSentinel::start().await.unwrap();
    let node = TestNode::connect_and_wait(&watch.url(), 1).await;
    let _ = node.said(1).await;
    watch.primary().kill().unwrap();
    let plain = TestNode::connect(&watch.url()).await;
    let _ = plain.says_until_taken(2).await;
    let hosts = |url: &str| url.replace("redis+sentinel://", "").replace("/main", "");
    for (first, second) in [(&behind, &watch), (&watch, &behind)] {
        let hosts = format!("{},{}", hosts(&first.url()), hosts(&second.url()));
        let told = TestNode::connect(&format!("redis+sentinel://{hosts}/main")).await;
        assert_eq!(told.broker().top(&lobby()).await.unwrap().last_number, 2);
    }
}
