//! By which way clients reach the server.

use clap::ValueEnum;
use parlor_tests::Way;

/// The ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WayWord {
    /// A WebSocket.
    Socket,
    /// Polls that wait until there is something to tell.
    Long,
    /// A poll every 2 s.
    Short,
}

impl WayWord {
    /// The way, where it needs no socket.
    pub(crate) fn without_socket(self) -> Option<Way> {
        match self {
            Self::Socket => None,
            Self::Long => Some(Way::Long),
            Self::Short => Some(Way::Short),
        }
    }
}
