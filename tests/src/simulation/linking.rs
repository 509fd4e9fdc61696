//! Sockets on their way: opened, used and closed, at either end.

use parlor_model::{Input, LinkId};
use parlor_shared::{Event, encode};

use super::{
    agenda::Happening, connection::ConnectionKey, networks::Network, sockets::SocketId,
    world::World,
};

impl World {
    /// A client opens a socket, if its network lets one through.
    pub(super) fn connect(&mut self, at: usize, link: LinkId) {
        self.let_go(at);
        let index = self.dice.place(self.nodes.len());
        let node = &self.nodes[index];
        let (id, up) = (node.id, node.up);
        let socket = self.sockets.open(at, self.devices[at].load, link, id);
        self.devices[at].socket = Some(socket);
        let slow = self.rough && self.stormy() && self.dice.percent(15);
        let more = if slow { self.dice.between(1_500, 7_000) } else { 0 };
        let arrives = self.now + self.delay() + more;
        let opens = match self.devices[at].network {
            Network::Open => up,
            Network::Swallows => return self.sockets.cut(socket),
            Network::Refuses | Network::Cuts | Network::Holds | Network::Away => false,
        };
        if opens {
            self.agenda.set(arrives, Happening::Opens(socket));
        } else {
            self.agenda.set(arrives, Happening::ClosedAtClient(socket, 1006));
        }
    }

    /// A client sends a frame.
    pub(super) fn transmit(&mut self, at: usize, frame: String) {
        if let Some(socket) = self.devices[at].socket {
            let arrives = self.now + self.delay();
            let arrives = self.sockets.arrives_at_node(socket, arrives);
            self.agenda.set(arrives, Happening::ToNode(socket, frame));
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

    pub(super) fn opens(&mut self, socket: SocketId) {
        let known = self.sockets.get(socket).clone();
        if !known.carries {
            return;
        }
        let person = self.devices[known.device].person.clone();
        self.at_node(known.node, |node, _, _| node.opens(ConnectionKey::Socket(socket), person));
        self.at_client(socket, Input::Opened(known.link), &[]);
    }

    pub(super) fn frame_at_node(&mut self, socket: SocketId, frame: String) {
        let known = self.sockets.get(socket).clone();
        if known.carries {
            let frame = if known.adopted { self.planted.frame(frame) } else { frame };
            let key = ConnectionKey::Socket(socket);
            self.at_node(known.node, |node, now, dice| node.frame(key, &frame, now, dice));
        }
    }

    pub(super) fn event_at_client(&mut self, socket: SocketId, mut event: Event) {
        let known = self.sockets.get(socket).clone();
        if known.carries {
            self.planted.event(&self.devices[known.device].client, &mut event);
            let polled = self.devices[known.device].polls.is_some();
            let frame = Input::Frame(known.link, encode(&event));
            self.at_client(socket, frame, std::slice::from_ref(&event));
            if polled && self.devices[known.device].polls.is_none() {
                self.sockets.adopt(socket);
            }
        }
    }

    pub(super) fn closed_at_client(&mut self, socket: SocketId, code: u16) {
        self.sockets.cut(socket);
        let link = self.sockets.get(socket).link;
        self.at_client(socket, Input::Closed(link, code), &[]);
    }

    /// What comes from a socket reaches the client only while it is the client's own.
    fn at_client(&mut self, socket: SocketId, input: Input, told: &[Event]) {
        let known = self.sockets.get(socket);
        let at = known.device;
        if self.devices[at].load == known.load && self.devices[at].socket == Some(socket) {
            self.input(at, input, told);
        }
    }
}
