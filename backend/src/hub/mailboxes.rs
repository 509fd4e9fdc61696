//! Where announcements and requests for a followed log are left for its actor.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use parlor_shared::{
    CommandId, ConnectionId, LogId, Member, Outcome, Page, PersonId, Position, Problem, Roster,
};
use tokio::sync::oneshot;

use super::{
    Connection, Place,
    inbox::{Inbox, Mailbox, open},
    room_presence::RoomPresence,
};
use crate::engine::{Announcement, Delivery, EngineError, LogTop, Online};

/// The mailbox of every followed log. The engine's [`Delivery`].
#[derive(Debug, Default)]
pub struct Mailboxes(
    /// Held while posting, so that an actor that retires leaves nothing behind.
    Mutex<HashMap<LogId, Mailbox>>,
);

/// What connections ask of an actor.
#[derive(Debug)]
pub(super) enum Control {
    /// Answer once the log is listened to.
    Listen(oneshot::Sender<Result<(), EngineError>>),
    /// Answer with the page, and register.
    Follow(Box<Follow>),
    /// Answer from what is known, and register; or say that the store must be asked.
    CatchUp(Box<CatchUp>),
    /// Say where the log is. Whoever is told nothing asks the store.
    Top(oneshot::Sender<Result<LogTop, EngineError>>),
    /// Say what is known of the members.
    Members(Known),
    /// Forget the connection.
    Unfollow(ConnectionId),
    /// The connection's person writes.
    Typing(Arc<Connection>),
}

/// A command that its log's owner answers. Dropped before that, it is answered all the same: the
/// client may try again. So not even an owner that panics leaves anybody without a reply.
#[derive(Debug)]
pub(super) struct Unanswered {
    /// Whose.
    pub(super) connection: Arc<Connection>,
    /// Which.
    pub(super) command: CommandId,
    /// Its place, until it is answered.
    place: Option<Place>,
}

impl Unanswered {
    /// The command of `connection` that has this place.
    pub(super) fn new(connection: Arc<Connection>, command: CommandId, place: Place) -> Self {
        Self { connection, command, place: Some(place) }
    }

    /// Answers it.
    pub(super) fn reply(self, answer: Result<Outcome, Problem>) {
        self.reply_with(|connection, place, command| connection.reply(place, command, answer));
    }

    /// Answers it in another way.
    pub(super) fn reply_with(mut self, answer: impl FnOnce(&Connection, Place, CommandId)) {
        if let Some(place) = self.place.take() {
            answer(&self.connection, place, self.command);
        }
    }
}

impl Drop for Unanswered {
    fn drop(&mut self) {
        if let Some(place) = self.place.take() {
            self.connection.reply(place, self.command, Err(Problem::Busy));
        }
    }
}

/// A `follow` with its last page.
#[derive(Debug)]
pub(super) struct Follow {
    /// Who follows, by which command.
    pub(super) asked: Unanswered,
    /// What was read for it, up to the top of then.
    pub(super) page: Page,
}

/// A `follow` before anything was read.
#[derive(Debug)]
pub(super) struct CatchUp {
    /// Who follows, by which command.
    pub(super) asked: Unanswered,
    /// What is held already.
    pub(super) after: Option<Position>,
    /// Where the place goes back when the store must be asked.
    pub(super) unanswered: oneshot::Sender<Place>,
}

impl CatchUp {
    /// Leaves the answer to the store.
    pub(super) fn ask_the_store(mut self) {
        if let Some(place) = self.asked.place.take() {
            // Whoever asked may have gone.
            let _ = self.unanswered.send(place);
        }
    }
}

/// What a room's owner knows of its members. Whoever is told nothing asks the store.
#[derive(Debug)]
pub(super) enum Known {
    /// The record of one of them.
    Member(PersonId, oneshot::Sender<Member>),
    /// A page of the roster after a person, for one of them.
    Roster {
        /// After whom.
        after: Option<PersonId>,
        /// For whom.
        asker: PersonId,
        /// The answer.
        answer: oneshot::Sender<Roster>,
    },
}

impl Known {
    /// Tells it.
    pub(super) fn tell(self, presence: &RoomPresence, online: &Online) {
        // Whoever asked may have gone.
        match self {
            Self::Member(person, answer) => {
                let known = presence.member(&person).cloned();
                let _ = known.map(|member| answer.send(member));
            }
            Self::Roster { after, asker, answer } => {
                let known = presence.roster(after.as_ref(), &asker, online);
                let _ = known.map(|roster| answer.send(roster));
            }
        }
    }
}

impl Mailboxes {
    /// Leaves `control` for the log's actor; without one, `start` gets a new inbox.
    pub(super) fn post(&self, log: &LogId, control: Control, start: impl FnOnce(Inbox)) {
        let mut boxes = self.0.lock();
        let undelivered = match boxes.get(log) {
            Some(mailbox) => match mailbox.ask(control) {
                Ok(()) => return,
                Err(undelivered) => undelivered,
            },
            None => control,
        };
        let (mailbox, inbox) = open();
        if mailbox.ask(undelivered).is_ok() {
            boxes.insert(log.clone(), mailbox);
            start(inbox);
        }
    }

    /// Leaves `control` for the log's actor, if there is one; whether there is.
    pub(super) fn post_if_there(&self, log: &LogId, control: Control) -> bool {
        // An actor that is gone has no followers to tell.
        self.0.lock().get(log).is_some_and(|mailbox| mailbox.ask(control).is_ok())
    }

    /// Whether the log has one.
    pub(super) fn has(&self, log: &LogId) -> bool {
        self.0.lock().contains_key(log)
    }

    /// How much waits for the log's actor.
    #[cfg(test)]
    pub(super) fn waiting(&self, log: &LogId) -> usize {
        self.0.lock().get(log).map_or(0, Mailbox::requests)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.lock().len()
    }

    /// Takes the log's mailbox away, unless requests are still in it.
    pub(super) fn retire(&self, log: &LogId, inbox: &Inbox) -> bool {
        let mut boxes = self.0.lock();
        let empty = inbox.is_empty();
        if empty {
            boxes.remove(log);
        }
        empty
    }
}

impl Delivery for Mailboxes {
    fn deliver(&self, announcement: Announcement) {
        let boxes = self.0.lock();
        match announcement {
            Announcement::Entry(entry) => {
                if let Some(mailbox) = boxes.get(&entry.log) {
                    mailbox.tell(entry);
                }
            }
            Announcement::Doubt(log) => {
                if let Some(mailbox) = boxes.get(&log) {
                    mailbox.missed();
                }
            }
        }
    }
}
