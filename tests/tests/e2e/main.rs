//! The server over real sockets, every scenario on both engines.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test expects one answer and shows the rest")]

mod cast;
mod catch_up;
mod crash;
mod doctor;
mod document;
mod heartbeat;
mod history;
mod hostile;
mod logs;
mod metrics;
mod mixed_versions;
mod people;
mod polls;
mod redis_away;
mod renames;
mod repeats;
mod rooms;
mod sentinel;
mod slow;
mod stop;
mod storm;
mod talk;
mod two_nodes;
mod unfit_store;

use parlor_tests::{on_both_engines, on_every_way, over_long_polls, over_short_polls};
