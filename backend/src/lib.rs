//! Parlor's server: engines (where logs live), the hub (who hears of changes), and the protocol.
//!
//! A node is an [`App`] from a [`Config`]; [`run`] serves it on a listener until it is told to stop.

mod app;
mod clock;
mod command;
pub mod config;
mod connections;
pub mod doctor;
pub mod engine;
mod error;
pub mod files;
mod http;
pub mod hub;
mod ids;
mod keeps;
pub mod listener;
mod lobby;
mod metered;
pub mod metrics;
mod middleware;
mod names;
mod presence;
mod rate_limit;
mod renames;
mod router;
mod server;
mod shutdown;
mod socket;
mod source;
mod stand_in;
mod tasks;
pub mod telemetry;

pub use app::{App, AppState, Stage};
pub use config::{Config, Drain, Invocation, Task};
pub use error::StartError;
pub use shutdown::{run, signal};
