//! What a client wants done by whoever drives it.

use parlor_shared::CommandId;

use crate::{Changes, LinkId, OutboxRecord};

/// Something to do, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a socket under this id; let go of any other.
    Connect(LinkId),
    /// Send a text frame on the present socket.
    Transmit(String),
    /// Close the present socket with this code. No `Closed` is awaited for it.
    Disconnect {
        /// A close code.
        code: u16,
    },
    /// Give [`crate::Input::Timer`] at this `mono_ms`; replaces the moment asked for before.
    WakeAt(u64),
    /// Keep this outbox record where it survives a reload, before doing what comes after.
    Save(OutboxRecord),
    /// The outbox record is settled: forget it.
    Forget(CommandId),
    /// Something that shows has changed.
    Changed(Changes),
}
