//! What can be done with a message, as a sheet: for the keyboard, and for fingers.

use crate::{
    browser::{
        composer::{self, Key},
        dialog,
        element::{Element, FramePlace, KeyboardEvent, el},
        timeline::copy,
    },
    components::{Desk, Sign, Title, Worded, dialog as window, icon},
    store::{ChatStore, MessageRow, MessageState, RowKey},
    words::Words,
};

/// One thing that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Copy,
    Edit,
    Retry,
    Delete,
    Discard,
}

impl Deed {
    const ALL: [Self; 5] = [Self::Copy, Self::Retry, Self::Edit, Self::Delete, Self::Discard];

    /// Whether it can be done with this message now.
    fn fits(self, message: &MessageRow) -> bool {
        let waits = match message.state {
            MessageState::Ink | MessageState::Pencil => false,
            MessageState::Refused(_) | MessageState::InDoubt | MessageState::Lost => true,
        };
        match self {
            Self::Copy => message.text.is_some(),
            Self::Edit | Self::Delete => message.can_change(),
            Self::Retry | Self::Discard => waits,
        }
    }

    const fn sign(self) -> Sign {
        match self {
            Self::Copy => Sign::Copy,
            Self::Edit => Sign::Pencil,
            Self::Retry => Sign::Send,
            Self::Delete => Sign::Bin,
            Self::Discard => Sign::Close,
        }
    }

    const fn word(self) -> fn(&'static Words) -> &'static str {
        match self {
            Self::Copy => |words| words.timeline.copy,
            Self::Edit => |words| words.timeline.edit,
            Self::Retry => |words| words.timeline.retry,
            Self::Delete => |words| words.timeline.delete,
            Self::Discard => |words| words.timeline.discard,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Copy => "menu-copy",
            Self::Edit => "menu-edit",
            Self::Retry => "menu-retry",
            Self::Delete => "menu-delete",
            Self::Discard => "menu-discard",
        }
    }

    /// Does it. The menu is closed by then.
    fn take(self, key: RowKey, text: &str, store: ChatStore, desk: Desk) {
        match self {
            Self::Copy => copy(text),
            Self::Edit => desk.editing.set(Some(key)),
            Self::Retry => store.retry(key),
            Self::Delete => desk.delete(key),
            Self::Discard => {
                store.discard(key);
                composer::focus();
            }
        }
    }
}

/// The menu of the message it was asked for.
pub(super) fn message_menu() -> Element {
    let open = Desk::here().menu;
    let title = Title { name: "message-menu", said: |words| words.timeline.menu };
    let inside =
        move |frame| open.get_untracked().map_or_else(|| el("div"), |key| menu(key, frame));
    window(title, move || open.get().is_some(), move || open.set(None), inside)
}

fn menu(key: RowKey, frame: FramePlace) -> Element {
    let (store, desk) = (ChatStore::here(), Desk::here());
    let message = store.row(key).and_then(|row| row.get_untracked().message().cloned());
    let Some(message) = message else { return el("div") };
    let head = el("header")
        .child(el("bdi").class("name").text(&message.name))
        .child(el("p").attr("dir", "auto").text(message.text.as_deref().unwrap_or_default()));
    let text = message.text.clone().unwrap_or_default();
    let deeds = Deed::ALL.into_iter().filter(|deed| deed.fits(&message));
    let press = move |event: KeyboardEvent| {
        match composer::key(&event) {
            Key::Up => dialog::step(frame, -1),
            Key::Down => dialog::step(frame, 1),
            Key::Send | Key::Break | Key::Escape | Key::Other => return,
        }
        event.prevent_default();
    };
    deeds.fold(el("div").class("message-menu").on_key(press).child(head), |menu, deed| {
        let text = text.clone();
        menu.child(
            el("button")
                .class("deed")
                .attr("data-testid", deed.name())
                .attr("data-kind", matches!(deed, Deed::Delete | Deed::Discard).then_some("danger"))
                .on_click(move |_| {
                    dialog::close(frame);
                    deed.take(key, &text, store, desk);
                })
                .child(icon(deed.sign()))
                .child(el("span").say(deed.word())),
        )
    })
}
