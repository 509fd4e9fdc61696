//! A hairline with the name of the day that begins.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::moving;

use crate::{
    browser::intl,
    preferences::Preferences,
    store::{Row, RowKey},
};

/// A day's line.
#[component]
pub(super) fn DayLine(
    /// Its key.
    key: RowKey,
    /// The row.
    row: ReadSignal<Arc<Row>>,
) -> impl IntoView {
    let language = expect_context::<Preferences>().language();
    let said = moving(move || {
        row.with(|row| match row.as_ref() {
            Row::Day(day) => intl::day(language.get(), *day),
            Row::Message(_)
            | Row::New
            | Row::NotKept(_)
            | Row::Gap { .. }
            | Row::Loading
            | Row::Start => String::new(),
        })
    });
    view! {
        <li class="day" data-testid="day" data-row=key.0>
            <span>{said}</span>
        </li>
    }
}
