//! Tells of what was said while nobody looked; nothing to see.

use crate::{
    bell::{Bell, BellState},
    browser::{
        element::{Element, several},
        notify,
    },
    components::words,
    live::afterwards,
    store::{ChatStore, Missed},
    words::Words,
};

/// Rings for the rooms that the store names.
pub(crate) fn bell_ringer() -> Element {
    let (words, bell) = (words(), Bell::here());
    let missed = ChatStore::here().missed();
    afterwards(move || {
        let missed = missed.get();
        if bell.state().get_untracked() == BellState::On {
            for room in missed.iter() {
                notify::ring(&worded(room, words.get_untracked()));
            }
        }
    });
    several()
}

fn worded(missed: &Missed, words: &Words) -> notify::Ring {
    let body = match missed.count {
        1 => missed.last.text.clone(),
        count => (words.timeline.spoken_many)(count),
    };
    notify::Ring {
        room: missed.last.room.to_string(),
        number: missed.last.number,
        title: (words.bell.title)(&missed.last.name, &missed.room),
        body,
    }
}
