//! Who has which slots, as each server says of itself.

use std::ops::RangeInclusive;

use anyhow::{Context, Result};
use redis::aio::MultiplexedConnection;

use super::{RedisCluster, ask};

/// What a server says of itself.
#[derive(Debug)]
pub(super) struct Seat {
    /// Which server.
    pub(super) at: usize,
    /// Its name within the cluster.
    pub(super) id: String,
    /// Whose replica it is.
    pub(super) follows: Option<String>,
    /// Rises with each change of what it has.
    epoch: u64,
    slots: Vec<RangeInclusive<u16>>,
}

impl Seat {
    fn has(&self, slot: u16) -> bool {
        self.follows.is_none() && self.slots.iter().any(|slots| slots.contains(&slot))
    }

    /// Whether it is a primary with slots.
    pub(super) fn serves(&self) -> bool {
        self.follows.is_none() && !self.slots.is_empty()
    }
}

impl RedisCluster {
    /// Which server has the slot of `tag` (`{room:lobby}`): of several that say so, the one with the
    /// latest change.
    ///
    /// # Errors
    /// When none does now.
    pub async fn owner_of(&self, tag: &str) -> Result<usize> {
        let slot = self.slot_of(tag).await?;
        Ok(owner(&self.seats().await, slot)?.at)
    }

    /// What each server that is not away says.
    pub(super) async fn seats(&self) -> Vec<Seat> {
        let mut seats = Vec::new();
        for (at, server) in self.answering() {
            if let Ok(mut client) = server.client().await {
                seats.extend(seat(at, &mut client).await.ok());
            }
        }
        seats
    }

    pub(super) async fn slot_of(&self, tag: &str) -> Result<u16> {
        let (_, server) = self.answering().next().context("no server answers")?;
        ask(&mut server.client().await?, &["CLUSTER", "KEYSLOT", tag]).await
    }
}

/// What one server says.
pub(super) async fn seat(at: usize, client: &mut MultiplexedConnection) -> Result<Seat> {
    let nodes: String = ask(client, &["CLUSTER", "NODES"]).await?;
    let own = nodes.lines().find(|line| line.contains("myself"));
    read(at, own.context("it does not name itself")?).context("an odd line")
}

pub(super) fn owner(seats: &[Seat], slot: u16) -> Result<&Seat> {
    let all = seats.iter().filter(|seat| seat.has(slot));
    all.max_by_key(|seat| seat.epoch).with_context(|| format!("nobody has slot {slot}"))
}

/// A line of CLUSTER NODES: id, address, flags, primary, ping, pong, epoch, link, slots.
fn read(at: usize, line: &str) -> Option<Seat> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [id, _, _, primary, _, _, epoch, _, slots @ ..] = words.as_slice() else { return None };
    // What is on its way stands in brackets.
    let slots = slots.iter().filter(|slots| !slots.starts_with('['));
    let range = |word: &&str| {
        let (from, to) = word.split_once('-').unwrap_or((word, word));
        Some(from.parse().ok()?..=to.parse().ok()?)
    };
    Some(Seat {
        at,
        id: (*id).to_owned(),
        follows: (*primary != "-").then(|| (*primary).to_owned()),
        epoch: epoch.parse().ok()?,
        slots: slots.map(range).collect::<Option<_>>()?,
    })
}
