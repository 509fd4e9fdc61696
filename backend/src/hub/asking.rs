//! What an actor asks of the store: one question at a time, with patience after a failure.

use std::{pin::Pin, sync::Arc};

use parlor_shared::{LogId, Millis, Page, Position, Record};

use crate::engine::{Broker, EngineError, LogTop};

/// The first wait after a failure, in milliseconds; each further one doubles.
const FIRST_WAIT: Millis = 100;
/// The longest wait.
const LONGEST_WAIT: Millis = 5_000;

/// What the store said.
#[derive(Debug)]
pub(super) enum Answer {
    /// The changes since the position held.
    Changes(Result<Page, EngineError>),
    /// The changes since what somebody holds.
    CatchUp(Option<Position>, Result<Page, EngineError>),
    /// The top, and the position held when it was asked for.
    Top(Position, Result<LogTop, EngineError>),
    /// The members' records.
    Members(Result<Vec<Record>, EngineError>),
}

impl Answer {
    fn failed(&self) -> bool {
        match self {
            Self::Changes(answer) | Self::CatchUp(_, answer) => answer.is_err(),
            Self::Top(_, answer) => answer.is_err(),
            Self::Members(answer) => answer.is_err(),
        }
    }
}

type Question = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// The question on its way, if there is one.
pub(super) struct Asking {
    broker: Arc<dyn Broker>,
    log: LogId,
    question: Option<Question>,
    wait: Millis,
    not_before: Millis,
}

impl Asking {
    /// Nothing asked yet.
    pub(super) fn new(broker: Arc<dyn Broker>, log: LogId) -> Self {
        Self { broker, log, question: None, wait: FIRST_WAIT, not_before: 0 }
    }

    /// When the next question may be asked; none while one is on its way.
    pub(super) fn free_at(&self) -> Option<Millis> {
        self.question.is_none().then_some(self.not_before)
    }

    /// Asks what changed.
    pub(super) fn changes(&mut self, after: Position) {
        let (broker, log) = (Arc::clone(&self.broker), self.log.clone());
        let ask = async move { Answer::Changes(broker.changes(&log, Some(&after)).await) };
        self.question = Some(Box::pin(ask));
    }

    /// Asks what changed since what somebody holds.
    pub(super) fn catch_up(&mut self, after: Option<Position>) {
        let (broker, log) = (Arc::clone(&self.broker), self.log.clone());
        let ask = async move {
            let answer = broker.changes(&log, after.as_ref()).await;
            Answer::CatchUp(after, answer)
        };
        self.question = Some(Box::pin(ask));
    }

    /// Asks where the log is.
    pub(super) fn top(&mut self, held: Position) {
        let (broker, log) = (Arc::clone(&self.broker), self.log.clone());
        let ask = async move { Answer::Top(held, broker.top(&log).await) };
        self.question = Some(Box::pin(ask));
    }

    /// Asks who is a member.
    pub(super) fn members(&mut self) {
        let (broker, log) = (Arc::clone(&self.broker), self.log.clone());
        let ask = async move { Answer::Members(broker.records(&log, "member:").await) };
        self.question = Some(Box::pin(ask));
    }

    /// Waits for the answer; for ever when nothing was asked.
    ///
    /// # Cancel safety
    /// Safe: the question goes on.
    pub(super) async fn answer(&mut self) -> Answer {
        let Some(question) = &mut self.question else { return std::future::pending().await };
        let answer = question.await;
        self.question = None;
        answer
    }

    /// Notes how it went at `now`: after a failure the next question waits.
    pub(super) fn note(&mut self, answer: &Answer, now: Millis) {
        if answer.failed() {
            self.not_before = now + self.wait;
            self.wait = (self.wait * 2).min(LONGEST_WAIT);
        } else {
            self.wait = FIRST_WAIT;
        }
    }
}
