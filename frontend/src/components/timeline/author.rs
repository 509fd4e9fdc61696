//! Who said it, at the head of a group: avatar and name.

use std::sync::Arc;

use super::message::of;
use crate::{
    browser::element::{Element, el, several},
    components::{avatar, hue},
    live::Reading,
    store::Row,
};

/// The author's avatar.
pub(super) fn face(row: Reading<Arc<Row>>) -> Element {
    several().part(move || of(row, |message| avatar(&message.author, &message.name, false)))
}

/// The author's name.
pub(super) fn author(row: Reading<Arc<Row>>) -> Element {
    let hue = move || of(row, |message| hue(&message.author));
    el("p").class("by").child(
        el("bdi")
            .class("name")
            .attr("data-testid", "author")
            .attr_by("data-hue", hue)
            .text_by(move || of(row, |message| message.name.clone())),
    )
}
