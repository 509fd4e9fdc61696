//! Events and what only they are made of.

use serde_json::Value;

use super::{Read, field, maybe, or_default, reads};
use crate::{
    limits::Limits,
    v1::{
        AnswerId, DedupeWindow, Event, LogId, Outcome, Person, PollAnswer, Problem, RoomListing,
        RoomSummary, Rooms, Roster, RosterPerson, Welcome,
    },
};

reads! {
    Welcome { connection, person, server, time, limits, ping_ms, dedupe, rooms }
    Person { id, name }
    DedupeWindow { ms, commands }
    RoomSummary { room, name, position, first_kept, last_number, read }
    Limits { text_scalars, text_bytes, name_scalars, frame_bytes, follows, in_flight }
    RoomListing { room, name }
    Rooms { rooms, more }
    Roster { room, online, members, people, more }
    RosterPerson { person, name, role, online }
    AnswerId { connection, number }
}

impl Read for PollAnswer {
    fn read(value: &Value) -> Option<Self> {
        let mut refused = Vec::new();
        for (log, problem) in value.get("refused").and_then(Value::as_object).into_iter().flatten()
        {
            refused.push((LogId::try_from(log.clone()).ok()?, Problem::read(problem)?));
        }
        let (answer, events) = (field(value, "answer")?, field(value, "events")?);
        Some(Self { answer, events, refused })
    }
}

impl Read for Outcome {
    fn read(value: &Value) -> Option<Self> {
        if value.as_str() == Some("done") {
            return Some(Self::Done);
        }
        let (name, value) = value.as_object().filter(|one| one.len() == 1)?.iter().next()?;
        Some(match name.as_str() {
            "done" if value.is_null() => Self::Done,
            "written" => {
                Self::Written { offset: field(value, "offset")?, number: maybe(value, "number")? }
            }
            "page" => Self::Page(Read::read(value)?),
            "room" => Self::Room(Read::read(value)?),
            "rooms" => Self::Rooms(Read::read(value)?),
            "roster" => Self::Roster(Read::read(value)?),
            _ => return None,
        })
    }
}

impl Read for Event {
    fn read(value: &Value) -> Option<Self> {
        Some(match value.get("type")?.as_str()? {
            "welcome" => Self::Welcome(Box::new(Read::read(value)?)),
            "ok" => Self::Ok { id: field(value, "id")?, result: field(value, "result")? },
            "error" => Self::Error { id: maybe(value, "id")?, problem: Read::read(value)? },
            "entry" => Self::Entry(Read::read(value)?),
            "changes" => Self::Changes(Read::read(value)?),
            "interrupted" => Self::Interrupted { log: field(value, "log")? },
            "typing" => {
                Self::Typing { room: field(value, "room")?, person: field(value, "person")? }
            }
            "presence" => Self::Presence {
                room: field(value, "room")?,
                online: field(value, "online")?,
                came: or_default(value, "came")?,
                went: or_default(value, "went")?,
            },
            "ping" => Self::Ping,
            "restarting" => Self::Restarting { delay_ms: field(value, "delay_ms")? },
            _ => Self::Unknown,
        })
    }
}
