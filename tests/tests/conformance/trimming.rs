//! A log keeps as many messages as it is told, and nothing of the others.

use parlor::engine::{Expect, Outcome, PageRequest};
use parlor_shared::{RecordKey, Role};
use parlor_tests::EngineFactory;

use crate::stage::{Stage, admits, edits, keeping, numbers, renames, revs, room, says};

async fn say(stage: &Stage, count: usize, keep: u32) {
    for _ in 0..count {
        stage.written(keeping(keep, says("ann", "hello"))).await;
    }
}

pub(crate) async fn exactly_as_many_messages_are_kept_as_asked(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for (said, first_kept) in [(1, 1), (10, 1), (11, 2), (25, 16)] {
        let already = usize::try_from(stage.top().await.last_number).unwrap();
        say(&stage, said - already, 10).await;
        let page = stage.changes(None).await;
        assert_eq!((page.first_kept, page.last_number), (first_kept, said as u64));
        assert_eq!(numbers(&page.records), (first_kept..=said as u64).collect::<Vec<_>>());
    }
}

pub(crate) async fn what_was_trimmed_is_nowhere(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let beginning = stage.top().await.position;
    say(&stage, 8, 3).await;
    let broker = stage.broker();
    let gone = RecordKey::message(5);
    assert_eq!(broker.record(&room(), &gone).await.unwrap(), None);
    assert_eq!(broker.records(&room(), "message:").await.unwrap().len(), 3);
    assert_eq!(revs(&stage.changes(Some(&beginning)).await.records), [6, 7, 8]);
    let request = PageRequest { before: 100, limit: 100 };
    let page = broker.page(&room(), request).await.unwrap();
    assert_eq!((numbers(&page.records), page.more), (vec![6, 7, 8], false));
}

pub(crate) async fn a_higher_keep_brings_nothing_back(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    say(&stage, 5, 2).await;
    say(&stage, 2, 100).await;
    let page = stage.changes(None).await;
    assert_eq!((page.first_kept, numbers(&page.records)), (4, vec![4, 5, 6, 7]));
}

pub(crate) async fn any_write_trims(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    say(&stage, 5, 100).await;
    stage.written(keeping(2, renames(Expect::Absent, "Den"))).await;
    assert_eq!(stage.top().await.first_kept, 4);
    assert_eq!(numbers(&stage.changes(None).await.records), [4, 5]);
}

pub(crate) async fn a_trimmed_message_is_not_brought_back_by_an_edit(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    say(&stage, 5, 2).await;
    for expect in [Expect::Rev(1), Expect::Anything] {
        let edit = stage.write(keeping(2, edits(1, expect, "I was here"))).await;
        assert_eq!(edit, Outcome::Conflict { rev: 0 });
    }
    assert_eq!(numbers(&stage.changes(None).await.records), [4, 5]);
}

pub(crate) async fn other_records_are_not_trimmed(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(renames(Expect::Absent, "Den")).await;
    stage.written(admits("ann", Some(Role::Member))).await;
    say(&stage, 5, 1).await;
    let beginning = parlor_shared::Position { offset: 0, ..stage.top().await.position };
    assert_eq!(revs(&stage.changes(Some(&beginning)).await.records), [1, 2, 7]);
}
