//! Where the room begins; an empty chair while nobody has spoken.

use leptos::prelude::*;

use crate::{
    components::{Drawing, current_room, drawing, moving, shown_while, words},
    store::{ChatStore, RowKey},
};

/// The beginning.
#[component]
pub(super) fn RoomStart(
    /// Its key.
    key: RowKey,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let name = current_room(store).name;
    let rows = store.rows();
    // Nothing but this row.
    let empty = Memo::new(move |_| rows.with(|rows| rows.len() < 2));
    let hint = moving(move || {
        let words = &words.get().timeline;
        if empty.get() { words.empty } else { words.start_hint }
    });
    view! {
        <li class="start" data-testid="start" data-row=key.0 data-empty=moving(move || empty.get())>
            {shown_while(move || empty.get(), move || view! {{drawing(Drawing::Chair)}}.into_any())}
            <h2>{moving(move || (words.get().timeline.start)(&name.get()))}</h2>
            <p>{hint}</p>
        </li>
    }
}
