//! The three ways that are compared.

use parlor_model::Way;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// Asks again and again.
    Short,
    /// Asks, and is answered when there is something to tell.
    Long,
    /// One connection, both ways.
    Socket,
}

impl Transport {
    /// All of them, from the oldest on.
    pub(crate) const ALL: [Self; 3] = [Self::Short, Self::Long, Self::Socket];

    /// What tests and styles call it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Socket => "socket",
        }
    }

    /// How it polls, if it does.
    pub(crate) const fn way(self) -> Option<Way> {
        match self {
            Self::Short => Some(Way::Short),
            Self::Long => Some(Way::Long),
            Self::Socket => None,
        }
    }
}
