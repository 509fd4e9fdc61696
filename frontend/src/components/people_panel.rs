//! Who is in the room, those here first.

mod person_line;

use leptos::prelude::*;

use crate::{
    components::{Sign, icon, moving, shown_while, words},
    store::{ChatStore, PersonView},
};
use person_line::PersonLine;

/// The panel.
#[component]
pub(crate) fn PeoplePanel(
    /// Whether it is shown; closing sets it.
    open: RwSignal<bool>,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let roster = store.roster();
    let here = Signal::derive(move || roster.with(|roster| roster.online));
    let away =
        Signal::derive(move || roster.with(|roster| roster.members.saturating_sub(roster.online)));
    let some_away = move || away.get() > 0;
    view! {
        <aside class="people" data-testid="people" aria-label=moving(move || words.get().people.title)>
            <header>
                <h2>{moving(move || words.get().people.title)}</h2>
                <button
                    class="icon-button"
                    aria-label=moving(move || words.get().close)
                    on:click=move |_| open.set(false)
                >
                    {icon(Sign::Close)}
                </button>
            </header>
            <div class="lists">
                <h3>{moving(move || (words.get().people.here)(here.get()))}</h3>
                <People online=true />
                {shown_while(some_away, move || view! {
                    <h3>{moving(move || (words.get().people.away)(away.get()))}</h3>
                    <People online=false />
                }.into_any())}
            </div>
        </aside>
    }
}

/// Those who are here, or those who are not.
#[component]
fn People(
    /// Which.
    online: bool,
) -> impl IntoView {
    let roster = expect_context::<ChatStore>().roster();
    let people = move || {
        let roster = roster.get();
        let some = roster.people.iter().filter(|person| person.online == online).cloned();
        some.collect::<Vec<PersonView>>()
    };
    view! {
        <ul>
            <For
                each=people
                key=|person| (person.id.clone(), person.name.clone())
                children=|person| view! { <PersonLine person /> }
            />
        </ul>
    }
}
