//! The conversation's column: header, banner, timeline, composer; or an empty chair.

mod room_menu;
mod talk_head;

use crate::{
    browser::{
        element::{Element, FramePlace, el, several},
        timeline::attach,
    },
    components::{
        Drawing, Worded, banner, composer, drawing, notice_list, shortcut_keys, timeline,
    },
    store::ChatStore,
};
use room_menu::room_menu;
use talk_head::talk_head;

/// The open room.
pub(crate) fn talk() -> Element {
    let current = ChatStore::here().current();
    let open = move || current.with(Option::is_some);
    let places = (FramePlace::new(), FramePlace::new());
    let scroll = attach(places.0, places.1);
    shortcut_keys(scroll);
    let nowhere = move || {
        el("div")
            .class("empty")
            .child(drawing(Drawing::Lamp))
            .child(el("p").say(|words| words.rooms.choose))
    };
    // Without a room this is only a hint, and the rooms beside it are the page's matter.
    el("section")
        .class("talk")
        .attr_by("role", move || if open() { "main" } else { "complementary" })
        .when(open, talk_head)
        .child(banner())
        .child(notice_list())
        .switch(open, move |open| {
            if open {
                several().child(timeline(scroll, places)).child(composer(scroll))
            } else {
                nowhere()
            }
        })
}
