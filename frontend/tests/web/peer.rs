//! The server as the page sees it: it lets in, answers `follow` from what it has, and keeps every
//! other command for the test to look at and answer.

use std::cell::RefCell;

use parlor_shared::{
    Action, Body, ClientFrame, Command, CommandId, ConnectionId, DedupeWindow, Entry, Epoch, Event,
    LogId, Message, Number, Offset, Outcome, Page, Person, PersonId, Position, Record, RecordKey,
    Reset, RoomId, RoomSummary, Welcome,
    limits::{Limits, NEWEST_MESSAGES},
};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = peer)]
    fn wanted() -> bool;
    #[wasm_bindgen(js_namespace = peer)]
    fn accept();
    #[wasm_bindgen(js_namespace = peer)]
    fn say(text: &str);
    #[wasm_bindgen(js_namespace = peer)]
    fn sent() -> Vec<String>;
    #[wasm_bindgen(js_namespace = peer)]
    fn forget();
    /// How many listeners of `window` and `document` are alive.
    #[wasm_bindgen(js_namespace = peer)]
    pub(crate) fn listeners() -> i32;
}

/// When everything was said.
pub(crate) const TIME: u64 = 1_760_000_000_000;

/// The far end.
pub(crate) struct Peer {
    rooms: Vec<(RoomId, String)>,
    logs: RefCell<Vec<(RoomId, Vec<Record>)>>,
    commands: RefCell<Vec<Command>>,
    /// What Ada has read of every room; all, unless it is said.
    read: Option<Number>,
    /// It does not answer.
    away: bool,
}

impl Peer {
    /// A server with these rooms, each with some messages of Bob's.
    pub(crate) fn with(rooms: &[(&str, &[&str])]) -> Self {
        js_sys::eval(include_str!("peer.js")).unwrap();
        forget();
        let id = |room: &str| RoomId::new(&room.to_lowercase()).unwrap();
        let records = |said: &[&str]| {
            (1..).zip(said).map(|(at, text)| message(at, at, &bob(), text)).collect()
        };
        Self {
            rooms: rooms.iter().map(|(name, _)| (id(name), (*name).to_owned())).collect(),
            logs: RefCell::new(
                rooms.iter().map(|(name, said)| (id(name), records(said))).collect(),
            ),
            commands: RefCell::default(),
            read: None,
            away: false,
        }
    }

    /// A server that cannot be reached.
    pub(crate) fn away() -> Self {
        Self { away: true, ..Self::with(&[]) }
    }

    /// The same, where Ada has not read everything.
    pub(crate) fn read_up_to(self, number: Number) -> Self {
        Self { read: Some(number), ..self }
    }

    /// Does what a server does by itself; call it while waiting.
    pub(crate) fn serve(&self) {
        if self.away {
            return;
        }
        if wanted() {
            accept();
            self.says(&Event::Welcome(Box::new(self.welcome())));
        }
        for frame in sent() {
            let Ok(ClientFrame::Command(command)) = parlor_shared::decode_client_frame(&frame)
            else {
                continue;
            };
            match &command.action {
                Action::Follow { log, .. } => {
                    self.grants(command.id, Outcome::Page(self.page(log)));
                }
                Action::Unfollow { .. }
                | Action::Typing { .. }
                | Action::Read { .. }
                | Action::Ping => self.grants(command.id, Outcome::Done),
                _ => self.commands.borrow_mut().push(command),
            }
        }
    }

    /// The text frame of an event.
    pub(crate) fn says(&self, event: &Event) {
        say(&parlor_shared::encode(event));
    }

    /// An `ok`.
    pub(crate) fn grants(&self, id: CommandId, result: Outcome) {
        self.says(&Event::Ok { id, result });
    }

    /// The `send` commands that came, oldest first.
    pub(crate) fn sends(&self) -> Vec<(CommandId, String)> {
        let text = |command: &Command| match &command.action {
            Action::Send { text, .. } => Some((command.id, text.clone())),
            _ => None,
        };
        self.commands.borrow().iter().filter_map(text).collect()
    }

