//! Events are read by hand; what is derived says what they are.

use parlor_shared::{Event, decode_event};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

use crate::{golden::event_samples, strategies};

/// Changes, takes out or leaves what lies somewhere in a value.
fn change(value: &mut Value, way: &[Index], new: Option<Value>) {
    let Some((step, rest)) = way.split_first() else { return };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields.keys().nth(step.index(fields.len())).unwrap().clone();
            match (rest.is_empty(), new) {
                (true, Some(new)) => drop(fields.insert(name, new)),
                (true, None) => drop(fields.remove(&name)),
                (false, new) => change(&mut fields[&name], rest, new),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let at = step.index(items.len());
            change(items.get_mut(at).unwrap(), rest, new);
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => {}
    }
}

fn both(text: &str) -> (Option<Event>, Option<Event>) {
    (decode_event(text).ok(), serde_json::from_str(text).ok())
}

#[test]
fn every_event_is_read_as_it_is_derived() {
    for (name, event) in event_samples() {
        let (read, derived) = both(&parlor_shared::encode(&event));
        assert_eq!(read, derived, "{name}");
        assert_eq!(read, Some(event), "{name}");
    }
}

proptest! {
    #[test]
    fn an_event_changed_anywhere_is_read_as_it_is_derived(
        which in any::<Index>(),
        way in prop::collection::vec(any::<Index>(), 1..6),
        // A list in a struct's place is read by position where it is derived; nobody sends one.
        new in prop::option::of(strategies::json().prop_filter("no list", |it| !it.is_array())),
    ) {
        let samples = event_samples();
        let mut value = serde_json::to_value(&samples[which.index(samples.len())].1).unwrap();
        change(&mut value, &way, new);
        let (read, derived) = both(&value.to_string());
        prop_assert_eq!(read, derived);
    }
}
