//! The quick switcher: one field over one's rooms and what can be done.

mod offer;
mod offer_line;
mod offers;

use crate::{
    browser::{
        composer::{self, Key},
        dialog,
        element::{Element, FramePlace, KeyboardEvent, el},
    },
    components::{Desk, Sign, Title, Worded, dialog as window, icon},
    live::{Live, Reading, afterwards, derived},
    preferences::Preferences,
    store::ChatStore,
};
use offer::{Offer, Reach};
use offer_line::offer_line;
use offers::offers;

/// The list's id, and the beginning of each line's.
const LIST: &str = "offers";

/// The switcher, while it is open.
pub(crate) fn switcher() -> Element {
    let open = Desk::here().switcher;
    let title = Title { name: "switcher", said: |words| words.switcher.title };
    window(title, move || open.get(), move || open.set(false), inside)
}

/// The field and the list under it.
fn inside(frame: FramePlace) -> Element {
    let (store, language) = (ChatStore::here(), Preferences::here().language());
    let query = Live::new(String::new());
    let at = Live::new(None::<Offer>);
    let list = FramePlace::new();
    let found = derived(move || query.with(|query| offers(query, store, language.get())));
    let chosen = derived(move || chosen(found, at));
    afterwards(move || {
        chosen.track();
        dialog::reveal(list);
    });
    el("div")
        .class("switcher")
        .child(
            el("div")
                .class("ask")
                .child(icon(Sign::Search))
                .child(field(frame, query, at, found, chosen)),
        )
        .child(
            el("ul")
                .bind(list)
                .attr("id", LIST)
                .attr("role", "listbox")
                .attr_say("aria-label", |words| words.switcher.title)
                .each(
                    move || found.get(),
                    Offer::key,
                    move |offer| offer_line(offer, chosen, at, frame),
                ),
        )
}

/// The line that Enter takes: the one gone to, or the first.
fn chosen(found: Reading<Vec<Offer>>, at: Live<Option<Offer>>) -> Option<Offer> {
    let at = at.get();
    found.with(|found| at.filter(|at| found.contains(at)).or_else(|| found.first().cloned()))
}

/// The field: it keeps the keyboard, and its keys move in the list.
fn field(
    frame: FramePlace,
    query: Live<String>,
    at: Live<Option<Offer>>,
    found: Reading<Vec<Offer>>,
    chosen: Reading<Option<Offer>>,
) -> Element {
    let reach = Reach::here();
    let press = move |event: KeyboardEvent| {
        match composer::key(&event) {
            Key::Send | Key::Break => {
                if let Some(offer) = chosen.get_untracked() {
                    dialog::close(frame);
                    offer.take(reach, &query.get_untracked());
                }
            }
            Key::Up => at.set(beside(found, chosen, Beside::Before)),
            Key::Down => at.set(beside(found, chosen, Beside::After)),
            Key::Escape | Key::Other => return,
        }
        event.prevent_default();
    };
    el("input")
        .attr("role", "combobox")
        .attr("aria-expanded", "true")
        .attr("aria-controls", LIST)
        .attr("aria-autocomplete", "list")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("enterkeyhint", "go")
        .attr("autofocus", true)
        .attr("dir", "auto")
        .attr("data-testid", "switcher-field")
        .attr_say("aria-label", |words| words.switcher.title)
        .attr_say("placeholder", |words| words.switcher.hint)
        .attr_by("aria-activedescendant", move || chosen.get().map(|offer| offer.id()))
        .on_key(press)
        .on_input(move |text| {
            at.set(None);
            query.set(text);
        })
}

/// Which neighbour of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Before,
    After,
}

/// The line beside the chosen one; after the last comes the first.
fn beside(
    found: Reading<Vec<Offer>>,
    chosen: Reading<Option<Offer>>,
    side: Beside,
) -> Option<Offer> {
    let now = chosen.get_untracked()?;
    let found = found.get_untracked();
    let at = found.iter().position(|offer| *offer == now)?;
    let next = match side {
        Beside::Before => at.checked_sub(1).unwrap_or(found.len() - 1),
        Beside::After => at + 1,
    };
    found.get(next).or_else(|| found.first()).cloned()
}
