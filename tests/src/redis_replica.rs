//! What can be done to a server that is a replica.

use anyhow::{Context, Result};

use crate::{RedisServer, eventually::Deadline};

impl RedisServer {
    /// Whether it is the replica of another.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn is_replica(&self) -> Result<bool> {
        let mut client = self.client().await?;
        let info = redis::cmd("INFO").arg("replication").to_owned();
        let info: redis::InfoDict = info.query_async(&mut client).await?;
        Ok(info.get::<String>("role").as_deref() == Some("slave"))
    }

    /// Keeps it from hearing more of its primary, as a broken network between the two would: it gives a password
    /// that nobody asked for, and is sent away.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn stops_hearing_its_primary(&self) -> Result<()> {
        self.takes(&["CONFIG", "SET", "masterauth", "of-somebody-else"]).await?;
        self.takes(&["CLIENT", "KILL", "TYPE", "master"]).await
    }

    /// Lets it hear its primary again.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn hears_its_primary_again(&self) -> Result<()> {
        self.takes(&["CONFIG", "SET", "masterauth", ""]).await
    }

    /// Tells it until it answers: sentinels cut everybody's links when they change what it is.
    async fn takes(&self, words: &[&str]) -> Result<()> {
        let told = Deadline::of("it takes a command");
        while let Err(why) = self.is_told(words).await {
            told.looks_again().await.context(why)?;
        }
        Ok(())
    }

    async fn is_told(&self, words: &[&str]) -> Result<()> {
        let (name, rest) = words.split_first().context("nothing to tell")?;
        Ok(redis::cmd(name).arg(rest).exec_async(&mut self.client().await?).await?)
    }
}
