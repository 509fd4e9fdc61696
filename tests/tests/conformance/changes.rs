//! The one question of catch-up: what changed since this position?

use std::collections::BTreeMap;

use parlor::engine::Expect;
use parlor_shared::{Epoch, Position, RecordKey, Reset, Role, put};
use parlor_tests::EngineFactory;

use crate::stage::{Stage, admits, edits, numbers, position, renames, revs, says, text};

pub(crate) async fn without_a_position_the_newest_page_comes(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let last = stage.ann_says(60).await;
    let page = stage.changes(None).await;
    assert_eq!((page.reset, page.more), (Some(Reset::Start), false));
    assert_eq!(numbers(&page.records), (11..=60).collect::<Vec<_>>());
    assert_eq!((page.position, page.first_kept, page.last_number), (position(&last), 1, 60));
}

pub(crate) async fn an_empty_log_is_at_the_beginning(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let top = stage.top().await;
    assert_eq!((top.position.offset, top.last_number, top.first_kept), (0, 0, 1));
    let page = stage.changes(None).await;
    assert_eq!((page.reset, page.more), (Some(Reset::Start), false));
    assert!(page.records.is_empty());
    assert_eq!((&page.position, page.first_kept, page.last_number), (&top.position, 1, 0));
    let again = stage.changes(Some(&page.position)).await;
    assert_eq!((again.reset, again.records.len(), again.position), (None, 0, top.position));
}

pub(crate) async fn the_beginning_holds_on_every_log(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.ann_says(3).await;
    let beginning = Position { epoch: Epoch::new("of-another-store").unwrap(), offset: 0 };
    let page = stage.changes(Some(&beginning)).await;
    assert_eq!((page.reset, revs(&page.records)), (None, vec![1, 2, 3]));
}

pub(crate) async fn only_what_changed_since_comes(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let seen = stage.ann_says(3).await;
    stage.written(renames(Expect::Absent, "Den")).await;
    let last = stage.ann_says(2).await;
    let page = stage.changes(Some(&position(&seen))).await;
    assert_eq!((page.reset, page.more), (None, false));
    assert_eq!(revs(&page.records), [4, 5, 6]);
    assert_eq!(page.position, position(&last));
    let nothing = stage.changes(Some(&page.position)).await;
    assert_eq!((nothing.reset, nothing.records.len(), nothing.more), (None, 0, false));
    assert_eq!(nothing.position, position(&last));
}

pub(crate) async fn what_changed_often_comes_once(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let seen = stage.ann_says(2).await;
    for n in 0..5 {
        stage.written(edits(1, Expect::Anything, &format!("edit {n}"))).await;
    }
    stage.ann_says(1).await;
    let page = stage.changes(Some(&position(&seen))).await;
    assert_eq!(revs(&page.records), [7, 8]);
    assert_eq!(text(&page.records[0]), Some("edit 4"));
    assert_eq!(page.position.offset, 8);
}

pub(crate) async fn at_most_a_hundred_records_come_at_once(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let seen = stage.ann_says(1).await;
    stage.ann_says(101).await;
    let page = stage.changes(Some(&position(&seen))).await;
    assert_eq!((page.records.len(), page.more, page.position.offset), (100, true, 101));
    let rest = stage.changes(Some(&page.position)).await;
    assert_eq!((revs(&rest.records), rest.more, rest.reset), (vec![102], false, None));
}

pub(crate) async fn at_most_256_kib_come_at_once(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let mut after = stage.top().await.position;
    for _ in 0..40 {
        stage.written(says("ann", &"long ".repeat(3_000))).await;
    }
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = stage.changes(Some(&after)).await;
        let bytes = serde_json::to_vec(&page.records).unwrap().len();
        assert!(page.reset.is_none() && bytes <= 256 * 1024, "{bytes}");
        assert_eq!(page.records.last().unwrap().rev, page.position.offset);
        seen.extend(revs(&page.records));
        pages += 1;
        after = page.position;
        if !page.more {
            break;
        }
    }
    assert_eq!(seen, (1..=40).collect::<Vec<_>>());
    assert!((3..=4).contains(&pages), "40 × 15 kB in {pages} pages");
}

