//! `transports`: the same conversation over a socket, long polls and short polls, at one server, and
//! what each costs on the wire and in it.

mod counter;
mod traffic;

use std::{
    fmt,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use parlor_shared::RoomId;
use parlor_tests::{EngineKind, Usage, Way, wait_ms};

use crate::load::{Circle, Crowd, Figures, Target, Wish, talk};
use counter::Counter;
use traffic::Traffic;

/// What is played.
#[derive(Clone, Copy, Debug)]
pub struct Conversation {
    /// People in the room, each over the way that is measured.
    pub people: usize,
    /// For how long one of them says something each second, in seconds.
    pub talk_s: u32,
    /// For how long nobody says anything after it, in seconds.
    pub quiet_s: u32,
}

/// What one way cost.
#[derive(Clone, Debug)]
pub struct Cost {
    way: &'static str,
    people: f64,
    figures: Figures,
    talk: Spent,
    quiet: Spent,
    quiet_for: Duration,
}

#[derive(Clone, Copy, Debug)]
struct Spent {
    traffic: Traffic,
    processor: Duration,
}

/// Plays the conversation over each way, one after the other, each at a new server: whoever leaves is
/// missed only after a while.
///
/// # Errors
/// When the server does not start, lets somebody down, or loses something.
pub async fn run(binary: &Path, conversation: Conversation) -> Result<Vec<Cost>> {
    let mut costs = Vec::new();
    for (name, way) in [
        ("WebSocket", None),
        ("long polling", Some(Way::Long)),
        ("short polling", Some(Way::Short)),
    ] {
        let server = Target::start(binary, EngineKind::Embedded).await?;
        costs.push(play(&server, name, way, conversation).await?);
    }
    Ok(costs)
}

async fn play(
    server: &Target,
    name: &'static str,
    way: Option<Way>,
    conversation: Conversation,
) -> Result<Cost> {
    let usage = server.usage().context("no process")?;
    let counter = Counter::before(server.url()).await?;
    let target = Target::running(counter.url(), None);
    let target = match way {
        Some(way) => target.over(way).await?,
        None => target,
    };
    let Conversation { people, talk_s: seconds, quiet_s } = conversation;
    let wish =
        Wish { clients: people, rate: 1, seconds, text_bytes: 64, authors: 1, planted_loss: None };
    let crowd = Crowd::gather(&target, &wish).await?;
    // What comes with the arrival of the last of them is none of the talk's.
    wait_ms(5_000).await;
    let before = Spent::so_far(&counter, usage)?;
    let mut circles = [Circle::new(RoomId::lobby(), (0..people).collect())];
    let figures = talk(&crowd, &mut circles, &wish, None).await?;
    ensure!(figures.is_sound(), "{name}: {figures}");
    let (talked, begun) = (Spent::so_far(&counter, usage)?, Instant::now());
    wait_ms(u64::from(quiet_s) * 1_000).await;
    let (quiet, quiet_for) = (Spent::so_far(&counter, usage)?.since(talked), begun.elapsed());
    let talk = talked.since(before);
    Ok(Cost { way: name, people: people as f64, figures, talk, quiet, quiet_for })
}

impl Spent {
    fn so_far(counter: &Counter, usage: Usage) -> Result<Self> {
        Ok(Self { traffic: counter.traffic(), processor: usage.exact_processor_time()? })
    }

    fn since(self, before: Self) -> Self {
        Self {
            traffic: self.traffic.since(before.traffic),
            processor: self.processor.saturating_sub(before.processor),
        }
    }

    /// Requests, frames, bytes up and down, and processor µs, for each of `count`.
    fn each(self, count: f64) -> String {
        let Traffic { requests, frames, up, down } = self.traffic;
        let [requests, frames] = [requests, frames].map(|all| all as f64 / count);
        let [up, down] = [up, down].map(|all| all as f64 / count);
        let us = self.processor.as_secs_f64() * 1e6 / count;
        format!("{requests:.2} | {frames:.2} | {up:.0} | {down:.0} | {us:.0}")
    }
}

impl Cost {
    /// The heads of both tables.
    pub const HEADS: [&str; 2] = [
        "| for each delivered message | requests | frames | bytes up | bytes down | server CPU, µs | latency, median | p99 |\n|---|---|---|---|---|---|---|---|",
        "| for each client in a quiet minute | requests | frames | bytes up | bytes down | server CPU, µs |\n|---|---|---|---|---|---|",
    ];

    /// Its line in the table of delivered messages.
    #[must_use]
    pub fn delivered(&self) -> impl fmt::Display {
        let [median, _, most, _, _] = self.figures.latency_us.map(|us| us as f64 / 1e3);
        let each = self.talk.each(self.figures.deliveries.max(1) as f64);
        format!("| {} | {each} | {median:.1} ms | {most:.1} ms |", self.way)
    }

    /// Requests that all its clients made while nobody said anything.
    #[must_use]
    pub fn quiet_requests(&self) -> u64 {
        self.quiet.traffic.requests
    }

    /// Its line in the table of quiet minutes.
    #[must_use]
    pub fn quiet(&self) -> impl fmt::Display {
        let minutes = self.quiet_for.as_secs_f64() / 60.0;
        format!("| {} | {} |", self.way, self.quiet.each(self.people * minutes))
    }
}
