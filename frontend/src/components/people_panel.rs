//! Who is in the room, those here first.

mod person_line;

use crate::{
    browser::{
        element::{Element, el, several},
        page,
    },
    components::{Desk, Sign, Worded, icon, words},
    store::{ChatStore, PersonView},
};
use person_line::person_line;

/// The panel.
pub(crate) fn people_panel() -> Element {
    let (words, open) = (words(), Desk::here().people);
    let store = ChatStore::here();
    let roster = store.roster();
    let here = move || roster.with(|roster| roster.online);
    let away = move || roster.with(|roster| roster.members.saturating_sub(roster.online));
    let some_away = move || away() > 0;
    el("aside")
        .class("people")
        .attr("data-testid", "people")
        .attr_say("aria-label", |words| words.people.title)
        .child(
            el("header").child(el("h2").say(|words| words.people.title)).child(
                el("button")
                    .class("icon-button")
                    .attr_say("aria-label", |words| words.close)
                    .on_click(move |_| {
                        open.set(false);
                        page::focus("people-button");
                    })
                    .child(icon(Sign::Close)),
            ),
        )
        .child(
            el("div")
                .class("lists")
                .child(el("h3").text_by(move || (words.get().people.here)(here())))
                .child(people_list(true))
                .when(some_away, move || {
                    several()
                        .child(el("h3").text_by(move || (words.get().people.away)(away())))
                        .child(people_list(false))
                }),
        )
}

/// Those who are here, or those who are not.
fn people_list(online: bool) -> Element {
    let roster = ChatStore::here().roster();
    let people = move || {
        let roster = roster.get();
        let some = roster.people.iter().filter(|person| person.online == online).cloned();
        some.collect::<Vec<PersonView>>()
    };
    el("ul").each(
        people,
        |person| format!("{} {}", person.id, person.name),
        |person| person_line(&person),
    )
}
