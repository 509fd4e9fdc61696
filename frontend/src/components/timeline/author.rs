//! Who said it, at the head of a group: avatar and name.

use std::sync::Arc;

use leptos::prelude::*;

use super::message::of;
use crate::{
    components::{Avatar, hue, moving},
    store::Row,
};

/// The author's avatar.
#[component]
pub(super) fn Face(
    /// The row.
    row: ReadSignal<Arc<Row>>,
) -> impl IntoView {
    move || {
        of(row, |message| {
            view! { <Avatar person=message.author.clone() name=message.name.clone() /> }
        })
    }
}

/// The author's name.
#[component]
pub(super) fn Author(
    /// The row.
    row: ReadSignal<Arc<Row>>,
) -> impl IntoView {
    let hue = move || of(row, |message| hue(&message.author));
    view! {
        <p class="by">
            <bdi class="name" data-testid="author" data-hue=hue>
                {moving(move || of(row, |message| message.name.clone()))}
            </bdi>
        </p>
    }
}
