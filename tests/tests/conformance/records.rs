//! Records by key and by prefix.

use parlor::engine::{Change, Expect, Target};
use parlor_shared::{Body, LogId, Membership, RecordKey, Role};
use parlor_tests::EngineFactory;

use crate::stage::{Stage, admits, person, room, room_id, says};

pub(crate) async fn a_record_is_found_by_its_key(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let said = stage.ann_says(1).await;
    let broker = stage.broker();
    assert_eq!(broker.record(&room(), &said.record.key).await.unwrap(), Some(said.record.clone()));
    assert_eq!(broker.record(&room(), &RecordKey::room()).await.unwrap(), None);
    let elsewhere = LogId::Room(room_id("room2"));
    assert_eq!(broker.record(&elsewhere, &said.record.key).await.unwrap(), None);
}

pub(crate) async fn records_are_found_by_prefix(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for member in ["bob", "ann", "eve"] {
        stage.written(admits(member, Some(Role::Member))).await;
    }
    stage.ann_says(2).await;
    let found = stage.broker().records(&room(), "member:").await.unwrap();
    let mut keys: Vec<_> = found.iter().map(|record| record.key.to_string()).collect();
    keys.sort();
    assert_eq!(keys, ["member:ann", "member:bob", "member:eve"]);
    assert_eq!(stage.broker().records(&room(), "").await.unwrap().len(), 5);
    assert_eq!(stage.broker().records(&room(), "nothing").await.unwrap(), []);
}

pub(crate) async fn a_person_has_a_log_as_well(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let own = LogId::Person(person("ann"));
    let joined = Membership { room: room_id("room"), name: "Den".to_owned(), joined: true };
    let target = Target::Key(RecordKey::membership(&joined.room), Expect::Absent);
    let mut write = says("ann", "");
    write.log = own.clone();
    write.change = Change { target, body: Body::Membership(joined), grant: None };
    let entry = stage.written(write).await;
    assert_eq!((entry.offset, entry.record.number, &entry.log), (1, None, &own));
    let found = stage.broker().records(&own, "membership:").await.unwrap();
    assert_eq!(found, std::slice::from_ref(&entry.record));
    let page = stage.broker().changes(&own, None).await.unwrap();
    assert_eq!((page.records, page.log), (vec![entry.record], own));
}
