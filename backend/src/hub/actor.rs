//! The single owner of a followed log: runs its channel, answers follows, delivers in order.

mod control;
mod deliver;
mod waiting;

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt;
use parlor_shared::{LogId, Millis};
use tokio::{sync::watch, time::sleep_until};

use super::{
    Channel, Shared,
    asking::Asking,
    followers::Followers,
    inbox::{Arrival, Inbox},
    recent::Recent,
    room_presence::RoomPresence,
};
use crate::{
    engine::{EngineError, Online},
    ids,
};
use control::refuse;
use waiting::{Waiting, Want};

/// How long a log nobody follows is still listened to: people come back.
const IDLE_MS: Millis = 30_000;
/// Between two looks at the top, in milliseconds.
const LOOK_MS: Millis = 10_000;

/// One followed log.
pub(super) struct Actor {
    log: LogId,
    shared: Arc<Shared>,
    online: watch::Receiver<Arc<Online>>,
    channel: Channel,
    followers: Followers,
    /// In a box: most logs are people's.
    presence: Option<Box<RoomPresence>>,
    recent: Recent,
    waiting: Waiting,
    asking: Asking,
    look_at: Millis,
    idle_at: Millis,
}

impl Actor {
    /// Listens to `log` for as long as somebody follows it, and 30 s more.
    pub(super) async fn run(log: LogId, shared: Arc<Shared>, mut inbox: Inbox) {
        loop {
            let started = AssertUnwindSafe(Self::start(&log, &shared)).catch_unwind().await;
            match started.unwrap_or_else(|_| Err(EngineError::Away("no answer".to_owned()))) {
                Ok(mut actor) => actor.live(&mut inbox).await,
                Err(error) => refuse(&mut inbox, &error),
            }
            shared.broker.unfollow(&log).await;
            if shared.mailboxes.retire(&log, &inbox) {
                return;
            }
        }
    }

    /// Lives until nobody needs it. A panic, which is a fault of this program or of what it is built on,
    /// ends it too; then those who follow are told to follow again, or they would hear nothing more.
    async fn live(&mut self, inbox: &mut Inbox) {
        loop {
            match AssertUnwindSafe(self.turn(inbox)).catch_unwind().await {
                Ok(true) => {}
                Ok(false) => return,
                Err(_) => {
                    tracing::error!(log = %self.log, "a log's owner panicked; it begins anew");
                    return self.followers.interrupt();
                }
            }
        }
    }

    /// Listens first, then asks where the log is: nothing falls in between. In a box, since there is
    /// one for each person who is here, and a future keeps room for what it was given twice.
    async fn start(log: &LogId, shared: &Arc<Shared>) -> Result<Box<Self>, EngineError> {
        if let Err(error) = shared.broker.follow(log).await {
            tracing::debug!(log = %log, %error, "not listening yet: the engine will say");
        }
        let top = shared.broker.top(log).await?;
        let now = shared.clock.now();
        let presence = match log {
            LogId::Room(room) => Some(Box::new(RoomPresence::new(room.clone()))),
            LogId::Person(_) => None,
        };
        Ok(Box::new(Self {
            log: log.clone(),
            online: shared.online.clone(),
            channel: Channel::new(top.position.clone()),
            recent: Recent::new(top),
            waiting: Waiting::default(),
            followers: Followers::new(log.clone(), shared.metrics.clone()),
            presence,
            asking: Asking::new(Arc::clone(&shared.broker), log.clone()),
            look_at: now + LOOK_MS + ids::below(1_000),
            idle_at: now + IDLE_MS,
            shared: Arc::clone(shared),
        }))
    }

    /// Waits for one thing to happen and does it; false when nobody needs this actor any more.
    async fn turn(&mut self, inbox: &mut Inbox) -> bool {
        self.ask();
        let wake = self.shared.clock.instant(self.wake_at());
        let watching = self.presence.is_some();
        tokio::select! {
            arrival = inbox.next() => match arrival {
                Arrival::Control(control) => self.control(control, inbox),
                Arrival::Entry(entry) => self.hear(*entry),
                Arrival::Missed => self.channel.doubt(),
            },
            answer = self.asking.answer() => self.take(answer),
            Ok(()) = self.online.changed(), if watching => {
                self.presence.iter_mut().for_each(|presence| presence.touch());
            }
            () = sleep_until(wake) => {}
        }
        self.tell_presence();
        self.is_needed()
    }

    fn now(&self) -> Millis {
        self.shared.clock.now()
    }

    fn is_needed(&mut self) -> bool {
        let now = self.now();
        if !self.followers.is_empty() || !self.waiting.is_empty() {
            self.idle_at = now + IDLE_MS;
        }
        now < self.idle_at
    }

    /// Asks the store the most pressing question, if it may be asked now.
    fn ask(&mut self) {
        let now = self.now();
        if self.asking.free_at().is_none_or(|free_at| now < free_at) {
            return;
        }
        if self.channel.needs_read(now) {
            self.asking.changes(self.channel.begin_read());
        } else if self.needs_members() {
            self.asking.members();
        } else {
            match self.want() {
                Some(Want::Changes(after)) => self.asking.catch_up(after),
                Some(Want::Top) => self.look(now),
                None if now >= self.look_at => self.look(now),
                None => {}
            }
        }
    }

    /// Asks for the top.
    fn look(&mut self, now: Millis) {
        self.look_at = now + LOOK_MS;
        self.recent.tidy(now);
        self.asking.top(self.channel.position().clone());
    }

    fn needs_members(&self) -> bool {
        !(self.followers.is_empty() && self.waiting.is_empty())
            && self.presence.as_ref().is_some_and(|presence| presence.needs_members())
    }

    /// When to look again if nothing happens before.
    fn wake_at(&self) -> Millis {
        let now = self.now();
        let wants =
            self.channel.needs_read(now) || self.needs_members() || !self.waiting.is_empty();
        let question = if wants { self.asking.free_at().filter(|at| *at > now) } else { None };
        let look = self.asking.free_at().map(|free_at| free_at.max(self.look_at));
        let presence = self.presence.as_ref().and_then(|presence| presence.due_at());
        [self.channel.deadline(now), question, look, presence]
            .into_iter()
            .flatten()
            .fold(self.idle_at.max(now + 1), Millis::min)
    }
}
