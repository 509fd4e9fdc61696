//! Every sentence of the page, once per language: a missing one does not compile.

mod en;
mod zh;

use parlor_shared::Problem;

/// A language the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// All of them, as they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// What is stored for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// What `<html lang>` and the browser's `Intl` call it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
        }
    }

    /// The language stored under a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Its own name for itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "中文",
        }
    }

    /// Its sentences.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS,
            Self::Chinese => &zh::WORDS,
        }
    }
}

/// One language's sentences. Functions take what differs: a number, a name.
#[derive(Debug)]
pub struct Words {
    /// The way in.
    pub sign_in: SignInWords,
    /// Rooms: the sidebar, finding, making, leaving.
    pub rooms: RoomWords,
    /// The timeline.
    pub timeline: TimelineWords,
    /// Writing.
    pub composer: ComposerWords,
    /// Who is here.
    pub people: PeopleWords,
    /// The connection.
    pub link: LinkWords,
    /// What is set once: theme, language, signing out.
    pub settings: SettingsWords,
    /// Takes something off the screen: a notice, a panel.
    pub close: &'static str,
    /// What went wrong, and what to do next.
    pub problem: fn(&Problem) -> String,
    /// The server could not be reached.
    pub unreached: &'static str,
    /// Nothing can be stored here.
    pub not_stored: &'static str,
    /// So many unsent messages are kept that no more can be.
    pub outbox_full: &'static str,
    /// The server lost part of this room's past: so many messages, as far as is known.
    pub forked: fn(&str, u64) -> String,
    /// One is no longer a member of this room.
    pub left: fn(&str) -> String,
}

/// The way in.
#[derive(Debug)]
pub struct SignInWords {
    /// The question.
    pub title: &'static str,
    /// What follows from the answer.
    pub lead: &'static str,
    /// The field's label.
    pub name: &'static str,
    /// The button.
    pub enter: &'static str,
    /// The button while it works.
    pub entering: &'static str,
    /// Offers a free name or room name.
    pub use_suggestion: fn(&str) -> String,
}

/// Rooms.
#[derive(Debug)]
pub struct RoomWords {
    /// The list's heading.
    pub title: &'static str,
    /// Opens the finder.
    pub find_or_make: &'static str,
    /// The search field's label.
    pub search: &'static str,
    /// Becomes a member.
    pub join: &'static str,
    /// Opens a room one is a member of.
    pub open: &'static str,
    /// Nothing was found under this name.
    pub nothing_found: fn(&str) -> String,
    /// There is no other room.
    pub none_yet: &'static str,
    /// Loads more of what was found.
    pub more: &'static str,
    /// Says what making does.
    pub make_hint: fn(&str) -> String,
    /// Makes a room.
    pub make: &'static str,
    /// Ceases to be a member.
    pub leave: &'static str,
    /// What leaving means.
    pub leave_hint: &'static str,
    /// Opens a room's menu.
    pub menu: &'static str,
    /// Back to the rooms, on a phone.
    pub back: &'static str,
    /// How many messages are unread, for reading aloud.
    pub unread: fn(u64) -> String,
    /// Something is written there but not sent.
    pub draft: &'static str,
    /// Something was refused there.
    pub failed: &'static str,
    /// No room is open.
    pub choose: &'static str,
}

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

/// Who is here.
#[derive(Debug)]
pub struct PeopleWords {
    /// The panel's heading.
    pub title: &'static str,
    /// So many are here now.
    pub here: fn(u64) -> String,
    /// So many are not.
    pub away: fn(u64) -> String,
    /// A lamp that is lit, read aloud.
    pub is_here: &'static str,
    /// One that is out.
    pub is_away: &'static str,
    /// Oneself.
    pub you: &'static str,
    /// The button in the header.
    pub show: fn(u64) -> String,
}

/// The connection.
#[derive(Debug)]
pub struct LinkWords {
    /// Live.
    pub lit: &'static str,
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

/// What is set once.
#[derive(Debug)]
pub struct SettingsWords {
    /// Opens the settings.
    pub title: &'static str,
    /// Light or dark.
    pub theme: &'static str,
    /// As the system has it.
    pub system: &'static str,
    /// Light.
    pub light: &'static str,
    /// Dark.
    pub dark: &'static str,
    /// Which language.
    pub language: &'static str,
    /// Ends the session.
    pub sign_out: &'static str,
    /// What a sign-out would lose.
    pub unsent: fn(u64) -> String,
    /// Ends it all the same.
    pub sign_out_anyway: &'static str,
}
