//! What an operator should know of a store before relying on it.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use redis::{Cmd, FromRedisValue, InfoDict};

use super::{
    address,
    checks::check_version,
    connection::{CallError, Connection, Request},
    keys::Keys,
    primaries::Primaries,
    primary::Primary,
};
use crate::engine::{Announcement, Delivery, EngineError};

/// For how long the key lives that shows whether writes are taken.
const TRIED: Duration = Duration::from_secs(1);

/// One primary, as it says of itself.
#[derive(Clone, Debug)]
pub struct Examined {
    /// Its `host:port`.
    pub address: String,
    /// Its version.
    pub version: String,
    /// Whether it appends each write to a file.
    pub appends: bool,
    /// When it syncs that file, if this user may see it.
    pub fsync: Option<String>,
    /// What it does when its memory is full.
    pub policy: String,
    /// Replicas that are connected to it.
    pub replicas: u32,
    /// Why it takes no write now.
    pub write_refused: Option<String>,
    /// How far its clock is from this machine's.
    pub clock_apart_ms: u64,
}

/// Hears nothing: nothing is followed.
struct Deaf;

impl Delivery for Deaf {
    fn deliver(&self, _: Announcement) {}
}

/// Connects to the store at `url` and looks at each of its primaries.
///
/// # Errors
/// [`EngineError::Away`], naming the URL without its password, when it does not answer or is too old.
pub async fn examine(url: &str, prefix: &str) -> Result<Vec<Examined>, EngineError> {
    let address = address::parse(url)?;
    // Fails only where one was chosen before, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let keys = Arc::new(Keys::new(prefix)?);
    let primaries = Primaries::connect(address, Arc::clone(&keys), Arc::new(Deaf), 0).await?;
    let mut examined = Vec::new();
    for primary in primaries.all() {
        let shown = &primaries.address.shown;
        let looked = look(&primary, shown, &keys).await;
        examined.push(looked?);
    }
    Ok(examined)
}

async fn look(primary: &Primary, shown: &str, keys: &Keys) -> Result<Examined, EngineError> {
    let (connection, address) = (&primary.connection, primary.address.clone());
    let asked: Result<InfoDict, CallError> = ask(connection, &redis::cmd("INFO")).await;
    let info =
        asked.map_err(|error| EngineError::Away(format!("{shown} gives no INFO: {error:?}")))?;
    check_version(shown, &info)?;
    let mut fsync = redis::cmd("CONFIG");
    fsync.arg("GET").arg("appendfsync");
    let fsync = ask::<Vec<(String, String)>>(connection, &fsync).await.ok();
    let mut write = redis::cmd("SET");
    write.arg(keys.tried()).arg(1).arg("PX").arg(u64::try_from(TRIED.as_millis()).unwrap_or(1));
    let refused = ask::<()>(connection, &write).await.err();
    Ok(Examined {
        address,
        version: info.get("redis_version").unwrap_or_default(),
        appends: info.get::<String>("aof_enabled").as_deref() == Some("1"),
        fsync: fsync.and_then(|pairs| pairs.into_iter().next()).map(|(_, value)| value),
        policy: info.get("maxmemory_policy").unwrap_or_default(),
        replicas: info.get("connected_slaves").unwrap_or_default(),
        write_refused: refused.filter(|error| !is_elsewhere(error)).map(|error| why(&error)),
        clock_apart_ms: clock_apart_ms(connection).await,
    })
}

async fn ask<T: FromRedisValue>(connection: &Connection, command: &Cmd) -> Result<T, CallError> {
    connection.call(Request::Command(command)).await
}

/// The key's slot is another primary's: this one was asked for nothing.
fn is_elsewhere(error: &CallError) -> bool {
    matches!(error, CallError::Failed(error) if super::error::moved(error))
}

fn why(error: &CallError) -> String {
    match error {
        CallError::Down(why) => why.clone(),
        CallError::TooLate => "no answer".to_owned(),
        CallError::Failed(error) => error.to_string(),
    }
}

/// How far apart the clocks are, at the least: the answer was given between asking and hearing it.
async fn clock_apart_ms(connection: &Connection) -> u64 {
    let before = now_ms();
    let told: Result<(u64, u64), CallError> = ask(connection, &redis::cmd("TIME")).await;
    let after = now_ms();
    told.map_or(0, |(seconds, micros)| {
        let theirs = seconds * 1_000 + micros / 1_000;
        before.saturating_sub(theirs).max(theirs.saturating_sub(after))
    })
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
