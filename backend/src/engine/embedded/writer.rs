//! The one thread that writes: it takes what waits, commits it in one synced transaction, and
//! only then answers and announces, in order.

mod batch;
mod job;
mod rest;
#[cfg(test)]
mod tests;
mod thread;

use std::{
    io,
    sync::{
        Arc,
        mpsc::{self, Sender},
    },
    thread::JoinHandle,
};

pub(super) use batch::Batch;
use job::{Job, Work};
use tokio::sync::oneshot;

use super::{Clock, directory, error::StoreError, follows::Follows, store::Store};
use crate::engine::EngineError;

/// The way to the writing thread. Dropping it waits until all that was submitted is written.
///
/// The queue has no bound of its own: each connection has at most 16 commands in flight.
pub(super) struct Writer {
    jobs: Option<Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(
        store: Arc<Store>,
        follows: Arc<Follows>,
        clock: Clock,
    ) -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("parlor-writer".to_owned())
            .spawn(move || thread::run(&store, &follows, &clock, &queue))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Queues work; its answer comes once it is synced, or cannot be.
    pub(super) fn submit<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, EngineError>> {
        let (job, answer) = Work::new(work);
        if let Some(jobs) = &self.jobs {
            // When the thread is gone the answer's sender is dropped with the job.
            let _ = jobs.send(Box::new(job));
        }
        answer
    }

    /// Makes the thread notice that the store failed: an empty commit fails too.
    pub(super) fn probe(&self) {
        drop(self.submit(|_| Ok(())));
    }

    /// Removes sessions that have ended; done once at each start.
    pub(super) fn sweep(&self) {
        drop(self.submit(directory::sweep));
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        let Some(thread) = self.thread.take() else { return };
        // The last owner may be what the thread delivers to; it cannot wait for itself.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("the writer of the store had panicked");
        }
    }
}
