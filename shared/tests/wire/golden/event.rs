//! Samples of every event.

use parlor_shared::{
    ConnectionId, DedupeWindow, Event, Outcome, Person, Problem, RoomSummary, Welcome,
    limits::{DEDUPE_COMMANDS, DEDUPE_MS, Limits, PING_MS},
};

use super::samples;
use crate::samples::{ada, attic, attic_log, command_id, entry, page, position};

samples!(Event {
    "welcome" Event::Welcome(_) => Event::Welcome(Box::new(welcome()));
    "ok" Event::Ok { .. } => Event::Ok {
        id: command_id(),
        result: Outcome::Written { offset: 40, number: Some(12) },
    };
    "error" Event::Error { .. } => Event::Error {
        id: Some(command_id()),
        problem: Problem::TooFast { wait_ms: 1_500 },
    };
    "entry" Event::Entry(_) => Event::Entry(entry());
    "changes" Event::Changes(_) => Event::Changes(page());
    "interrupted" Event::Interrupted { .. } => Event::Interrupted { log: attic_log() };
    "typing" Event::Typing { .. } => Event::Typing { room: attic(), person: person() };
    "presence" Event::Presence { .. } => Event::Presence {
        room: attic(),
        online: 2,
        came: vec![person()],
        went: vec![],
    };
    "ping" Event::Ping => Event::Ping;
    "restarting" Event::Restarting { .. } => Event::Restarting { delay_ms: 640 };
    "unknown" Event::Unknown => Event::Unknown;
});

fn person() -> Person {
    Person { id: ada(), name: "Ada".to_owned() }
}

fn welcome() -> Welcome {
    Welcome {
        connection: ConnectionId::new("c_7").unwrap(),
        person: person(),
        server: "0.1.0".to_owned(),
        time: 1_790_000_000_000,
        limits: Limits::default(),
        ping_ms: PING_MS,
        dedupe: DedupeWindow { ms: DEDUPE_MS, commands: DEDUPE_COMMANDS as u64 },
        rooms: vec![RoomSummary {
            room: attic(),
            name: "Attic".to_owned(),
            position: position(40),
            first_kept: 1,
            last_number: 12,
            read: 10,
        }],
    }
}
