//! The one store: real logs, and the ways in which it can fail.

use std::collections::{BTreeMap, BTreeSet};

use parlor::engine::{Change, Expect, LogTop, Outcome, PageRequest, Target, Write, log::MemoryLog};
use parlor_shared::{
    Body, CommandId, Epoch, LogId, Message, Number, Page, Person, PersonId, Position, ReadPosition,
    RecordKey, Role, RoomId, RoomSummary,
};

use super::{Planted, commands::EPOCH_MS, standing::Standing};
use crate::testimony::Said;

/// What a node asks.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    Write(Box<Write>),
    /// Change one's own message to this text, or delete it: the record is read and written at once.
    Change {
        room: RoomId,
        number: Number,
        person: Person,
        command: CommandId,
        text: Option<String>,
    },
    /// "Read up to here"; never back.
    Read {
        person: Person,
        room: RoomId,
        position: Position,
        number: Number,
        command: CommandId,
    },
    /// Join or leave: the first step, and the second.
    Role(Box<Standing>),
    Note(Box<Standing>),
    /// The changes of a log, as a node reads them for itself.
    Changes(LogId, Option<Position>),
    /// The same for a person, who must be a member.
    Follow(PersonId, LogId, Option<Position>),
    History(PersonId, RoomId, PageRequest),
    Top(LogId),
    Rooms(PersonId),
}

/// What the store says.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    Done(Outcome),
    NoSuchMessage,
    /// The person is no member of the room.
    NotAMember,
    /// The first step of joining or leaving was written now, or stood already.
    RoleSet(Outcome),
    RoleStands,
    /// The second step stood already.
    Stands,
    Page(Page),
    Top(LogTop),
    Rooms(Vec<RoomSummary>),
    /// Nothing was done.
    Away,
    /// It may have been done.
    Timeout,
}

/// Everything that a crash may take back.
#[derive(Clone, Debug, Default)]
struct Kept {
    logs: BTreeMap<LogId, MemoryLog>,
    /// The numbers that each message has; more than one is a broken promise.
    ledger: BTreeMap<Said, Vec<Number>>,
    places: BTreeMap<(RoomId, Number), Said>,
}

/// The store.
#[derive(Debug)]
pub(super) struct Store {
    now: Kept,
    snapshot: Kept,
    pub(super) up: bool,
    epochs: u64,
    pub(super) keep: u32,
    pub(super) people: Vec<Person>,
    pub(super) rooms: Vec<RoomId>,
    planted: Planted,
    strangers: u128,
    /// Every message that was ever trimmed.
    pub(super) trimmed: BTreeSet<Said>,
    /// Every message that was ever forgotten.
    pub(super) lost: BTreeSet<Said>,
    pub(super) written: u64,
    /// How often somebody joined or left.
    pub(super) moves: u64,
}

impl Store {
    pub(super) fn new(
        people: Vec<Person>,
        rooms: Vec<RoomId>,
        keep: u32,
        planted: Planted,
    ) -> Self {
        let (now, snapshot) = (Kept::default(), Kept::default());
        let mut store = Self {
            now,
            snapshot,
            up: true,
            epochs: 1,
            keep,
            people,
            rooms,
            planted,
            strangers: 1 << 100,
            trimmed: BTreeSet::new(),
            lost: BTreeSet::new(),
            written: 0,
            moves: 0,
        };
        store.seed();
        store
    }

    /// Messages said before the schedule begins.
    pub(super) fn say_before(&mut self, room: &RoomId, count: u64) {
        let by = self.people[0].clone();
        for n in 0..count {
            let command = self.stranger();
            let write = said(room, &by, command, format!("before {n}"), self.keep);
            let _ = self.write(write, EPOCH_MS);
        }
        self.sync();
    }

    pub(super) fn stranger(&mut self) -> CommandId {
        self.strangers += 1;
        CommandId::from_random(self.strangers.to_be_bytes())
    }

    fn epoch(&self) -> Epoch {
        Epoch::new(&format!("e{}", self.epochs)).expect("an epoch is an id")
    }

    pub(super) fn log(&self, log: &LogId) -> Option<&MemoryLog> {
        self.now.logs.get(log)
    }

