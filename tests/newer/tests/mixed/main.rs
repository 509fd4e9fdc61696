//! A node built with one more kind of record and of event, and one built without, with clients of
//! both builds: everybody gets what both understand, positions advance over the rest, nothing closes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test expects one answer and shows the rest")]
#![allow(clippy::duplicate_mod, reason = "the same clients, compiled against either version")]

mod alone;
mod newer;
mod older;
mod one_store;
mod together;
