//! Everybody connected, nobody says anything: what a connection costs by being there.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use parlor_tests::{Session, Usage, wait_ms};

use super::{
    Figures, Target, Wish,
    crowd::{Crowd, people},
};

/// Connected before the first look: what a server takes for the first of them all, it takes once.
const FIRST: usize = 50;

pub(super) async fn play(target: &Target, wish: &Wish) -> Result<Figures> {
    let usage = target.usage().context("idle is about memory: name the server's process, --pid")?;
    let sessions = people(target, wish.clients + FIRST).await?;
    let (first, others) = sessions.split_at_checked(FIRST).context("too few")?;
    let first = Crowd::open(target, wish, first).await?;
    let figures = measured(target, wish, others, usage).await;
    drop(first);
    figures
}

async fn measured(
    target: &Target,
    wish: &Wish,
    sessions: &[Session],
    usage: Usage,
) -> Result<Figures> {
    let before = usage.resident()?;
    let begun = Instant::now();
    let crowd = Crowd::open(target, wish, sessions).await?;
    let took = begun.elapsed();
    let busy = usage.processor_time()?;
    wait_ms(u64::from(wish.seconds) * 1_000).await;
    let idle = usage.processor_time()?.saturating_sub(busy);
    let grown = usage.resident()?.saturating_sub(before);
    let mut figures = Figures::of(&crowd, &[], took);
    figures.bytes_each = Some(grown as f64 / sessions.len().max(1) as f64);
    figures.more = vec![
        ("all connected after, s", format!("{:.1}", took.as_secs_f64())),
        ("idle CPU, % of a core", per_cent(idle, wish.seconds)),
        ("links", crowd.run.links().to_string()),
    ];
    Ok(figures)
}

fn per_cent(idle: Duration, seconds: u32) -> String {
    format!("{:.1}", idle.as_secs_f64() * 100.0 / f64::from(seconds.max(1)))
}
