//! The commands a log in memory remembers, by author.

use std::collections::{BTreeMap, VecDeque};

use parlor_shared::{CommandId, Entry, PersonId, limits::DEDUPE_COMMANDS};

use crate::engine::log::Remembered;

/// Each author's last 1,000 commands, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Dedupe {
    commands: BTreeMap<(PersonId, CommandId), Remembered>,
    order: BTreeMap<PersonId, VecDeque<CommandId>>,
}

impl Dedupe {
    pub(super) fn get(&self, author: &PersonId, command: CommandId) -> Option<Remembered> {
        self.commands.get(&(author.clone(), command)).copied()
    }

    /// Remembers the command of a change just written, and forgets the author's 1,001st.
    pub(super) fn note(&mut self, entry: &Entry) {
        let (author, command) = (entry.author.clone(), entry.command);
        let done =
            Remembered { offset: entry.offset, number: entry.record.number, time: entry.time };
        let order = self.order.entry(author.clone()).or_default();
        if self.commands.insert((author.clone(), command), done).is_some() {
            // The same id again after its 24 hours: it counts as new.
            order.retain(|held| *held != command);
        }
        order.push_back(command);
        if order.len() > DEDUPE_COMMANDS
            && let Some(oldest) = order.pop_front()
        {
            self.commands.remove(&(author, oldest));
        }
    }
}
