//! What is looked at once, when a node connects: the version, and settings that lose messages.

use redis::InfoDict;

use super::{address::Topology, connection::Request, primaries::Primaries, primary::Primary};
use crate::engine::EngineError;

/// The oldest version with sharded publish and subscribe; Valkey began at 7.2.
const OLDEST: u32 = 7;

/// Refuses a store that is too old; warns of one that may forget.
pub(super) async fn run(primaries: &Primaries) -> Result<(), EngineError> {
    for primary in primaries.all() {
        let command = redis::cmd("INFO");
        let info = primary.connection.call::<InfoDict>(Request::Command(&command)).await;
        let info = info.map_err(|error| {
            let shown = &primaries.address.shown;
            EngineError::Away(format!("{shown} gives no INFO: {error:?}"))
        })?;
        check_version(&primaries.address.shown, &info)?;
        check_place(primaries, &info)?;
        warn_of_loss(&primary, &info);
    }
    Ok(())
}

pub(super) fn check_version(shown: &str, info: &InfoDict) -> Result<(), EngineError> {
    let version: String = info.get("redis_version").unwrap_or_default();
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        let why = format!("{shown} is Redis {version}; Parlor needs Redis 7.0 or later, or Valkey");
        return Err(EngineError::Away(why));
    }
    Ok(())
}

/// A replica takes no writes, and a cluster's node only some: both are a URL gone wrong.
fn check_place(primaries: &Primaries, info: &InfoDict) -> Result<(), EngineError> {
    let shown = &primaries.address.shown;
    let clustered = info.get::<String>("cluster_enabled").as_deref() == Some("1");
    if clustered && primaries.address.topology == Topology::Standalone {
        let why = format!("{shown} is a node of a cluster: use redis+cluster://");
        return Err(EngineError::Away(why));
    }
    // Sentinels name a replica only for a moment, while they make it a primary.
    let watched = primaries.address.topology == Topology::Sentinel;
    if !watched && info.get::<String>("role").as_deref() == Some("slave") {
        return Err(EngineError::Away(format!("{shown} is a replica: name its primary")));
    }
    Ok(())
}

fn warn_of_loss(primary: &Primary, info: &InfoDict) {
    let address = &primary.address;
    if info.get::<String>("aof_enabled").as_deref() == Some("0") {
        tracing::warn!(redis.address = %address,
            "appendonly is off: what was said since the last snapshot is lost when Redis stops");
    }
    let policy = info.get::<String>("maxmemory_policy").unwrap_or_default();
    if policy != "noeviction" {
        tracing::warn!(redis.address = %address, policy,
            "maxmemory-policy is not noeviction: Redis may drop messages and sessions");
    }
}
