//! What one line of a timeline shows.

use parlor_shared::{CommandId, Millis, Number, PersonId, Problem};

use super::LocalDay;

/// Names a row for as long as it lives, through its confirmation; unique in the whole client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey(pub u64);

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Something said.
    Message(MessageRow),
    /// A new local day begins.
    Day(LocalDay),
    /// The *new* line: what follows was unread when the room was opened.
    New,
    /// The torn edge: this many messages were not kept.
    NotKept(u64),
    /// Messages can be loaded: [`crate::Intent::LoadOlder`] with one of two numbers.
    Gap {
        /// The number of the message after the gap: loads those at its lower end.
        before: Number,
        /// Loads those at its upper end, for whoever reads down into it.
        upper: Number,
        /// Whether they have been asked for.
        loading: bool,
    },
    /// The room's contents have not come yet.
    Loading,
    /// The room begins here: there is nothing older.
    Start,
}

impl Row {
    /// The message it is, if it is one.
    #[must_use]
    pub fn message(&self) -> Option<&MessageRow> {
        if let Self::Message(message) = self { Some(message) } else { None }
    }
}

/// A message as it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageRow {
    /// Its number; none while it is pencil or failed.
    pub number: Option<Number>,
    /// The author's command: the handle for Retry and Discard.
    pub command: CommandId,
    /// Who said it.
    pub author: PersonId,
    /// The author's name when it was said.
    pub name: String,
    /// What was said; none once deleted.
    pub text: Option<String>,
    /// When: the server's clock; for pencil, this client's.
    pub time: Millis,
    /// Pencil, ink or failed.
    pub state: MessageState,
    /// Whether it continues the row above: same author and name, within 5 minutes, nothing in between.
    pub grouped: bool,
    /// Whether the person said it.
    pub own: bool,
    /// Whether the text was changed after it was said.
    pub edited: bool,
    /// Whether it was deleted.
    pub deleted: bool,
}

impl MessageRow {
    /// Whether the person can change it or take it back: their own, standing, and not taken back.
    #[must_use]
    pub fn can_change(&self) -> bool {
        self.own && !self.deleted && self.state == MessageState::Ink
    }
}

/// How sure it is that a message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageState {
    /// The server has it.
    Ink,
    /// Not confirmed yet.
    Pencil,
    /// The server will not take it: Retry or Discard.
    Refused(Problem),
    /// It may have arrived, too long ago to ask: Retry or Discard.
    InDoubt,
    /// The server had it and lost it: Retry or Discard.
    Lost,
}
