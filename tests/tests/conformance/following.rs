//! What a node hears of the logs it follows.

use std::sync::Arc;

use parlor::engine::{Expect, Outcome};
use parlor_shared::{LogId, Role};
use parlor_tests::EngineFactory;

use crate::stage::{Stage, edits, needing, renames, room, room_id, says};

pub(crate) async fn entries_of_a_followed_log_are_announced_in_order(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.ann_says(1).await;
    stage.broker().follow(&room()).await.unwrap();
    let mut written = Vec::new();
    for n in 0..5 {
        written.push(stage.written(says("ann", &format!("{n}"))).await);
    }
    written.push(stage.written(renames(Expect::Absent, "Den")).await);
    for entry in written {
        assert_eq!(stage.hears().await, entry);
    }
}

pub(crate) async fn other_logs_are_not_announced(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.broker().follow(&room()).await.unwrap();
    let mut elsewhere = says("ann", "elsewhere");
    elsewhere.log = LogId::Room(room_id("room2"));
    stage.written(elsewhere).await;
    let here = stage.ann_says(1).await;
    assert_eq!(stage.hears().await, here);
    stage.hears_nothing().await;
}

pub(crate) async fn following_twice_announces_once(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.broker().follow(&room()).await.unwrap();
    stage.broker().follow(&room()).await.unwrap();
    let said = stage.ann_says(1).await;
    assert_eq!(stage.hears().await, said);
    stage.hears_nothing().await;
}

pub(crate) async fn nothing_is_announced_after_unfollowing(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.broker().follow(&room()).await.unwrap();
    let heard = stage.ann_says(1).await;
    assert_eq!(stage.hears().await, heard);
    stage.broker().unfollow(&room()).await;
    // "A few may still come": so what counts is what is written once another log is heard of.
    let other = LogId::Room(room_id("room2"));
    stage.broker().follow(&other).await.unwrap();
    stage.ann_says(1).await;
    let mut write = says("ann", "elsewhere");
    write.log = other.clone();
    stage.written(write).await;
    while stage.hears().await.log != other {}
    stage.ann_says(1).await;
    stage.hears_nothing().await;
}

pub(crate) async fn only_what_was_written_is_announced(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.broker().follow(&room()).await.unwrap();
    let write = says("ann", "once");
    let said = stage.written(write.clone()).await;
    assert_eq!(stage.write(write).await, Outcome::Repeat { offset: 1, number: Some(1) });
    let forbidden = stage.write(needing(Role::Member, says("ann", "no"))).await;
    assert_eq!(forbidden, Outcome::Forbidden);
    let conflict = stage.write(edits(1, Expect::Rev(9), "no")).await;
    assert_eq!(conflict, Outcome::Conflict { rev: 1 });
    let last = stage.ann_says(1).await;
    assert_eq!((stage.hears().await, stage.hears().await), (said, last));
    stage.hears_nothing().await;
}

pub(crate) async fn many_writers_are_announced_in_order(factory: &dyn EngineFactory) {
    let stage = Arc::new(Stage::open(factory).await);
    stage.broker().follow(&room()).await.unwrap();
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let stage = stage.clone();
            tokio::spawn(async move { stage.ann_says(10).await })
        })
        .collect();
    for offset in 1..=80 {
        assert_eq!(stage.hears().await.offset, offset);
    }
    for writer in writers {
        writer.await.unwrap();
    }
}
