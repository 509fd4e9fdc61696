//! The connection for announcements of one primary: which logs are followed there, and what comes.

mod logs;

use std::{collections::HashSet, sync::Arc};

use futures_util::{StreamExt, stream};
use parking_lot::Mutex;
use parlor_shared::{Entry, LogId};
use redis::{
    Client, FromRedisValue, PushInfo, PushKind, RedisError, RedisResult, aio::MultiplexedConnection,
};
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};

use self::logs::Logs;
use super::{
    error::moved,
    keys::Keys,
    upkeep::{Tenant, Upkeep},
};
use crate::engine::{Announcement, Delivery, EngineError, unreadable::unreadable};

/// Subscriptions under way at once after a reconnect.
const AT_ONCE: usize = 64;

/// One primary's announcements.
#[derive(Debug)]
pub(super) struct Subscriber {
    shared: Arc<Shared>,
    upkeep: Upkeep,
}

impl Subscriber {
    /// Begins to connect. `misplaced` is told when a followed log is no longer on this primary.
    pub(super) fn begin(
        client: Client,
        keys: Arc<Keys>,
        delivery: Arc<dyn Delivery>,
        misplaced: Arc<Notify>,
    ) -> Self {
        let shared = Shared {
            keys,
            delivery,
            misplaced,
            logs: Mutex::default(),
            first_up: watch::Sender::new(false),
        };
        let shared = Arc::new(shared);
        Self { upkeep: Upkeep::begin(client, Arc::clone(&shared)), shared }
    }

    /// Waits until announcements were heard for the first time, or `deadline`.
    pub(super) async fn wait_until_first_up(&self, deadline: Instant) {
        let mut first = self.shared.first_up.subscribe();
        // Without it a follow is refused, and made good later.
        let _ = tokio::time::timeout_at(deadline, first.wait_for(|up| *up)).await;
    }

    /// Subscribes to a log's channel and waits until the primary says so. Also after an error the
    /// log is followed: from the next link on, which announces a doubt of it.
    pub(super) async fn follow(&self, log: &LogId) -> Result<(), EngineError> {
        let connection = self.shared.logs.lock().follow(log);
        let Some(connection) = connection else {
            return Err(EngineError::Away("announcements are not heard now".to_owned()));
        };
        let subscribed = self.shared.subscribe(connection, log.clone()).await;
        subscribed.map_err(|error| {
            self.shared.lost_one(log, &error, &self.upkeep);
            EngineError::Away(error.to_string())
        })
    }

    /// Follows a log that was followed elsewhere until now, so that something may have been missed.
    pub(super) async fn adopt(&self, log: &LogId) {
        if self.follow(log).await.is_ok() {
            self.shared.doubt(log);
        }
    }

    /// Subscribes anew to what this primary refused or ended, after a look that says it has them: a slot
    /// may have come back before anybody looked, or arrived after it was said to have.
    pub(super) async fn adopt_unheard(&self) {
        let unheard = self.shared.logs.lock().take_unheard();
        for log in unheard {
            self.adopt(&log).await;
        }
    }

    /// Ends a subscription.
    pub(super) async fn unfollow(&self, log: &LogId) {
        let connection = self.shared.logs.lock().unfollow(log);
        let Some(mut connection) = connection else { return };
        let channel = self.shared.keys.log(log).channel();
        // A link that fails here is noticed by its own ping.
        let _ = redis::cmd("SUNSUBSCRIBE").arg(channel).exec_async(&mut connection).await;
        // Somebody may have followed it anew while this was under way.
        if self.shared.logs.lock().follows(log) {
            self.adopt(log).await;
        }
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        // The link's own task holds the tenant, which holds the link: this unties them.
        self.shared.down("the engine is closed");
    }
}

struct Shared {
    keys: Arc<Keys>,
    delivery: Arc<dyn Delivery>,
    misplaced: Arc<Notify>,
    /// Whether the connection was ever up.
    first_up: watch::Sender<bool>,
    logs: Mutex<Logs>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscriber").field("followed", &self.logs.lock().count()).finish()
    }
}

impl Shared {
    async fn subscribe(
        &self,
        mut connection: MultiplexedConnection,
        log: LogId,
    ) -> RedisResult<()> {
        let channel = self.keys.log(&log).channel();
        redis::cmd("SSUBSCRIBE").arg(channel).exec_async(&mut connection).await
    }

    /// Subscribes to all of `logs`, which a moved slot among them does not hinder.
    async fn subscribe_all(
        &self,
        connection: &MultiplexedConnection,
        logs: &[LogId],
    ) -> RedisResult<()> {
        let each = logs.iter().cloned().map(|log| {
            let connection = connection.clone();
            async move { (self.subscribe(connection, log.clone()).await, log) }
        });
        let mut answers = stream::iter(each).buffer_unordered(AT_ONCE);
        while let Some((answer, log)) = answers.next().await {
            match answer {
                Err(error) if moved(&error) => self.refused(&log),
                answer => answer?,
            }
        }
        Ok(())
    }

    fn lost_one(&self, log: &LogId, error: &RedisError, upkeep: &Upkeep) {
        if moved(error) {
            self.refused(log);
        } else {
            upkeep.renew();
        }
    }

    /// The primary does not have a log. If it is followed, it is looked for.
    fn refused(&self, log: &LogId) {
        if self.logs.lock().refused(log) {
            self.misplaced.notify_one();
        }
    }

    fn doubt(&self, log: &LogId) {
        self.delivery.deliver(Announcement::Doubt(log.clone()));
    }

    fn announced(&self, data: Vec<redis::Value>) {
        let Ok((channel, json)) = <(String, Vec<u8>)>::from_redis_value(redis::Value::Array(data))
        else {
            return tracing::warn!("an announcement of another form was ignored");
        };
        match serde_json::from_slice::<Entry>(&json) {
            Ok(entry) => self.delivery.deliver(Announcement::Entry(entry)),
            Err(error) => {
                let (log, why) = (Keys::log_of_channel(&channel), unreadable(&error));
                let id = log.as_ref().map(tracing::field::display);
                tracing::warn!(log = id, why, "an announcement cannot be read");
                if let Some(log) = log {
                    self.doubt(&log);
                }
            }
        }
    }

    /// A subscription ended. If nobody here asked for that, its slot has moved.
    fn ended(&self, data: Vec<redis::Value>) {
        let channel = data.into_iter().next().and_then(|name| String::from_redis_value(name).ok());
        let log = channel.and_then(|channel| Keys::log_of_channel(&channel));
        if let Some(log) = log {
            self.refused(&log);
        }
    }
}

impl Tenant for Shared {
    const USE: &str = "announcements";

    async fn up(&self, connection: MultiplexedConnection) -> RedisResult<()> {
        let mut done = HashSet::new();
        loop {
            let missing = self.logs.lock().missing_or_open(&done, &connection);
            if missing.is_empty() {
                break;
            }
            self.subscribe_all(&connection, &missing).await?;
            done.extend(missing);
        }
        self.first_up.send_replace(true);
        done.iter().for_each(|log| self.doubt(log));
        Ok(())
    }

    fn down(&self, _: &str) {
        self.logs.lock().down();
    }

    fn heard(&self, push: PushInfo) {
        // What else comes are confirmations.
        if push.kind == PushKind::SMessage {
            self.announced(push.data);
        } else if push.kind == PushKind::SUnsubscribe {
            self.ended(push.data);
        }
    }
}
