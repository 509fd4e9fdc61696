//! A store closed and opened again has forgotten nothing.

use parlor::engine::Expect;
use parlor_shared::{Position, Role};
use parlor_tests::EngineFactory;

use crate::stage::{Stage, admits, needing, numbers, position, renames, revs, room, says};

pub(crate) async fn everything_is_there_after_reopening(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(renames(Expect::Absent, "Den")).await;
    stage.written(admits("ann", Some(Role::Moderator))).await;
    stage.ann_says(5).await;
    let mut before = stage.broker().records(&room(), "").await.unwrap();
    let stage = stage.reopen(factory).await;
    let mut after = stage.broker().records(&room(), "").await.unwrap();
    before.sort_by_key(|record| record.rev);
    after.sort_by_key(|record| record.rev);
    assert_eq!((after.len(), after), (7, before));
    stage.written(needing(Role::Moderator, says("ann", "still a moderator"))).await;
}

pub(crate) async fn offsets_and_numbers_go_on_after_reopening(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(renames(Expect::Absent, "Den")).await;
    let before = stage.ann_says(2).await;
    let stage = stage.reopen(factory).await;
    let top = stage.top().await;
    assert_eq!((&top.position, top.last_number), (&position(&before), 2));
    let after = stage.ann_says(1).await;
    assert_eq!((after.offset, after.record.number), (4, Some(3)));
    assert!(after.time >= before.time);
    assert_eq!(stage.top().await.position, position(&after));
}

pub(crate) async fn a_position_holds_after_reopening(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let seen = stage.ann_says(3).await;
    let stage = stage.reopen(factory).await;
    let nothing = stage.changes(Some(&position(&seen))).await;
    assert_eq!((nothing.reset, nothing.records.len()), (None, 0));
    stage.ann_says(2).await;
    let page = stage.changes(Some(&position(&seen))).await;
    assert_eq!((page.reset, revs(&page.records)), (None, vec![4, 5]));
}

pub(crate) async fn an_empty_log_stays_at_the_beginning(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let beginning = stage.changes(None).await.position;
    let stage = stage.reopen(factory).await;
    let page = stage.changes(Some(&beginning)).await;
    assert_eq!((page.reset, page.position.offset), (None, 0));
    stage.ann_says(1).await;
    let page = stage.changes(Some(&beginning)).await;
    assert_eq!((page.reset, revs(&page.records)), (None, vec![1]));
}

pub(crate) async fn many_reopenings_keep_catch_up_whole(factory: &dyn EngineFactory) {
    let mut stage = Stage::open(factory).await;
    let beginning = stage.top().await.position;
    for _ in 0..20 {
        stage.ann_says(6).await;
        stage = stage.reopen(factory).await;
    }
    let (mut after, mut seen) = (beginning, Vec::new());
    loop {
        let page = stage.changes(Some(&after)).await;
        if page.reset.is_some() {
            seen.clear();
        }
        seen.extend(numbers(&page.records));
        after = page.position;
        if !page.more {
            break;
        }
    }
    // With or without having started afresh, nothing up to the top is missing.
    let first = seen[0];
    assert!(first == 1 || first == 71, "{first}");
    assert_eq!(seen, (first..=120).collect::<Vec<_>>());
    let top = stage.top().await;
    assert_eq!(after, Position { offset: 120, ..top.position });
}
