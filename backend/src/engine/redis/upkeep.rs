//! Keeps one connection up: connects, watches, gives up a dead link, connects again.

use std::{sync::Arc, time::Duration};

use futures_util::FutureExt;
use redis::{
    AsyncConnectionConfig, Client, PushInfo, PushKind, RedisResult, aio::MultiplexedConnection,
};
use tokio::{sync::Notify, task::JoinHandle, time::Instant};

use super::{CALL, backoff::Backoff};

/// How often a link is asked whether it still lives; an answer may take as long as a call. So a
/// link that a router forgot, or a server that stands still, is given up after 7 s.
const PING_EVERY: Duration = Duration::from_secs(2);
/// A link that held this long was no failed try: the next series of waits starts afresh.
const HELD: Duration = Duration::from_secs(10);
/// Commands queued for the socket; beyond it callers wait, within their 5 s.
const QUEUE: usize = 1024;

/// Whoever uses a connection that comes and goes.
pub(super) trait Tenant: Send + Sync + 'static {
    /// What it uses the connection for, in the log.
    const USE: &str;

    /// It is up. An error gives it up.
    fn up(&self, connection: MultiplexedConnection)
    -> impl Future<Output = RedisResult<()>> + Send;

    /// It is down, for this reason.
    fn down(&self, reason: &str);

    /// Something came unasked. Never blocks.
    fn heard(&self, push: PushInfo);
}

/// The task that keeps a connection up; it ends with this.
#[derive(Debug)]
pub(super) struct Upkeep {
    task: JoinHandle<()>,
    suspect: Arc<Notify>,
}

impl Upkeep {
    /// Begins to connect and to keep connected.
    pub(super) fn begin<T: Tenant>(client: Client, tenant: Arc<T>) -> Self {
        let suspect = Arc::new(Notify::new());
        let task = tokio::spawn(keep_up(client, tenant, Arc::clone(&suspect)));
        Self { task, suspect }
    }

    /// Has the connection given up and made anew.
    pub(super) fn renew(&self) {
        self.suspect.notify_one();
    }
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn keep_up<T: Tenant>(client: Client, tenant: Arc<T>, suspect: Arc<Notify>) {
    let address = client.get_connection_info().addr().to_string();
    let mut backoff = Backoff::default();
    let mut told = false;
    loop {
        let begun = Instant::now();
        let reason = match one_link(&client, &tenant, &suspect, &mut told).await {
            Ok(reason) => reason,
            Err(error) => error.to_string(),
        };
        tenant.down(&reason);
        if !told {
            let link = T::USE;
            tracing::warn!(redis.address = %address, link, reason, "Redis is away; trying again");
            told = true;
        }
        if begun.elapsed() > HELD {
            backoff = Backoff::default();
        }
        tokio::time::sleep(backoff.next()).await;
    }
}

/// Connects and stays until the link is lost; why it was.
async fn one_link<T: Tenant>(
    client: &Client,
    tenant: &Arc<T>,
    suspect: &Notify,
    told: &mut bool,
) -> RedisResult<String> {
    let lost = Arc::new(Notify::new());
    let config = config(Arc::clone(tenant), Arc::clone(&lost));
    // A wish from before is granted by connecting.
    let _ = suspect.notified().now_or_never();
    let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
    tenant.up(connection.clone()).await?;
    if std::mem::take(told) {
        let address = client.get_connection_info().addr();
        tracing::info!(redis.address = %address, link = T::USE, "Redis is back");
    }
    loop {
        tokio::select! {
            () = lost.notified() => return Ok("the link was cut".to_owned()),
            () = suspect.notified() => return Ok("the link is made anew".to_owned()),
            () = tokio::time::sleep(PING_EVERY) => {}
        }
        redis::cmd("PING").exec_async(&mut connection).await?;
    }
}

fn config<T: Tenant>(tenant: Arc<T>, lost: Arc<Notify>) -> AsyncConnectionConfig {
    let heard = move |push: PushInfo| -> Result<(), redis::aio::SendError> {
        if push.kind == PushKind::Disconnection {
            lost.notify_one();
        } else {
            tenant.heard(push);
        }
        Ok(())
    };
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CALL))
        .set_response_timeout(Some(CALL))
        .set_pipeline_buffer_size(QUEUE)
        .set_push_sender(heard)
}
