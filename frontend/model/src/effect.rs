//! What a client wants done by whoever drives it.

use parlor_shared::CommandId;

use crate::{Changes, LinkId, OutboxRecord};

/// What is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// A command, to `/api/v1/commands`.
    Command(CommandId),
    /// A poll, to `/api/v1/poll`, in place of any other under way.
    Poll(u64),
}

/// Something to do, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a socket under this id; let go of any other.
    Connect(LinkId),
    /// Send a text frame on the socket.
    Transmit(String),
    /// Close the socket with this code. No `Closed` is awaited for it.
    Disconnect {
        /// A close code.
        code: u16,
    },
    /// Post this body, a command's or a poll's; [`crate::Input::Answered`] takes the answer.
    Post(LinkId, Asking, String),
    /// Let go of the poll under way, if there is one.
    Abandon,
    /// Ask `GET /api/v1/session`; [`crate::Input::Session`] takes what it says.
    AskSession(LinkId),
    /// Give [`crate::Input::Timer`] at this `mono_ms`; replaces the moment asked for before.
    WakeAt(u64),
    /// Keep this outbox record where it survives a reload, before doing what comes after.
    Save(OutboxRecord),
    /// The outbox record is settled: forget it.
    Forget(CommandId),
    /// Something that shows has changed.
    Changed(Changes),
}
