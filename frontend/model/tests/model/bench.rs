//! A client on a bench: the test is its server, its clock and its storage.

use std::collections::BTreeMap;

use parlor_model::{
    Asking, Client, Effect, Input, Intent, KeptRoom, LinkId, MessageRow, Notice, Now, OutboxRecord,
    Row, RowKey, Setup, Way,
};
use parlor_shared::{
    Action, Body, ClientFrame, Command, CommandId, ConnectionId, DedupeWindow, Entry, Epoch, Event,
    LogId, Message, Number, Outcome, Page, Person, PersonId, Position, Problem, Record, RecordKey,
    Reset, RoomId, RoomSummary, Welcome, decode_client_frame, encode, limits::Limits,
};

/// The client, and everything it asked for.
pub(crate) struct Bench {
    pub(crate) client: Client,
    pub(crate) now: Now,
    pub(crate) link: LinkId,
    pub(crate) sent: Vec<Command>,
    pub(crate) pongs: usize,
    pub(crate) stored: BTreeMap<CommandId, OutboxRecord>,
    pub(crate) connects: usize,
    pub(crate) disconnects: usize,
    pub(crate) posts: Vec<(LinkId, Asking, String)>,
    pub(crate) abandoned: usize,
    pub(crate) questions: Vec<LinkId>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) wake_ms: Option<u64>,
}

pub(crate) fn person(id: &str) -> Person {
    Person { id: PersonId::new(id).unwrap(), name: id.to_uppercase() }
}

pub(crate) fn lobby() -> RoomId {
    RoomId::lobby()
}

pub(crate) fn epoch(name: &str) -> Epoch {
    Epoch::new(name).unwrap()
}

pub(crate) fn at(epoch_name: &str, offset: u64) -> Position {
    Position { epoch: epoch(epoch_name), offset }
}

pub(crate) fn command(n: u8) -> CommandId {
    CommandId::from_random([n; 16])
}

/// Message `number` of `author`, as written at `rev`.
pub(crate) fn message(number: Number, rev: u64, author: &str, id: CommandId) -> Record {
    let Person { id: author, name } = person(author);
    let text = Some(format!("text {number}"));
    let body = Body::Message(Message { author, name, command: id, text, edited: false });
    let time = number.saturating_mul(1_000).saturating_add(1_000_000);
    Record { key: RecordKey::message(number), rev, number: Some(number), time, body }
}

/// Message `number` of somebody else, written once, at the offset of its number.
pub(crate) fn others(number: Number) -> Record {
    message(number, number, "bob", command(number as u8))
}

pub(crate) fn entry(epoch_name: &str, record: Record) -> Event {
    let (author, command) = match &record.body {
        Body::Message(message) => (message.author.clone(), message.command),
        _ => (person("bob").id, command(0)),
    };
    let (epoch, offset, time) = (epoch(epoch_name), record.rev, record.time);
    Event::Entry(Entry { log: LogId::Room(lobby()), epoch, offset, time, author, command, record })
}

/// A page of the lobby that meets the top.
pub(crate) fn page(position: Position, records: Vec<Record>, last_number: Number) -> Page {
    let log = LogId::Room(lobby());
    Page { log, reset: None, records, position, more: false, first_kept: 1, last_number }
}

