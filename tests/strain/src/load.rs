//! `load`: many clients at one running server, and what each delivery costs it.
//!
//! Every client is the page's own logic ([`parlor_tests::Actor`]); a `Ledger` beside it
//! reads the same frames and counts what is lost, repeated or out of order. A [`limit`] server that
//! only writes ready frames says what the system calls alone cost in the same minutes.

mod bare;
mod crowd;
mod fan_out;
mod figures;
mod idle;
mod ledger;
pub mod limit;
mod many_rooms;
mod said;
mod slow;
mod storm;
mod talk;
mod target;

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

pub(crate) use crowd::Crowd;
pub use figures::Figures;
pub(crate) use talk::{Circle, talk};
pub use target::Target;

/// What is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// Everybody in one room; a few of them talk.
    FanOut,
    /// Rooms of ten, talk in all of them.
    ManyRooms,
    /// Everybody connected, nobody says anything.
    Idle,
    /// Everybody cut at once; back at once, with 100 missed messages each.
    Storm,
    /// One room; some stop reading for a while.
    Slow,
}

/// How much of it.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Clients.
    pub clients: usize,
    /// Messages a second, of all together.
    pub rate: u32,
    /// For how long they talk, or say nothing, in seconds.
    pub seconds: u32,
    /// Bytes of a message's text.
    pub text_bytes: usize,
    /// How many of the clients talk, in each room.
    pub authors: usize,
    /// For the tests of this program: this message is hidden from the first client's ledger.
    pub planted_loss: Option<u32>,
}

impl Scenario {
    /// What is usual for it.
    #[must_use]
    pub fn usual(self) -> Wish {
        let (clients, rate, text_bytes) = match self {
            Self::FanOut => (1_000, 20, 64),
            Self::ManyRooms => (1_000, 500, 64),
            Self::Idle => (5_000, 0, 64),
            Self::Storm => (2_000, 0, 64),
            // Together more than the outbox and all buffers between hold, in fewer messages than
            // a catch-up brings.
            Self::Slow => (500, 30, 3_900),
        };
        // Idle polls come back once in that time.
        let seconds = if self == Self::Idle { 30 } else { 15 };
        Wish { clients, rate, seconds, text_bytes, authors: 10, planted_loss: None }
    }

    /// Plays it at a server.
    ///
    /// # Errors
    /// When the server lets somebody down who must not be let down.
    pub async fn play(self, target: &Target, wish: &Wish) -> Result<Figures> {
        match self {
            Self::FanOut => fan_out::play(target, wish).await,
            Self::ManyRooms => many_rooms::play(target, wish).await,
            Self::Idle => idle::play(target, wish).await,
            Self::Storm => storm::play(target, wish).await,
            Self::Slow => slow::play(target, wish).await,
        }
    }

    /// Plays what its system calls are at the bare server, which `strain`, this program, also is.
    ///
    /// # Errors
    /// When that server does not start or lets somebody down.
    pub async fn limit(self, wish: &Wish, strain: &Path) -> Result<Figures> {
        bare::play(self, wish, strain).await
    }
}
