//! The connection machine: when to connect, wait, probe, give up.

mod back_off;
mod machine;
mod ways;

use parlor_shared::CloseCode;

use back_off::BackOff;
pub(crate) use back_off::retry_ms;
pub(crate) use machine::{Machine, Step};

/// How a client reaches its server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// One WebSocket.
    #[default]
    Socket,
    /// Polls that the server answers when there is something to tell.
    Long,
    /// Polls that it answers at once, again and again.
    Short,
}

/// What the server says of the session, where a way to it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The person is signed in: it is the network that refuses the way.
    Known,
    /// Nobody is.
    Nobody,
    /// It says nothing, or cannot say now.
    Unreached,
}

/// How the link stands, as the person may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Not begun.
    Idle,
    /// It is being opened, or has had no welcome yet.
    Connecting,
    /// Welcomed.
    Connected,
    /// It failed; the next attempt comes by itself.
    Waiting {
        /// When, as `mono_ms`.
        until_ms: u64,
    },
    /// Closed for good, until [`crate::Input::Connect`].
    Out {
        /// The close code, 4500–4999.
        code: u16,
    },
}

/// The link and since when it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// How it stands.
    pub link: Link,
    /// Which way it takes.
    pub way: Way,
    /// Since when, as `mono_ms`.
    pub since_ms: u64,
    /// Since when there has been no welcomed link, as `mono_ms`: the banner counts from here.
    pub without_since_ms: Option<u64>,
}

impl LinkView {
    /// The reason of an end for good, where this version knows it.
    #[must_use]
    pub fn out(&self) -> Option<CloseCode> {
        match self.link {
            Link::Out { code } => CloseCode::from_code(code),
            Link::Idle | Link::Connecting | Link::Connected | Link::Waiting { .. } => None,
        }
    }
}
