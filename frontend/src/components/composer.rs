//! Where one writes. While it has the keyboard the field itself is the truth; it is written to
//! only when the room changes, after sending, and when another tab changed the draft.

mod field;
mod length;
mod under_line;

use parlor_shared::limits;

use crate::{
    browser::{
        composer,
        element::{Element, FieldPlace, el},
        timeline::Scroll,
    },
    components::{Sign, Worded, icon},
    live::{Live, afterwards},
    preferences::Preferences,
    store::ChatStore,
};
use field::written_field;
use length::Length;
use under_line::under_line;

/// The composer of the open room.
pub(crate) fn composer(scroll: Scroll) -> Element {
    let store = ChatStore::here();
    let field = FieldPlace::new();
    let length = Live::new(Length::default());
    composer::focus_on_typing(field);
    composer::fit_to_window(field);
    follow_drafts(store, field, length);
    let language = Preferences::here().language();
    // Lines of another language are of another height.
    afterwards(move || {
        language.track();
        composer::fit(field);
    });
    let over = move || length.get().over() > 0;
    let ready = move || length.get().sendable();
    el("form").class("composer").on_submit(move || send(store, field, length)).child(
        el("div")
            .class("measure")
            .child(
                el("div")
                    .class("paper")
                    .attr_by("data-over", over)
                    .child(written_field(field, length, scroll))
                    .child(
                        el("button")
                            .class("icon-button send")
                            .attr("data-testid", "send")
                            .attr_by("data-ready", ready)
                            .attr_by("aria-disabled", move || (!ready()).then_some("true"))
                            .attr_say("aria-label", |words| words.composer.send)
                            .attr_say("title", |words| words.composer.send)
                            .child(icon(Sign::Send)),
                    ),
            )
            .child(under_line(length)),
    )
}

/// Says what is written; keeps it where it cannot be said.
fn send(store: ChatStore, field: FieldPlace, length: Live<Length>) {
    let Some(element) = field.now() else { return };
    let text = element.value();
    if limits::check_text(&text).is_ok() {
        store.send(&text);
        element.set_value("");
        length.set(Length::default());
        composer::fit(field);
    }
    let _ = element.focus();
}

/// Puts the room's draft into the field: on entering the room, and after another tab wrote it.
fn follow_drafts(store: ChatStore, field: FieldPlace, length: Live<Length>) {
    let (current, elsewhere) = (store.current(), store.drafts_elsewhere());
    let mut before = None;
    afterwards(move || {
        elsewhere.track();
        let now = current.get();
        let entered = before.as_ref() != Some(&now);
        if let (Some(element), Some(room)) = (field.get(), &now)
            && (entered || !composer::holds_keyboard(field))
        {
            let draft = store.draft(room);
            length.set(Length::of(&draft));
            element.set_value(&draft);
            composer::fit(field);
        }
        before = Some(now);
    });
}
