//! Oneself, at the foot of the sidebar; opens the settings.

use leptos::prelude::*;

use crate::{
    components::{Avatar, Sign, icon, moving, words},
    store::{ChatStore, Session},
};

/// One's own name and avatar.
#[component]
pub(super) fn SelfButton() -> impl IntoView {
    let words = words();
    let session = expect_context::<ChatStore>().session();
    let who = move || match session.get() {
        Session::In(person) => {
            let name = person.name.to_string();
            Some(view! {
                <Avatar person=person.id name=name.clone() small=true />
                <bdi data-testid="own-name">{name}</bdi>
            })
        }
        Session::Asking | Session::Out => None,
    };
    view! {
        <button class="self" popovertarget="settings" data-testid="settings-button">
            {who}
            <span class="unseen">{moving(move || words.get().settings.title)}</span>
            {icon(Sign::Gear)}
        </button>
    }
}
