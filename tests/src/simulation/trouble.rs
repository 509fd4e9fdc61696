//! What breaks: links, nodes, the store, pages.

use parlor_model::{Input, Intent};
use parlor_shared::Event;

use super::{agenda::Happening, node::Node, sockets::SocketId, store::Crash, world::World};

impl World {
    /// One thing breaks, and the next is set.
    pub(super) fn trouble(&mut self) {
        if !self.stormy() {
            return;
        }
        match self.dice.between(0, 99) {
            0..35 => self.cut_one(true),
            35..50 => self.cut_one(false),
            50..62 => self.stop_a_node(),
            62..72 => self.crash_the_store(),
            72..82 => self.wake_one(),
            82..90 => self.reload_one(),
            90..95 => self.keep_one(),
            _ => self.store.sync(),
        }
        let next = self.now + self.dice.between(200, 2_500);
        self.agenda.set(next, Happening::Trouble);
    }

    /// A link breaks; half open, nobody is told.
    fn cut_one(&mut self, told: bool) {
        let carrying = self.sockets.carrying();
        if carrying.is_empty() {
            return;
        }
        let socket = carrying[self.dice.place(carrying.len())];
        self.cut(socket, told);
    }

    /// Every link breaks, and both ends learn it.
    pub(super) fn cut_all(&mut self) {
        for socket in self.sockets.carrying() {
            self.cut(socket, true);
        }
    }

    fn cut(&mut self, socket: SocketId, told: bool) {
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
        let old = &self.nodes[index];
        let mut node = Node::new(index, old.id.life + 1, old.keep, old.moody);
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
        self.input(device, input, None);
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
        if self.dice.percent(60) {
            self.devices[device].keep_rooms();
        }
        let seed = self.dice.roll();
        self.devices[device].reload(seed);
        let room = self.store.rooms[self.dice.place(self.store.rooms.len())].clone();
        self.input(device, Input::Intent(Intent::Open(room)), None);
        self.input(device, Input::Connect, None);
    }
}
