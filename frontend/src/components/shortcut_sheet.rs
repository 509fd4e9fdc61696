//! The sheet of shortcuts: which keys do what.

use crate::{
    browser::{
        dialog,
        element::{Element, FramePlace, el},
        page,
    },
    components::{Desk, Sign, Title, Worded, dialog as window, icon},
    words::Words,
};

/// One of the page's sentences.
type Said = fn(&'static Words) -> &'static str;
/// Keys, and what they do.
type Line = (&'static [&'static str], Said);

/// All of them, by where they hold. Each string is pressed by itself, or is one of two.
const GROUPS: [(Said, &[Line]); 3] = [
    (
        |words| words.shortcuts.everywhere,
        &[
            (&["Ctrl K"], |words| words.shortcuts.switcher),
            (&["Alt ↑", "Alt ↓"], |words| words.shortcuts.room),
            (&["Alt Shift ↑", "Alt Shift ↓"], |words| words.shortcuts.unread),
            (&["Esc"], |words| words.shortcuts.leave),
            (&["?"], |words| words.shortcuts.sheet),
        ],
    ),
    (
        |words| words.shortcuts.writing,
        &[
            (&["Enter"], |words| words.shortcuts.send),
            (&["Shift Enter"], |words| words.shortcuts.line),
            (&["↑"], |words| words.shortcuts.edit_last),
        ],
    ),
    (
        |words| words.shortcuts.reading,
        &[
            (&["↑", "↓"], |words| words.shortcuts.rows),
            (&["Home", "End"], |words| words.shortcuts.ends),
            (&["Shift F10"], |words| words.shortcuts.menu),
        ],
    ),
];

/// The sheet, while it is open.
pub(crate) fn shortcut_sheet() -> Element {
    let open = Desk::here().shortcuts;
    let title = Title { name: "shortcuts", said: |words| words.shortcuts.title };
    window(title, move || open.get(), move || open.set(false), inside)
}

fn inside(frame: FramePlace) -> Element {
    let head = el("header").child(el("h2").say(|words| words.shortcuts.title)).child(
        el("button")
            .class("icon-button")
            .attr("data-testid", "close")
            .attr_say("aria-label", |words| words.close)
            .on_click(move |_| dialog::close(frame))
            .child(icon(Sign::Close)),
    );
    // It scrolls on a phone: whoever has no pointer scrolls it by its focus.
    let frame = el("div").class("groups").attr("tabindex", "0");
    let frame = frame.attr("role", "group").attr_say("aria-label", |words| words.shortcuts.title);
    let groups = GROUPS.into_iter().fold(frame, |all, (title, lines)| {
        let list = lines.iter().fold(el("dl"), |list, line| list.child(line_of(*line)));
        all.child(el("section").child(el("h3").say(title)).child(list))
    });
    el("div").class("shortcut-sheet").child(head).child(groups)
}

fn line_of((keys, does): Line) -> Element {
    let keys = keys.iter().fold(el("dd"), |all, keys| {
        all.child(
            keys.split(' ')
                .fold(el("span"), |pressed, key| pressed.child(el("kbd").text(key_name(key)))),
        )
    });
    el("div").child(el("dt").say(does)).child(keys)
}

/// A key as it is printed on this machine.
fn key_name(key: &'static str) -> &'static str {
    match key {
        "Ctrl" if page::apple() => "⌘",
        "Alt" if page::apple() => "⌥",
        "Shift" if page::apple() => "⇧",
        other => other,
    }
}
