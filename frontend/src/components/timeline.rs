//! The open room's timeline: its rows, how it scrolls, and the way to its end.

mod author;
mod day_line;
mod deleting;
mod edit_form;
mod jump_button;
mod links;
mod margin;
mod message;
mod message_menu;
mod message_text;
mod not_kept_edge;
mod older_gap;
mod room_start;
mod row_tools;
mod timeline_row;
mod trouble;

use crate::{
    browser::{
        element::{Element, FramePlace, el},
        intl, reading,
        timeline::{Scroll, on_ask, write_heads},
    },
    components::{Desk, current_room, words},
    preferences::Preferences,
    store::{ChatStore, RowKey},
    words::Language,
};
use author::{author, face};
use day_line::day_line;
use deleting::deleting;
use edit_form::edit_form;
use jump_button::jump_button;
use margin::margin;
use message::message;
use message_menu::message_menu;
use message_text::message_text;
use not_kept_edge::not_kept_edge;
use older_gap::older_gap;
use room_start::room_start;
use row_tools::row_tools;
use timeline_row::timeline_row;
use trouble::trouble;

/// The rows of the open room.
pub(crate) fn timeline(scroll: Scroll, (scroller, list): (FramePlace, FramePlace)) -> Element {
    let words = words();
    let store = ChatStore::here();
    let room = current_room(store);
    let id = move || room.id.get().map(|room| room.to_string());
    reading::watch(scroll);
    let menu = Desk::here().menu;
    let language = Preferences::here().language();
    write_heads(list, move |row| head(store, row, language.get_untracked()));
    let rows = store.rows();
    let label = move || (words.get().timeline.label)(&room.name.get());
    el("div")
        .class("stage")
        .attr("data-testid", "timeline")
        .attr_by("data-room", id)
        .child(
            el("div").class("scroller").bind(scroller).child(
                el("div")
                    .class("measure")
                    .attr("role", "log")
                    .attr("aria-live", "off")
                    .attr_by("aria-label", label)
                    .child(
                        on_ask(el("ol"), move |row| menu.set(Some(row)))
                            .class("rows")
                            .bind(list)
                            .attr("role", "list")
                            .on_key(move |event| scroll.arrows(&event))
                            .each(move || rows.get(), |row| row.0.to_string(), timeline_row),
                    ),
            ),
        )
        .child(jump_button(scroll))
        .child(message_menu())
}

/// Who said a message and when, as it stands before its text where several are copied.
fn head(store: ChatStore, key: RowKey, language: Language) -> Option<String> {
    let row = store.row(key)?.get_untracked();
    let message = row.message()?;
    Some(message.name.clone() + " " + &intl::time(language, message.time))
}
