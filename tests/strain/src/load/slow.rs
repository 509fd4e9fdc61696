//! One room, and some who stop reading for a while.

use anyhow::{Context, Result};
use parlor_shared::RoomId;
use parlor_tests::Usage;

use super::{
    Figures, Target, Wish,
    crowd::Crowd,
    talk::{Circle, all_arrived, lost, talk},
};

/// One of so many stops reading.
pub(super) const ONE_OF: usize = 10;

pub(super) async fn play(target: &Target, wish: &Wish) -> Result<Figures> {
    let crowd = Crowd::gather(target, wish).await?;
    let (room, everybody) = (RoomId::lobby(), 0..crowd.members.len());
    // Those who talk are among the first.
    let readers = crowd.members.len() - crowd.members.len() / ONE_OF;
    let slow = crowd.members.get(readers..).context("nobody is slow")?;
    let memory = target.usage().map(Usage::resident).transpose()?;
    let links = crowd.run.links();
    for member in slow {
        member.actor.stops_reading();
    }
    let mut circles = [Circle::new(room, (0..readers).collect())];
    let mut figures = talk(&crowd, &mut circles, wish, target.usage()).await?;
    let grown = target.usage().map(Usage::resident).transpose()?.zip(memory);
    for member in slow {
        member.actor.reads_on();
    }
    let [circle] = &mut circles;
    circle.members = everybody.collect();
    // What is lost is counted, not waited for without end.
    let _ = all_arrived(&crowd, &circles).await;
    figures.lost = lost(&crowd, &circles);
    (figures.repeated, figures.out_of_order) = (crowd.run.repeated(), crowd.run.out_of_order());
    figures.more = vec![
        ("slow readers", slow.len().to_string()),
        ("had to come back", (crowd.run.links() - links).to_string()),
    ];
    figures.more.extend(grown.map(|(after, before)| {
        ("MiB grown meanwhile", (after.saturating_sub(before) >> 20).to_string())
    }));
    Ok(figures)
}
