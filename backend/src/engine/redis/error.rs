//! What an answer of Redis means to the node: nothing was done, or nobody knows.

use redis::{ErrorKind, RedisError};

use crate::engine::EngineError;

/// Codes by which a server says that it takes no such command now; nothing was done.
const NOT_NOW: &[&str] = &[
    "BUSY",
    "CLUSTERDOWN",
    "LOADING",
    "MASTERDOWN",
    "MISCONF",
    "NOAUTH",
    "NOPERM",
    "NOREPLICAS",
    "OOM",
    "READONLY",
    "TRYAGAIN",
    "MOVED",
    "ASK",
    "WRONGPASS",
];

/// What a failed call means. A link that broke with a command in flight leaves it unknown whether
/// the command was done.
pub(super) fn engine_error(error: &RedisError) -> EngineError {
    if error.is_connection_refusal() || error.code().is_some_and(|code| NOT_NOW.contains(&code)) {
        return EngineError::Away(error.to_string());
    }
    if error.is_timeout() || error.is_io_error() || error.is_connection_dropped() {
        return EngineError::Timeout;
    }
    // "ERR max number of clients reached" has no code of its own.
    let full = error.to_string().contains("max number of clients");
    let unusable = matches!(
        error.kind(),
        ErrorKind::AuthenticationFailed
            | ErrorKind::InvalidClientConfig
            | ErrorKind::RESP3NotSupported
    );
    if full || unusable {
        EngineError::Away(error.to_string())
    } else {
        EngineError::Corrupt(error.to_string())
    }
}

/// Whether the slot is elsewhere: nothing was done, and another primary may do it.
pub(super) fn moved(error: &RedisError) -> bool {
    error.code() == Some("MOVED")
}

/// Whether the slot is on its way to another primary, its keys in two places: nothing was done, and soon it
/// can be.
pub(super) fn on_its_way(error: &RedisError) -> bool {
    matches!(error.code(), Some("ASK" | "TRYAGAIN"))
}

/// Whether this server is no primary any more, or shuts down: it is better to connect anew.
pub(super) fn wants_reconnect(error: &RedisError) -> bool {
    error.code() == Some("READONLY")
}
