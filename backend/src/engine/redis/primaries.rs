//! All primaries of the store, and which of them has a key. A single server has them all.

use std::{collections::HashSet, sync::Arc, time::Duration};

use parking_lot::{Mutex, RwLock};
use parlor_shared::{Epoch, LogId};
use redis::{Client, Cmd, ConnectionInfo, FromRedisValue, ScriptInvocation};
use tokio::{sync::Notify, time::Instant};

use super::{
    CALL, START,
    address::{Address, Topology},
    connection::{CallError, Connection, Request},
    error::{engine_error, moved, on_its_way, wants_reconnect},
    keys::Keys,
    primary::{Owners, Primary, owner},
    replication::Replication,
    slot::slot_of,
    subscriber::Subscriber,
    whereabouts,
};
use crate::engine::{Delivery, EngineError};

/// How often a call follows a slot that moved.
const MOVES_FOLLOWED: u32 = 3;

/// How long a call waits for a slot that is on its way; less than a call may take, so that it is refused and
/// not in doubt.
const MOVE: Duration = Duration::from_secs(3);
/// Between two tries of such a call.
const MOVE_PAUSE: Duration = Duration::from_millis(50);

/// How long a primary is waited for at the start before it is looked up again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The store, as the rest of the engine uses it.
pub(super) struct Primaries {
    /// Where it was said to be.
    pub(super) address: Address,
    /// Asked for whenever the slots may have moved.
    pub(super) misplaced: Arc<Notify>,
    /// Signalled after each look at the slots.
    pub(super) looked: Notify,
    keys: Arc<Keys>,
    delivery: Arc<dyn Delivery>,
    /// How many replicas are to have a write before it is confirmed.
    replicas: u32,
    owners: RwLock<Owners>,
    followed: Mutex<HashSet<LogId>>,
}

impl std::fmt::Debug for Primaries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Primaries").field("address", &self.address.shown).finish_non_exhaustive()
    }
}

impl Primaries {
    /// Connects to every primary and waits for all of them.
    pub(super) async fn connect(
        address: Address,
        keys: Arc<Keys>,
        delivery: Arc<dyn Delivery>,
        replicas: u32,
    ) -> Result<Self, EngineError> {
        let deadline = Instant::now() + START;
        let primaries = Self {
            address,
            misplaced: Arc::new(Notify::new()),
            looked: Notify::new(),
            keys,
            delivery,
            replicas,
            owners: RwLock::default(),
            followed: Mutex::default(),
        };
        let away = |why: String| {
            EngineError::Away(format!("{} cannot be used: {why}", primaries.address.shown))
        };
        match (primaries.address.topology, primaries.address.seeds.first()) {
            (Topology::Standalone, Some(seed)) => {
                let only = primaries.primary(seed.clone()).map_err(|e| away(e.to_string()))?;
                *primaries.owners.write() = vec![(0..=u16::MAX, only)];
            }
            _ => whereabouts::first_look(&primaries, deadline).await.map_err(away)?,
        }
        primaries.wait_until_up(deadline).await.map_err(away)?;
        for primary in primaries.all() {
            primary.subscriber.wait_until_first_up(deadline).await;
        }
        Ok(primaries)
    }

    /// Waits for every primary, looking again where they are: one that does not answer may have been
    /// replaced.
    async fn wait_until_up(&self, deadline: Instant) -> Result<(), String> {
        loop {
            let soon = deadline.min(Instant::now() + LOOK_AGAIN);
            let mut why = None;
            for primary in self.all() {
                why = why.or(primary.connection.wait_until_up(soon).await.err());
            }
            match why {
                None => return Ok(()),
                Some(why) if Instant::now() >= deadline => return Err(why),
                // Whoever cannot say it now is asked again.
                Some(_) => drop(whereabouts::look(self).await),
            }
        }
    }

    /// Begins to connect to one primary.
    pub(super) fn primary(&self, info: ConnectionInfo) -> redis::RedisResult<Arc<Primary>> {
        let address = info.addr().to_string();
        let client = Client::open(info)?;
        let subscriber = Subscriber::begin(
            client.clone(),
            Arc::clone(&self.keys),
            Arc::clone(&self.delivery),
            Arc::clone(&self.misplaced),
        );
        let waits = self.replicas > 0;
        let replication = waits.then(|| Replication::begin(client.clone(), self.replicas));
        let connection = Connection::begin(client);
        Ok(Arc::new(Primary { address, connection, subscriber, replication }))
    }

