//! The world of one schedule: devices, sockets, nodes, the store, and virtual time.

use std::collections::BTreeSet;

use parlor::engine::Outcome;
use parlor_model::{Effect, Input, Intent, LinkId};
use parlor_shared::{Event, Person, PersonId, RoomId, encode};

use super::{
    Planted, Tally,
    agenda::{Agenda, Happening},
    device::Device,
    dice::Dice,
    node::{Node, NodeId, Purpose, Wish},
    sockets::{SocketId, Sockets},
    store::{Answer, Ask, Store},
};

/// How long everything settles after the last trouble, in milliseconds.
const SETTLES_MS: u64 = 110_000;
/// How long everybody has to come back at the end, in milliseconds.
const RETURNS_MS: u64 = 15_000;

/// The world.
pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) now: u64,
    pub(super) agenda: Agenda,
    pub(super) store: Store,
    pub(super) nodes: Vec<Node>,
    pub(super) devices: Vec<Device>,
    pub(super) sockets: Sockets,
    pub(super) calm_at: u64,
    pub(super) tally: Tally,
    planted: Planted,
    trace: bool,
}

impl World {
    /// A world of its own for each seed: 2 or 3 people, one of them with two devices, 1 to 3 nodes.
    pub(super) fn new(seed: u64, planted: Planted, trace: bool) -> Self {
        let mut dice = Dice::new(seed);
        let names = if dice.percent(50) { &["ada", "bob"][..] } else { &["ada", "bob", "cho"] };
        let people: Vec<Person> = names.iter().map(|name| person(name)).collect();
        let mut rooms = vec![RoomId::lobby()];
        if dice.percent(40) {
            rooms.push(RoomId::new("garden").expect("an id"));
        }
        let keep = [5, 30, 100, 1_000][dice.place(4)];
        let mut store = Store::new(people.clone(), rooms.clone(), keep, planted);
        store.say_before(&rooms[0], [0, 3, 70][dice.place(3)]);
        let moody = [0, 5][dice.place(2)];
        let nodes = (0..dice.between(1, 3)).map(|index| Node::new(index as usize, 0, keep, moody));
        let nodes = nodes.collect();
        let devices = people.iter().chain(&people[..1]);
        let devices: Vec<Device> =
            devices.map(|person| Device::new(person.clone(), &mut dice)).collect();
        let calm_at = 10_000 + dice.between(10_000, 25_000);
        let (agenda, sockets, tally) = (Agenda::default(), Sockets::default(), Tally::default());
        let now = 10_000;
        Self { dice, now, agenda, store, nodes, devices, sockets, calm_at, tally, planted, trace }
    }

    /// Plays the schedule until everything has settled.
    pub(super) fn play(&mut self) -> Result<(), String> {
        for device in 0..self.devices.len() {
            let room = self.store.rooms[self.dice.place(self.store.rooms.len())].clone();
            self.input(device, Input::Intent(Intent::Open(room)), None);
            self.input(device, Input::Connect, None);
            let first = self.now + self.dice.between(0, 1_000);
            self.agenda.set(first, Happening::Act(device));
        }
        self.agenda.set(self.now + 500, Happening::Trouble);
        self.goes_on(self.calm_at + SETTLES_MS)
    }

    /// Cuts every link once more, and plays on until everybody is back.
    pub(super) fn come_back(&mut self) -> Result<(), String> {
        self.cut_all();
        self.goes_on(self.calm_at + SETTLES_MS + RETURNS_MS)
    }

    fn goes_on(&mut self, end: u64) -> Result<(), String> {
        while let Some((at, happening)) = self.agenda.next(end) {
            self.now = at;
            self.tally.happenings += 1;
            if self.trace {
                eprintln!("{at:>7} {happening:?}");
            }
            self.happen(happening);
            if self.tally.happenings > 1_000_000 {
                return Err("something spins: a million happenings".to_owned());
            }
        }
        self.tally.written = self.store.written;
        self.tally.moves = self.store.moves;
        self.tally.forks = self.devices.iter().map(|device| device.testimony.forks).sum();
        Ok(())
    }

