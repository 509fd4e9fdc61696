//! The node's own tasks, so that they end with it.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::task::{AbortHandle, JoinSet};

/// A set of tasks; all of them end when [`Tasks::stop`] is called, and none begins after it.
#[derive(Clone, Debug)]
pub struct Tasks(
    /// Held only to add a task or to take them all; empty once stopped.
    Arc<Mutex<Option<JoinSet<()>>>>,
);

impl Default for Tasks {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Some(JoinSet::new()))))
    }
}

impl Tasks {
    /// Starts a task; none once they were stopped.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> Option<AbortHandle> {
        let mut set = self.0.lock();
        let set = set.as_mut()?;
        while set.try_join_next().is_some() {}
        Some(set.spawn(task))
    }

    /// Ends every task where it waits, and returns when they are gone.
    pub async fn stop(&self) {
        let set = self.0.lock().take();
        if let Some(mut set) = set {
            set.shutdown().await;
        }
    }
}
