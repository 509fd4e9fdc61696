//! Where a cluster says its slots are.

use std::ops::RangeInclusive;

use redis::{AsyncConnectionConfig, Client, ConnectionInfo, RedisResult, Value};

use super::{CALL, connection::Request, primaries::Primaries, whereabouts::Slots};

/// Asks the primaries known, else the nodes in the URL.
///
/// # Errors
/// Why none of them says it.
pub(super) async fn slots(primaries: &Primaries) -> Result<Slots, String> {
    let mut why = "no node is known".to_owned();
    for primary in primaries.all() {
        let slots = redis::cmd("CLUSTER").arg("SLOTS").to_owned();
        match primary.connection.call::<Value>(Request::Command(&slots)).await {
            Ok(answer) => return read_all(&answer, &primary.address),
            Err(error) => why = format!("{error:?}"),
        }
    }
    for seed in &primaries.address.seeds {
        match ask(seed).await {
            Ok(answer) => return read_all(&answer, &seed.addr().to_string()),
            Err(error) => why = error.to_string(),
        }
    }
    Err(why)
}

fn read_all(answer: &Value, asked: &str) -> Result<Slots, String> {
    let slots = read(answer, asked).ok_or("CLUSTER SLOTS gave something else")?;
    if slots.is_empty() {
        return Err("the cluster has no slots yet".to_owned());
    }
    Ok(slots)
}

async fn ask(seed: &ConnectionInfo) -> RedisResult<Value> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CALL))
        .set_response_timeout(Some(CALL));
    let client = Client::open(seed.clone())?;
    let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
    redis::cmd("CLUSTER").arg("SLOTS").query_async(&mut connection).await
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
