//! Who hears of changes: one owner for each followed log, delivering to its followers in order.
//!
//! [`Channel`] is the owner's pure core (no runtime, no clock, no store); an actor runs it. Nothing
//! here ever waits for a client: frames go to each connection's bounded [`Outbox`].

mod actor;
mod asking;
mod channel;
mod connection;
mod followers;
mod frame;
mod inbox;
mod mailboxes;
mod outbox;
mod ready;
mod recent;
mod room_presence;
mod roster;

use std::sync::Arc;

use parlor_shared::{
    CommandId, ConnectionId, Entry, LogId, Member, Page, PersonId, Position, RoomId, Roster,
};
use tokio::sync::{oneshot, watch};

use crate::{
    clock::Uptime,
    engine::{Announcement, Broker, Delivery, EngineError, LogTop, Online},
    metrics::HubMetrics,
    tasks::Tasks,
};

use actor::Actor;
use mailboxes::{CatchUp, Control, Follow, Known, Unanswered};

pub(crate) use roster::{members, roster};

pub use channel::{Channel, Completion, Deliver};
pub use connection::{Connection, Place};
pub use frame::Frame;
pub use mailboxes::Mailboxes;
pub use outbox::{Outbox, Step, Total};

/// The node's followed logs.
#[derive(Clone, Debug)]
pub struct Hub(Arc<Shared>);

/// What every actor needs.
struct Shared {
    mailboxes: Arc<Mailboxes>,
    broker: Arc<dyn Broker>,
    online: watch::Receiver<Arc<Online>>,
    clock: Uptime,
    tasks: Tasks,
    metrics: HubMetrics,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hub")
    }
}

impl Hub {
    /// A hub over `broker`, which announces to `mailboxes`; `online` says who is connected anywhere.
    #[must_use]
    pub fn new(
        mailboxes: Arc<Mailboxes>,
        broker: Arc<dyn Broker>,
        online: watch::Receiver<Arc<Online>>,
        tasks: Tasks,
        metrics: HubMetrics,
    ) -> Self {
        let clock = Uptime::start();
        Self(Arc::new(Shared { mailboxes, broker, online, clock, tasks, metrics }))
    }

    /// Sees to it that this node listens to `log`: whatever is read from now on can be completed
    /// by [`Hub::follow`].
    ///
    /// # Errors
    /// The store's, when it does not answer.
    pub async fn listen(&self, log: &LogId) -> Result<(), EngineError> {
        let (ready, answer) = oneshot::channel();
        self.post(log, Control::Listen(ready));
        answer.await.unwrap_or_else(|_| Err(EngineError::Away("the node stops".to_owned())))
    }

    /// Answers a `follow` from what this node knows, or together with others who ask for the same
    /// from one read of the store; and registers the follower, in one step. Gives the place back
    /// where only the store can tell: who is not known to be a member, above all.
    pub async fn catch_up(
        &self,
        connection: &Arc<Connection>,
        command: CommandId,
        place: Place,
        log: &LogId,
        after: Option<Position>,
    ) -> Option<Place> {
        let (unanswered, answer) = oneshot::channel();
        let connection = Arc::clone(connection);
        let asked = Unanswered::new(connection, command, place);
        let catch_up = CatchUp { asked, after, unanswered };
        self.post(log, Control::CatchUp(Box::new(catch_up)));
        answer.await.ok()
    }

    /// Where a log is: as this node knows, or else the store.
    ///
    /// # Errors
    /// The store's, when it must be asked.
    pub async fn top(&self, log: &LogId) -> Result<LogTop, EngineError> {
        let (asker, answer) = oneshot::channel();
        self.post(log, Control::Top(asker));
        match answer.await {
            Ok(answer) => answer,
            Err(_) => self.0.broker.top(log).await,
        }
    }

    /// A member of a room, where this node knows of one.
    pub async fn member(&self, room: &RoomId, person: &PersonId) -> Option<Member> {
        let (asker, answer) = oneshot::channel();
        let known = Known::Member(person.clone(), asker);
        self.0.mailboxes.post_if_there(&LogId::Room(room.clone()), Control::Members(known));
        answer.await.ok()
    }

    /// A page of a room's roster for one of its members, where this node knows them.
    pub async fn roster(
        &self,
        room: &RoomId,
        after: Option<PersonId>,
        asker: &PersonId,
    ) -> Option<Roster> {
        let (answer, told) = oneshot::channel();
        let known = Known::Roster { after, asker: asker.clone(), answer };
        self.0.mailboxes.post_if_there(&LogId::Room(room.clone()), Control::Members(known));
        told.await.ok()
    }

    /// Whether the log has an owner here, who may know what is asked of it.
    #[must_use]
    pub fn is_followed(&self, log: &LogId) -> bool {
        self.0.mailboxes.has(log)
    }

    /// Answers a `follow` with the last page, and registers the follower, in one step. Where the
    /// channel cannot complete the page, the answer says `more` and nothing is registered.
    pub fn follow(
        &self,
        connection: Arc<Connection>,
        command: CommandId,
        place: Place,
        page: Page,
    ) {
        let log = page.log.clone();
        let asked = Unanswered::new(connection, command, place);
        self.post(&log, Control::Follow(Box::new(Follow { asked, page })));
    }

    /// The connection no longer wants to follow. Its owner is told only of what was followed, so that
    /// a client which says it again and again fills no inbox.
    pub fn stop_following(&self, log: &LogId, connection: &Connection) {
        if connection.stop_following(log) {
            self.unfollow(log, &connection.id);
        }
    }

    /// The connection has ended.
    pub fn unfollow(&self, log: &LogId, connection: &ConnectionId) {
        self.0.mailboxes.post_if_there(log, Control::Unfollow(connection.clone()));
    }

    /// Tells the other followers that somebody writes. Reaches the followers on this node.
    /// Its owner is told once until it has heard of it, however often that is said.
    pub fn typing(&self, log: &LogId, connection: &Arc<Connection>) {
        if !connection.begin_typing(log) {
            return;
        }
        let typing = Control::Typing(Arc::clone(connection));
        if !self.0.mailboxes.post_if_there(log, typing) {
            connection.typing_heard(log);
        }
    }

    /// How many logs have an owner here now.
    #[must_use]
    pub fn followed_logs(&self) -> usize {
        self.0.mailboxes.len()
    }

    /// Feeds in what this node wrote itself, as if it had been announced.
    pub fn feed(&self, entry: Entry) {
        self.0.mailboxes.deliver(Announcement::Entry(entry));
    }

    fn post(&self, log: &LogId, control: Control) {
        self.0.mailboxes.post(log, control, |inbox| {
            self.0.tasks.spawn(Actor::run(log.clone(), Arc::clone(&self.0), inbox));
        });
    }
}

#[cfg(test)]
mod tests;
