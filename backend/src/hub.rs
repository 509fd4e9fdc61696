//! Who hears of changes: one owner for each followed log, delivering to its followers in order.
//!
//! [`Channel`] is the owner's pure core (no runtime, no clock, no store); the rest runs it.

mod channel;

pub use channel::{Channel, Completion, Deliver};
