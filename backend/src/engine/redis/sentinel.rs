//! Which server the sentinels say is the primary.

use std::{collections::HashMap, time::Duration};

use futures_util::{StreamExt, stream::FuturesUnordered};
use redis::{AsyncConnectionConfig, Client, ConnectionInfo, RedisResult};

use super::address::Address;

/// How long one sentinel may take. The others do not wait for it any longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// What one sentinel says.
struct Said {
    host: String,
    port: u16,
    /// Rises with each fail-over: whoever missed one has a lower one.
    config_epoch: u64,
}

/// The primary, by the sentinel that knows of the latest fail-over: one that was away may still name
/// the primary before.
///
/// # Errors
/// Why none of them names one.
pub(super) async fn primary(address: &Address) -> Result<(String, u16), String> {
    let asked: FuturesUnordered<_> =
        address.sentinels.iter().map(|sentinel| ask(sentinel, &address.name)).collect();
    let answers: Vec<Result<Said, String>> = asked.collect().await;
    let (mut latest, mut why) = (None::<Said>, "no sentinel is named".to_owned());
    for answer in answers {
        match answer {
            Ok(said) if latest.as_ref().is_none_or(|l| l.config_epoch < said.config_epoch) => {
                latest = Some(said);
            }
            Ok(_) => {}
            Err(error) => why = error,
        }
    }
    latest.map(|said| (said.host, said.port)).ok_or(why)
}

async fn ask(sentinel: &ConnectionInfo, name: &str) -> Result<Said, String> {
    let answer = tokio::time::timeout(PATIENCE, ask_at_leisure(sentinel, name)).await;
    let shown = sentinel.addr().to_string();
    let told = answer
        .map_err(|_| format!("sentinel {shown} does not answer"))?
        .map_err(|error| format!("sentinel {shown}: {error}"))?;
    let field = |field: &str| told.get(field).cloned().unwrap_or_default();
    let (port, config_epoch) = (field("port").parse(), field("config-epoch").parse());
    match (port, config_epoch) {
        (Ok(port), Ok(config_epoch)) => Ok(Said { host: field("ip"), port, config_epoch }),
        (Ok(_), Err(_)) | (Err(_), Ok(_) | Err(_)) => {
            Err(format!("sentinel {shown} gave something else"))
        }
    }
}

async fn ask_at_leisure(
    sentinel: &ConnectionInfo,
    name: &str,
) -> RedisResult<HashMap<String, String>> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE));
    let client = Client::open(sentinel.clone())?;
    let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
    redis::cmd("SENTINEL").arg("MASTER").arg(name).query_async(&mut connection).await
}
