//! The client of Parlor as plain Rust: connection, catch-up, outbox, rooms, timelines.
//!
//! It opens no socket, reads no clock and rolls no dice: what happens comes in as an [`Input`]
//! with the time, what must be done goes out as [`Effect`]s. The page, the tests and the
//! simulation drive the same [`Client`].

mod changes;
mod chat;
mod client;
mod effect;
mod input;
mod kept;
mod link;
mod ordered;
mod outbox;
mod polling;
mod timeline;

pub use changes::{Asked, Changes, Heard, Notice};
pub use chat::{Chat, Found, People, Room};
pub use client::{Client, Setup};
pub use effect::{Asking, Effect};
pub use input::{Input, Intent, LinkId, Now};
pub use kept::KeptRoom;
pub use link::{Link, LinkView, Standing, Way};
pub use ordered::{Ordered, OrderedSet, in_order};
pub use outbox::{OUTBOX_BYTES, OUTBOX_RECORDS, OutboxRecord, Trouble};
pub use polling::{Errand, Polling};
pub use timeline::{Edge, LocalDay, MessageRow, MessageState, Row, RowKey, Segment, Timeline};
