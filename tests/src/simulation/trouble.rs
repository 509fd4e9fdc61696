//! What breaks: links, nodes, the store, pages.

use parlor_model::{Input, Intent};
use parlor_shared::Event;

use super::{
    agenda::Happening,
    node::{Node, NodeId},
    requests::Request,
    sockets::SocketId,
    store::Crash,
    world::World,
};

impl World {
    /// One thing breaks, and the next is set.
    pub(super) fn trouble(&mut self) {
        if !self.stormy() {
            return;
        }
        match self.dice.between(0, 99) {
            0..30 => self.cut_one(true),
            30..43 => self.cut_one(false),
            43..54 => self.stop_a_node(),
            54..64 => self.crash_the_store(),
            64..72 => self.wake_one(),
            72..80 => self.reload_one(),
            80..85 => self.keep_one(),
            85..92 => self.change_a_network(),
            92..96 => self.pin_one(),
            _ => self.store.sync(),
        }
        let next = self.now + self.dice.between(200, 2_500);
        self.agenda.set(next, Happening::Trouble);
    }

    /// A link breaks, or a poll that waits; half open, nobody is told.
    fn cut_one(&mut self, told: bool) {
        let (sockets, polls) = (self.sockets.carrying(), self.requests.waiting(Request::is_poll));
        let place = self.dice.place(sockets.len() + polls.len());
        if let Some(socket) = sockets.get(place) {
            self.cut(*socket, told);
        } else if let Some(poll) = polls.get(place - sockets.len()) {
            self.cut_request(*poll, told);
        }
    }

    /// Every link breaks, and both ends learn it; a client that rests between polls with the next.
    pub(super) fn cut_all(&mut self) {
        for socket in self.sockets.carrying() {
            self.cut(socket, true);
        }
        for request in self.requests.waiting(|_| true) {
            self.cut_request(request, true);
        }
        for device in &mut self.devices {
            device.trips = device.polls.is_some() && device.poll.is_none();
        }
    }

    /// A socket breaks.
    pub(super) fn cut(&mut self, socket: SocketId, told: bool) {
        self.tally.cuts += 1;
        self.sockets.cut(socket);
        if told {
            let (client, node) = (self.now + self.delay(), self.now + self.delay());
            self.agenda.set(client, Happening::ClosedAtClient(socket, 1006));
            self.agenda.set(node, Happening::ClosedAtNode(socket));
        }
    }

    /// A node is killed, or says goodbye first; it comes back with nothing in memory.
    fn stop_a_node(&mut self) {
        let index = self.dice.place(self.nodes.len());
        let id = self.nodes[index].id;
        let graceful = self.dice.percent(30);
        let mut its_own = self.sockets.carrying();
        its_own.retain(|socket| self.sockets.get(*socket).node == id);
        for socket in its_own {
            if graceful {
                self.tally.cuts += 1;
                let delay_ms = self.dice.between(0, 1_000);
                let arrives = self.now + self.delay();
                let arrives = self.sockets.arrives_at_client(socket, arrives);
                let goodbye = Box::new(Event::Restarting { delay_ms });
                self.agenda.set(arrives, Happening::ToClient(socket, goodbye));
                self.agenda.set(arrives, Happening::ClosedAtClient(socket, 4000));
            } else {
                self.cut(socket, true);
            }
        }
        if graceful {
            let delay_ms = self.dice.between(0, 1_000);
            self.at_node(id, |node, _, _| node.takes_leave(delay_ms));
        }
        for request in self.requests.waiting(|request| request.node == Some(id)) {
            self.cut_request(request, true);
        }
        let old = &self.nodes[index];
        let next = NodeId { life: id.life + 1, ..id };
        let mut node = Node::new(next, old.keep, old.moody, old.planted);
        node.up = false;
        self.nodes[index] = node;
        let back = (self.now + self.dice.between(100, 4_000)).min(self.calm_at);
        self.agenda.set(back, Happening::NodeUp(index));
    }

    /// The store falls over: with everything, without its last moments, or empty.
    fn crash_the_store(&mut self) {
        let crash = match self.dice.between(0, 9) {
            0..3 => Crash::Harmless,
            3..9 => Crash::Tail,
            _ => Crash::Wipe,
        };
        self.tally.losses += self.store.crash(crash) as u64;
        self.store.up = false;
        let back = (self.now + self.dice.between(0, 2_000)).min(self.calm_at);
        self.agenda.set(back, Happening::StoreUp);
    }

    fn wake_one(&mut self) {
        let device = self.dice.place(self.devices.len());
        let input = if self.dice.percent(50) { Input::Woke } else { Input::Online };
        self.input(device, input, &[]);
    }

    /// A page keeps its rooms.
    fn keep_one(&mut self) {
        let device = self.dice.place(self.devices.len());
        self.devices[device].keep_rooms();
    }

    /// A page is loaded again, with what storage kept.
    fn reload_one(&mut self) {
        let device = self.dice.place(self.devices.len());
        self.let_go(device);
        self.abandon(device);
        if self.dice.percent(60) {
            self.devices[device].keep_rooms();
        }
        let seed = self.dice.roll();
        self.devices[device].reload(seed);
        let room = self.store.rooms[self.dice.place(self.store.rooms.len())].clone();
        self.input(device, Input::Intent(Intent::Open(room)), &[]);
        self.input(device, Input::Connect, &[]);
    }
}
