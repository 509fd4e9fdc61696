//! Where a cluster says its slots are.

use std::{ops::RangeInclusive, pin::pin, time::Duration};

use futures_util::{StreamExt, stream::FuturesUnordered};
use redis::{AsyncConnectionConfig, Client, ConnectionInfo, Pipeline, RedisResult, Value};

use super::{
    CALL, connection::Request, primaries::Primaries, primary::Primary, whereabouts::Slots,
};

/// How long the slower are waited for once somebody has said it.
const PATIENCE: Duration = Duration::from_secs(1);

/// What one node says.
struct Said {
    slots: Slots,
    /// The highest it knows of; rises with each fail-over: whoever was cut off has a lower one.
    epoch: u64,
}

/// Asks the primaries known, else the nodes in the URL, and believes the one that knows of the latest
/// fail-over: one that was away may still name itself.
///
/// # Errors
/// Why none of them says it.
pub(super) async fn slots(primaries: &Primaries) -> Result<Slots, String> {
    let known = primaries.all();
    match latest(known.iter().map(|primary| ask_again(primary))).await {
        Ok(slots) => Ok(slots),
        Err(why) if primaries.address.seeds.is_empty() => Err(why),
        Err(_) => latest(primaries.address.seeds.iter().map(ask)).await,
    }
}

async fn latest<F: Future<Output = Result<Said, String>>>(
    asked: impl Iterator<Item = F>,
) -> Result<Slots, String> {
    let mut answers: FuturesUnordered<F> = asked.collect();
    let mut enough = pin!(tokio::time::sleep(PATIENCE));
    let (mut latest, mut why) = (None::<Said>, "no node is known".to_owned());
    loop {
        tokio::select! {
            answer = answers.next() => match answer {
                None => break,
                Some(Err(error)) => why = error,
                Some(Ok(said)) if latest.as_ref().is_none_or(|l| l.epoch < said.epoch) => {
                    latest = Some(said);
                }
                Some(Ok(_)) => {}
            },
            () = &mut enough, if latest.is_some() => break,
        }
    }
    latest.map(|said| said.slots).ok_or(why)
}

/// Over the link that is there.
async fn ask_again(primary: &Primary) -> Result<Said, String> {
    let question = question();
    let answer = primary.connection.call::<(String, Value)>(Request::Line(&question)).await;
    read_all(&answer.map_err(|error| format!("{error:?}"))?, &primary.address)
}

async fn ask(seed: &ConnectionInfo) -> Result<Said, String> {
    let answer: RedisResult<(String, Value)> = async {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CALL))
            .set_response_timeout(Some(CALL));
        let client = Client::open(seed.clone())?;
        let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
        question().query_async(&mut connection).await
    }
    .await;
    read_all(&answer.map_err(|error| error.to_string())?, &seed.addr().to_string())
}

fn question() -> Pipeline {
    let mut question = Pipeline::new();
    question.cmd("CLUSTER").arg("INFO");
    question.cmd("CLUSTER").arg("SLOTS");
    question
}

fn read_all((info, slots): &(String, Value), asked: &str) -> Result<Said, String> {
    let slots = read(slots, asked).ok_or("CLUSTER SLOTS gave something else")?;
    if slots.is_empty() {
        return Err("the cluster has no slots yet".to_owned());
    }
    let epoch = info.lines().find_map(|line| line.strip_prefix("cluster_current_epoch:"));
    let epoch = epoch.and_then(|epoch| epoch.trim().parse().ok());
    Ok(Said { slots, epoch: epoch.ok_or("CLUSTER INFO gave something else")? })
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