    /// Every primary, once.
    pub(super) fn all(&self) -> Vec<Arc<Primary>> {
        let mut all: Vec<Arc<Primary>> = Vec::new();
        for (_, primary) in self.owners.read().iter() {
            if !all.iter().any(|held| Arc::ptr_eq(held, primary)) {
                all.push(Arc::clone(primary));
            }
        }
        all
    }

    /// Puts new owners in place; those that were there before.
    pub(super) fn replace_owners(&self, owners: Owners) -> Owners {
        std::mem::replace(&mut *self.owners.write(), owners)
    }

    /// The logs this node follows.
    pub(super) fn followed(&self) -> Vec<LogId> {
        self.followed.lock().iter().cloned().collect()
    }

    /// Follows a log, wherever its slot is.
    pub(super) async fn follow(&self, log: &LogId) -> Result<(), EngineError> {
        self.followed.lock().insert(log.clone());
        self.owner(slot_of(&Keys::tag(log)))?.subscriber.follow(log).await
    }

    /// Ends that.
    pub(super) async fn unfollow(&self, log: &LogId) {
        self.followed.lock().remove(log);
        if let Ok(owner) = self.owner(slot_of(&Keys::tag(log))) {
            owner.subscriber.unfollow(log).await;
        }
    }

    /// The primary that has a slot.
    pub(super) fn owner(&self, slot: u16) -> Result<Arc<Primary>, EngineError> {
        owner(&self.owners.read(), slot)
            .ok_or_else(|| EngineError::Away(format!("no primary has slot {slot} now")))
    }

    /// Runs a script where `key` is.
    pub(super) async fn script<T: FromRedisValue>(
        &self,
        key: &str,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, EngineError> {
        self.call(key, Request::Script(script)).await
    }

    /// Runs a command where `key` is.
    pub(super) async fn command<T: FromRedisValue>(
        &self,
        key: &str,
        command: &Cmd,
    ) -> Result<T, EngineError> {
        self.call(key, Request::Command(command)).await
    }

    /// Waits, if that is wanted, until replicas have what was written where `mark` is, under `epoch`.
    ///
    /// # Errors
    /// [`EngineError::Timeout`]: it was written, and may yet be lost.
    pub(super) async fn replicated(&self, mark: String, epoch: Epoch) -> Result<(), EngineError> {
        let owner = self.owner(slot_of(&mark)).map_err(|_| EngineError::Timeout)?;
        let Some(replication) = &owner.replication else { return Ok(()) };
        let waited = tokio::time::timeout(CALL, replication.wait(mark, epoch)).await;
        waited.unwrap_or(Err(EngineError::Timeout))
    }

    async fn call<T: FromRedisValue>(
        &self,
        key: &str,
        request: Request<'_>,
    ) -> Result<T, EngineError> {
        // Each try is limited; this is the limit for all of them.
        let answer = tokio::time::timeout(CALL, self.call_owner(slot_of(key), request)).await;
        answer.unwrap_or(Err(EngineError::Timeout))
    }

    /// Asks the primary that has a slot, and follows the slot if it has moved.
    async fn call_owner<T: FromRedisValue>(
        &self,
        slot: u16,
        request: Request<'_>,
    ) -> Result<T, EngineError> {
        let (too_long, mut moves) = (Instant::now() + MOVE, 0);
        while moves < MOVES_FOLLOWED {
            match self.owner(slot)?.connection.call(request).await {
                Ok(answer) => return Ok(answer),
                Err(CallError::Failed(error)) if moved(&error) => {
                    moves += 1;
                    self.look_again().await;
                }
                Err(CallError::Failed(error))
                    if on_its_way(&error) && Instant::now() < too_long =>
                {
                    tokio::time::sleep(MOVE_PAUSE).await;
                }
                Err(CallError::Failed(error)) => {
                    if wants_reconnect(&error) {
                        self.misplaced.notify_one();
                    }
                    return Err(engine_error(&error));
                }
                Err(CallError::TooLate) => return Err(EngineError::Timeout),
                Err(CallError::Down(reason)) => return Err(EngineError::Away(reason)),
            }
        }
        Err(EngineError::Away(format!("slot {slot} keeps moving")))
    }

    /// Has the slots looked up and waits for it.
    async fn look_again(&self) {
        let looked = self.looked.notified();
        self.misplaced.notify_one();
        // Too late is as good: the call is tried where the slot was last seen, or refused.
        let _ = tokio::time::timeout(CALL, looked).await;
    }
}
