//! The wire of Parlor: what a client and a server say to each other, as plain data.
//!
//! Compiles for the host and for WASM; knows no runtime, no clock, no randomness. Start with
//! [`v1::Command`] (client → server) and [`v1::Event`] (server → client).

mod codec;
mod fold;
pub mod limits;
mod reading;
pub mod v1;

pub use codec::{ClientFrame, DecodeError, decode_client_frame, decode_event, encode};
pub use fold::{Fold, put};
pub use reading::{Read, read};
pub use serde_json::Value;
pub use v1::*;

/// The WebSocket subprotocol of this version, offered by every client and echoed by the server.
pub const SUBPROTOCOL: &str = "parlor.v1.json";

/// Prefix of the subprotocol by which a client that can set no header names its session token.
pub const TOKEN_SUBPROTOCOL_PREFIX: &str = "parlor.token.";
