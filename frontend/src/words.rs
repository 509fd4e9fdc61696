//! Every sentence of the page, once per language: a missing one does not compile.

mod en;
mod language;
mod place;
mod quick;
mod talk;
mod zh;

use parlor_shared::Problem;

pub use language::Language;
pub use place::{BellWords, PeopleWords, RoomWords, SettingsWords, SignInWords};
pub use quick::{ShortcutWords, SwitcherWords};
pub use talk::{ComposerWords, LinkWords, TimelineWords};

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
    /// The quick switcher.
    pub switcher: SwitcherWords,
    /// The sheet of shortcuts.
    pub shortcuts: ShortcutWords,
    /// Notifications.
    pub bell: BellWords,
    /// Takes something off the screen: a notice, a panel.
    pub close: &'static str,
    /// What went wrong, and what to do next.
    pub problem: fn(&Problem) -> String,
    /// The server could not be reached.
    pub unreached: &'static str,
    /// Nothing can be stored here.
    pub not_stored: &'static str,
    /// A newer build of the page is ready.
    pub update: &'static str,
    /// Loads it.
    pub load_update: &'static str,
    /// So many unsent messages are kept that no more can be.
    pub outbox_full: &'static str,
    /// The server lost part of this room's past: so many messages, as far as is known.
    pub forked: fn(&str, u64) -> String,
    /// One is no longer a member of this room.
    pub left: fn(&str) -> String,
}
