//! What can be done to a server that is a replica.

use anyhow::Result;

use crate::RedisServer;

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
        self.gives("of-somebody-else").await?;
        let mut client = self.client().await?;
        let kill = redis::cmd("CLIENT").arg("KILL").arg("TYPE").arg("master").to_owned();
        Ok(kill.exec_async(&mut client).await?)
    }

    /// Lets it hear its primary again.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn hears_its_primary_again(&self) -> Result<()> {
        self.gives("").await
    }

    async fn gives(&self, password: &str) -> Result<()> {
        let mut client = self.client().await?;
        let set = redis::cmd("CONFIG").arg("SET").arg("masterauth").arg(password).to_owned();
        Ok(set.exec_async(&mut client).await?)
    }
}
