//! One line of the switcher's list.

use super::{Offer, Reach};
use crate::{
    browser::{
        dialog,
        element::{Element, FramePlace, el, several},
    },
    components::{small_icon, unread_mark, words},
    live::{Live, Reading},
    store::ChatStore,
};

/// The line. The pointer chooses by moving, so that a list that scrolls under it chooses nothing.
pub(super) fn offer_line(
    offer: Offer,
    chosen: Reading<Option<Offer>>,
    at: Live<Option<Offer>>,
    frame: FramePlace,
) -> Element {
    let (store, reach, words) = (ChatStore::here(), Reach::here(), words());
    let (is, gone_to, label) = (offer.clone(), offer.clone(), offer.clone());
    let sign = small_icon(offer.sign());
    let unread = unread(&offer, store);
    el("li")
        .attr("id", offer.id())
        .attr("role", "option")
        .attr("data-testid", "offer")
        .attr_by("aria-selected", move || (chosen.get().as_ref() == Some(&is)).to_string())
        .on("pointermove", move |_| {
            if at.get_untracked().as_ref() != Some(&gone_to) {
                at.set(Some(gone_to.clone()));
            }
        })
        .on_click(move |_| {
            dialog::close(frame);
            offer.take(reach, "");
        })
        .child(el("span").class("sign").child(sign))
        .child(el("bdi").class("label").text_by(move || label.label(store, words.get())))
        .child(unread)
}

/// How much is unread in a room.
fn unread(offer: &Offer, store: ChatStore) -> Element {
    let Offer::Room(room) = offer else { return several() };
    store.room(room).map_or_else(several, unread_mark)
}
