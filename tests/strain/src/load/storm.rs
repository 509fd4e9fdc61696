//! Everybody cut at once, and back at once with 100 missed messages each.

use std::time::Instant;

use anyhow::{Context, Result};
use parlor_shared::RoomId;
use parlor_tests::Usage;

use super::{
    Figures, Target, Wish,
    crowd::{Crowd, people},
    said::Said,
    talk::{Circle, all_arrived, says},
};

/// Messages said while everybody is away.
pub(super) const MISSED: u32 = 100;

pub(super) async fn play(target: &Target, wish: &Wish) -> Result<Figures> {
    let sessions = people(target, wish.clients + 1).await?;
    let crowd = Crowd::open(target, wish, &sessions).await?;
    let (author, others) = crowd.members.split_last().context("nobody")?;
    for member in others {
        member.actor.goes_offline();
    }
    for member in others {
        member.actor.is_cut().await?;
    }
    let lobby = RoomId::lobby();
    for sequence in 0..MISSED {
        says(author, &lobby, Said::now(crowd.run.id(), sequence).text(wish.text_bytes));
    }
    let mut circle = Circle::new(lobby, vec![others.len()]);
    circle.said = (0..MISSED).collect();
    all_arrived(&crowd, std::slice::from_ref(&circle)).await?;
    circle.members = (0..crowd.members.len()).collect();
    comes_back(target, &crowd, circle).await
}

async fn comes_back(target: &Target, crowd: &Crowd, circle: Circle) -> Result<Figures> {
    let usage = target.usage();
    let before = usage.map(Usage::processor_time).transpose()?;
    let begun = Instant::now();
    crowd.run.counts_from_now();
    for member in &crowd.members {
        member.actor.comes_back();
    }
    let _ = all_arrived(crowd, std::slice::from_ref(&circle)).await;
    let took = begun.elapsed();
    let after = usage.map(Usage::processor_time).transpose()?;
    let mut figures = Figures::of(crowd, &[circle], took);
    figures.deliveries -= u64::from(MISSED);
    figures.processor = after.zip(before).map(|(after, before)| after.saturating_sub(before));
    figures.more.push(("everybody complete after, s", format!("{:.2}", took.as_secs_f64())));
    Ok(figures)
}
