//! What a write is refused for: the role, the revision.

use std::sync::Arc;

use parlor::engine::{Expect, Outcome};
use parlor_shared::{LogId, Role};
use parlor_tests::EngineFactory;

use crate::stage::{Stage, admits, edits, needing, renames, room_id, says};

pub(crate) async fn a_write_without_the_needed_role_is_forbidden(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let stranger = stage.write(needing(Role::Member, says("ann", "let me in"))).await;
    assert_eq!(stranger, Outcome::Forbidden);
    stage.written(admits("ann", Some(Role::Member))).await;
    let above = stage.write(needing(Role::Moderator, says("ann", "obey"))).await;
    assert_eq!(above, Outcome::Forbidden);
    stage.written(needing(Role::Member, says("ann", "hello"))).await;
}

pub(crate) async fn a_higher_role_suffices(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(admits("ann", Some(Role::Owner))).await;
    for role in [Role::Member, Role::Moderator, Role::Owner] {
        stage.written(needing(role, says("ann", "hello"))).await;
    }
}

pub(crate) async fn a_role_taken_away_is_gone_at_once(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(admits("ann", Some(Role::Member))).await;
    stage.written(needing(Role::Member, says("ann", "hello"))).await;
    stage.written(admits("ann", None)).await;
    let refused = stage.write(needing(Role::Member, says("ann", "one more"))).await;
    assert_eq!(refused, Outcome::Forbidden);
}

pub(crate) async fn a_role_counts_in_its_log_only(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(admits("ann", Some(Role::Owner))).await;
    let mut elsewhere = needing(Role::Member, says("ann", "hello"));
    elsewhere.log = LogId::Room(room_id("room2"));
    assert_eq!(stage.write(elsewhere).await, Outcome::Forbidden);
    assert_eq!(stage.write(needing(Role::Member, says("bob", "hello"))).await, Outcome::Forbidden);
}

pub(crate) async fn a_forbidden_write_writes_nothing_and_is_not_remembered(
    factory: &dyn EngineFactory,
) {
    let stage = Stage::open(factory).await;
    let write = needing(Role::Member, says("ann", "hello"));
    assert_eq!(stage.write(write.clone()).await, Outcome::Forbidden);
    assert_eq!(stage.top().await.position.offset, 0);
    stage.written(admits("ann", Some(Role::Member))).await;
    assert_eq!(stage.written(write).await.record.number, Some(1));
}

pub(crate) async fn a_change_from_another_rev_is_a_conflict(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.ann_says(2).await;
    stage.written(edits(1, Expect::Rev(1), "better")).await;
    let late = stage.write(edits(1, Expect::Rev(1), "worse")).await;
    assert_eq!(late, Outcome::Conflict { rev: 3 });
    let absent = stage.write(renames(Expect::Rev(2), "Den")).await;
    assert_eq!(absent, Outcome::Conflict { rev: 0 });
    assert_eq!(stage.written(edits(1, Expect::Rev(3), "best")).await.offset, 4);
}

pub(crate) async fn what_must_be_absent_must_be_absent(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(renames(Expect::Absent, "Den")).await;
    let again = stage.write(renames(Expect::Absent, "Nest")).await;
    assert_eq!(again, Outcome::Conflict { rev: 1 });
    assert_eq!(stage.written(renames(Expect::Anything, "Nest")).await.offset, 2);
}

pub(crate) async fn a_message_is_not_made_by_key(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.ann_says(1).await;
    for expect in [Expect::Anything, Expect::Absent, Expect::Rev(0)] {
        let made = stage.write(edits(7, expect, "out of thin air")).await;
        assert_eq!(made, Outcome::Conflict { rev: 0 });
    }
    assert_eq!(stage.top().await.position.offset, 1);
}

pub(crate) async fn one_of_many_changers_at_once_wins(factory: &dyn EngineFactory) {
    let stage = Arc::new(Stage::open(factory).await);
    stage.written(renames(Expect::Absent, "Den")).await;
    let changers: Vec<_> = (0..10)
        .map(|n| {
            let stage = stage.clone();
            let write = renames(Expect::Rev(1), &format!("Den {n}"));
            tokio::spawn(async move { stage.write(write).await })
        })
        .collect();
    let mut won = 0;
    for changer in changers {
        match changer.await.unwrap() {
            Outcome::Written(_) => won += 1,
            other @ (Outcome::Repeat { .. } | Outcome::Forbidden | Outcome::Conflict { .. }) => {
                assert_eq!(other, Outcome::Conflict { rev: 2 });
            }
        }
    }
    assert_eq!(won, 1);
}
