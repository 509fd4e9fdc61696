//! Parlor's server: engines (where logs live), the hub (who hears of changes), and the protocol.

pub mod engine;
pub mod hub;