pub(crate) fn summary(last_number: Number, read: Number) -> RoomSummary {
    let (room, name, position) = (lobby(), "Lobby".to_owned(), at("a", last_number));
    RoomSummary { room, name, position, first_kept: 1, last_number, read }
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(Vec::new(), Vec::new())
    }

    /// A client that begins with what storage kept.
    pub(crate) fn with(rooms: Vec<KeptRoom>, outbox: Vec<OutboxRecord>) -> Self {
        Self::by(Way::Socket, rooms, outbox)
    }

    /// The same, where this way worked last.
    pub(crate) fn by(way: Way, rooms: Vec<KeptRoom>, outbox: Vec<OutboxRecord>) -> Self {
        let mut seed = 7_u64;
        let random = Box::new(move || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            seed ^ (seed >> 29)
        });
        let stored = outbox.iter().map(|record| (record.id, record.clone())).collect();
        Self {
            client: Client::new(Setup {
                person: person("ada"),
                rooms,
                outbox,
                way,
                pin: None,
                random,
            }),
            now: Now { mono_ms: 1_000, wall_ms: 1_000_000 },
            link: LinkId(0),
            sent: Vec::new(),
            pongs: 0,
            stored,
            connects: 0,
            disconnects: 0,
            posts: Vec::new(),
            abandoned: 0,
            questions: Vec::new(),
            notices: Vec::new(),
            wake_ms: None,
        }
    }

    /// A client that is connected and up to date in a lobby of `last` messages by others, of which
    /// it has read `read`.
    pub(crate) fn live(last: Number, read: Number) -> Self {
        let mut bench = Self::new();
        bench.intent(Intent::Open(lobby()));
        bench.welcomed(vec![summary(last, read)]);
        bench.caught_up(Page {
            reset: Some(Reset::Start),
            ..page(at("a", last), (1..=last).map(others).collect(), last)
        });
        bench
    }

    pub(crate) fn input(&mut self, input: Input) {
        for effect in self.client.handle(input, self.now) {
            match effect {
                Effect::Connect(link) => {
                    self.link = link;
                    self.connects += 1;
                }
                Effect::Transmit(text) => match decode_client_frame(&text).unwrap() {
                    ClientFrame::Command(command) => self.sent.push(command),
                    ClientFrame::Pong => self.pongs += 1,
                },
                Effect::Disconnect { .. } => self.disconnects += 1,
                Effect::Post(link, asking, body) => self.posts.push((link, asking, body)),
                Effect::Abandon => self.abandoned += 1,
                Effect::AskSession(link) => self.questions.push(link),
                Effect::WakeAt(at) => self.wake_ms = Some(at),
                Effect::Save(record) => {
                    self.stored.insert(record.id, record);
                }
                Effect::Forget(id) => {
                    self.stored.remove(&id);
                }
                Effect::Changed(changes) => self.notices.extend(changes.notices),
            }
        }
    }

    pub(crate) fn intent(&mut self, intent: Intent) {
        self.input(Input::Intent(intent));
    }

    pub(crate) fn event(&mut self, event: &Event) {
        self.input(Input::Frame(self.link, encode(event)));
    }

    /// Time goes by, with the alarms that were asked for.
    pub(crate) fn wait(&mut self, ms: u64) {
        let end = self.now.mono_ms + ms;
        while let Some(at) = self.wake_ms.filter(|at| *at <= end) {
            let step = at.saturating_sub(self.now.mono_ms);
            self.now.mono_ms += step;
            self.now.wall_ms += step;
            self.wake_ms = None;
            self.input(Input::Timer);
        }
        let step = end - self.now.mono_ms;
        self.now.mono_ms += step;
        self.now.wall_ms += step;
    }

    /// Connects, is welcomed, and is caught up with its own log.
    pub(crate) fn welcomed(&mut self, rooms: Vec<RoomSummary>) {
        self.input(Input::Connect);
        self.input(Input::Opened(self.link));
        self.event(&self.welcome(rooms));
        let own = LogId::Person(person("ada").id);
        let empty =
            Page { log: own.clone(), reset: Some(Reset::Start), ..page(at("a", 0), Vec::new(), 0) };
        let (id, _) = self.follow_of(&own);
        self.ok(id, Outcome::Page(empty));
    }

    pub(crate) fn welcome(&self, rooms: Vec<RoomSummary>) -> Event {
        Event::Welcome(Box::new(Welcome {
            connection: ConnectionId::new("c").unwrap(),
            person: person("ada"),
            server: "0".to_owned(),
            time: self.now.wall_ms,
            limits: Limits::default(),
            ping_ms: 25_000,
            dedupe: DedupeWindow { ms: 60_000, commands: 1_000 },
            rooms,
        }))
    }

    /// Takes the last `follow` of a log out of what was sent.
    pub(crate) fn follow_of(&mut self, wanted: &LogId) -> (CommandId, Option<Position>) {
        let place = self.sent.iter().rposition(
            |command| matches!(&command.action, Action::Follow { log, .. } if log == wanted),
        );
        let command = self.sent.remove(place.expect("the log is followed"));
        match command.action {
            Action::Follow { after, .. } => (command.id, after),
            _ => unreachable!(),
        }
    }

    /// Whether a log is asked for.
    pub(crate) fn follows(&self) -> bool {
        self.sent.iter().any(|command| matches!(command.action, Action::Follow { .. }))
    }

    /// Answers the lobby's `follow`; says from where it was asked.
    pub(crate) fn caught_up(&mut self, page: Page) -> Option<Position> {
        let (id, after) = self.follow_of(&LogId::Room(lobby()));
        self.ok(id, Outcome::Page(page));
        after
    }

    pub(crate) fn ok(&mut self, id: CommandId, result: Outcome) {
        self.event(&Event::Ok { id, result });
    }

    pub(crate) fn written(&mut self, id: CommandId, offset: u64, number: Number) {
        self.ok(id, Outcome::Written { offset, number: Some(number) });
    }

    pub(crate) fn refuses(&mut self, id: CommandId, problem: Problem) {
        self.event(&Event::Error { id: Some(id), problem });
    }

    pub(crate) fn cut(&mut self) {
        self.input(Input::Closed(self.link, 1006));
    }

    pub(crate) fn says(&mut self, text: &str) {
        self.intent(Intent::Send { room: lobby(), text: text.to_owned() });
    }

    /// The texts sent to the server since the last call, with their ids.
    pub(crate) fn sends(&mut self) -> Vec<(CommandId, String)> {
        std::mem::take(&mut self.sent)
            .into_iter()
            .filter_map(|command| match command.action {
                Action::Send { text, .. } => Some((command.id, text)),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn rows(&self) -> Vec<(RowKey, Row)> {
        self.client.chat().rows(&lobby(), &|_| 0)
    }

    pub(crate) fn messages(&self) -> Vec<(RowKey, MessageRow)> {
        let rows = self.rows().into_iter();
        rows.filter_map(|(key, row)| match row {
            Row::Message(row) => Some((key, row)),
            _ => None,
        })
        .collect()
    }

    /// The rows in short: numbers of messages, texts of pencil, names of lines.
    pub(crate) fn shows(&self) -> Vec<String> {
        let short = |row: Row| match row {
            Row::Message(row) => {
                row.number.map_or_else(|| row.text.unwrap_or_default(), |n| n.to_string())
            }
            Row::Day(_) => "day".to_owned(),
            Row::New => "new".to_owned(),
            Row::NotKept(n) => format!("{n} not kept"),
            Row::Gap { .. } => "gap".to_owned(),
            Row::Loading => "loading".to_owned(),
            Row::Start => "start".to_owned(),
        };
        self.rows().into_iter().map(|(_, row)| short(row)).filter(|row| row != "day").collect()
    }
}
