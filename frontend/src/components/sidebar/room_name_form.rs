//! The field of the finder: looks for a room, and offers to make one of that name.

use parlor_shared::{Problem, limits};

use crate::{
    browser::{
        composer,
        element::{Element, FramePlace, el, several},
        intl, task,
        timer::Alarm,
    },
    components::{Worded, refusal, words},
    live::Live,
    store::ChatStore,
};

/// How long typing must rest before it is looked for, in milliseconds.
const REST_MS: f64 = 180.0;

/// The field, the offer to make a room of that name, and why it was refused.
pub(super) fn room_name_form(
    name: Live<String>,
    problem: Live<Option<Option<Problem>>>,
    panel: FramePlace,
) -> Element {
    let store = ChatStore::here();
    let alarm = Alarm::default();
    let typed = move |text: String| {
        name.set(text);
        problem.set(None);
        let look = move || {
            if let Some(query) = name.try_get_untracked() {
                store.find_rooms(query.trim());
            }
        };
        alarm.set(REST_MS, look);
    };
    let make = move || make(store, name, problem, panel);
    let take = move |free| {
        name.set(free);
        make();
    };
    el("form")
        .on_submit(make)
        .child(
            el("input")
                .class("field")
                .attr("autocomplete", "off")
                .attr("autofocus", true)
                .attr("dir", "auto")
                .attr("data-testid", "room-name")
                .attr_say("aria-label", |words| words.rooms.search)
                .attr_say("placeholder", |words| words.rooms.search)
                .attr("aria-describedby", "room-refusal")
                .attr_by("aria-invalid", move || problem.get().is_some().then_some("true"))
                .value_by(move || name.get())
                .on_input(typed),
        )
        .child(refusal("room-refusal", problem, take))
        .child(make_offer(name))
}

/// Offers to make a room of the name typed, where there is none.
fn make_offer(name: Live<String>) -> Element {
    let words = words();
    let store = ChatStore::here();
    let new = move || name.with(|name| is_new(name, store));
    several().when(new, move || {
        el("div")
            .class("create")
            .child(
                el("p")
                    .text_by(move || name.with(|name| (words.get().rooms.make_hint)(name.trim()))),
            )
            .child(
                el("button")
                    .class("button")
                    .attr("data-kind", "main")
                    .attr("data-testid", "make-room")
                    .say(|words| words.rooms.make),
            )
    })
}

/// Whether a room of this name may be offered: none that was found has it.
fn is_new(name: &str, store: ChatStore) -> bool {
    let name = intl::lower(name.trim());
    let rooms = store.search();
    !name.is_empty() && rooms.with(|it| it.rooms.iter().all(|it| intl::lower(&it.name) != name))
}

/// Makes a room, shows why not, or closes the panel.
fn make(
    store: ChatStore,
    name: Live<String>,
    problem: Live<Option<Option<Problem>>>,
    panel: FramePlace,
) {
    let tidy = match limits::check_name(&name.get_untracked()) {
        Ok(tidy) => tidy,
        Err(why) => return problem.set(Some(Some(why))),
    };
    task::begin(async move {
        let answer = store.create_room(tidy).await;
        if answer.is_ok() {
            let _ = panel.now().map(|panel| panel.hide_popover());
            composer::focus();
        }
        problem.set(answer.err());
    });
}
