//! The sentences of the conversation: the timeline, writing, the connection.

use parlor_model::Way;

/// The timeline.
#[derive(Debug)]
pub struct TimelineWords {
    /// The list's label.
    pub label: fn(&str) -> String,
    /// The flag on the new line.
    pub new: &'static str,
    /// So many messages were not kept.
    pub not_kept: fn(u64) -> String,
    /// The head of a room's beginning.
    pub start: fn(&str) -> String,
    /// The sentence under it.
    pub start_hint: &'static str,
    /// Where others come in.
    pub invite: fn(&str) -> String,
    /// The same where the page only knows its port.
    pub invite_near: fn(&str) -> String,
    /// Copies that address.
    pub copy_address: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// Nothing was said yet.
    pub empty: &'static str,
    /// Older messages are on their way.
    pub loading: &'static str,
    /// On its way.
    pub pending: &'static str,
    /// It may have arrived.
    pub in_doubt: &'static str,
    /// The server had it and lost it.
    pub lost: &'static str,
    /// Sends again.
    pub retry: &'static str,
    /// Takes a refused row away.
    pub discard: &'static str,
    /// What can be done with a message.
    pub menu: &'static str,
    /// Puts a text on the clipboard.
    pub copy: &'static str,
    /// Changes a text.
    pub edit: &'static str,
    /// Keeps the change.
    pub save: &'static str,
    /// Leaves the text as it was.
    pub cancel: &'static str,
    /// Takes a text back.
    pub delete: &'static str,
    /// Leaves it after all.
    pub undo: &'static str,
    /// The text was taken back.
    pub deleted: &'static str,
    /// The text was changed.
    pub edited: &'static str,
    /// Shows the rest of a long text.
    pub unfold: &'static str,
    /// Folds it again.
    pub fold: &'static str,
    /// To the end of the timeline.
    pub jump: &'static str,
    /// To the end of the timeline, where so much is new.
    pub jump_new: fn(u64) -> String,
    /// One message read aloud: who, what.
    pub spoken: fn(&str, &str) -> String,
    /// Several at once, read aloud.
    pub spoken_many: fn(u64) -> String,
}

/// Writing.
#[derive(Debug)]
pub struct ComposerWords {
    /// The field's label and placeholder.
    pub label: fn(&str) -> String,
    /// The button.
    pub send: &'static str,
    /// Which keys do what.
    pub keys: &'static str,
    /// There is no connection.
    pub later: &'static str,
    /// So many characters are left.
    pub left: fn(u64) -> String,
    /// So many characters too many.
    pub over: fn(u64) -> String,
    /// One person is writing.
    pub typing_one: fn(&str) -> String,
    /// Two are.
    pub typing_two: fn(&str, &str) -> String,
    /// More are.
    pub typing_many: fn(u64) -> String,
}

/// The connection.
#[derive(Debug)]
pub struct LinkWords {
    /// Live.
    pub lit: &'static str,
    /// The ways: one WebSocket, long polls, short polls.
    pub ways: [&'static str; 3],
    /// Connecting or catching up.
    pub dim: &'static str,
    /// Away.
    pub out: &'static str,
    /// Away; next try in so many seconds.
    pub again_in: fn(u64) -> String,
    /// Away, and trying right now.
    pub trying: &'static str,
    /// The device has no network.
    pub no_network: &'static str,
    /// Tries at once.
    pub try_now: &'static str,
    /// The server closed for good, with this code.
    pub shut: fn(u16) -> String,
}

impl LinkWords {
    /// What a way is called.
    #[must_use]
    pub const fn way(&self, way: Way) -> &'static str {
        let [socket, long, short] = self.ways;
        match way {
            Way::Socket => socket,
            Way::Long => long,
            Way::Short => short,
        }
    }
}
