//! Version 1 of the protocol: one file for each idea, all of them re-exported here.

mod close_code;
mod command;
mod entry;
mod epoch_history;
mod event;
mod id;
mod log_id;
mod outcome;
mod page;
mod person_records;
mod polling;
mod position;
mod problem;
mod record;
mod record_key;
mod room_records;
mod welcome;

pub use close_code::CloseCode;
pub use command::{Action, Command};
pub use entry::Entry;
pub use epoch_history::EpochHistory;
pub use event::Event;
pub use id::{CommandId, ConnectionId, Epoch, IdError, PersonId, RoomId};
pub use log_id::LogId;
pub use outcome::{Outcome, RoomListing, Rooms, Roster, RosterPerson};
pub use page::{Page, Reset};
pub use person_records::{Membership, ReadPosition};
pub use polling::{AnswerId, PollAnswer, PollRequest};
pub use position::Position;
pub use problem::{Problem, Retry};
pub use record::{Body, Record};
pub use record_key::RecordKey;
pub use room_records::{Member, Message, Role, RoomSettings};
pub use welcome::{DedupeWindow, Person, RoomSummary, Welcome};

/// An offset in a log: contiguous from 1; 0 is "before the first change".
pub type Offset = u64;
/// The number of a message in its room: contiguous from 1; 0 is "before the first message".
pub type Number = u64;
/// A moment, in milliseconds since 1970-01-01 UTC, always below 2^53.
pub type Millis = u64;

/// The highest integer on the wire, 2^53 − 1: beyond it JavaScript and Lua no longer tell
/// neighbours apart. The codec refuses a command with a higher one.
pub const INTEGER_MAX: u64 = (1 << 53) - 1;
