//! A hairline with the name of the day that begins.

use std::sync::Arc;

use crate::{
    browser::{
        element::{Element, el},
        intl,
    },
    components::Desk,
    live::Reading,
    preferences::Preferences,
    store::{Row, RowKey},
};

/// A day's line.
pub(super) fn day_line(key: RowKey, row: Reading<Arc<Row>>) -> Element {
    let (language, today) = (Preferences::here().language(), Desk::here().today);
    let said = move || {
        row.with(|row| match row.as_ref() {
            Row::Day(day) => {
                // Today is yesterday from midnight on.
                today.track();
                intl::day(language.get(), *day)
            }
            Row::Message(_)
            | Row::New
            | Row::NotKept(_)
            | Row::Gap { .. }
            | Row::Loading
            | Row::Start => String::new(),
        })
    };
    el("li")
        .class("day")
        .attr("data-testid", "day")
        .attr("data-row", key.0)
        .child(el("span").text_by(said))
}
