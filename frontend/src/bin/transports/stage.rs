//! Where the page is, from asking who is here to why a run ended.

use crate::{run::End, trouble::Trouble};

/// Where the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Who is here is being asked.
    Asking,
    /// Nobody is signed in, or the server does not answer.
    Shut(Trouble),
    /// It can begin.
    Ready,
    /// The room is being entered.
    Entering,
    /// It runs.
    Running,
    /// It has run.
    Done(End),
}

impl Stage {
    /// What is wrong on the whole.
    pub(crate) fn trouble(self) -> Option<Trouble> {
        match self {
            Self::Shut(trouble) | Self::Done(End::Trouble(trouble)) => Some(trouble),
            Self::Asking | Self::Ready | Self::Entering | Self::Running => None,
            Self::Done(End::Over | End::Stopped | End::Hidden) => None,
        }
    }
}
