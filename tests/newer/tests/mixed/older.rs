//! This version.

pub(crate) use parlor_model as model;
pub(crate) use parlor_shared as wire;
pub(crate) use parlor_tests as tests;

#[path = "clients.rs"]
mod clients;
pub(crate) use clients::Clients;
