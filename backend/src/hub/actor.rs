//! The single owner of a followed log: runs its channel, answers follows, delivers in order.

use std::sync::Arc;

use parlor_shared::{Event, LogId, Millis, Outcome, Page};
use tokio::{sync::watch, time::sleep_until};

use super::{
    Channel, Completion, Deliver, Shared,
    asking::{Answer, Asking},
    followers::{Followers, removed},
    mailboxes::{Control, Follow, Inbox},
    room_presence::RoomPresence,
};
use crate::{
    engine::{EngineError, Online},
    ids,
};

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
    presence: Option<RoomPresence>,
    asking: Asking,
    look_at: Millis,
    idle_at: Millis,
}

impl Actor {
    /// Listens to `log` for as long as somebody follows it, and 30 s more.
    pub(super) async fn run(log: LogId, shared: Arc<Shared>, mut inbox: Inbox) {
        loop {
            match Self::start(&log, &shared).await {
                Ok(mut actor) => while actor.turn(&mut inbox).await {},
                Err(error) => refuse(&mut inbox, &error),
            }
            shared.broker.unfollow(&log).await;
            if shared.mailboxes.retire(&log, &inbox) {
                return;
            }
        }
    }

    /// Listens first, then asks where the log is: nothing falls in between.
    async fn start(log: &LogId, shared: &Arc<Shared>) -> Result<Self, EngineError> {
        if let Err(error) = shared.broker.follow(log).await {
            tracing::debug!(%log, %error, "not listening yet: the engine will say");
        }
        let top = shared.broker.top(log).await?;
        let now = shared.clock.now();
        let presence = match log {
            LogId::Room(room) => Some(RoomPresence::new(room.clone())),
            LogId::Person(_) => None,
        };
        Ok(Self {
            log: log.clone(),
            online: shared.online.clone(),
            channel: Channel::new(top.position),
            followers: Followers::new(log.clone()),
            presence,
            asking: Asking::new(Arc::clone(&shared.broker), log.clone()),
            look_at: now + LOOK_MS + ids::below(1_000),
            idle_at: now + IDLE_MS,
            shared: Arc::clone(shared),
        })
    }

