//! Talk at a steady rate, and what came of it.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use parlor_model::Intent;
use parlor_shared::RoomId;
use parlor_tests::Usage;
use tokio::time::{MissedTickBehavior, interval};

use super::{
    Figures, Wish,
    crowd::{Crowd, Member},
    said::Said,
};

/// How long nothing may arrive before what is missing counts as lost.
const QUIET: Duration = Duration::from_secs(20);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(5);

/// A room, and who of the crowd is in it.
#[derive(Debug)]
pub(crate) struct Circle {
    pub(super) room: RoomId,
    pub(super) members: Vec<usize>,
    /// The messages said in it.
    pub(super) said: Vec<u32>,
}

impl Circle {
    pub(crate) fn new(room: RoomId, members: Vec<usize>) -> Self {
        Self { room, members, said: Vec::new() }
    }
}

/// Talks in all circles in turn, waits until everything has arrived, and says what it was.
pub(crate) async fn talk(
    crowd: &Crowd,
    circles: &mut [Circle],
    wish: &Wish,
    usage: Option<Usage>,
) -> Result<Figures> {
    let (begun, before) = (Instant::now(), usage.map(Usage::processor_time).transpose()?);
    speak(crowd, circles, wish).await;
    let talked = begun.elapsed();
    // What is lost is counted, not waited for without end.
    let _ = all_arrived(crowd, circles).await;
    let after = usage.map(Usage::processor_time).transpose()?;
    let mut figures = Figures::of(crowd, circles, talked);
    figures.processor = after.zip(before).map(|(after, before)| after.saturating_sub(before));
    Ok(figures)
}

/// Says `rate × seconds` messages, at that rate, one in each circle in turn.
pub(super) async fn speak(crowd: &Crowd, circles: &mut [Circle], wish: &Wish) {
    let mut ticks = interval(Duration::from_secs(1) / wish.rate.max(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let rooms = circles.len().max(1);
    for sequence in 0..wish.rate * wish.seconds {
        ticks.tick().await;
        let Some(circle) = circles.get_mut(sequence as usize % rooms) else { return };
        let turn = circle.said.len() % wish.authors.clamp(1, circle.members.len().max(1));
        let author = circle.members.get(turn).and_then(|at| crowd.members.get(*at));
        let Some(author) = author else { continue };
        says(author, &circle.room, Said::now(crowd.run.id(), sequence).text(wish.text_bytes));
        circle.said.push(sequence);
    }
}

/// One client says something.
pub(super) fn says(author: &Member, room: &RoomId, text: String) {
    author.actor.wants(Intent::Send { room: room.clone(), text });
}

/// Waits until every message has arrived at every member of its circle.
///
/// # Errors
/// When nothing has arrived for a while and something is missing.
pub(super) async fn all_arrived(crowd: &Crowd, circles: &[Circle]) -> Result<()> {
    let expected: usize =
        circles.iter().map(|circle| circle.said.len() * circle.members.len()).sum();
    let (mut arrived, mut still) = (crowd.run.arrived(), Instant::now());
    let mut looks = interval(LOOK);
    while arrived < expected as u64 {
        looks.tick().await;
        if crowd.run.arrived() > arrived {
            (arrived, still) = (crowd.run.arrived(), Instant::now());
        }
        ensure!(still.elapsed() < QUIET, "{arrived} of {expected} arrived, and no more");
    }
    Ok(())
}

/// How many deliveries never came.
pub(super) fn lost(crowd: &Crowd, circles: &[Circle]) -> u64 {
    let missing = |circle: &Circle| -> u64 {
        let members = circle.members.iter().filter_map(|at| crowd.members.get(*at));
        members.map(|member| member.arrivals.missing(&circle.said)).sum()
    };
    circles.iter().map(missing).sum()
}
