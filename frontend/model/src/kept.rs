//! What is kept of a room while the page is closed, so that the next one shows it without a network
//! and goes on from there as after a broken link.

use parlor_shared::{Body, Message, Number, Position, Read, Record, RecordKey, RoomId, Value};
use serde::{Serialize, Serializer};

/// A room as it was at a position of its log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeptRoom {
    /// Which room.
    pub room: RoomId,
    /// Its name.
    pub name: String,
    /// Where in its log this was; what follows is asked for from here.
    pub position: Position,
    /// The lowest number the server kept, as far as was known.
    pub first_kept: Number,
    /// The highest number there was, as far as was known.
    pub last_number: Number,
    /// How many messages the room keeps, once it has trimmed.
    pub keep: Option<u64>,
    /// The last number read.
    pub read: Number,
    /// Its last messages, in order and without a hole; their numbers end with the last one held.
    #[serde(serialize_with = "written")]
    pub messages: Vec<Record>,
}

/// A message as any record is written. Records of unknown kinds hold any JSON, and what writes that is
/// 4 KB of the page's code.
#[derive(Serialize)]
struct Written<'a> {
    key: &'a RecordKey,
    rev: u64,
    number: Option<Number>,
    time: u64,
    body: WrittenBody<'a>,
}

#[derive(Serialize)]
struct WrittenBody<'a> {
    kind: &'static str,
    value: &'a Message,
}

fn written<S: Serializer>(messages: &[Record], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(messages.iter().filter_map(|record| match &record.body {
        Body::Message(value) => Some(Written {
            key: &record.key,
            rev: record.rev,
            number: record.number,
            time: record.time,
            body: WrittenBody { kind: "message", value },
        }),
        Body::Member(_)
        | Body::Room(_)
        | Body::Membership(_)
        | Body::Read(_)
        | Body::Unknown { .. } => None,
    }))
}

// By hand, as all that the page reads.
impl Read for KeptRoom {
    fn read(value: &Value) -> Option<Self> {
        let keep = value.get("keep").filter(|keep| !keep.is_null());
        Some(Self {
            room: Read::read(value.get("room")?)?,
            name: Read::read(value.get("name")?)?,
            position: Read::read(value.get("position")?)?,
            first_kept: Read::read(value.get("first_kept")?)?,
            last_number: Read::read(value.get("last_number")?)?,
            keep: keep.map_or(Some(None), |keep| Read::read(keep).map(Some))?,
            read: Read::read(value.get("read")?)?,
            messages: Read::read(value.get("messages")?)?,
        })
    }
}