pub(crate) async fn pages_complete_the_log(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let mut after = stage.top().await.position;
    stage.ann_says(220).await;
    let mut held = BTreeMap::new();
    let mut pages = 0_u64;
    loop {
        // Changes while somebody catches up, also of what they have already.
        stage.written(edits(5 + pages, Expect::Anything, "changed meanwhile")).await;
        let page = stage.changes(Some(&after)).await;
        assert_eq!(page.reset, None);
        for record in page.records {
            let _ = put(&mut held, record);
        }
        after = page.position;
        pages += 1;
        if !page.more {
            break;
        }
    }
    let all = stage.broker().records(&crate::stage::room(), "").await.unwrap();
    let all: BTreeMap<_, _> = all.into_iter().map(|r| (r.key.clone(), r)).collect();
    assert_eq!((held, pages), (all, 3));
}

pub(crate) async fn more_than_five_hundred_changes_start_afresh(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let seen = stage.ann_says(1).await;
    let last = stage.ann_says(501).await;
    let page = stage.changes(Some(&position(&seen))).await;
    assert_eq!((page.reset, page.more), (Some(Reset::TooMany), false));
    assert_eq!(numbers(&page.records), (453..=502).collect::<Vec<_>>());
    assert_eq!((page.position, page.first_kept), (position(&last), 1));
}

pub(crate) async fn five_hundred_changes_do_not_start_afresh(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let seen = stage.ann_says(1).await;
    stage.ann_says(500).await;
    let page = stage.changes(Some(&position(&seen))).await;
    assert_eq!((page.reset, page.more, page.records.len()), (None, true, 100));
}

pub(crate) async fn the_newest_page_has_no_members_and_all_else(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(renames(Expect::Absent, "Den")).await;
    for member in ["ann", "bob", "eve"] {
        stage.written(admits(member, Some(Role::Member))).await;
    }
    stage.ann_says(1).await;
    let mut aside = renames(Expect::Anything, "an unknown kind");
    aside.change.target =
        parlor::engine::Target::Key(RecordKey::new("membership-like"), Expect::Anything);
    stage.written(aside).await;
    let page = stage.changes(None).await;
    let keys: Vec<_> = page.records.iter().map(|record| record.key.as_str()).collect();
    assert_eq!(keys, ["room", "message:1", "membership-like"]);
}

pub(crate) async fn the_newest_page_is_bounded_in_bytes(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.written(renames(Expect::Absent, "Den")).await;
    for _ in 0..30 {
        stage.written(says("ann", &"long ".repeat(3_000))).await;
    }
    let page = stage.changes(None).await;
    let bytes = serde_json::to_vec(&page.records).unwrap().len();
    assert!((200 * 1024..=256 * 1024).contains(&bytes), "{bytes}");
    let shown = numbers(&page.records);
    assert_eq!((shown.last(), shown.is_sorted()), (Some(&30), true));
    assert_eq!((page.records[0].key.as_str(), page.more), ("room", false));
}

pub(crate) async fn a_position_of_an_unknown_epoch_is_forked(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let last = stage.ann_says(3).await;
    let unknown = Position { epoch: Epoch::new("of-another-store").unwrap(), offset: 2 };
    let page = stage.changes(Some(&unknown)).await;
    assert_eq!((page.reset, revs(&page.records)), (Some(Reset::Forked), vec![1, 2, 3]));
    assert_eq!(page.position, position(&last));
}

pub(crate) async fn a_position_beyond_the_top_is_forked(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let last = stage.ann_says(3).await;
    let beyond = Position { epoch: last.epoch, offset: 4 };
    assert_eq!(stage.changes(Some(&beyond)).await.reset, Some(Reset::Forked));
}
