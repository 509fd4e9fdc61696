//! Links between clients and nodes: in order while they last, and they break in every way.

use std::collections::BTreeMap;

use parlor_model::LinkId;

use super::node::NodeId;

/// One socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SocketId(pub(super) u64);

/// What a socket is between, and how it fares.
#[derive(Clone, Debug)]
pub(super) struct Socket {
    pub(super) device: usize,
    /// Which load of the device's page opened it.
    pub(super) load: u64,
    pub(super) link: LinkId,
    pub(super) node: NodeId,
    /// It took the place of polls.
    pub(super) adopted: bool,
    /// Frames get through.
    pub(super) carries: bool,
    /// When the last frame in each direction arrives: none overtakes.
    to_node: u64,
    to_client: u64,
}

/// All sockets ever opened.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    sockets: BTreeMap<SocketId, Socket>,
}

impl Sockets {
    pub(super) fn open(
        &mut self,
        device: usize,
        load: u64,
        link: LinkId,
        node: NodeId,
    ) -> SocketId {
        let id = SocketId(self.sockets.len() as u64);
        let (adopted, carries, to_node, to_client) = (false, true, 0, 0);
        let socket = Socket { device, load, link, node, adopted, carries, to_node, to_client };
        self.sockets.insert(id, socket);
        id
    }

    pub(super) fn get(&self, id: SocketId) -> &Socket {
        &self.sockets[&id]
    }

    /// Those that still carry.
    pub(super) fn carrying(&self) -> Vec<SocketId> {
        self.sockets.iter().filter(|(_, socket)| socket.carries).map(|(id, _)| *id).collect()
    }

    /// Nothing gets through any more.
    pub(super) fn cut(&mut self, id: SocketId) {
        if let Some(socket) = self.sockets.get_mut(&id) {
            socket.carries = false;
        }
    }

    pub(super) fn adopt(&mut self, id: SocketId) {
        if let Some(socket) = self.sockets.get_mut(&id) {
            socket.adopted = true;
        }
    }

    /// When a frame sent now arrives at the node.
    pub(super) fn arrives_at_node(&mut self, id: SocketId, at: u64) -> u64 {
        let socket = self.sockets.get_mut(&id).expect("an open socket");
        socket.to_node = socket.to_node.max(at);
        socket.to_node
    }

    /// When an event sent now arrives at the client.
    pub(super) fn arrives_at_client(&mut self, id: SocketId, at: u64) -> u64 {
        let socket = self.sockets.get_mut(&id).expect("an open socket");
        socket.to_client = socket.to_client.max(at);
        socket.to_client
    }
}
