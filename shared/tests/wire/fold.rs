//! Every order of arrival ends in one state.

use std::collections::BTreeMap;

use parlor_shared::{Body, Fold, Record, RecordKey, put};
use proptest::prelude::*;

use crate::samples::record;

fn state(key: u8, rev: u64) -> Record {
    let value = serde_json::json!({ "rev": rev });
    let body = Body::Unknown { kind: "state".to_owned(), value };
    Record { key: RecordKey::new(&format!("thing:{key}")), rev, number: None, body, ..record() }
}

fn folded(arrivals: &[Record]) -> BTreeMap<RecordKey, Record> {
    let mut records = BTreeMap::new();
    for record in arrivals {
        put(&mut records, record.clone());
    }
    records
}

/// A log of changes to a few things, in the order they were made, and the same with repeats in
/// another order.
fn arrivals() -> impl Strategy<Value = (Vec<Record>, Vec<Record>)> {
    prop::collection::vec(0_u8..6, 1..40).prop_flat_map(|keys| {
        let log: Vec<Record> = (1..).zip(keys).map(|(rev, key)| state(key, rev)).collect();
        let twice = log.iter().chain(&log).cloned().collect::<Vec<_>>();
        (Just(log), Just(twice).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn every_order_of_arrival_ends_in_one_state((log, shuffled) in arrivals()) {
        prop_assert_eq!(folded(&log), folded(&shuffled));
    }

    #[test]
    fn the_state_is_the_newest_of_each_thing((log, shuffled) in arrivals()) {
        let newest: BTreeMap<_, _> = log.into_iter().map(|r| (r.key.clone(), r)).collect();
        prop_assert_eq!(folded(&shuffled), newest);
    }
}

#[test]
fn a_fold_says_what_it_did() {
    let mut records = BTreeMap::new();
    assert_eq!(put(&mut records, state(1, 5)), Fold::Added);
    assert_eq!(put(&mut records, state(1, 5)), Fold::Ignored);
    assert_eq!(put(&mut records, state(1, 4)), Fold::Ignored);
    assert_eq!(put(&mut records, state(1, 6)), Fold::Replaced);
    assert_eq!(put(&mut records, state(2, 1)), Fold::Added);
}
