//! Which primary of a cluster has which slots, looked up at the start, when told of a move, and
//! every 5 s.

use std::{
    ops::RangeInclusive,
    sync::{Arc, Weak},
    time::Duration,
};

use redis::{AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, RedisResult, Value};
use tokio::time::Instant;

use super::{
    CALL,
    address::Topology,
    backoff::Backoff,
    connection::Request,
    keys::Keys,
    primaries::{Owners, Primaries, Primary, owner},
    slot::slot_of,
};

/// How often to look without being told.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The least time between two looks, however many calls ran into a move.
const PAUSE: Duration = Duration::from_millis(100);

/// Slots and the `host, port` that has them.
type Slots = Vec<(RangeInclusive<u16>, String, u16)>;

/// Looks until some node named in the URL tells where the slots are.
pub(super) async fn first_look(primaries: &Primaries, deadline: Instant) -> Result<(), String> {
    let mut backoff = Backoff::default();
    loop {
        let why = match look(primaries).await {
            Ok(()) => return Ok(()),
            Err(why) => why,
        };
        let next = Instant::now() + backoff.next();
        if next > deadline {
            return Err(why);
        }
        tokio::time::sleep_until(next).await;
    }
}

/// Keeps looking for as long as `primaries` lives. A single server needs none of it.
pub(super) fn keep_informed(primaries: &Arc<Primaries>) {
    if primaries.address.topology == Topology::Cluster {
        let misplaced = Arc::clone(&primaries.misplaced);
        let primaries = Arc::downgrade(primaries);
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = misplaced.notified() => {}
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                }
                if !look_once(&primaries).await {
                    return;
                }
                tokio::time::sleep(PAUSE).await;
            }
        });
    }
}

async fn look_once(primaries: &Weak<Primaries>) -> bool {
    let Some(primaries) = primaries.upgrade() else { return false };
    if let Err(why) = look(&primaries).await {
        tracing::warn!(why, "the cluster does not say where its slots are");
    }
    primaries.looked.notify_waiters();
    true
}

/// One look: from the primaries known, else from the nodes in the URL.
async fn look(primaries: &Primaries) -> Result<(), String> {
    let mut why = "no node is known".to_owned();
    for primary in primaries.all() {
        let slots = redis::cmd("CLUSTER").arg("SLOTS").to_owned();
        match primary.connection.call::<Value>(Request::Command(&slots)).await {
            Ok(answer) => return settle(primaries, &answer, &primary.address).await,
            Err(error) => why = format!("{error:?}"),
        }
    }
    for seed in &primaries.address.seeds {
        match ask(seed).await {
            Ok(answer) => return settle(primaries, &answer, &seed.addr().to_string()).await,
            Err(error) => why = error.to_string(),
        }
    }
    Err(why)
}

async fn ask(seed: &ConnectionInfo) -> RedisResult<Value> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CALL))
        .set_response_timeout(Some(CALL));
    let client = Client::open(seed.clone())?;
    let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
    redis::cmd("CLUSTER").arg("SLOTS").query_async(&mut connection).await
}

/// Takes the slots as they are now, and moves followed logs to where they belong.
async fn settle(primaries: &Primaries, answer: &Value, asked: &str) -> Result<(), String> {
    let slots = read(answer, asked).ok_or("CLUSTER SLOTS gave something else")?;
    if slots.is_empty() {
        return Err("the cluster has no slots yet".to_owned());
    }
    let known = primaries.all();
    let mut owners: Owners = Vec::new();
    for (range, host, port) in slots {
        let info = info_for(primaries, host, port)?;
        let address = info.addr().to_string();
        let mut met = known.iter().chain(owners.iter().map(|(_, primary)| primary));
        let held = met.find(|primary| primary.address == address).map(Arc::clone);
        let primary = match held {
            Some(primary) => primary,
            None => primaries.primary(info).map_err(|error| error.to_string())?,
        };
        owners.push((range, primary));
    }
    let before = primaries.replace_owners(owners.clone());
    rehome(primaries, &before, &owners).await;
    Ok(())
}

/// Moves the subscriptions of logs whose slot has another owner now.
async fn rehome(primaries: &Primaries, before: &Owners, now: &Owners) {
    for log in primaries.followed() {
        let slot = slot_of(&Keys::tag(&log));
        let (old, new) = (owner(before, slot), owner(now, slot));
        if same(old.as_ref(), new.as_ref()) {
            continue;
        }
        if let Some(old) = old {
            old.subscriber.unfollow(&log).await;
        }
        if let Some(new) = new {
            new.subscriber.adopt(&log).await;
        }
    }
}

fn same(old: Option<&Arc<Primary>>, new: Option<&Arc<Primary>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// The settings for a node: those of the first node in the URL, at another address.
fn info_for(primaries: &Primaries, host: String, port: u16) -> Result<ConnectionInfo, String> {
    let seed = primaries.address.seeds.first().ok_or("the URL names no node")?;
    let mut address = ConnectionAddr::Tcp(host.clone(), port);
    if let ConnectionAddr::TcpTls { insecure, tls_params, .. } = seed.addr() {
        let (insecure, tls_params) = (*insecure, tls_params.clone());
        address = ConnectionAddr::TcpTls { host, port, insecure, tls_params };
    }
    Ok(seed.clone().set_addr(address))
}

/// Reads CLUSTER SLOTS: `[from, to, [host, port, …], replicas…]` each. An empty host is the one
/// that was asked.
fn read(answer: &Value, asked: &str) -> Option<Slots> {
    let Value::Array(ranges) = answer else { return None };
    ranges.iter().map(|range| read_range(range, asked)).collect()
}

fn read_range(range: &Value, asked: &str) -> Option<(RangeInclusive<u16>, String, u16)> {
    let Value::Array(parts) = range else { return None };
    let [Value::Int(from), Value::Int(to), Value::Array(primary), ..] = parts.as_slice() else {
        return None;
    };
    let [host, Value::Int(port), ..] = primary.as_slice() else { return None };
    let host = if let Value::BulkString(bytes) = host
        && !bytes.is_empty()
    {
        String::from_utf8(bytes.clone()).ok()?
    } else {
        asked.rsplit_once(':').map(|(host, _)| host.to_owned())?
    };
    let slots = u16::try_from(*from).ok()?..=u16::try_from(*to).ok()?;
    Some((slots, host, u16::try_from(*port).ok()?))
}
