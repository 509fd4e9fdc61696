//! Every bound on what comes in, and the checks that both sides run.

mod checks;

use serde::{Deserialize, Serialize};

pub use checks::{check_name, check_text, is_id};

/// Scalars of a message.
pub const TEXT_SCALARS: usize = 4_000;
/// Bytes of a message.
pub const TEXT_BYTES: usize = 16 * 1024;
/// Scalars of a person's or a room's name.
pub const NAME_SCALARS: usize = 40;
/// Bytes of one frame from a client.
pub const FRAME_BYTES: usize = 64 * 1024;
/// Nesting of JSON in one frame from a client.
pub const JSON_DEPTH: usize = 16;
/// Records in one page.
pub const PAGE_RECORDS: usize = 100;
/// Bytes of the records in one page.
pub const PAGE_BYTES: usize = 256 * 1024;
/// Changed records above which a catch-up starts afresh.
pub const CATCH_UP_RECORDS: usize = 500;
/// Messages on the page that starts afresh.
pub const NEWEST_MESSAGES: usize = 50;
/// Pairs of epoch and first offset that a log keeps.
pub const EPOCHS_KEPT: usize = 64;
/// Logs one connection follows.
pub const FOLLOWS: usize = 500;
/// Connections of one person.
pub const CONNECTIONS_PER_PERSON: usize = 20;
/// Connections from one address.
pub const CONNECTIONS_PER_ADDRESS: usize = 200;
/// Commands of one connection without a reply yet.
pub const IN_FLIGHT: usize = 16;
/// Messages of one person in [`SEND_WINDOW_MS`].
pub const SENDS: u32 = 10;
/// The window of [`SENDS`], in milliseconds.
pub const SEND_WINDOW_MS: u64 = 10_000;
/// Sessions begun from one address in an hour.
pub const SESSIONS_PER_HOUR: u32 = 20;
/// Other names that one person asks for in an hour, those refused included.
pub const RENAMES_PER_HOUR: u32 = 20;
/// Rooms made by one person in a day.
pub const ROOMS_PER_DAY: u32 = 50;
/// Members of one room.
pub const MEMBERS: usize = 10_000;
/// For how long a repeated command is known, in milliseconds of server time.
pub const DEDUPE_MS: u64 = 24 * 60 * 60 * 1000;
/// Among how many last commands of its author a repeat is known, per log.
pub const DEDUPE_COMMANDS: usize = 1_000;
/// Messages a room keeps unless it or the server says otherwise.
pub const KEEP_DEFAULT: u32 = 100;
/// The most messages a room can keep.
pub const KEEP_MAX: u32 = 100_000;
/// How often the server pings, in milliseconds.
pub const PING_MS: u64 = 25_000;
/// How long a ping may stay unanswered, in milliseconds.
pub const PONG_MS: u64 = 8_000;
/// How long a poll may wait for something to tell, in milliseconds.
pub const POLL_WAIT_MS: u64 = 25_000;
/// Commands and polls of one person without a socket, in [`REQUEST_WINDOW_MS`].
pub const REQUESTS: u32 = 300;
/// The window of [`REQUESTS`], in milliseconds.
pub const REQUEST_WINDOW_MS: u64 = 10_000;
/// How long a typing mark shows, in milliseconds.
pub const TYPING_SHOWS_MS: u64 = 5_000;
/// How often a client says that it is typing, at most, in milliseconds.
pub const TYPING_EVERY_MS: u64 = 2_000;
/// People of one roster page, and the size above which presence is a count only.
pub const ROSTER_PAGE: usize = 200;
/// Rooms on one page of the room list.
pub const ROOMS_PAGE: usize = 50;

/// The limits a client should know, as `welcome` tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Scalars of a message.
    pub text_scalars: u64,
    /// Bytes of a message.
    pub text_bytes: u64,
    /// Scalars of a name.
    pub name_scalars: u64,
    /// Bytes of a frame from a client.
    pub frame_bytes: u64,
    /// Logs one connection follows.
    pub follows: u64,
    /// Commands without a reply.
    pub in_flight: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_scalars: TEXT_SCALARS as u64,
            text_bytes: TEXT_BYTES as u64,
            name_scalars: NAME_SCALARS as u64,
            frame_bytes: FRAME_BYTES as u64,
            follows: FOLLOWS as u64,
            in_flight: IN_FLIGHT as u64,
        }
    }
}
