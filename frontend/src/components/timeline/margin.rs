//! The margin at a row's end, so that text never moves for what stands there.

use std::sync::Arc;

use super::message::of;
use crate::{
    browser::{
        element::{Element, el},
        intl,
    },
    components::{Sign, Worded, small_icon},
    live::Reading,
    preferences::Preferences,
    store::{MessageState, Row},
};

/// When, and whether it is still in pencil.
pub(super) fn margin(row: Reading<Arc<Row>>) -> Element {
    let language = Preferences::here().language();
    let time = move || of(row, |message| message.time).unwrap_or_default();
    let pencil = move || of(row, |it| it.state == MessageState::Pencil) == Some(true);
    el("span")
        .class("margin")
        .when(pencil, move || {
            el("span")
                .class("pending")
                .attr_say("title", |words| words.timeline.pending)
                .child(small_icon(Sign::Pencil))
                .child(el("span").class("unseen").say(|words| words.timeline.pending))
        })
        .child(
            el("time")
                .attr_by("datetime", move || intl::datetime(time()))
                .attr_by("title", move || intl::moment(language.get(), time()))
                .text_by(move || intl::time(language.get(), time())),
        )
}
