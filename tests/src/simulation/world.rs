//! The world of one schedule: devices, networks, nodes, the store, and virtual time.

use std::collections::BTreeSet;

use parlor_model::{Input, Intent};
use parlor_shared::{Person, PersonId, RoomId};

use super::{
    Planted, Tally,
    agenda::{Agenda, Happening},
    connection::ConnectionKey,
    device::Device,
    dice::Dice,
    node::{Node, NodeId},
    requests::Requests,
    sockets::Sockets,
    store::Store,
};

/// How long everything settles after the last trouble, in milliseconds.
const SETTLES_MS: u64 = 110_000;
/// How many worlds in a hundred have networks that let no socket through.
const ROUGH: u64 = 60;
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
    pub(super) requests: Requests,
    /// Whether there are networks that let no socket through.
    pub(super) rough: bool,
    /// When people fall silent, and when nothing breaks any more: what is lost between the two, no
    /// later change brings to light.
    pub(super) quiet_at: u64,
    pub(super) calm_at: u64,
    pub(super) tally: Tally,
    pub(super) planted: Planted,
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
        let node = |index| Node::new(NodeId { index, life: 0 }, keep, moody, planted);
        let nodes = (0..1 + dice.place(3)).map(node).collect();
        let rough = dice.percent(ROUGH);
        let devices = people.iter().chain(&people[..1]);
        let devices: Vec<Device> =
            devices.map(|person| Device::new(person.clone(), rough, &mut dice)).collect();
        let calm_at = 10_000 + dice.between(10_000, 25_000);
        let quiet_at = calm_at - dice.between(0, 8_000);
        Self {
            dice,
            now: 10_000,
            agenda: Agenda::default(),
            store,
            nodes,
            devices,
            sockets: Sockets::default(),
            requests: Requests::default(),
            rough,
            quiet_at,
            calm_at,
            tally: Tally::default(),
            planted,
            trace,
        }
    }

    /// Plays the schedule until everything has settled.
    pub(super) fn play(&mut self) -> Result<(), String> {
        for device in 0..self.devices.len() {
            let room = self.store.rooms[self.dice.place(self.store.rooms.len())].clone();
            self.input(device, Input::Intent(Intent::Open(room)), &[]);
            self.input(device, Input::Connect, &[]);
            let first = self.now + self.dice.between(0, 1_000);
            self.agenda.set(first, Happening::Act(device));
        }
        self.agenda.set(self.now + 500, Happening::Trouble);
        self.agenda.set(self.calm_at, Happening::Calm);
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
            Happening::ToNode(socket, frame) => self.frame_at_node(socket, frame),
            Happening::ToClient(socket, event) => self.event_at_client(socket, *event),
            Happening::ClosedAtClient(socket, code) => self.closed_at_client(socket, code),
            Happening::ClosedAtNode(socket) => {
                let node = self.sockets.get(socket).node;
                self.at_node(node, |node, _, _| node.closed(ConnectionKey::Socket(socket)));
            }
            Happening::Requested(request, body) => self.requested(request, &body),
            Happening::Responded(request, reply) => self.responded(request, *reply),
            Happening::Broken(request) => self.broken(request),
            Happening::GivenUp(request) => self.given_up(request),
            Happening::WaitsLong(request) => self.waits_long(request),
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
                    self.input(device, Input::Timer, &[]);
                }
            }
            Happening::Woke(device) => self.input(device, Input::Woke, &[]),
            Happening::Act(device) => self.act(device),
            Happening::Trouble => self.trouble(),
            Happening::Calm => self.calms_down(),
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
