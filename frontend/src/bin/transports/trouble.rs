//! What can go wrong on the whole, and what of it a person is told.

use parlor_shared::{CloseCode, Problem};

/// Why there is no run, or none any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Nobody is signed in, or not any more.
    NoSession,
    /// The server does not answer.
    Unreached,
    /// It is restarting.
    Restarting,
    /// Its store is away.
    StoreAway,
    /// The person has as many connections as they may.
    Crowded,
    /// Too much was asked in too short a time.
    TooFast { seconds: u64 },
    /// The room has as many members as it may.
    RoomFull,
    /// Another room has a name that looks like the room's.
    NameTaken,
    /// The person is no longer in the room.
    OutOfRoom,
    /// The page comes from another address than the server's.
    Foreign,
    /// Something else, by its number.
    Other(u16),
}

impl From<&Problem> for Trouble {
    fn from(problem: &Problem) -> Self {
        match problem {
            Problem::NoSession => Self::NoSession,
            Problem::Stopping => Self::Restarting,
            Problem::StoreAway | Problem::StoreTimeout => Self::StoreAway,
            Problem::TooManyConnections | Problem::TooManyInFlight { .. } => Self::Crowded,
            Problem::TooFast { wait_ms } => Self::TooFast { seconds: wait_ms.div_ceil(1_000) },
            Problem::RoomFull { .. } => Self::RoomFull,
            Problem::NotAMember | Problem::NotAllowed | Problem::NoSuchRoom { .. } => {
                Self::OutOfRoom
            }
            Problem::NameTaken { .. } => Self::NameTaken,
            Problem::ForeignOrigin => Self::Foreign,
            Problem::Malformed
            | Problem::UnknownCommand
            | Problem::BadParameters
            | Problem::TooDeep { .. }
            | Problem::TooManyFollows { .. }
            | Problem::LobbyStays
            | Problem::NoSuchMessage { .. }
            | Problem::TextEmpty
            | Problem::TextTooLong { .. }
            | Problem::NameNotAllowed { .. }
            | Problem::Busy
            | Problem::Internal
            | Problem::Unknown { .. } => Self::Other(problem.code()),
        }
    }
}

impl Trouble {
    /// What a close code means.
    pub(crate) fn of_close(code: u16) -> Self {
        match CloseCode::from_code(code) {
            Some(CloseCode::Restarting) => Self::Restarting,
            Some(CloseCode::StoreAway) => Self::StoreAway,
            Some(CloseCode::NoSession) => Self::NoSession,
            Some(CloseCode::ForeignOrigin) => Self::Foreign,
            Some(CloseCode::TooManyConnections) => Self::Crowded,
            Some(
                CloseCode::Slow
                | CloseCode::NoPong
                | CloseCode::Internal
                | CloseCode::Version
                | CloseCode::BadFrame
                | CloseCode::Malformed,
            ) => Self::Other(code),
            None => Self::Unreached,
        }
    }
}
