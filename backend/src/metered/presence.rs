//! Presence, measured.

use std::sync::Arc;

use async_trait::async_trait;

use super::timed;
use crate::{
    engine::{EngineError, Online, Presence},
    metrics::{Operation, StoreMetrics},
};

/// Presence and its measures.
pub(super) struct Metered {
    inner: Arc<dyn Presence>,
    renew: Operation,
    online: Operation,
}

impl Metered {
    pub(super) fn new(inner: Arc<dyn Presence>, store: &StoreMetrics) -> Self {
        Self {
            inner,
            renew: store.operation("presence", "renew_lease"),
            online: store.operation("presence", "online"),
        }
    }
}

#[async_trait]
impl Presence for Metered {
    async fn renew(&self, people: Online) -> Result<(), EngineError> {
        timed(&self.renew, self.inner.renew(people)).await
    }

    async fn online(&self) -> Result<Online, EngineError> {
        timed(&self.online, self.inner.online()).await
    }
}
