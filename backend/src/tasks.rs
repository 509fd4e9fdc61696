//! The node's own tasks, so that they end with it.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::task::JoinSet;

/// A set of tasks; all of them end when [`Tasks::stop`] is called.
#[derive(Clone, Debug, Default)]
pub struct Tasks(
    /// Held only to add a task or to take them all.
    Arc<Mutex<JoinSet<()>>>,
);

impl Tasks {
    /// Starts a task.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut set = self.0.lock();
        while set.try_join_next().is_some() {}
        set.spawn(task);
    }

    /// Ends every task where it waits, and returns when they are gone.
    pub async fn stop(&self) {
        let mut set = std::mem::take(&mut *self.0.lock());
        set.shutdown().await;
    }
}
