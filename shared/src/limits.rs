//! Every bound on what comes in, and the checks that both sides run.

use serde::{Deserialize, Serialize};

use crate::v1::Problem;

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
pub const EPOCHS_KEPT: usize = 16;
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

/// Whether `text` has the form of an opaque id: 1 to 64 of `A–Z a–z 0–9 _ -`.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// Whether `text` can be said.
///
/// # Errors
/// [`Problem::TextEmpty`] for nothing but white space, [`Problem::TextTooLong`] over the limits.
pub fn check_text(text: &str) -> Result<(), Problem> {
    if text.trim().is_empty() {
        return Err(Problem::TextEmpty);
    }
    if text.len() > TEXT_BYTES || text.chars().count() > TEXT_SCALARS {
        return Err(Problem::TextTooLong {
            max: TEXT_SCALARS as u32,
            max_bytes: TEXT_BYTES as u32,
        });
    }
    Ok(())
}

/// `name` without white space around it and with each run of it inside made one space, if it can
/// be a person's or a room's name. Whether another one looks like it, only the server can say.
///
/// # Errors
/// [`Problem::NameNotAllowed`] when nothing is left, it is over 40 scalars, or it has control,
/// bidirectional-formatting, invisible or private characters.
pub fn check_name(name: &str) -> Result<String, Problem> {
    let tidy = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = tidy.chars().count();
    if length == 0 || length > NAME_SCALARS || !name.chars().all(|c| c == ' ' || visible(c)) {
        return Err(Problem::NameNotAllowed { max: NAME_SCALARS as u32 });
    }
    Ok(tidy)
}

/// Whether a character shows and leaves the text around it alone (Unicode 16, general categories
/// Cc, Cf, Co, Zl, Zp and the blank letters are out).
fn visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c as u32,
            0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x2800 | 0x3164
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3
            | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF | 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}
