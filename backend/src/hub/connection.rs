//! One client's link to this node, as the hub and the commands know it.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use parlor_shared::{
    CloseCode, CommandId, ConnectionId, Event, LogId, Outcome, Person, PersonId, Problem, limits,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{Frame, Outbox, Total};
use crate::engine::SessionToken;

/// A command's place among those without a reply.
pub type Place = OwnedSemaphorePermit;

/// A link, its person, and what it follows.
#[derive(Debug)]
pub struct Connection {
    /// Which link.
    pub id: ConnectionId,
    /// Whose.
    pub person: PersonId,
    /// Under which name. Held only to read or change it.
    name: Mutex<String>,
    /// The session it came with.
    pub session: SessionToken,
    /// What it has yet to be sent.
    pub outbox: Outbox,
    /// Held only to look at or change the set.
    follows: Mutex<Follows>,
    in_flight: Arc<Semaphore>,
    /// Held while a reply is queued and its place given back: one step to whoever begins a command.
    replying: Mutex<()>,
    /// Once it was told to come back elsewhere.
    leaves: AtomicBool,
}

#[derive(Debug, Default)]
struct Follows {
    logs: HashSet<LogId>,
    /// The logs whose owner has yet to hear that the person writes.
    typing: Vec<LogId>,
    ended: bool,
}

impl Connection {
    /// A new link that follows nothing.
    #[must_use]
    pub fn new(id: ConnectionId, person: Person, session: SessionToken, total: Total) -> Self {
        Self {
            id,
            person: person.id,
            name: Mutex::new(person.name),
            session,
            outbox: Outbox::new(total),
            follows: Mutex::default(),
            in_flight: Arc::new(Semaphore::new(limits::IN_FLIGHT)),
            replying: Mutex::default(),
            leaves: AtomicBool::new(false),
        }
    }

    /// Its person, as they are named now.
    #[must_use]
    pub fn named(&self) -> Person {
        Person { id: self.person.clone(), name: self.name.lock().clone() }
    }

    /// Its person goes by another name.
    pub fn rename(&self, name: &str) {
        name.clone_into(&mut self.name.lock());
    }

    /// A place for one more command, given back by [`Connection::reply`].
    ///
    /// # Errors
    /// [`Problem::Stopping`] once it takes leave, [`Problem::TooManyInFlight`].
    pub fn begin_command(&self) -> Result<Place, Problem> {
        if self.leaves.load(Ordering::Acquire) {
            return Err(Problem::Stopping);
        }
        let _replied = self.replying.lock();
        let place = Arc::clone(&self.in_flight).try_acquire_owned();
        place.map_err(|_| Problem::TooManyInFlight { max: limits::IN_FLIGHT as u32 })
    }

    /// Tells the client to come back in `delay_ms`, takes no more commands, and closes when those
    /// in flight are answered, or `patience` is over. Once; later calls do nothing.
    pub async fn take_leave(&self, delay_ms: u64, patience: Duration) {
        if self.leaves.swap(true, Ordering::AcqRel) {
            return;
        }
        self.send(&Event::Restarting { delay_ms });
        // All places are free when nothing is in flight. What takes longer is asked again.
        let all_free = timeout(patience, self.in_flight.acquire_many(limits::IN_FLIGHT as u32));
        let held = all_free.await;
        self.outbox.close(CloseCode::Restarting);
        drop(held);
    }

    /// Sends an event to this connection alone.
    pub fn send(&self, event: &Event) {
        self.outbox.push(Frame::event(event));
    }

    /// Answers a command that has no place.
    pub fn answer(&self, id: CommandId, answer: Result<Outcome, Problem>) {
        self.send(&reply(id, answer));
    }

    /// Answers a command and gives its place back, in one step: whoever has read the reply finds the
    /// place free, and whoever waits for all places finds the reply on its way.
    pub fn reply(&self, place: Place, id: CommandId, answer: Result<Outcome, Problem>) {
        self.reply_with(place, Frame::event(&reply(id, answer)));
    }

    /// The same with an answer that is in JSON already.
    pub(super) fn reply_with(&self, place: Place, frame: Frame) {
        let replying = self.replying.lock();
        self.outbox.push(frame);
        drop(place);
        drop(replying);
    }

    /// Waits until every command begun is answered, or refused a place.
    ///
    /// # Cancel safety
    /// Safe: nothing is taken.
    pub async fn all_answered(&self) {
        // The places are never closed, so this waits and no more.
        let _ = self.in_flight.acquire_many(limits::IN_FLIGHT as u32).await;
    }

    /// What it follows.
    pub fn follows(&self) -> HashSet<LogId> {
        self.follows.lock().logs.clone()
    }

    /// Whether it follows `log`.
    pub fn is_following(&self, log: &LogId) -> bool {
        self.follows.lock().logs.contains(log)
    }

    /// Whether it could follow `log`.
    ///
    /// # Errors
    /// [`Problem::TooManyFollows`].
    pub fn check_room_for(&self, log: &LogId) -> Result<(), Problem> {
        self.follows.lock().check_room_for(log)
    }

    /// Notes that it follows `log` from now on; false when it has ended.
    ///
    /// # Errors
    /// [`Problem::TooManyFollows`].
    pub fn start_following(&self, log: &LogId) -> Result<bool, Problem> {
        let mut follows = self.follows.lock();
        follows.check_room_for(log)?;
        if !follows.ended {
            follows.logs.insert(log.clone());
            follows.typing.retain(|waiting| waiting != log);
        }
        Ok(!follows.ended)
    }

    /// Notes that it no longer follows `log`; whether it did.
    pub fn stop_following(&self, log: &LogId) -> bool {
        self.follows.lock().logs.remove(log)
    }

    /// Notes that the owner of `log` is to hear that the person writes; false when it has not yet heard
    /// of the last time.
    pub fn begin_typing(&self, log: &LogId) -> bool {
        let mut follows = self.follows.lock();
        let begins = !follows.typing.contains(log);
        if begins {
            follows.typing.push(log.clone());
        }
        begins
    }

    /// The owner of `log` has heard that the person writes.
    pub fn typing_heard(&self, log: &LogId) {
        self.follows.lock().typing.retain(|waiting| waiting != log);
    }

    /// Ends it; nothing can be followed any more. Returns what was.
    pub fn end(&self) -> HashSet<LogId> {
        self.outbox.end();
        let mut follows = self.follows.lock();
        follows.ended = true;
        std::mem::take(&mut follows.logs)
    }
}

fn reply(id: CommandId, answer: Result<Outcome, Problem>) -> Event {
    match answer {
        Ok(result) => Event::Ok { id, result },
        Err(problem) => Event::Error { id: Some(id), problem },
    }
}

impl Follows {
    fn check_room_for(&self, log: &LogId) -> Result<(), Problem> {
        if self.logs.len() < limits::FOLLOWS || self.logs.contains(log) {
            return Ok(());
        }
        Err(Problem::TooManyFollows { max: limits::FOLLOWS as u32 })
    }
}

#[cfg(test)]
mod tests;