    /// The numbers that a message stands under.
    pub(super) fn numbers(&self, said: &Said) -> &[Number] {
        self.now.ledger.get(said).map_or(&[], Vec::as_slice)
    }

    /// The message that stands under a number, while it is kept.
    pub(super) fn message_at(&self, room: &RoomId, number: Number) -> Option<&Said> {
        self.now.places.get(&(room.clone(), number))
    }

    pub(super) fn ledger(&self) -> impl Iterator<Item = (&Said, &Vec<Number>)> {
        self.now.ledger.iter()
    }

    pub(super) fn write(&mut self, mut write: Write, now: u64) -> Outcome {
        if self.planted.ignore_repeats {
            write.command = self.stranger();
        }
        let epoch = self.epoch();
        let log = write.log.clone();
        let outcome = self
            .now
            .logs
            .entry(log.clone())
            .or_insert_with(|| MemoryLog::new(log, epoch))
            .write(write, now);
        if let Outcome::Written(entry) = &outcome
            && let (LogId::Room(room), Body::Message(message)) = (&entry.log, &entry.record.body)
        {
            let said = (room.clone(), message.author.clone(), message.command);
            let numbers = self.now.ledger.entry(said.clone()).or_default();
            if let Some(number) = entry.record.number.filter(|number| !numbers.contains(number)) {
                numbers.push(number);
                self.written += 1;
                self.now.places.insert((room.clone(), number), said);
                let falls_out = (room.clone(), number.saturating_sub(u64::from(self.keep)));
                self.trimmed.extend(self.now.places.remove(&falls_out));
            }
        }
        outcome
    }

    /// Everything written so far is safe from now on.
    pub(super) fn sync(&mut self) {
        self.snapshot = self.now.clone();
    }

    /// Falls over and forgets what was not synced, all, or nothing. Says how many messages are gone.
    pub(super) fn crash(&mut self, crash: Crash) -> usize {
        self.epochs += 1;
        let epoch = self.epoch();
        let before: BTreeSet<Said> = self.now.ledger.keys().cloned().collect();
        match crash {
            Crash::Harmless => {}
            Crash::Tail => {
                for (id, log) in &mut self.now.logs {
                    match self.snapshot.logs.get(id) {
                        Some(kept) => log.roll_back(kept.clone(), epoch.clone()),
                        None => log.wipe(epoch.clone()),
                    }
                }
                self.now.ledger = self.snapshot.ledger.clone();
                self.now.places = self.snapshot.places.clone();
            }
            Crash::Wipe => {
                self.now = Kept::default();
                self.seed();
            }
        }
        for log in self.now.logs.values_mut() {
            log.reopen(epoch.clone());
        }
        self.sync();
        let mut gone = before;
        gone.retain(|said| !self.now.ledger.contains_key(said));
        let count = gone.len();
        self.lost.extend(gone);
        count
    }

    /// Does what is asked.
    pub(super) fn answer(&mut self, ask: Ask, now: u64) -> Answer {
        if !self.up {
            return Answer::Away;
        }
        match ask {
            Ask::Write(write) => Answer::Done(self.write(*write, now)),
            Ask::Change { room, number, person, command, text } => {
                self.change(&room, number, &person, command, text, now)
            }
            Ask::Read { person, room, .. } if !self.is_member(&person.id, &room) => {
                Answer::NotAMember
            }
            Ask::Read { person, room, position, number, command } => {
                if !self.reads_on(&person.id, &room, &position, number) {
                    return Answer::Done(Outcome::Repeat { offset: 0, number: None });
                }
                let body = Body::Read(ReadPosition { room: room.clone(), position, number });
                let target = Target::Key(RecordKey::read(&room), Expect::Anything);
                let change = Change { target, body, grant: None };
                let (author, keep) = (person.id.clone(), self.keep);
                let log = LogId::Person(person.id.clone());
                Answer::Done(
                    self.write(Write { log, author, command, needs: None, change, keep }, now),
                )
            }
            Ask::Role(standing) => self.set_role(*standing, now),
            Ask::Note(standing) => self.note(*standing, now),
            Ask::Follow(person, log, _) if !self.may_read(&person, &log) => Answer::NotAMember,
            Ask::Follow(_, log, after) | Ask::Changes(log, after) => {
                let planted = self.planted;
                let log = self.open(&log);
                let after = after.map(|after| planted.position(log, after));
                Answer::Page(log.changes(after.as_ref()))
            }
            Ask::History(person, room, _) if !self.is_member(&person, &room) => Answer::NotAMember,
            Ask::History(_, room, request) => {
                Answer::Page(self.open(&LogId::Room(room)).page(request))
            }
            Ask::Top(log) => Answer::Top(self.open(&log).top()),
            Ask::Rooms(person) => Answer::Rooms(self.summaries(&person)),
        }
    }

