//! Moves a slot with its keys from one primary to another, as resharding does, while it is in use.

use anyhow::{Context, Result, ensure};
use redis::aio::MultiplexedConnection;

use super::{
    RedisCluster, ask,
    seats::{Seat, owner},
};
use crate::eventually::wait_ms;

/// Keys that go at once, as `redis-cli --cluster reshard` has it.
const AT_ONCE: &str = "10";
/// Between two handfuls of keys: for so long the slot's keys are in two places.
const PAUSE_MS: u64 = 10;

/// A slot on its way. Nothing of the cluster may break meanwhile.
#[derive(Debug)]
pub struct Move {
    tag: String,
    slot: String,
    giver: End,
    taker: End,
    /// The other primaries, which are told in the end.
    others: Vec<MultiplexedConnection>,
    /// Whether the new owner has a replica.
    replicated: bool,
}

/// One end of it.
#[derive(Debug)]
struct End {
    client: MultiplexedConnection,
    id: String,
    port: u16,
}

impl RedisCluster {
    /// Moves the slot of `tag` (`{room:lobby}`) to the next primary.
    ///
    /// # Errors
    /// When a server refuses its part.
    pub async fn moves_the_slot_of(&self, tag: &str) -> Result<()> {
        let mut moving = self.begins_to_move(tag).await?;
        moving.carries_all().await?;
        moving.ends().await
    }

    /// Begins that: from now on the slot is on its way, with all its keys still where they were.
    ///
    /// # Errors
    /// When a server refuses its part.
    pub async fn begins_to_move(&self, tag: &str) -> Result<Move> {
        let slot = self.slot_of(tag).await?;
        let seats = self.seats().await;
        let from = owner(&seats, slot)?;
        let others: Vec<_> =
            seats.iter().filter(|seat| seat.serves() && seat.at != from.at).collect();
        let next = others.iter().find(|seat| seat.at > from.at).or_else(|| others.first());
        let to = next.context("there is no other primary")?;
        let (mut giver, mut taker) = (self.end(from).await?, self.end(to).await?);
        let slot = slot.to_string();
        let set_slot = ["CLUSTER", "SETSLOT", &slot];
        ask::<()>(&mut taker.client, &[&set_slot[..], &["IMPORTING", &giver.id]].concat()).await?;
        ask::<()>(&mut giver.client, &[&set_slot[..], &["MIGRATING", &taker.id]].concat()).await?;
        let mut told = Vec::new();
        for other in others.iter().filter(|seat| seat.at != to.at) {
            told.push(self.end(other).await?.client);
        }
        let replicated = seats.iter().any(|seat| seat.follows.as_deref() == Some(&to.id));
        Ok(Move { tag: tag.to_owned(), slot, giver, taker, others: told, replicated })
    }

    /// The owner of an empty slot gives it to another primary and takes it back, all at once: nobody else hears
    /// of it, but whoever was subscribed there no longer is.
    ///
    /// # Errors
    /// When it refuses, as it does when there are keys.
    pub async fn lets_go_and_takes_back(&self, tag: &str) -> Result<()> {
        let (slot, seats) = (self.slot_of(tag).await?, self.seats().await);
        let owner = owner(&seats, slot)?;
        let other = seats.iter().find(|seat| seat.serves() && seat.at != owner.at);
        let mut both = redis::pipe();
        for seat in [other.context("there is no other primary")?, owner] {
            both.cmd("CLUSTER").arg("SETSLOT").arg(slot).arg("NODE").arg(&seat.id).ignore();
        }
        let mut client = self.server(owner.at)?.client().await?;
        Ok(both.query_async(&mut client).await?)
    }

    async fn end(&self, seat: &Seat) -> Result<End> {
        let client = self.server(seat.at)?.client().await?;
        let port = self.ports().get(seat.at).copied().context("no such server")?;
        Ok(End { client, id: seat.id.clone(), port })
    }
}

impl Move {
    /// Gives all keys away, a handful at a time.
    ///
    /// # Errors
    /// When a server refuses its part.
    pub async fn carries_all(&mut self) -> Result<()> {
        let port = self.taker.port.to_string();
        loop {
            let words = ["CLUSTER", "GETKEYSINSLOT", &self.slot, AT_ONCE];
            let keys: Vec<String> = ask(&mut self.giver.client, &words).await?;
            if keys.is_empty() {
                return Ok(());
            }
            let mut migrate = vec!["MIGRATE", "127.0.0.1", &port, "", "0", "5000", "KEYS"];
            migrate.extend(keys.iter().map(String::as_str));
            ask::<()>(&mut self.giver.client, &migrate).await?;
            wait_ms(PAUSE_MS).await;
        }
    }

    /// Says whose the slot is now, and waits until the keys are on the new owner's replica too: before that, a
    /// fail-over takes all of them.
    ///
    /// # Errors
    /// When a server refuses its part, or the replica does not get them.
    pub async fn ends(mut self) -> Result<()> {
        let settled = ["CLUSTER", "SETSLOT", &self.slot, "NODE", &self.taker.id];
        ask::<()>(&mut self.taker.client, &settled).await?;
        ask::<()>(&mut self.giver.client, &settled).await?;
        for other in &mut self.others {
            ask::<()>(other, &settled).await?;
        }
        if self.replicated {
            // WAIT waits for what its own link wrote.
            let mark = format!("moved:{}", self.tag);
            ask::<()>(&mut self.taker.client, &["SET", &mark, "1", "PX", "60000"]).await?;
            let there: u32 = ask(&mut self.taker.client, &["WAIT", "1", "10000"]).await?;
            ensure!(there >= 1, "the replica does not get what was moved");
        }
        Ok(())
    }
}
