//! Arbitrary values of the wire's types, for property tests.

use parlor_shared::{
    Action, Command, CommandId, Epoch, INTEGER_MAX, LogId, PersonId, Position, RoomId,
};
use proptest::{option, prelude::*};

pub(crate) fn room() -> impl Strategy<Value = RoomId> {
    "[A-Za-z0-9_-]{1,64}".prop_map(|text| RoomId::new(&text).unwrap())
}

pub(crate) fn person() -> impl Strategy<Value = PersonId> {
    "[A-Za-z0-9_-]{1,64}".prop_map(|text| PersonId::new(&text).unwrap())
}

pub(crate) fn log() -> impl Strategy<Value = LogId> {
    prop_oneof![room().prop_map(LogId::Room), person().prop_map(LogId::Person)]
}

pub(crate) fn position() -> impl Strategy<Value = Position> {
    ("[a-z0-9]{1,8}", 0..=INTEGER_MAX)
        .prop_map(|(epoch, offset)| Position { epoch: Epoch::new(&epoch).unwrap(), offset })
}

fn number() -> impl Strategy<Value = u64> {
    0..=INTEGER_MAX
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        (log(), option::of(position())).prop_map(|(log, after)| Action::Follow { log, after }),
        log().prop_map(|log| Action::Unfollow { log }),
        (room(), number(), any::<u32>()).prop_map(|(room, before, limit)| Action::History {
            room,
            before,
            limit
        }),
        (room(), any::<String>()).prop_map(|(room, text)| Action::Send { room, text }),
        (room(), number(), any::<String>()).prop_map(|(room, number, text)| Action::Edit {
            room,
            number,
            text
        }),
        (room(), number()).prop_map(|(room, number)| Action::Delete { room, number }),
        any::<String>().prop_map(|name| Action::CreateRoom { name }),
        (any::<String>(), option::of(room()))
            .prop_map(|(query, after)| Action::FindRooms { query, after }),
        room().prop_map(|room| Action::Join { room }),
        room().prop_map(|room| Action::Leave { room }),
        (room(), option::of(person())).prop_map(|(room, after)| Action::Roster { room, after }),
        room().prop_map(|room| Action::Typing { room }),
        (room(), position(), number()).prop_map(|(room, position, number)| Action::Read {
            room,
            position,
            number
        }),
        Just(Action::Ping),
    ]
}

/// Any command within its integer bounds.
pub(crate) fn command() -> impl Strategy<Value = Command> {
    (any::<[u8; 16]>(), action())
        .prop_map(|(id, action)| Command { id: CommandId::from_random(id), action })
}

/// JSON of any shape, for what strangers send.
pub(crate) fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
    ];
    let name = prop_oneof![
        Just("type".to_owned()),
        Just("id".to_owned()),
        Just("room".to_owned()),
        Just("log".to_owned()),
        ".{0,6}",
    ];
    leaf.prop_recursive(6, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}
