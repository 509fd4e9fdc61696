//! The sentences of the quick switcher and of the sheet of shortcuts.

/// The quick switcher.
#[derive(Debug)]
pub struct SwitcherWords {
    /// Opens it; its label.
    pub title: &'static str,
    /// What can be typed.
    pub hint: &'static str,
    /// A choice of a kind: which kind, which choice.
    pub of: fn(&str, &str) -> String,
}

/// What the shortcuts do.
#[derive(Debug)]
pub struct ShortcutWords {
    /// The sheet's heading.
    pub title: &'static str,
    /// Those that hold everywhere.
    pub everywhere: &'static str,
    /// Those of the composer.
    pub writing: &'static str,
    /// Those of the timeline.
    pub reading: &'static str,
    /// Opens the switcher.
    pub switcher: &'static str,
    /// Opens the sheet.
    pub sheet: &'static str,
    /// Closes what is open, then marks as read.
    pub leave: &'static str,
    /// The room before or after.
    pub room: &'static str,
    /// The same among those with something unread.
    pub unread: &'static str,
    /// Sends.
    pub send: &'static str,
    /// Begins a new line.
    pub line: &'static str,
    /// Changes one's last message.
    pub edit_last: &'static str,
    /// From message to message.
    pub rows: &'static str,
    /// To the first or the last message.
    pub ends: &'static str,
    /// What can be done with a message.
    pub menu: &'static str,
}
