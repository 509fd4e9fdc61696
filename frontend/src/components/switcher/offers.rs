//! What the switcher offers for what is typed, the likeliest first.

use parlor_shared::RoomId;

use super::Offer;
use crate::{browser::intl, store::ChatStore, words::Language};

/// The offers. Without a word typed: rooms with something unread first, and the one that is open not at
/// all; then what can be done.
pub(super) fn offers(query: &str, store: ChatStore, language: Language) -> Vec<Offer> {
    let words = language.words();
    let query = intl::lower(query.trim());
    let (rooms, current) = (store.rooms().get(), store.current().get());
    if query.is_empty() {
        let others = rooms.into_iter().filter(|room| current.as_ref() != Some(room));
        let (first, then): (Vec<_>, Vec<_>) = others.partition(|room| has_unread(store, room));
        let rooms = first.into_iter().chain(then).map(Offer::Room);
        return rooms.chain(Offer::deeds(language)).collect();
    }
    let all = || rooms.iter().cloned().map(Offer::Room).chain(Offer::deeds(language));
    let nearness = |offer: &Offer| near(&intl::lower(&offer.label(store, words)), &query);
    let mut found: Vec<Offer> = Nearness::ALL
        .into_iter()
        .flat_map(|wanted| all().filter(move |offer| nearness(offer) == Some(wanted)))
        .collect();
    // Whatever was typed may be the name of a room.
    if !found.contains(&Offer::Find) {
        found.push(Offer::Find);
    }
    found
}

fn has_unread(store: ChatStore, room: &RoomId) -> bool {
    store.room(room).is_some_and(|room| room.with(|room| room.unread > 0))
}

/// How near a label is to what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nearness {
    /// It begins so.
    Beginning,
    /// One of its words does.
    Word,
    /// It is somewhere in it.
    Within,
}

impl Nearness {
    const ALL: [Self; 3] = [Self::Beginning, Self::Word, Self::Within];
}

fn near(label: &str, query: &str) -> Option<Nearness> {
    // The library's own search is made for books, and weighs 1.4 KB.
    let begins = |at: &usize| label.get(*at..).is_some_and(|rest| rest.starts_with(query));
    let at = label.char_indices().map(|(at, _)| at).find(begins)?;
    let word =
        label.split(|letter: char| !letter.is_alphanumeric()).any(|it| it.starts_with(query));
    Some(match at {
        0 => Nearness::Beginning,
        _ if word => Nearness::Word,
        _ => Nearness::Within,
    })
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{Nearness, near};

    #[wasm_bindgen_test]
    fn the_beginning_is_nearer_than_a_word_and_a_word_nearer_than_its_inside() {
        assert_eq!(near("garden club", "gar"), Some(Nearness::Beginning));
        assert_eq!(near("the garden", "gar"), Some(Nearness::Word));
        assert_eq!(near("vinegar", "gar"), Some(Nearness::Within));
        assert_eq!(near("garden", "lobby"), None);
        assert_eq!(near("外观：深色", "深"), Some(Nearness::Word));
    }
}
