//! The rules of a log, without a store, a clock or a runtime: what a write comes to, and what a
//! page holds.
//!
//! The embedded engine and the simulation run on these functions; the Redis engine's script says
//! the same in Lua, and the conformance suite compares them.

mod catch_up;
mod decide;
mod memory;
mod meta;
mod remembered;
mod view;

pub use catch_up::{changes, history, one_page};
pub use decide::{Decision, Facts, Header, Plan, decide};
pub use memory::MemoryLog;
pub use meta::LogMeta;
pub use remembered::Remembered;
pub use view::{LogView, RECORD_OVERHEAD, StoredRecord};
