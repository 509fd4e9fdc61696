//! One node: connections, their commands in order, and the owners of followed logs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use parlor_shared::{
    ClientFrame, Command, Entry, Event, LogId, Person, Position, decode_client_frame,
};

use super::{
    dice::Dice,
    owner::Owner,
    sockets::SocketId,
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
    Welcome(SocketId),
    Command(SocketId, Box<Command>),
    Start(LogId),
    Read(LogId),
    Look(LogId, Position),
}

/// What a node wants done.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    Send(SocketId, Event),
    Ask(Purpose, Ask),
    Close(SocketId, u16),
}

/// A connection, with the commands that wait for the one before in the same log.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) person: Person,
    pub(super) waiting: BTreeMap<LogId, VecDeque<Command>>,
    pub(super) busy: BTreeSet<LogId>,
}

/// The node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: NodeId,
    pub(super) up: bool,
    pub(super) keep: u32,
    pub(super) connections: BTreeMap<SocketId, Connection>,
    pub(super) owners: BTreeMap<LogId, Owner>,
    pub(super) wishes: Vec<Wish>,
    /// How often, in a hundred, a message is refused for no reason.
    pub(super) moody: u64,
    pub(super) due_at: Option<u64>,
}

impl Node {
    pub(super) fn new(index: usize, life: u64, keep: u32, moody: u64) -> Self {
        Self {
            id: NodeId { index, life },
            up: true,
            keep,
            connections: BTreeMap::new(),
            owners: BTreeMap::new(),
            wishes: Vec::new(),
            moody,
            due_at: None,
        }
    }

    /// A client is there: reads what its welcome says.
    pub(super) fn opens(&mut self, socket: SocketId, person: Person) {
        let ask = Ask::Rooms(person.id.clone());
        let connection = Connection { person, waiting: BTreeMap::new(), busy: BTreeSet::new() };
        self.connections.insert(socket, connection);
        self.wishes.push(Wish::Ask(Purpose::Welcome(socket), ask));
    }

    /// A client is gone.
    pub(super) fn closed(&mut self, socket: SocketId) {
        self.connections.remove(&socket);
        for owner in self.owners.values_mut() {
            owner.leaves(socket);
        }
    }

    /// A text frame came.
    pub(super) fn frame(&mut self, socket: SocketId, text: &str, now: u64, dice: &mut Dice) {
        let Ok(ClientFrame::Command(command)) = decode_client_frame(text) else {
            return;
        };
        let Some(connection) = self.connections.get_mut(&socket) else {
            return;
        };
        match log_of(&command, &connection.person) {
            Some(log) if connection.busy.contains(&log) => {
                connection.waiting.entry(log).or_default().push_back(command);
            }
            Some(log) => {
                connection.busy.insert(log);
                self.begin(socket, command, now, dice);
            }
            None => self.begin(socket, command, now, dice),
        }
    }

    /// A command has its reply: the next in its log begins.
    pub(super) fn replied(
        &mut self,
        socket: SocketId,
        command: &Command,
        now: u64,
        dice: &mut Dice,
    ) {
        let Some(connection) = self.connections.get_mut(&socket) else {
            return;
        };
        let Some(log) = log_of(command, &connection.person) else {
            return;
        };
        match connection.waiting.get_mut(&log).and_then(VecDeque::pop_front) {
            Some(next) => self.begin(socket, next, now, dice),
            None => {
                connection.busy.remove(&log);
            }
        }
    }

    /// The store answered.
    pub(super) fn answered(&mut self, purpose: Purpose, answer: Answer, now: u64, dice: &mut Dice) {
        match purpose {
            Purpose::Welcome(socket) => self.welcome(socket, answer, now),
            Purpose::Command(socket, command) => {
                self.command_answered(socket, &command, answer, now, dice);
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
        for (socket, command) in waiting {
            match answer {
                Answer::Top(_) => self.read_for(socket, command),
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
                    self.command_answered(socket, &command, answer.clone(), now, dice);
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
        self.owners.values().filter_map(Owner::due).min()
    }
}

/// The log in which a command must wait for the one before.
fn log_of(command: &Command, person: &Person) -> Option<LogId> {
    use parlor_shared::Action;
    match &command.action {
        Action::Follow { log, .. } | Action::Unfollow { log } => Some(log.clone()),
        Action::History { room, .. }
        | Action::Send { room, .. }
        | Action::Edit { room, .. }
        | Action::Delete { room, .. }
        | Action::Join { room }
        | Action::Leave { room } => Some(LogId::Room(room.clone())),
        Action::Read { .. } => Some(LogId::Person(person.id.clone())),
        Action::CreateRoom { .. }
        | Action::FindRooms { .. }
        | Action::Roster { .. }
        | Action::Typing { .. }
        | Action::Ping => None,
    }
}
