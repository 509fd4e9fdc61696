//! The version with `poll` and `cheer`.

pub(crate) use parlor_newer::{model, shared as wire, tests};

#[path = "clients.rs"]
mod clients;
pub(crate) use clients::Clients;
