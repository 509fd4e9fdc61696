//! What a tour is told about: people, rooms, and what they say.

use super::{chinese::CHINESE, english::ENGLISH};

/// A story in one language.
#[derive(Debug)]
pub struct Story {
    /// The browser's language.
    pub tag: &'static str,
    /// How it is called in the names of files.
    pub code: &'static str,
    /// The one who walks.
    pub me: &'static str,
    /// The others, the third with a long name.
    pub people: [&'static str; 4],
    /// What is said in the lobby: 0 is the one who walks, 1 the first of the others.
    pub talk: &'static [(usize, &'static str)],
    /// Long words, long names, the other direction.
    pub rooms: [Room; 3],
    /// A room nobody has made.
    pub unknown_room: &'static str,
    /// What is said while the one who walks is away; `{n}` counts.
    pub meanwhile: &'static str,
    /// What the server refuses.
    pub refused: &'static str,
    /// What waits for the network.
    pub waiting: [&'static str; 2],
    /// A draft.
    pub draft: &'static str,
}

/// A room beside the lobby.
#[derive(Debug)]
pub struct Room {
    /// Its name.
    pub name: &'static str,
    /// What the others say in it.
    pub talk: &'static [(usize, &'static str)],
}

impl Story {
    /// One story in each language.
    pub const ALL: [&Self; 2] = [&ENGLISH, &CHINESE];
}
