//! `roll`: one node after the other is restarted, gracefully, while everybody talks.

use std::{fmt, time::Duration};

use anyhow::Result;

use crate::chaos::{Gap, Tally, Wish, at_rest, scene::Scene};

/// What a rolling restart came to.
#[derive(Clone, Debug, Default)]
pub struct Rolled {
    /// The promise's figures.
    pub tally: Tally,
    /// From the signal to the end of each node.
    pub nodes: Vec<Duration>,
    /// When clients were told to come back, shortest first.
    pub told: Vec<Duration>,
    /// How long they were without a connection.
    pub without: Vec<Duration>,
    /// How much longer than they were told.
    pub late: Vec<Duration>,
    /// Times without a connection that nobody had told of.
    pub untold: usize,
}

/// Rolls once and checks the promise.
///
/// # Errors
/// What does not hold.
pub async fn run(wish: &Wish) -> Result<Rolled> {
    let mut scene = Scene::open(wish).await?;
    let before: Vec<usize> = scene.talkers().iter().map(|talker| talker.gaps().len()).collect();
    let nodes = scene.roll().await?;
    scene.heal().await?;
    let tally = at_rest(&mut scene).await?.judge(&scene)?;
    let gaps = scene.talkers().iter().zip(before);
    let gaps = gaps.flat_map(|(talker, before)| talker.gaps().into_iter().skip(before));
    let mut rolled = Rolled { tally, nodes, ..Rolled::default() };
    for Gap { told, took } in gaps {
        rolled.without.push(took);
        match told {
            Some(told) => {
                rolled.told.push(told);
                rolled.late.push(took.saturating_sub(told));
            }
            None => rolled.untold += 1,
        }
    }
    rolled.told.sort();
    rolled.without.sort();
    rolled.late.sort();
    Ok(rolled)
}

impl fmt::Display for Rolled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tally, nodes, told, without, late, untold } = self;
        write!(f, "{} confirmed, all there; nodes ended after {nodes:.1?}; ", tally.confirmed)?;
        write!(f, "{} told to come back in {}; ", told.len(), Spread(told))?;
        write!(f, "without a connection for {}; ", Spread(without))?;
        write!(f, "later than told by {}; {untold} not told", Spread(late))
    }
}

/// Median, 99 per cent and longest of what is sorted.
struct Spread<'a>(&'a [Duration]);

impl fmt::Display for Spread<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |per_cent: usize| {
            let place = (self.0.len() * per_cent / 100).min(self.0.len().saturating_sub(1));
            self.0.get(place).copied().unwrap_or_default()
        };
        write!(f, "p50 {:.0?} p99 {:.0?} max {:.0?}", at(50), at(99), at(100))
    }
}
