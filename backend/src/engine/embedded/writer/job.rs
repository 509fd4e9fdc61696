//! One piece of work for the writing thread, and the way its answer goes back.

use tokio::sync::oneshot;

use super::Batch;
use crate::engine::{
    EngineError,
    embedded::{error::StoreError, fault::unless_damaged},
};

/// Work that waits to be written.
pub(super) trait Job: Send {
    /// Does the work within a transaction and keeps its answer. An error means that the whole
    /// batch is lost.
    fn run(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError>;

    /// Sends the answer, or why there is none, once the batch's fate is known.
    fn settle(self: Box<Self>, fate: Result<(), EngineError>);
}

/// A job made of a function.
pub(super) struct Work<F, T> {
    work: Option<F>,
    answer: Result<T, EngineError>,
    reply: oneshot::Sender<Result<T, EngineError>>,
}

impl<F, T> Work<F, T> {
    pub(super) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, EngineError>>) {
        let (reply, receiver) = oneshot::channel();
        let answer = Err(EngineError::Away("not yet written".to_owned()));
        (Self { work: Some(work), answer, reply }, receiver)
    }
}

impl<F, T> Job for Work<F, T>
where
    F: FnOnce(&mut Batch<'_>) -> Result<T, StoreError> + Send,
    T: Send,
{
    fn run(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let Some(work) = self.work.take() else { return Ok(()) };
        let place = batch.place;
        match unless_damaged(|| work(batch)).unwrap_or_else(|what| Err(StoreError::Damaged(what))) {
            Ok(answer) => self.answer = Ok(answer),
            // Found by reading, before anything was changed: the others of the batch go on.
            Err(StoreError::Corrupt(what)) => self.answer = Err(EngineError::Corrupt(what)),
            // Perhaps half done: the others go on in another batch, this one does not.
            Err(StoreError::Damaged(what)) => {
                self.answer = Err(StoreError::Damaged(what.clone()).about(place));
                return Err(StoreError::Damaged(what));
            }
            Err(lost @ (StoreError::Storage(_) | StoreError::Closed | StoreError::Replaced)) => {
                return Err(lost);
            }
        }
        Ok(())
    }

    fn settle(self: Box<Self>, fate: Result<(), EngineError>) {
        // Whoever asked may have gone; then nobody needs the answer.
        let _ = self.reply.send(match self.answer {
            Err(EngineError::Corrupt(what)) => Err(EngineError::Corrupt(what)),
            answer => fate.and(answer),
        });
    }
}
