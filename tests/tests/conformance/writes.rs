//! What a write gives: offsets, numbers, times, entries.

use std::sync::Arc;

use parlor::engine::Expect;
use parlor_shared::{Body, LogId, RecordKey};
use parlor_tests::EngineFactory;
use serde_json::json;

use crate::stage::{Stage, edits, person, renames, revs, room, room_id, says, sets, text};

pub(crate) async fn offsets_are_contiguous_from_one(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for expected in 1..=20 {
        let entry = stage.ann_says(1).await;
        assert_eq!((entry.offset, entry.record.rev), (expected, expected));
    }
    let top = stage.top().await;
    assert_eq!((top.position.offset, top.last_number, top.first_kept), (20, 20, 1));
}

pub(crate) async fn messages_are_numbered_and_other_changes_are_not(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let first = stage.ann_says(1).await;
    let settings = stage.written(renames(Expect::Absent, "Den")).await;
    let second = stage.ann_says(1).await;
    assert_eq!((first.record.number, second.record.number), (Some(1), Some(2)));
    assert_eq!((settings.record.number, settings.offset), (None, 2));
    assert_eq!(second.record.key, RecordKey::message(2));
}

pub(crate) async fn logs_count_apart(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    stage.ann_says(3).await;
    let mut elsewhere = says("ann", "hello");
    elsewhere.log = LogId::Room(room_id("room2"));
    let entry = stage.written(elsewhere).await;
    assert_eq!((entry.offset, entry.record.number), (1, Some(1)));
    assert_eq!(stage.top().await.position.offset, 3);
}

pub(crate) async fn a_changed_record_keeps_its_number_and_first_time(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let said = stage.ann_says(1).await;
    stage.ann_says(1).await;
    let edited = stage.written(edits(1, Expect::Rev(1), "better")).await;
    assert_eq!((edited.offset, edited.record.rev), (3, 3));
    assert_eq!((edited.record.number, edited.record.time), (Some(1), said.time));
    assert_eq!(text(&edited.record), Some("better"));
    assert_eq!(stage.top().await.last_number, 2);
}

pub(crate) async fn times_never_go_back(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let mut last = 0;
    for _ in 0..20 {
        let entry = stage.ann_says(1).await;
        assert!(entry.time >= last && entry.time > 1_700_000_000_000, "{}", entry.time);
        assert_eq!(entry.record.time, entry.time);
        last = entry.time;
    }
}

pub(crate) async fn writers_at_once_get_contiguous_offsets_in_one_order(
    factory: &dyn EngineFactory,
) {
    let stage = Arc::new(Stage::open(factory).await);
    let writers: Vec<_> = (0..16)
        .map(|writer| {
            let stage = stage.clone();
            tokio::spawn(async move {
                let mut given = Vec::new();
                for n in 0..10 {
                    let entry = stage.written(says("ann", &format!("{writer}:{n}"))).await;
                    given.push((entry.offset, text(&entry.record).unwrap().to_owned()));
                }
                given
            })
        })
        .collect();
    let mut all = Vec::new();
    for writer in writers {
        let given = writer.await.unwrap();
        assert!(given.is_sorted(), "a writer's own writes are in its order");
        all.extend(given);
    }
    all.sort();
    let offsets: Vec<_> = all.iter().map(|(offset, _)| *offset).collect();
    assert_eq!(offsets, (1..=160).collect::<Vec<_>>());
    for (offset, said) in &all {
        let key = RecordKey::message(*offset);
        let record = stage.broker().record(&room(), &key).await.unwrap().unwrap();
        assert_eq!((record.rev, text(&record)), (*offset, Some(said.as_str())));
    }
}

pub(crate) async fn an_entry_says_all_of_its_change(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let write = says("ann", "hello");
    let entry = stage.written(write.clone()).await;
    assert_eq!((&entry.log, &entry.author), (&room(), &person("ann")));
    assert_eq!(entry.command, write.command);
    assert_eq!(entry.record.body, write.change.body);
    assert_eq!(stage.top().await.position.epoch, entry.epoch);
    assert_eq!(revs(&stage.changes(None).await.records), [1]);
}

pub(crate) async fn a_record_of_an_unknown_kind_is_kept_whole(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let value = json!({"sides": 6, "thrown": [1, 2.5, null], "名": "骰子", "deep": {"a": {}}});
    let body = Body::Unknown { kind: "dice".to_owned(), value };
    let key = RecordKey::new("dice:1");
    stage.written(sets(key.clone(), Expect::Absent, body.clone())).await;
    let held = stage.broker().record(&room(), &key).await.unwrap().unwrap();
    assert_eq!(held.body, body);
    assert_eq!(stage.changes(None).await.records, [held]);
}