    /// Whether things still break.
    pub(super) fn stormy(&self) -> bool {
        self.now < self.calm_at
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Opens(socket) => self.opens(socket),
            Happening::ToNode(socket, frame) => self.frame_at_node(socket, &frame),
            Happening::ToClient(socket, event) => self.event_at_client(socket, *event),
            Happening::ClosedAtClient(socket, code) => self.closed_at_client(socket, code),
            Happening::ClosedAtNode(socket) => {
                let node = self.sockets.get(socket).node;
                self.at_node(node, |node, _, _| node.closed(socket));
            }
            Happening::Asked(node, purpose, ask) => self.asked(node, purpose, ask),
            Happening::Answered(node, purpose, answer) => {
                self.at_node(node, |node, now, dice| node.answered(purpose, *answer, now, dice));
            }
            Happening::Announced(node, entry) => {
                self.at_node(node, |node, now, _| node.announced(*entry, now));
            }
            Happening::NodeDue(node) => self.at_node(node, |node, now, _| {
                if node.due_at == Some(now) {
                    node.due_at = None;
                    node.turn(now);
                }
            }),
            Happening::Alarm(device) => {
                if self.devices[device].wake_at == Some(self.now) {
                    self.devices[device].wake_at = None;
                    self.input(device, Input::Timer, None);
                }
            }
            Happening::Act(device) => self.act(device),
            Happening::Trouble => self.trouble(),
            Happening::NodeUp(index) => self.nodes[index].up = true,
            Happening::StoreUp => self.store.up = true,
        }
    }

    /// A delay of the network or the store: mostly short, at times not.
    pub(super) fn delay(&mut self) -> u64 {
        if self.stormy() && self.dice.percent(5) {
            self.dice.between(100, 1_500)
        } else {
            self.dice.between(1, 30)
        }
    }

    /// Gives a client its input and does what it asks.
    pub(super) fn input(&mut self, at: usize, input: Input, event: Option<&Event>) {
        let again = matches!(&input, Input::Intent(Intent::Retry(_)));
        let device = &mut self.devices[at];
        let now = device.now(self.now);
        let effects = device.client.handle(input, now);
        for effect in effects {
            match effect {
                Effect::Connect(link) => self.connect(at, link),
                Effect::Transmit(frame) => {
                    if let Some(socket) = self.devices[at].socket {
                        let arrives = self.now + self.delay();
                        let arrives = self.sockets.arrives_at_node(socket, arrives);
                        self.agenda.set(arrives, Happening::ToNode(socket, frame));
                    }
                }
                // Every network of the simulation lets sockets through.
                Effect::Post(..) | Effect::Abandon | Effect::AskSession(_) => {}
                Effect::Disconnect { .. } => self.let_go(at),
                Effect::WakeAt(due) => {
                    self.devices[at].wake_at = Some(due.max(self.now));
                    self.agenda.set(due.max(self.now), Happening::Alarm(at));
                }
                Effect::Save(record) => self.devices[at].save(record, again),
                Effect::Forget(id) => {
                    self.devices[at].storage.remove(&id);
                }
                Effect::Changed(changes) => {
                    for notice in &changes.notices {
                        self.devices[at].testimony.notice(notice);
                    }
                }
            }
        }
        if let Some(event) = event {
            self.devices[at].witness(event);
        }
    }

    fn connect(&mut self, at: usize, link: LinkId) {
        self.let_go(at);
        let index = self.dice.place(self.nodes.len());
        let node = &self.nodes[index];
        let (id, up) = (node.id, node.up);
        let socket = self.sockets.open(at, self.devices[at].load, link, id);
        self.devices[at].socket = Some(socket);
        let arrives = self.now + self.delay();
        if up {
            self.agenda.set(arrives, Happening::Opens(socket));
        } else {
            self.agenda.set(arrives, Happening::ClosedAtClient(socket, 1006));
        }
    }

    /// The client lets go of its socket; the node learns it, if the network carries it.
    pub(super) fn let_go(&mut self, at: usize) {
        let Some(socket) = self.devices[at].socket.take() else {
            return;
        };
        if self.sockets.get(socket).carries {
            let arrives = self.now + self.delay();
            let arrives = self.sockets.arrives_at_node(socket, arrives);
            self.agenda.set(arrives, Happening::ClosedAtNode(socket));
        }
    }

    fn opens(&mut self, socket: SocketId) {
        let known = self.sockets.get(socket).clone();
        if !known.carries {
            return;
        }
        let person = self.devices[known.device].person.clone();
        self.at_node(known.node, |node, _, _| node.opens(socket, person));
        self.at_client(socket, Input::Opened(known.link), None);
    }

    fn frame_at_node(&mut self, socket: SocketId, frame: &str) {
        let known = self.sockets.get(socket).clone();
        if known.carries {
            self.at_node(known.node, |node, now, dice| node.frame(socket, frame, now, dice));
        }
    }

    fn event_at_client(&mut self, socket: SocketId, event: Event) {
        let known = self.sockets.get(socket).clone();
        if known.carries {
            let event = self.planted.event(&self.devices[known.device].client, event);
            self.at_client(socket, Input::Frame(known.link, encode(&event)), Some(&event));
        }
    }

    fn closed_at_client(&mut self, socket: SocketId, code: u16) {
        self.sockets.cut(socket);
        let link = self.sockets.get(socket).link;
        self.at_client(socket, Input::Closed(link, code), None);
    }

    /// What comes from a socket reaches the client only while it is the client's own.
    fn at_client(&mut self, socket: SocketId, input: Input, event: Option<&Event>) {
        let known = self.sockets.get(socket);
        let at = known.device;
        if self.devices[at].load == known.load && self.devices[at].socket == Some(socket) {
            self.input(at, input, event);
        }
    }

    /// Lets a node do something, if this running of it still lives, and does what it wishes.
    pub(super) fn at_node(&mut self, id: NodeId, act: impl FnOnce(&mut Node, u64, &mut Dice)) {
        let node = &mut self.nodes[id.index];
        if node.id != id || !node.up {
            return;
        }
        act(node, self.now, &mut self.dice);
        let wishes = std::mem::take(&mut node.wishes);
        for wish in wishes {
            self.grant(id, wish);
        }
        let node = &mut self.nodes[id.index];
        if let Some(due) = node.next_due().map(|due| due.max(self.now + 1))
            && node.due_at.is_none_or(|set| due < set)
        {
            node.due_at = Some(due);
            self.agenda.set(due, Happening::NodeDue(id));
        }
    }

    fn grant(&mut self, id: NodeId, wish: Wish) {
        let arrives = self.now + self.delay();
        match wish {
            Wish::Send(socket, event) => {
                let arrives = self.sockets.arrives_at_client(socket, arrives);
                self.agenda.set(arrives, Happening::ToClient(socket, Box::new(event)));
            }
            Wish::Close(socket, code) => {
                let arrives = self.sockets.arrives_at_client(socket, arrives);
                self.agenda.set(arrives, Happening::ClosedAtClient(socket, code));
                self.nodes[id.index].closed(socket);
            }
            Wish::Ask(purpose, _) if self.stormy() && self.dice.percent(2) => {
                self.timeout(id, purpose);
            }
            Wish::Ask(purpose, ask) => self.agenda.set(arrives, Happening::Asked(id, purpose, ask)),
        }
    }

    fn timeout(&mut self, id: NodeId, purpose: Purpose) {
        let at = self.now + 5_000;
        self.agenda.set(at, Happening::Answered(id, purpose, Box::new(Answer::Timeout)));
    }

    /// The store does what a node asked, announces what it wrote, and answers.
    fn asked(&mut self, id: NodeId, purpose: Purpose, ask: Ask) {
        let answer = self.store.answer(ask, super::commands::EPOCH_MS + self.now);
        if let Answer::Done(Outcome::Written(entry)) | Answer::RoleSet(Outcome::Written(entry)) =
            &answer
        {
            for index in 0..self.nodes.len() {
                let node = self.nodes[index].id;
                let times = match self.dice.between(0, 9) {
                    0 if self.stormy() => 0,
                    1 if self.stormy() => 2,
                    _ => 1,
                };
                for _ in 0..times {
                    let at = self.now + self.delay() + self.dice.between(0, 60);
                    self.agenda.set(at, Happening::Announced(node, Box::new(entry.clone())));
                }
            }
            if self.dice.percent(12) {
                self.store.sync();
            }
        }
        if self.stormy() && self.dice.percent(2) {
            return self.timeout(id, purpose);
        }
        let arrives = self.now + self.delay();
        self.agenda.set(arrives, Happening::Answered(id, purpose, Box::new(answer)));
    }

    /// The devices' keys of rows: unique at every moment.
    pub(super) fn rows_are_unique(&self) -> bool {
        self.devices.iter().all(|device| {
            let mut keys = BTreeSet::new();
            let chat = device.client.chat();
            let rooms = self.store.rooms.iter();
            rooms.flat_map(|room| chat.rows(room, &|_| 0)).all(|(key, _)| keys.insert(key))
        })
    }
}

fn person(name: &str) -> Person {
    Person { id: PersonId::new(name).expect("an id"), name: name.to_owned() }
}
