//! Samples of every kind of record.

use parlor_shared::{
    Body, Member, Membership, ReadPosition, Record, RecordKey, Role, RoomSettings,
};

use super::samples;
use crate::samples::{ada, attic, message, position, record};

samples!(Body {
    "message" Body::Message(_) => Body::Message(message());
    "member" Body::Member(_) => Body::Member(Member {
        person: ada(),
        name: "Ada".to_owned(),
        role: Some(Role::Member),
    });
    "room" Body::Room(_) => Body::Room(RoomSettings {
        name: "Attic".to_owned(),
        creator: Some(ada()),
        keep: Some(1_000),
    });
    "membership" Body::Membership(_) => Body::Membership(Membership {
        room: attic(),
        name: "Attic".to_owned(),
        joined: true,
    });
    "read" Body::Read(_) => Body::Read(ReadPosition {
        room: attic(),
        position: position(40),
        number: 12,
    });
    "unknown" Body::Unknown { .. } => Body::Unknown {
        kind: "poll".to_owned(),
        value: serde_json::json!({ "question": "Tea?", "votes": [3, 4] }),
    };
});

pub(crate) fn records() -> Vec<(&'static str, Record)> {
    let keyed = |(name, body): (_, Body)| {
        let key = match &body {
            Body::Message(_) => RecordKey::message(12),
            Body::Member(member) => RecordKey::member(&member.person),
            Body::Room(_) => RecordKey::room(),
            Body::Membership(membership) => RecordKey::membership(&membership.room),
            Body::Read(read) => RecordKey::read(&read.room),
            Body::Unknown { .. } => RecordKey::new("poll:3"),
        };
        let number = matches!(body, Body::Message(_)).then_some(12);
        (name, Record { key, number, body, ..record() })
    };
    samples().into_iter().map(keyed).collect()
}
