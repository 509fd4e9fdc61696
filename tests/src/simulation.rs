//! The deterministic simulation: real clients and the real log core over a faulty, seeded network,
//! without sockets and without a clock.
//!
//! Real are [`parlor_model::Client`], [`parlor::hub::Channel`] and
//! [`parlor::engine::log::MemoryLog`]; the node between them is a thin stand-in for the hub's actor
//! and the commands. Clients go by sockets, long and short polls, as their networks let them. One
//! seed is one schedule and replays exactly. Start with [`run`].

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the simulation's own slips should stop it"
)]

mod acts;
mod agenda;
mod checks;
mod commands;
mod connection;
mod device;
mod dice;
mod driving;
mod hosting;
mod linking;
mod networks;
mod node;
mod owner;
mod planted;
mod polls;
mod posting;
mod requests;
mod sockets;
mod stand_in;
mod standing;
mod store;
mod trouble;
mod world;

use std::{ops::Range, thread};

pub use dice::Dice;
pub use planted::Planted;

/// What a schedule came to, for reports and to see that the simulation is not idle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Things that happened.
    pub happenings: u64,
    /// Messages written.
    pub written: u64,
    /// Times somebody joined or left a room.
    pub moves: u64,
    /// Times the store lost something that it had confirmed.
    pub losses: u64,
    /// Times a client was told that the past is another.
    pub forks: u64,
    /// Links that were cut, went silent, or ended with their node.
    pub cuts: u64,
    /// Polls whose answers arrived.
    pub answers: u64,
    /// Times a client took another way of its own accord.
    pub changes_of_way: u64,
    /// Those among them where a socket took the place of polls.
    pub adoptions: u64,
}

impl Tally {
    /// Adds another schedule's.
    pub fn add(&mut self, other: Self) {
        self.happenings += other.happenings;
        self.written += other.written;
        self.moves += other.moves;
        self.losses += other.losses;
        self.forks += other.forks;
        self.cuts += other.cuts;
        self.answers += other.answers;
        self.changes_of_way += other.changes_of_way;
        self.adoptions += other.adoptions;
    }
}

/// Runs one schedule to its end and checks the promise.
///
/// # Errors
/// What was broken, in a sentence.
pub fn run(seed: u64, planted: Planted, trace: bool) -> Result<Tally, String> {
    let mut world = world::World::new(seed, planted, trace);
    world.play()?;
    checks::check(&world)?;
    world.come_back()?;
    checks::check_after_return(&world)?;
    Ok(world.tally)
}

/// What many schedules came to.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// All that held.
    pub tally: Tally,
    /// The seeds that did not, and what was broken.
    pub broken: Vec<(u64, String)>,
}

/// Runs the schedules of these seeds, on all processors.
#[must_use]
pub fn run_all(seeds: Range<u64>, planted: Planted) -> Played {
    let hands = thread::available_parallelism().map_or(1, |hands| hands.get() as u64);
    let share = |hand: u64| {
        let mut played = Played::default();
        for seed in seeds.clone().filter(|seed| seed % hands == hand) {
            match run(seed, planted, false) {
                Ok(tally) => played.tally.add(tally),
                Err(broken) => played.broken.push((seed, broken)),
            }
        }
        played
    };
    let mut all = Played::default();
    thread::scope(|scope| {
        let hands: Vec<_> = (0..hands)
            .map(|hand| {
                scope.spawn({
                    let share = &share;
                    move || share(hand)
                })
            })
            .collect();
        for played in hands.into_iter().map(|hand| hand.join().expect("no schedule panics")) {
            all.tally.add(played.tally);
            all.broken.extend(played.broken);
        }
    });
    all.broken.sort();
    all
}
