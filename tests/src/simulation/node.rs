//! One node: connections, the owners of followed logs, and what is asked of the store.

use std::collections::BTreeMap;

use parlor_shared::{
    ClientFrame, Command, Entry, Event, LogId, Person, Position, decode_client_frame,
};

use super::{
    Planted,
    connection::{Connection, ConnectionKey},
    dice::Dice,
    owner::Owner,
    requests::{Reply, RequestId},
    stand_in::StandIn,
    store::{Answer, Ask},
};

/// One running of one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId {
    pub(super) index: usize,
    pub(super) life: u64,
}

/// What a question to the store is for.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    Welcome(ConnectionKey),
    Command(ConnectionKey, Box<Command>),
    Start(LogId),
    Read(LogId),
    Look(LogId, Position),
}

/// What a node wants done.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    Send(ConnectionKey, Event),
    Ask(Purpose, Ask),
    Close(ConnectionKey, u16),
    /// Answer a request.
    Respond(RequestId, Reply),
}

/// The node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: NodeId,
    pub(super) up: bool,
    pub(super) keep: u32,
    pub(super) connections: BTreeMap<ConnectionKey, Connection>,
    pub(super) stand_ins: BTreeMap<u64, StandIn>,
    /// How many stand-ins there have been, and commands of their own.
    pub(super) minted: u64,
    pub(super) owners: BTreeMap<LogId, Owner>,
    pub(super) wishes: Vec<Wish>,
    /// How often, in a hundred, a message is refused for no reason.
    pub(super) moody: u64,
    pub(super) due_at: Option<u64>,
    pub(super) planted: Planted,
}

impl Node {
    pub(super) fn new(id: NodeId, keep: u32, moody: u64, planted: Planted) -> Self {
        Self {
            id,
            up: true,
            keep,
            connections: BTreeMap::new(),
            stand_ins: BTreeMap::new(),
            minted: 0,
            owners: BTreeMap::new(),
            wishes: Vec::new(),
            moody,
            due_at: None,
            planted,
        }
    }

    /// A client is there: reads what its welcome says.
    pub(super) fn opens(&mut self, key: ConnectionKey, person: Person) {
        let ask = Ask::Rooms(person.id.clone());
        self.connections.insert(key, Connection::of(person));
        self.wishes.push(Wish::Ask(Purpose::Welcome(key), ask));
    }

    /// A client is gone.
    pub(super) fn closed(&mut self, key: ConnectionKey) {
        self.connections.remove(&key);
        for owner in self.owners.values_mut() {
            owner.leaves(key);
        }
    }

    /// A text frame came.
    pub(super) fn frame(&mut self, key: ConnectionKey, text: &str, now: u64, dice: &mut Dice) {
        if let Ok(ClientFrame::Command(command)) = decode_client_frame(text) {
            self.command(key, command, now, dice);
        }
    }

    /// A command came, and begins when it is its turn.
    pub(super) fn command(
        &mut self,
        key: ConnectionKey,
        command: Command,
        now: u64,
        dice: &mut Dice,
    ) {
        let connection = self.connections.get_mut(&key);
        if let Some(command) = connection.and_then(|connection| connection.begins(command)) {
            self.begin(key, command, now, dice);
        }
    }

    /// A command has its reply: the next in its log begins.
    pub(super) fn replied(
        &mut self,
        key: ConnectionKey,
        command: &Command,
        now: u64,
        dice: &mut Dice,
    ) {
        let connection = self.connections.get_mut(&key);
        if let Some(next) = connection.and_then(|connection| connection.replied(command)) {
            self.begin(key, next, now, dice);
        }
    }

    /// The store answered.
    pub(super) fn answered(&mut self, purpose: Purpose, answer: Answer, now: u64, dice: &mut Dice) {
        match purpose {
            Purpose::Welcome(key) => self.welcome(key, answer, now),
            Purpose::Command(key, command) => {
                self.command_answered(key, &command, answer, now, dice);
            }
            Purpose::Start(log) => self.started(&log, &answer, now, dice),
            Purpose::Read(log) => {
                if let Some(owner) = self.owners.get_mut(&log) {
                    owner.read(answer, now, &mut self.wishes);
                }
            }
            Purpose::Look(log, asked) => {
                if let Some(owner) = self.owners.get_mut(&log) {
                    owner.looked(&asked, &answer, now);
                }
            }
        }
        self.turn(now);
    }

    /// The owner of a log knows where it is: whoever waited for that is served.
    fn started(&mut self, log: &LogId, answer: &Answer, now: u64, dice: &mut Dice) {
        let Some(owner) = self.owners.get_mut(log) else {
            return;
        };
        let waiting = owner.started(answer, now);
        if !owner.runs() {
            self.owners.remove(log);
        }
        for (key, command) in waiting {
            match answer {
                Answer::Top(_) => self.read_for(key, command),
                Answer::Done(_)
                | Answer::NoSuchMessage
                | Answer::NotAMember
                | Answer::RoleSet(_)
                | Answer::RoleStands
                | Answer::Stands
                | Answer::Page(_)
                | Answer::Rooms(_)
                | Answer::Away
                | Answer::Timeout => {
                    self.command_answered(key, &command, answer.clone(), now, dice);
                }
            }
        }
    }

    /// An announcement came.
    pub(super) fn announced(&mut self, entry: Entry, now: u64) {
        self.hears(entry, now);
        self.turn(now);
    }

    /// An entry comes to the owner of its log, announced or one's own.
    pub(super) fn hears(&mut self, entry: Entry, now: u64) {
        if let Some(owner) = self.owners.get_mut(&entry.log) {
            owner.hears(entry, now, &mut self.wishes);
        }
    }

    /// Lets every owner ask what it must.
    pub(super) fn turn(&mut self, now: u64) {
        for (log, owner) in &mut self.owners {
            owner.asks(log, now, &mut self.wishes);
        }
    }

    /// When [`Node::turn`] has something to do by itself.
    pub(super) fn next_due(&self) -> Option<u64> {
        let stand_ins = self.stand_ins.values().filter_map(StandIn::due);
        self.owners.values().filter_map(Owner::due).chain(stand_ins).min()
    }
}