    /// Waits for one thing to happen and does it; false when nobody needs this actor any more.
    async fn turn(&mut self, inbox: &mut Inbox) -> bool {
        self.ask();
        let wake = self.shared.clock.instant(self.wake_at());
        let watching = self.presence.is_some();
        tokio::select! {
            control = inbox.control.recv() => match control {
                Some(control) => self.control(control),
                None => return false,
            },
            entry = inbox.news.recv() => match entry {
                Some(entry) => {
                    let delivered = self.channel.accept(entry, self.now());
                    self.deliver(delivered);
                }
                None => return false,
            },
            () = inbox.missed.notified() => self.channel.doubt(),
            answer = self.asking.answer() => self.take(answer),
            Ok(()) = self.online.changed(), if watching => {
                self.presence.iter_mut().for_each(RoomPresence::touch);
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
        if !self.followers.is_empty() {
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
        } else if now >= self.look_at {
            self.look_at = now + LOOK_MS;
            self.asking.top(self.channel.position().clone());
        }
    }

    fn needs_members(&self) -> bool {
        !self.followers.is_empty()
            && self.presence.as_ref().is_some_and(RoomPresence::needs_members)
    }

    /// When to look again if nothing happens before.
    fn wake_at(&self) -> Millis {
        let now = self.now();
        let wants = self.channel.needs_read(now) || self.needs_members();
        let question = if wants { self.asking.free_at() } else { None };
        let look = self.asking.free_at().map(|free_at| free_at.max(self.look_at));
        let presence = self.presence.as_ref().and_then(RoomPresence::due_at);
        [self.channel.deadline(), question, look, presence]
            .into_iter()
            .flatten()
            .fold(self.idle_at.max(now + 1), Millis::min)
    }

    fn take(&mut self, answer: Answer) {
        self.asking.note(&answer, self.now());
        match answer {
            Answer::Changes(Ok(page)) => {
                let delivered = self.channel.apply_changes(page, self.now());
                self.deliver(delivered);
            }
            Answer::Changes(Err(error)) => {
                tracing::debug!(log = %self.log, %error, "the changes cannot be read yet");
                self.channel.read_failed();
            }
            Answer::Top(asked, Ok(top)) => self.channel.look(&top.position, &asked),
            Answer::Members(Ok(records)) => {
                let online = Arc::clone(&self.online.borrow());
                let presence = self.presence.iter_mut();
                presence.for_each(|presence| presence.take_members(&records, &online));
            }
            Answer::Top(_, Err(error)) | Answer::Members(Err(error)) => {
                tracing::debug!(log = %self.log, %error, "the store cannot be asked yet");
            }
        }
    }

    fn deliver(&mut self, delivered: Vec<Deliver>) {
        for deliver in delivered {
            match deliver {
                Deliver::Entry(entry) => {
                    self.presence.iter_mut().for_each(|presence| presence.note(&entry.record));
                    self.followers.entry(entry);
                }
                // Whoever still is a member follows again, and the check is made again.
                Deliver::Changes(page) if page.reset.is_some() => {
                    self.presence.iter_mut().for_each(RoomPresence::forget);
                    self.followers.interrupt();
                }
                Deliver::Changes(page) => {
                    if let Some(presence) = &mut self.presence {
                        page.records.iter().for_each(|record| presence.note(record));
                    }
                    self.followers.changes(page);
                }
            }
        }
    }

    fn tell_presence(&mut self) {
        let now = self.now();
        let online = Arc::clone(&self.online.borrow());
        let due = |presence: &RoomPresence| presence.due_at().is_some_and(|due_at| now >= due_at);
        let Some(presence) = self.presence.as_mut().filter(|presence| due(presence)) else {
            return;
        };
        if let Some(event) = presence.difference(&online, now) {
            self.followers.event(&event);
        }
    }

    fn control(&mut self, control: Control) {
        match control {
            Control::Listen(ready) => {
                self.idle_at = self.now() + IDLE_MS;
                // Whoever asked may have gone.
                let _ = ready.send(Ok(()));
            }
            Control::Follow(follow) => self.follow(*follow),
            Control::Unfollow(connection) => self.followers.remove(&connection),
            Control::Typing(connection) => self.followers.typing(&connection),
        }
    }

    /// Answers and registers in one step, so that nothing falls in between.
    fn follow(&mut self, Follow { connection, command, page }: Follow) {
        let Completion::Live(entries) = self.channel.complete(&page.position) else {
            let page = Page { more: true, ..page };
            return connection.answer(command, Ok(Outcome::Page(page)));
        };
        match connection.start_following(&self.log) {
            Ok(true) => connection.answer(command, Ok(Outcome::Page(page))),
            Ok(false) => return,
            Err(problem) => return connection.answer(command, Err(problem)),
        }
        let mut stays = true;
        for entry in entries {
            let left = removed(&entry.record) == Some(&connection.person.id);
            connection.send(&Event::Entry(entry));
            if left {
                stays = false;
                break;
            }
        }
        if stays {
            self.followers.add(connection);
        } else {
            connection.stop_following(&self.log);
            self.followers.remove(&connection.id);
        }
    }
}

/// Answers everything that waits while the store cannot be listened to.
fn refuse(inbox: &mut Inbox, error: &EngineError) {
    while let Ok(control) = inbox.control.try_recv() {
        match control {
            Control::Listen(ready) => {
                let _ = ready.send(Err(error.clone()));
            }
            Control::Follow(follow) => {
                follow.connection.answer(follow.command, Err(error.clone().into()));
            }
            Control::Unfollow(_) | Control::Typing(_) => {}
        }
    }
}
