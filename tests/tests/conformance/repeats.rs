//! The same command again gets the same answer and does nothing twice.

use std::sync::Arc;

use parlor::engine::{Expect, Outcome};
use parlor_shared::{LogId, Role, limits::DEDUPE_COMMANDS};
use parlor_tests::EngineFactory;

use crate::stage::{Stage, admits, keeping, needing, person, renames, room_id, says};

pub(crate) async fn a_repeat_gets_the_original_answer(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.ann_says(2).await;
    let write = says("ann", "once");
    stage.written(write.clone()).await;
    stage.ann_says(2).await;
    for _ in 0..3 {
        let again = stage.write(write.clone()).await;
        assert_eq!(again, Outcome::Repeat { offset: 3, number: Some(3) });
    }
    assert_eq!(stage.top().await.position.offset, 5);
}

pub(crate) async fn repeats_at_once_write_one_message(factory: &dyn EngineFactory) {
    let stage = Arc::new(Stage::open(factory).await);
    let write = says("ann", "once");
    let tries: Vec<_> = (0..12)
        .map(|_| {
            let (stage, write) = (stage.clone(), write.clone());
            tokio::spawn(async move { stage.write(write).await })
        })
        .collect();
    let mut written = 0;
    for one in tries {
        match one.await.unwrap() {
            Outcome::Written(_) => written += 1,
            other @ (Outcome::Repeat { .. } | Outcome::Forbidden | Outcome::Conflict { .. }) => {
                assert_eq!(other, Outcome::Repeat { offset: 1, number: Some(1) });
            }
        }
    }
    assert_eq!((written, stage.top().await.position.offset), (1, 1));
}

pub(crate) async fn a_repeat_is_known_after_reopening(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let write = says("ann", "once");
    stage.written(write.clone()).await;
    let stage = stage.reopen(factory).await;
    assert_eq!(stage.write(write).await, Outcome::Repeat { offset: 1, number: Some(1) });
}

pub(crate) async fn a_repeat_is_known_after_its_message_was_trimmed(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let write = keeping(2, says("ann", "once"));
    stage.written(write.clone()).await;
    for _ in 0..5 {
        stage.written(keeping(2, says("bob", "more"))).await;
    }
    assert_eq!(stage.write(write).await, Outcome::Repeat { offset: 1, number: Some(1) });
    let top = stage.top().await;
    assert_eq!((top.position.offset, top.first_kept), (6, 5));
}

pub(crate) async fn a_repeat_of_another_change_gets_the_original_answer_too(
    factory: &dyn EngineFactory,
) {
    let stage = Stage::open(factory).await;
    let write = renames(Expect::Absent, "Den");
    stage.written(write.clone()).await;
    // By its own check it would now be a conflict; but it was done.
    assert_eq!(stage.write(write).await, Outcome::Repeat { offset: 1, number: None });
}

pub(crate) async fn the_same_id_by_another_author_is_another_command(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let anns = says("ann", "mine");
    stage.written(anns.clone()).await;
    let mut bobs = says("bob", "stolen id");
    bobs.command = anns.command;
    assert_eq!(stage.written(bobs).await.offset, 2);
    assert_eq!(stage.write(anns).await, Outcome::Repeat { offset: 1, number: Some(1) });
}

pub(crate) async fn the_same_id_in_another_log_is_another_command(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let here = says("ann", "here");
    stage.written(here.clone()).await;
    for log in [LogId::Room(room_id("room2")), LogId::Person(person("ann"))] {
        let mut there = here.clone();
        there.log = log;
        assert_eq!(stage.written(there).await.offset, 1);
    }
}

pub(crate) async fn a_thousand_commands_are_remembered_and_no_more(factory: &dyn EngineFactory) {
    let stage = Arc::new(Stage::open(factory).await);
    let (oldest, second) = (says("ann", "oldest"), says("ann", "second"));
    stage.written(oldest.clone()).await;
    stage.written(second.clone()).await;
    // Others' commands do not count.
    stage.written(says("bob", "hello")).await;
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let stage = stage.clone();
            let count = (DEDUPE_COMMANDS - 1 + writer) / 8;
            tokio::spawn(async move {
                if count > 0 {
                    stage.ann_says(count).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(stage.write(second).await, Outcome::Repeat { offset: 2, number: Some(2) });
    let forgotten = stage.written(oldest).await;
    assert_eq!(forgotten.offset, 3 + DEDUPE_COMMANDS as u64);
}

pub(crate) async fn a_repeat_is_answered_before_the_role_is_asked(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(admits("ann", Some(Role::Member))).await;
    let write = needing(Role::Member, says("ann", "still a member"));
    stage.written(write.clone()).await;
    stage.written(admits("ann", None)).await;
    assert_eq!(stage.write(write).await, Outcome::Repeat { offset: 2, number: Some(1) });
}
