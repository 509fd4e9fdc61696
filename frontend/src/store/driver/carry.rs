//! Carrying out what the model asks, and telling what it has to tell.

use std::sync::Arc;

use futures_channel::oneshot;
use parlor_model::{Asked, Changes, Effect, Notice, Room};
use parlor_shared::{CloseCode, Person, Problem, RoomId};

use super::Driver;
use crate::{
    browser::{clock, page},
    store::{NoticeWord, Session, rooms_kept, shapes},
};

/// How long messages to read aloud are gathered, in milliseconds.
const SPEECH_MS: f64 = 1_500.0;

/// A room being made here, and who waits for it.
pub(in crate::store) struct Making {
    pub(in crate::store) name: String,
    pub(in crate::store) done: oneshot::Sender<Result<RoomId, Problem>>,
}

impl Driver {
    pub(super) fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Connect(link) => self.connect(link),
            Effect::Transmit(text) => {
                if let Some(socket) = self.0.socket.borrow().as_ref() {
                    socket.send(text);
                }
            }
            Effect::Disconnect { code: _ } => drop(self.0.socket.take()),
            Effect::Post(link, asking, body) => self.post(link, asking, body),
            Effect::Abandon => drop(self.0.poll.take()),
            Effect::AskSession(link) => self.ask_session(link),
            Effect::WakeAt(at) => self.wake_at(at),
            Effect::Save(record) => {
                self.0.records.save(&record);
                self.warn_if_not_stored();
            }
            Effect::Forget(id) => self.0.records.forget(id),
            Effect::Changed(changes) => self.changed(changes),
        }
    }

    /// Says once that the browser keeps nothing.
    pub(in crate::store) fn warn_if_not_stored(&self) {
        if self.0.records.refused() && !self.0.warned.replace(true) {
            self.0.mirror.notice(NoticeWord::NotStored);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds since the page began")]
    fn wake_at(&self, at: u64) {
        let driver = std::rc::Rc::downgrade(&self.0);
        self.0.alarm.set(at as f64 - clock::mono(), move || {
            if let Some(parts) = driver.upgrade() {
                Self(parts).feed(parlor_model::Input::Timer);
            }
        });
    }

    /// The person goes by this name: it shows, and is kept for the next time.
    pub(in crate::store) fn is_named(&self, person: &Person) {
        self.0.records.belong_to(person);
        self.0.mirror.session.put(Session::In(person.clone()));
    }

    /// Shows the form where the link ended for good because nobody is signed in any more.
    pub(super) fn leave_when_out(&self) {
        if self.ask(|client| client.link().out()) == Some(Some(CloseCode::NoSession)) {
            self.out();
        }
    }

    /// Nobody is signed in any more: what was kept of their rooms goes, and what is unsent stays.
    pub(in crate::store) fn out(&self) {
        if let Some(person) = self.ask(|client| client.chat().person().clone()) {
            rooms_kept::erase(&person);
        }
        self.stop();
        self.0.mirror.session.put(Session::Out);
    }

    /// Tells what must be told once.
    pub(super) fn tell(&self, changes: Changes) {
        for notice in changes.notices {
            match notice {
                Notice::Forked { room, lost } => {
                    self.0.mirror.notice(NoticeWord::Forked { room, lost });
                }
                Notice::Refused { asked, problem } => self.refused(asked, problem),
                Notice::OutboxFull => self.0.mirror.notice(NoticeWord::OutboxFull),
                Notice::Entered(room) => self.entered(&room),
                Notice::Left(room) => self.left(room),
            }
        }
        self.0.heard.borrow_mut().extend(changes.heard.iter().cloned());
        if !changes.heard.is_empty() {
            self.speak_soon();
        }
    }

    /// A refusal goes to the form that waits for it, or becomes a notice.
    fn refused(&self, asked: Asked, problem: Problem) {
        let waiting = match &asked {
            Asked::CreateRoom(name) => self.take_making(|making| making.name == *name),
            Asked::Send(_)
            | Asked::Edit(..)
            | Asked::Delete(..)
            | Asked::Join(_)
            | Asked::Leave(_)
            | Asked::FindRooms
            | Asked::LoadOlder(_)
            | Asked::Roster(_)
            | Asked::Follow(_) => None,
        };
        match waiting {
            Some(making) => drop(making.done.send(Err(problem))),
            None => self.0.mirror.notice(NoticeWord::Refused(asked, problem)),
        }
    }

    pub(super) fn take_making(&self, is: impl Fn(&Making) -> bool) -> Option<Making> {
        let mut made = self.0.made.borrow_mut();
        let at = made.iter().position(is)?;
        Some(made.remove(at))
    }

    /// What was heard is read aloud once nothing more came for a moment.
    fn speak_soon(&self) {
        let driver = std::rc::Rc::downgrade(&self.0);
        self.0.speech.set(SPEECH_MS, move || {
            if let Some(parts) = driver.upgrade() {
                let heard = parts.heard.take();
                parts.mirror.spoken.set(Arc::from(heard));
            }
        });
    }

    /// What a room is called in the language of the page.
    pub(super) fn called(&self, room: &Room) -> String {
        shapes::called(room.id(), room.name(), self.0.records.language())
    }

    /// The tab's title: unread, room, Parlor.
    pub(super) fn title(&self) {
        let title = self.ask(|client| {
            let chat = client.chat();
            let count = match chat.unread() {
                0 => String::new(),
                unread => format!("({unread}) "),
            };
            let room = chat.open().and_then(|room| chat.room(room));
            room.map_or_else(
                || format!("{count}Parlor"),
                |room| format!("{count}{} · Parlor", self.called(room)),
            )
        });
        page::title(title.as_deref().unwrap_or("Parlor"));
    }
}
