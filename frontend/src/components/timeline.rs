//! The open room's timeline: its rows, how it scrolls, and the way to its end.

mod author;
mod day_line;
mod deleting;
mod edit_form;
mod jump_button;
mod links;
mod margin;
mod message;
mod message_text;
mod not_kept_edge;
mod older_gap;
mod room_start;
mod row_tools;
mod timeline_row;
mod trouble;

use leptos::{html, prelude::*};

use crate::{
    browser::{reading, timeline},
    components::{current_room, moving, words},
    store::ChatStore,
};
use author::{Author, Face};
use day_line::DayLine;
use deleting::Deleting;
use edit_form::EditForm;
use jump_button::JumpButton;
use margin::Margin;
use message::Message;
use message_text::MessageText;
use not_kept_edge::NotKeptEdge;
use older_gap::OlderGap;
use room_start::RoomStart;
use row_tools::RowTools;
use timeline_row::TimelineRow;
use trouble::Trouble;

/// The rows of the open room.
#[component]
pub(crate) fn Timeline() -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let room = current_room(store);
    let id = moving(move || room.id.get().map(|room| room.to_string()));
    let (scroller, list) = (NodeRef::<html::Div>::new(), NodeRef::<html::Ol>::new());
    let scroll = timeline::attach(scroller, list);
    reading::watch(scroll.at_end());
    let rows = store.rows();
    let label = moving(move || (words.get().timeline.label)(&room.name.get()));
    view! {
        <div class="stage" data-testid="timeline" data-room=id>
            <div class="scroller" node_ref=scroller>
                // The log wraps the list: an `ol` that is a log would have no list items.
                <div class="measure" role="log" aria-live="off" aria-label=label>
                    <ol
                        class="rows"
                        node_ref=list
                        role="list"
                        on:keydown=move |event| scroll.arrows(&event)
                    >
                        <For
                            each=move || rows.get()
                            key=|row| *row
                            children=|row| view! { <TimelineRow row /> }
                        />
                    </ol>
                </div>
            </div>
            <JumpButton scroll />
        </div>
    }
}
