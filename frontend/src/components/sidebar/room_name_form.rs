//! The field of the finder: looks for a room, and offers to make one of that name.

use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use parlor_shared::{Problem, limits};

use crate::{
    browser::timer::Alarm,
    components::{Refusal, moving, shown_while, words},
    store::ChatStore,
};

/// How long typing must rest before it is looked for, in milliseconds.
const REST_MS: f64 = 180.0;

/// The field, the offer to make a room of that name, and why it was refused.
#[component]
pub(super) fn RoomNameForm(
    /// What is typed.
    name: RwSignal<String>,
    /// Why no room was made.
    problem: RwSignal<Option<Option<Problem>>>,
    /// The panel to close once the room is there.
    panel: NodeRef<html::Div>,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let alarm = StoredValue::new_local(Alarm::default());
    let typed = move |event| {
        name.set(event_target_value(&event));
        problem.set(None);
        let look = move || {
            if let Some(query) = name.try_get_untracked() {
                store.find_rooms(query.trim());
            }
        };
        alarm.with_value(|alarm| alarm.set(REST_MS, look));
    };
    let make = move || make(store, name, problem, panel);
    let take = Callback::new(move |free| {
        name.set(free);
        make();
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        make();
    };
    view! {
        <form on:submit=submit>
            <input
                class="field"
                autocomplete="off"
                autofocus
                dir="auto"
                data-testid="room-name"
                aria-label=moving(move || words.get().rooms.search)
                placeholder=moving(move || words.get().rooms.search)
                aria-describedby="room-refusal"
                aria-invalid=moving(move || problem.get().is_some().then_some("true"))
                prop:value=name
                on:input=typed
            />
            <Refusal id="room-refusal" problem take />
            <MakeOffer name />
        </form>
    }
}

/// Offers to make a room of the name typed, where there is none.
#[component]
fn MakeOffer(
    /// What is typed.
    name: RwSignal<String>,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let new = move || name.with(|name| is_new(name, store));
    view! {
        {shown_while(new, move || view! {
            <div class="create">
                <p>{moving(move || (words.get().rooms.make_hint)(name.get().trim()))}</p>
                <button class="button" data-kind="main" data-testid="make-room">
                    {moving(move || words.get().rooms.make)}
                </button>
            </div>
        }.into_any())}
    }
}

/// Whether a room of this name may be offered: none that was found has it.
fn is_new(name: &str, store: ChatStore) -> bool {
    let name = name.trim().to_lowercase();
    let rooms = store.search();
    !name.is_empty() && rooms.with(|it| it.rooms.iter().all(|it| it.name.to_lowercase() != name))
}

/// Makes a room, shows why not, or closes the panel.
fn make(
    store: ChatStore,
    name: RwSignal<String>,
    problem: RwSignal<Option<Option<Problem>>>,
    panel: NodeRef<html::Div>,
) {
    let tidy = match limits::check_name(&name.get_untracked()) {
        Ok(tidy) => tidy,
        Err(why) => return problem.set(Some(Some(why))),
    };
    spawn_local(async move {
        let answer = store.create_room(tidy).await;
        if answer.is_ok() {
            let _ = panel.try_get_untracked().flatten().map(|panel| panel.hide_popover());
        }
        problem.try_set(answer.err());
    });
}
