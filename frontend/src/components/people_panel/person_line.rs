//! One member and their lamp.

use leptos::prelude::*;

use crate::{
    components::{Avatar, moving, words},
    store::{ChatStore, PersonView, Session},
};

/// A member's line.
#[component]
pub(super) fn PersonLine(
    /// Who.
    person: PersonView,
) -> impl IntoView {
    let words = words();
    let session = expect_context::<ChatStore>().session();
    let online = person.online;
    let link = if online { "lit" } else { "out" };
    let said = moving(move || {
        let words = &words.get().people;
        if online { words.is_here } else { words.is_away }
    });
    let id = person.id.clone();
    let you = move || {
        let you = session.with(|session| matches!(session, Session::In(it) if it.id == id));
        you.then(|| view! { <span class="role">{words.get().people.you}</span> })
    };
    view! {
        <li class="person" data-testid="person" data-away=!online>
            <span class="avatar-with-lamp">
                <Avatar person=person.id name=person.name.to_string() small=true />
                <span class="lamp" data-link=link role="img" aria-label=said></span>
            </span>
            <bdi>{person.name.to_string()}</bdi>
            {you}
        </li>
    }
}
