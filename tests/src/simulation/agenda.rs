//! What will happen, in order of time; what is set for the same moment happens in order of setting.

use std::collections::BTreeMap;

use parlor_shared::{Entry, Event};

use super::{
    node::{NodeId, Purpose},
    requests::{Reply, RequestId},
    sockets::SocketId,
    store::{Answer, Ask},
};

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Happening {
    /// The node accepts a socket.
    Opens(SocketId),
    /// A frame reaches the node.
    ToNode(SocketId, String),
    /// An event reaches the client.
    ToClient(SocketId, Box<Event>),
    /// The client learns that its socket is closed.
    ClosedAtClient(SocketId, u16),
    /// The node learns that a socket is closed.
    ClosedAtNode(SocketId),
    /// A request reaches the nodes.
    Requested(RequestId, String),
    /// Its answer reaches the client.
    Responded(RequestId, Box<Reply>),
    /// The client learns that there is no answer.
    Broken(RequestId),
    /// The node learns that nobody waits for the answer.
    GivenUp(RequestId),
    /// The answer takes long.
    WaitsLong(RequestId),
    /// A node's question reaches the store.
    Asked(NodeId, Purpose, Ask),
    /// The store's answer reaches the node.
    Answered(NodeId, Purpose, Box<Answer>),
    /// An announcement reaches a node.
    Announced(NodeId, Box<Entry>),
    /// A node's own deadline.
    NodeDue(NodeId),
    /// A client's alarm, if it is still set for then.
    Alarm(usize),
    /// A page becomes visible.
    Woke(usize),
    /// A person does something.
    Act(usize),
    /// Something breaks.
    Trouble,
    /// Nothing breaks any more.
    Calm,
    /// A node that was killed is back.
    NodeUp(usize),
    /// The store that fell over is back.
    StoreUp,
}

/// The agenda.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    items: BTreeMap<(u64, u64), Happening>,
    set: u64,
}

impl Agenda {
    pub(super) fn set(&mut self, at: u64, happening: Happening) {
        self.set += 1;
        self.items.insert((at, self.set), happening);
    }

    /// The next thing, if it happens until `end`.
    pub(super) fn next(&mut self, end: u64) -> Option<(u64, Happening)> {
        let first = self.items.first_entry().filter(|first| first.key().0 <= end)?;
        let ((at, _), happening) = first.remove_entry();
        Some((at, happening))
    }
}
