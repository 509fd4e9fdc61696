//! Who is connected, in Redis: each node's people under a lease of their own.

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use parlor_shared::PersonId;

use super::{
    keys::Keys,
    primaries::Primaries,
    scripts::{ONLINE_NODES, RENEW_LEASE},
};
use crate::engine::{EngineError, Online, Presence, unreadable::unreadable};

/// How long a lease holds without being renewed, in milliseconds.
const LEASE_MS: u64 = 30_000;

/// The store of presence.
#[derive(Debug)]
pub(super) struct RedisPresence {
    primaries: Arc<Primaries>,
    keys: Arc<Keys>,
    node: String,
}

impl RedisPresence {
    /// For one node, under a random name.
    pub(super) fn new(primaries: Arc<Primaries>, keys: Arc<Keys>) -> Result<Self, EngineError> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| EngineError::Away(error.to_string()))?;
        Ok(Self { primaries, keys, node: format!("{:016x}", u64::from_ne_bytes(random)) })
    }
}

#[async_trait]
impl Presence for RedisPresence {
    async fn renew(&self, people: Online) -> Result<(), EngineError> {
        let people = serde_json::to_string(&people)
            .map_err(|error| EngineError::Corrupt(error.to_string()))?;
        let nodes = self.keys.nodes();
        let mut script = RENEW_LEASE.key(&nodes);
        script.key(self.keys.node(&self.node)).arg(&self.node).arg(people).arg(LEASE_MS);
        self.primaries.script::<u8>(&nodes, &script).await.map(drop)
    }

    async fn online(&self) -> Result<Online, EngineError> {
        let nodes = self.keys.nodes();
        let names: Vec<String> = self.primaries.script(&nodes, &ONLINE_NODES.key(&nodes)).await?;
        if names.is_empty() {
            return Ok(HashMap::new());
        }
        let mut command = redis::cmd("MGET");
        for name in &names {
            command.arg(self.keys.node(name));
        }
        let each: Vec<Option<String>> = self.primaries.command(&nodes, &command).await?;
        let mut online = HashMap::new();
        for people in each.into_iter().flatten() {
            let people: HashMap<PersonId, String> = serde_json::from_str(&people)
                .map_err(|error| EngineError::Corrupt(unreadable(&error)))?;
            online.extend(people);
        }
        Ok(online)
    }
}