    fn open(&mut self, log: &LogId) -> &MemoryLog {
        let epoch = self.epoch();
        self.now.logs.entry(log.clone()).or_insert_with(|| MemoryLog::new(log.clone(), epoch))
    }

    fn change(
        &mut self,
        room: &RoomId,
        number: Number,
        person: &Person,
        command: CommandId,
        text: Option<String>,
        now: u64,
    ) -> Answer {
        let log = LogId::Room(room.clone());
        let key = RecordKey::message(number);
        let Some(held) = self.log(&log).and_then(|log| log.record(&key)).cloned() else {
            return Answer::NoSuchMessage;
        };
        let Body::Message(message) = held.body else {
            return Answer::NoSuchMessage;
        };
        if message.author != person.id || message.text.is_none() {
            return Answer::NoSuchMessage;
        }
        let edited = text.is_some();
        let body = Body::Message(Message { text, edited, ..message });
        let target = Target::Key(key, Expect::Rev(held.rev));
        let change = Change { target, body, grant: None };
        let (author, keep) = (person.id.clone(), self.keep);
        let needs = Some(Role::Member);
        Answer::Done(self.write(Write { log, author, command, needs, change, keep }, now))
    }

    /// Whether "read up to here" is of this past, and news.
    fn reads_on(
        &self,
        person: &PersonId,
        room: &RoomId,
        position: &Position,
        number: Number,
    ) -> bool {
        let top = self.log(&LogId::Room(room.clone())).map(MemoryLog::top);
        let holds = top.is_some_and(|top| top.epochs.holds(position, top.position.offset));
        holds && number > self.read_of(person, room)
    }

    /// The last number that a person read; it counts only while its position holds.
    pub(super) fn read_of(&self, person: &PersonId, room: &RoomId) -> Number {
        let Some(top) = self.log(&LogId::Room(room.clone())).map(MemoryLog::top) else {
            return 0;
        };
        let own = self.log(&LogId::Person(person.clone()));
        match own.and_then(|own| own.record(&RecordKey::read(room))).map(|record| &record.body) {
            Some(Body::Read(read)) if top.epochs.holds(&read.position, top.position.offset) => {
                read.number
            }
            _ => 0,
        }
    }

    /// The rooms of a welcome.
    fn summaries(&mut self, person: &PersonId) -> Vec<RoomSummary> {
        let mut rooms = self.rooms.clone();
        rooms.retain(|room| self.is_noted(person, room));
        let summary = |room: RoomId| {
            let top = self.log(&LogId::Room(room.clone()))?.top();
            let read = self.read_of(person, &room);
            let name = room.as_str().to_owned();
            let (first_kept, last_number) = (top.first_kept, top.last_number);
            let position = top.position;
            Some(RoomSummary { room, name, position, first_kept, last_number, read })
        };
        rooms.into_iter().filter_map(summary).collect()
    }
}

/// How the store falls over.
#[derive(Clone, Copy, Debug)]
pub(super) enum Crash {
    /// It opens again with everything.
    Harmless,
    /// It loses what was written since the last sync.
    Tail,
    /// It loses everything.
    Wipe,
}

/// A message as a write.
pub(super) fn said(
    room: &RoomId,
    by: &Person,
    command: CommandId,
    text: String,
    keep: u32,
) -> Write {
    let (author, name) = (by.id.clone(), by.name.clone());
    let message = Message { author, name, command, text: Some(text), edited: false };
    Write {
        log: LogId::Room(room.clone()),
        author: by.id.clone(),
        command,
        needs: Some(Role::Member),
        change: Change { target: Target::NewMessage, body: Body::Message(message), grant: None },
        keep,
    }
}
