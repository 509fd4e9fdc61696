//! What connections ask of an actor.

use std::sync::Arc;

use parlor_shared::{Event, Outcome, Page};

use super::{Actor, IDLE_MS};
use crate::{
    engine::EngineError,
    hub::{
        Completion,
        inbox::Inbox,
        mailboxes::{Control, Follow, Unanswered},
        ready::Ready,
    },
};

impl Actor {
    /// Does what a connection asks. What was announced before it asked, and so perhaps what it wrote
    /// itself, comes first.
    pub(super) fn control(&mut self, control: Control, inbox: &mut Inbox) {
        while let Some(entry) = inbox.heard() {
            self.hear(*entry);
        }
        match control {
            Control::Listen(ready) => {
                self.idle_at = self.now() + IDLE_MS;
                // Whoever asked may have gone.
                let _ = ready.send(Ok(()));
            }
            Control::Follow(follow) => {
                let Follow { asked, page } = *follow;
                self.begin_to_follow(asked, &Ready::new(page));
            }
            Control::CatchUp(catch_up) => self.catch_up(*catch_up),
            Control::Top(asker) => self.top(asker),
            Control::Members(known) => self.members(known),
            Control::Unfollow(connection) => self.followers.remove(&connection),
            Control::Typing(connection) => {
                connection.typing_heard(&self.log);
                self.followers.typing(&connection, self.now());
            }
        }
    }

    /// Answers and registers in one step, so that nothing falls in between.
    pub(super) fn begin_to_follow(&mut self, asked: Unanswered, ready: &Ready) {
        let connection = Arc::clone(&asked.connection);
        let (page, now) = (ready.page(), self.now());
        let since = page.position.offset;
        let Completion::Live(entries) = self.channel.complete(&page.position, now) else {
            // What still catches up is told nothing beside it.
            self.followers.remove(&connection.id);
            let page = Page { more: true, ..page.clone() };
            return asked.reply(Ok(Outcome::Page(page)));
        };
        match connection.start_following(&self.log) {
            Ok(true) => ready.reply(asked),
            Ok(false) => return,
            Err(problem) => return asked.reply(Err(problem)),
        }
        let mut stays = true;
        for entry in entries {
            let left = entry.record.removes() == Some(&connection.person);
            connection.send(&Event::Entry(entry));
            if left {
                stays = false;
                break;
            }
        }
        if stays {
            self.followers.add(connection, since);
        } else {
            connection.stop_following(&self.log);
            self.followers.remove(&connection.id);
        }
    }
}

/// Answers everything that waits while the store cannot be listened to.
pub(super) fn refuse(inbox: &mut Inbox, error: &EngineError) {
    while let Some(control) = inbox.asked() {
        match control {
            Control::Listen(ready) => {
                let _ = ready.send(Err(error.clone()));
            }
            Control::Follow(follow) => {
                follow.asked.reply(Err(error.clone().into()));
            }
            Control::CatchUp(catch_up) => {
                catch_up.asked.reply(Err(error.clone().into()));
            }
            Control::Top(asker) => {
                let _ = asker.send(Err(error.clone()));
            }
            Control::Members(_) | Control::Unfollow(_) | Control::Typing(_) => {}
        }
    }
}