    /// The messages taken back, by room and number.
    pub(crate) fn deletes(&self) -> Vec<(String, Number)> {
        let place = |command: &Command| match &command.action {
            Action::Delete { room, number } => Some((room.to_string(), *number)),
            _ => None,
        };
        self.commands.borrow().iter().filter_map(place).collect()
    }

    /// What was looked for among the rooms.
    pub(crate) fn searches(&self) -> Vec<String> {
        let query = |command: &Command| match &command.action {
            Action::FindRooms { query, .. } => Some(query.clone()),
            _ => None,
        };
        self.commands.borrow().iter().filter_map(query).collect()
    }

    /// An entry of a room: a message in a new state.
    pub(crate) fn announces(&self, room: &str, record: Record) {
        let log = LogId::Room(RoomId::new(room).unwrap());
        self.says(&Event::Entry(Entry {
            log,
            epoch: epoch(),
            offset: record.rev,
            time: TIME,
            author: bob().id,
            command: CommandId::from_random([9; 16]),
            record,
        }));
    }

    /// Answers the `history` commands that came. Says how many there were.
    pub(crate) fn tells_history(&self) -> usize {
        let mut asked = self.commands.borrow_mut();
        let asked: Vec<_> =
            asked.extract_if(.., |it| matches!(it.action, Action::History { .. })).collect();
        for command in &asked {
            if let Action::History { room, before, limit } = &command.action {
                let log = LogId::Room(room.clone());
                let mut page = Page { reset: None, ..self.page(&log) };
                page.records = self.records(&log);
                page.records.retain(|record| record.number.unwrap() < *before);
                let over = page.records.len().saturating_sub(*limit as usize);
                page.records.drain(..over);
                self.grants(command.id, Outcome::Page(page));
            }
        }
        asked.len()
    }

    fn records(&self, log: &LogId) -> Vec<Record> {
        let logs = self.logs.borrow();
        let of = |room| logs.iter().find(|(id, _)| id == room).map(|(_, all)| all.clone());
        match log {
            LogId::Room(room) => of(room).unwrap_or_default(),
            LogId::Person(_) => Vec::new(),
        }
    }

    fn page(&self, log: &LogId) -> Page {
        let mut records = self.records(log);
        let last = records.len() as Number;
        records.drain(..records.len().saturating_sub(NEWEST_MESSAGES));
        Page {
            log: log.clone(),
            reset: Some(Reset::Start),
            position: Position { epoch: epoch(), offset: last },
            records,
            more: false,
            first_kept: 1,
            last_number: last,
        }
    }

    fn welcome(&self) -> Welcome {
        let summary = |(room, name): &(RoomId, String)| {
            let last = self.page(&LogId::Room(room.clone())).last_number;
            RoomSummary {
                room: room.clone(),
                name: name.clone(),
                position: Position { epoch: epoch(), offset: last },
                first_kept: 1,
                last_number: last,
                read: self.read.unwrap_or(last),
            }
        };
        Welcome {
            connection: ConnectionId::new("c").unwrap(),
            person: ada(),
            server: "test".to_owned(),
            time: TIME,
            limits: Limits::default(),
            ping_ms: 25_000,
            dedupe: DedupeWindow { ms: 86_400_000, commands: 1_000 },
            rooms: self.rooms.iter().map(summary).collect(),
        }
    }
}

/// Whose page it is.
pub(crate) fn ada() -> Person {
    Person { id: PersonId::new("ada").unwrap(), name: "Ada".to_owned() }
}

/// Somebody else.
pub(crate) fn bob() -> Person {
    Person { id: PersonId::new("bob").unwrap(), name: "Bob".to_owned() }
}

fn epoch() -> Epoch {
    Epoch::new("e1").unwrap()
}

/// A message's record.
pub(crate) fn message(number: Number, rev: Offset, author: &Person, text: &str) -> Record {
    Record {
        key: RecordKey::message(number),
        rev,
        number: Some(number),
        time: TIME,
        body: Body::Message(Message {
            author: author.id.clone(),
            name: author.name.clone(),
            command: CommandId::from_random([u8::try_from(number).unwrap(); 16]),
            text: Some(text.to_owned()),
            edited: rev != number,
        }),
    }
}
