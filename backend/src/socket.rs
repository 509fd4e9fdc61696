//! One WebSocket: the checks before it, its reader and its writer.

mod heartbeat;
mod lanes;
mod link;
mod reader;
mod serve;
mod upgrade;
mod welcome;
mod writer;

pub(crate) use lanes::lane;
pub(crate) use upgrade::upgrade;
pub(crate) use welcome::welcome;
