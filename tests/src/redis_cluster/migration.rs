//! Moves a slot with its keys from one primary to another, as resharding does, while it is in use.

use anyhow::{Context, Result};
use redis::aio::MultiplexedConnection;

use super::{RedisCluster, ask, seats::owner};
use crate::eventually::wait_ms;

/// Keys that go at once, as `redis-cli --cluster reshard` has it.
const AT_ONCE: &str = "10";
/// Between two handfuls of keys: for so long the slot's keys are in two places.
const PAUSE_MS: u64 = 10;

/// One end of the move.
struct End {
    client: MultiplexedConnection,
    id: String,
    port: String,
}

impl RedisCluster {
    /// Moves the slot of `tag` to the next primary. Nothing of the cluster may break meanwhile.
    ///
    /// # Errors
    /// When a server refuses its part.
    pub async fn moves_the_slot_of(&self, tag: &str) -> Result<()> {
        let slot = self.slot_of(tag).await?;
        let seats = self.seats().await;
        let from = owner(&seats, slot)?;
        let others = || seats.iter().filter(|seat| seat.serves() && seat.at != from.at);
        let next = others().find(|seat| seat.at > from.at).or_else(|| others().next());
        let to = next.context("there is no other primary")?;
        let mut giver = self.end(from.at, &from.id).await?;
        let mut taker = self.end(to.at, &to.id).await?;
        carry(slot, &mut giver, &mut taker).await?;
        let slot = slot.to_string();
        let settled = ["CLUSTER", "SETSLOT", &slot, "NODE", &to.id];
        ask::<()>(&mut taker.client, &settled).await?;
        ask::<()>(&mut giver.client, &settled).await?;
        for other in others().filter(|seat| seat.at != to.at) {
            ask::<()>(&mut self.server(other.at)?.client().await?, &settled).await?;
        }
        if seats.iter().any(|seat| seat.follows.as_deref() == Some(&to.id)) {
            reaches_the_replica(&mut taker.client, tag).await?;
        }
        Ok(())
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

    async fn end(&self, at: usize, id: &str) -> Result<End> {
        let server = self.server(at)?;
        let port = server.port().to_string();
        Ok(End { client: server.client().await?, id: id.to_owned(), port })
    }
}

/// Gives all keys of a slot away, a handful at a time.
async fn carry(slot: u16, giver: &mut End, taker: &mut End) -> Result<()> {
    let slot = slot.to_string();
    let set_slot = ["CLUSTER", "SETSLOT", &slot];
    ask::<()>(&mut taker.client, &[&set_slot[..], &["IMPORTING", &giver.id]].concat()).await?;
    ask::<()>(&mut giver.client, &[&set_slot[..], &["MIGRATING", &taker.id]].concat()).await?;
    loop {
        let words = ["CLUSTER", "GETKEYSINSLOT", &slot, AT_ONCE];
        let keys: Vec<String> = ask(&mut giver.client, &words).await?;
        if keys.is_empty() {
            return Ok(());
        }
        let mut migrate = vec!["MIGRATE", "127.0.0.1", &taker.port, "", "0", "5000", "KEYS"];
        migrate.extend(keys.iter().map(String::as_str));
        ask::<()>(&mut giver.client, &migrate).await?;
        wait_ms(PAUSE_MS).await;
    }
}

/// Waits until the keys are on the new owner's replica too: before that, a fail-over takes all of them.
async fn reaches_the_replica(client: &mut MultiplexedConnection, tag: &str) -> Result<()> {
    let mark = format!("moved:{tag}");
    // WAIT waits for what its own link wrote.
    ask::<()>(client, &["SET", &mark, "1", "PX", "60000"]).await?;
    let there: u32 = ask(client, &["WAIT", "1", "10000"]).await?;
    anyhow::ensure!(there >= 1, "the replica does not get what was moved");
    Ok(())
}
