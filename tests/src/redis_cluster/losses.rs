//! A primary that goes away, and what the cluster is like until it is back.

use anyhow::{Context, Result, ensure};
use redis::aio::MultiplexedConnection;

use super::{PRIMARIES, RedisCluster, ask, seats::seat};
use crate::{eventually::Deadline, redis_server::RedisServer};

/// How a server goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Its process is killed: links break at once.
    Killed,
    /// Its process stands still: links stay, nothing answers, and later it goes on where it was.
    Halted,
}

/// The server that is away.
#[derive(Debug)]
pub(super) struct Away {
    pub(super) at: usize,
    /// Something in braces whose slot it had.
    tag: String,
    loss: Loss,
}

impl RedisCluster {
    /// Takes the server away that has the slot of `tag` (`{room:lobby}`). One at a time.
    ///
    /// # Errors
    /// When one is away already, or nobody has the slot.
    pub async fn loses_the_owner_of(&mut self, tag: &str, loss: Loss) -> Result<()> {
        ensure!(self.away.is_none(), "a server is away already");
        let at = self.owner_of(tag).await?;
        let server = self.servers.get_mut(at).context("no such server")?;
        match loss {
            Loss::Killed => server.kill()?,
            Loss::Halted => server.pause()?,
        }
        self.away = Some(Away { at, tag: tag.to_owned(), loss });
        Ok(())
    }

    /// Waits until another server has what the one that is away had, brings that one back as a replica, and
    /// waits until the cluster is whole.
    ///
    /// # Errors
    /// When nobody takes over, or the cluster does not become whole.
    pub async fn gets_everybody_back(&mut self) -> Result<()> {
        if let Some(away) = &self.away {
            let succeeded = Deadline::of("a replica takes over");
            while self.owner_of(&away.tag).await.is_err() {
                succeeded.looks_again().await?;
            }
        }
        if let Some(away) = self.away.take() {
            let server = self.servers.get_mut(away.at).context("no such server")?;
            match away.loss {
                Loss::Killed => server.restart().await?,
                Loss::Halted => server.resume()?,
            }
        }
        self.joins_the_replicas().await?;
        self.is_whole_again().await
    }

    /// Waits until all servers know all slots covered, each primary has a replica if any has, and every
    /// replica hears its primary.
    ///
    /// # Errors
    /// When that does not come to be.
    pub async fn is_whole_again(&self) -> Result<()> {
        ensure!(self.away.is_none(), "a server is away");
        let whole = Deadline::of("the cluster is whole");
        while let Err(why) = self.is_whole().await {
            whole.looks_again().await.context(why)?;
        }
        Ok(())
    }

    async fn is_whole(&self) -> Result<()> {
        let mut primaries = 0;
        for (at, server) in self.answering() {
            let mut client = server.client().await?;
            let seat = seat(at, &mut client).await?;
            primaries += usize::from(seat.serves());
            is_settled(&mut client).await.with_context(|| format!("{seat:?}"))?;
        }
        ensure!(primaries == PRIMARIES, "{primaries} primaries");
        Ok(())
    }

    /// Keeps the replica of whoever has the slot of `tag` from hearing more
    /// ([`RedisServer::stops_hearing_its_primary`]).
    ///
    /// # Errors
    /// When there is none, or it cannot be asked.
    pub async fn parts_the_replica_for(&self, tag: &str) -> Result<()> {
        let owner = self.owner_of(tag).await?;
        let seats = self.seats().await;
        let primary = seats.iter().find(|seat| seat.at == owner).context("the primary is away")?;
        let replica = seats.iter().find(|seat| seat.follows.as_deref() == Some(&primary.id));
        let replica = replica.context("it has no replica")?.at;
        self.server(replica)?.stops_hearing_its_primary().await
    }

    /// Lets every replica hear its primary again.
    ///
    /// # Errors
    /// When one cannot be asked.
    pub async fn joins_the_replicas(&self) -> Result<()> {
        for (_, server) in self.answering() {
            server.hears_its_primary_again().await?;
        }
        Ok(())
    }

    /// The servers that are not away.
    pub(super) fn answering(&self) -> impl Iterator<Item = (usize, &RedisServer)> {
        let away = self.away.as_ref().map(|away| away.at);
        self.servers.iter().enumerate().filter(move |(at, _)| Some(*at) != away)
    }
}

/// Whether a server knows all slots covered and, if it is a replica, hears its primary.
async fn is_settled(client: &mut MultiplexedConnection) -> Result<()> {
    let info: String = ask(client, &["CLUSTER", "INFO"]).await?;
    ensure!(info.contains("cluster_state:ok") && info.contains("cluster_size:3"), "{info}");
    let replication: redis::InfoDict = ask(client, &["INFO", "replication"]).await?;
    let link: Option<String> = replication.get("master_link_status");
    ensure!(link.is_none_or(|link| link == "up"), "it does not hear its primary");
    Ok(())
}
