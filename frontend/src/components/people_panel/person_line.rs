//! One member and their lamp.

use crate::{
    browser::element::{Element, el},
    components::{avatar, words},
    store::{ChatStore, PersonView, Session},
};

/// A member's line.
pub(super) fn person_line(person: &PersonView) -> Element {
    let words = words();
    let session = ChatStore::here().session();
    let online = person.online;
    let link = if online { "lit" } else { "out" };
    let said = move || {
        let words = &words.get().people;
        if online { words.is_here } else { words.is_away }
    };
    let id = person.id.clone();
    let you = move || {
        let you = session.with(|session| matches!(session, Session::In(it) if it.id == id));
        you.then(|| el("span").class("role").text(words.get().people.you))
    };
    el("li")
        .class("person")
        .attr("data-testid", "person")
        .attr("data-away", !online)
        .child(
            el("span")
                .class("avatar-with-lamp")
                .child(avatar(&person.id, &person.name, true))
                .child(
                    el("span")
                        .class("lamp")
                        .attr("data-link", link)
                        .attr("role", "img")
                        .attr_by("aria-label", said),
                ),
        )
        .child(el("bdi").text(&person.name))
        .part(you)
}
