//! An open engine with the ear of a test, and the short words in which behaviours are told.

use std::{sync::Arc, time::Duration};

use parlor::engine::{
    Announcement, Broker, Change, Delivery, Engine, Expect, Grant, Outcome, Target, Write,
};
use parlor_shared::{
    Body, CommandId, Entry, LogId, Member, Message, Number, Offset, Page, PersonId, Position,
    Record, RecordKey, Role, RoomId, RoomSettings,
};
use parlor_tests::{EngineFactory, fresh_command};
use tokio::sync::{
    Mutex,
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

/// How long an announcement may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is not announced within this time is not announced. Only for what must not come.
const SILENCE: Duration = Duration::from_millis(300);

/// An engine opened by a factory.
pub(crate) struct Stage {
    pub(crate) engine: Engine,
    heard: Mutex<UnboundedReceiver<Announcement>>,
}

/// Takes what an engine announces.
struct Ear(UnboundedSender<Announcement>);

impl Delivery for Ear {
    fn deliver(&self, announcement: Announcement) {
        let _ = self.0.send(announcement);
    }
}

impl Stage {
    pub(crate) async fn open(factory: &dyn EngineFactory) -> Self {
        let (ear, heard) = unbounded_channel();
        Self { engine: factory.open(Arc::new(Ear(ear))).await, heard: Mutex::new(heard) }
    }

    /// Opens the store again, after what its factory lets happen to it.
    pub(crate) async fn reopen(self, factory: &dyn EngineFactory) -> Self {
        factory.crash().await;
        drop(self);
        Self::open(factory).await
    }

    pub(crate) fn broker(&self) -> &dyn Broker {
        self.engine.broker.as_ref()
    }

    pub(crate) async fn write(&self, write: Write) -> Outcome {
        self.broker().write(write).await.expect("the store takes writes")
    }

    /// Writes what must be written.
    pub(crate) async fn written(&self, write: Write) -> Entry {
        match self.write(write).await {
            Outcome::Written(entry) => entry,
            other @ (Outcome::Repeat { .. } | Outcome::Forbidden | Outcome::Conflict { .. }) => {
                panic!("not written but {other:?}")
            }
        }
    }

    /// Ann says `count` short messages in the room; the last entry.
    pub(crate) async fn ann_says(&self, count: usize) -> Entry {
        let mut last = None;
        for _ in 0..count {
            last = Some(self.written(says("ann", "hello")).await);
        }
        last.expect("at least one message")
    }

    pub(crate) async fn changes(&self, after: Option<&Position>) -> Page {
        self.broker().changes(&room(), after).await.expect("the store can be read")
    }

    pub(crate) async fn top(&self) -> parlor::engine::LogTop {
        self.broker().top(&room()).await.expect("the store can be read")
    }

    /// The next entry announced. Doubts, which may come at any time, are passed over.
    pub(crate) async fn hears(&self) -> Entry {
        let entry = tokio::time::timeout(PATIENCE, self.entry()).await;
        entry.expect("an announcement within ten seconds")
    }

    /// Nothing more is announced.
    pub(crate) async fn hears_nothing(&self) {
        if let Ok(entry) = tokio::time::timeout(SILENCE, self.entry()).await {
            panic!("announced, but should not have been: {entry:?}");
        }
    }

    async fn entry(&self) -> Entry {
        let mut heard = self.heard.lock().await;
        loop {
            match heard.recv().await.expect("the engine lives") {
                Announcement::Entry(entry) => return entry,
                Announcement::Doubt(_) => {}
            }
        }
    }
}

/// The room where most behaviours happen.
pub(crate) fn room() -> LogId {
    LogId::Room(room_id("room"))
}

pub(crate) fn room_id(id: &str) -> RoomId {
    RoomId::new(id).unwrap()
}

pub(crate) fn person(id: &str) -> PersonId {
    PersonId::new(id).unwrap()
}

/// A message in the room, by a new command.
pub(crate) fn says(author: &str, text: &str) -> Write {
    let (author, command) = (person(author), fresh_command());
    let body = Body::Message(message(&author, command, Some(text)));
    let change = Change { target: Target::NewMessage, body, grant: None };
    Write { log: room(), author, command, needs: None, change, keep: 100_000 }
}

pub(crate) fn message(author: &PersonId, command: CommandId, text: Option<&str>) -> Message {
    let text = text.map(str::to_owned);
    Message { author: author.clone(), name: "Somebody".to_owned(), command, text, edited: false }
}

/// A change of one record in the room, by Ann and a new command.
pub(crate) fn sets(key: RecordKey, expect: Expect, body: Body) -> Write {
    let change = Change { target: Target::Key(key, expect), body, grant: None };
    Write { change, ..says("ann", "") }
}

/// A change of a message's text.
pub(crate) fn edits(number: Number, expect: Expect, text: &str) -> Write {
    let body = Body::Message(message(&person("ann"), fresh_command(), Some(text)));
    sets(RecordKey::message(number), expect, body)
}

/// The room's settings.
pub(crate) fn renames(expect: Expect, name: &str) -> Write {
    let body = Body::Room(RoomSettings { name: name.to_owned(), creator: None, keep: None });
    sets(RecordKey::room(), expect, body)
}

/// A member record for somebody, with the role that goes with it.
pub(crate) fn admits(who: &str, role: Option<Role>) -> Write {
    let who = person(who);
    let body = Member { person: who.clone(), name: "Somebody".to_owned(), role };
    let mut write = sets(RecordKey::member(&who), Expect::Anything, Body::Member(body));
    write.change.grant = Some(Grant { person: who, role });
    write
}

/// The same write, needing a role.
pub(crate) fn needing(role: Role, write: Write) -> Write {
    Write { needs: Some(role), ..write }
}

/// The same write, keeping so many messages.
pub(crate) fn keeping(keep: u32, write: Write) -> Write {
    Write { keep, ..write }
}

pub(crate) fn position(entry: &Entry) -> Position {
    Position { epoch: entry.epoch.clone(), offset: entry.offset }
}

pub(crate) fn revs(records: &[Record]) -> Vec<Offset> {
    records.iter().map(|record| record.rev).collect()
}

/// The numbers of the messages among records.
pub(crate) fn numbers(records: &[Record]) -> Vec<Number> {
    records.iter().filter_map(|record| record.number).collect()
}

pub(crate) fn text(record: &Record) -> Option<&str> {
    match &record.body {
        Body::Message(message) => message.text.as_deref(),
        Body::Member(_) | Body::Room(_) | Body::Membership(_) | Body::Read(_) => None,
        Body::Unknown { .. } => None,
    }
}
