//! Waits until replicas have what was written (`--redis-wait`).
//!
//! WAIT holds up everything behind it on its connection, so it has one of its own, and one WAIT serves all
//! writes that were done before it: the stream to the replicas is one line.

use std::time::Duration;

use parlor_shared::Epoch;
use redis::{Client, InfoDict, Pipeline};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use super::connection::{Connection, Request};
use crate::engine::EngineError;

/// How long replicas may take; less than a call may, so that it is answered.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long the mark lives that is written to be waited for.
const MARK_MS: u64 = 60_000;
/// Writes that one WAIT serves.
const TOGETHER: usize = 1_024;

/// A write that was done and is to be on replicas.
struct Done {
    /// A key that the primary may write.
    mark: String,
    /// Under which epoch it was done: another one's replicas say nothing about it.
    epoch: Epoch,
    answer: oneshot::Sender<Result<(), EngineError>>,
}

/// One primary's replicas. Its task ends with this.
#[derive(Debug)]
pub(super) struct Replication {
    done: mpsc::UnboundedSender<Done>,
    task: JoinHandle<()>,
}

impl Replication {
    /// Begins to connect; each wait is for `replicas`.
    pub(super) fn begin(client: Client, replicas: u32) -> Self {
        // Bounded by the commands in flight, each of which waits here.
        let (done, wishes) = mpsc::unbounded_channel();
        let connection = Connection::begin(client);
        let task = tokio::spawn(run(connection, replicas, wishes));
        Self { done, task }
    }

    /// Waits until enough replicas have what was written under `epoch` before this call.
    ///
    /// # Errors
    /// [`EngineError::Timeout`]: it was written, and may yet be lost.
    pub(super) async fn wait(&self, mark: String, epoch: Epoch) -> Result<(), EngineError> {
        let (answer, told) = oneshot::channel();
        if self.done.send(Done { mark, epoch, answer }).is_err() {
            return Err(EngineError::Timeout);
        }
        told.await.unwrap_or(Err(EngineError::Timeout))
    }
}

impl Drop for Replication {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(connection: Connection, replicas: u32, mut wishes: mpsc::UnboundedReceiver<Done>) {
    let mut batch = Vec::new();
    while wishes.recv_many(&mut batch, TOGETHER).await > 0 {
        let reached = reach(&connection, replicas, batch.first().map(|done| done.mark.as_str()));
        let reached = reached.await;
        for Done { epoch, answer, .. } in batch.drain(..) {
            let there = reached.as_ref().is_some_and(|now| now.starts_with(epoch.as_str()));
            // Whoever waited may have gone.
            let _ = answer.send(if there { Ok(()) } else { Err(EngineError::Timeout) });
        }
    }
}

/// Writes a mark and waits for it; the replication id under which enough replicas have it. All of it in
/// one go on one link: on a new link, WAIT would wait for nothing.
async fn reach(connection: &Connection, replicas: u32, mark: Option<&str>) -> Option<String> {
    let mut line = Pipeline::new();
    line.cmd("SET").arg(mark?).arg(1).arg("PX").arg(MARK_MS).ignore();
    line.cmd("INFO").arg("replication");
    line.cmd("WAIT").arg(replicas).arg(u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX));
    let answer = connection.call::<(InfoDict, u32)>(Request::Line(&line)).await;
    let (info, reached) = match answer {
        Ok(answer) => answer,
        Err(error) => {
            tracing::debug!(?error, "replicas cannot be waited for");
            return None;
        }
    };
    info.get("master_replid").filter(|_| reached >= replicas)
}
