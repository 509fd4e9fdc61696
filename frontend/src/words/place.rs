//! The sentences around the conversation: the way in, rooms, people, settings.

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
    /// The room that everybody is in.
    pub lobby: &'static str,
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

/// What is set once.
#[derive(Debug)]
pub struct SettingsWords {
    /// Opens the settings.
    pub title: &'static str,
    /// The label of one's own name.
    pub name: &'static str,
    /// Takes the name over.
    pub save: &'static str,
    /// Light or dark.
    pub theme: &'static str,
    /// As the system has it.
    pub system: &'static str,
    /// Light.
    pub light: &'static str,
    /// Dark.
    pub dark: &'static str,
    /// How close the rows stand.
    pub density: &'static str,
    /// With air.
    pub cosy: &'static str,
    /// Close.
    pub compact: &'static str,
    /// Whether messages sound.
    pub sound: &'static str,
    /// They do.
    pub on: &'static str,
    /// They do not.
    pub off: &'static str,
    /// Which way the page takes to its server.
    pub way: &'static str,
    /// Whichever works.
    pub any_way: &'static str,
    /// Leads to the page that compares them.
    pub transports: &'static str,
    /// Which language.
    pub language: &'static str,
    /// Ends the session.
    pub sign_out: &'static str,
    /// What a sign-out would lose.
    pub unsent: fn(u64) -> String,
    /// Ends it all the same.
    pub sign_out_anyway: &'static str,
}

/// Being told of messages while nobody looks.
#[derive(Debug)]
pub struct BellWords {
    /// The setting's name.
    pub label: &'static str,
    /// Turns it on.
    pub on: &'static str,
    /// It is on.
    pub is_on: &'static str,
    /// Turns it off.
    pub off: &'static str,
    /// The browser does not let this page notify.
    pub blocked: &'static str,
    /// There are no notifications on plain HTTP.
    pub absent: &'static str,
    /// A notification's first line: who, in which room.
    pub title: fn(&str, &str) -> String,
}
