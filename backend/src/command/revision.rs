//! Bringing one record into another state, whoever else changes it at the same moment.

use parlor_shared::{Body, CommandId, LogId, PersonId, Problem, Record, RecordKey};

use crate::{
    app::App,
    engine::{Change, Expect, Grant, Outcome, Target, Write},
};

/// How often a conflict is tried again before the answer is `busy`.
pub(super) const TRIES: u32 = 8;

/// One record that is to change, and the command that asks for it.
pub(super) struct Revision<'a> {
    /// The node.
    pub(super) app: &'a App,
    /// Where the record is.
    pub(super) log: LogId,
    /// Which it is.
    pub(super) key: RecordKey,
    /// By which command.
    pub(super) command: CommandId,
}

/// What the record is to become.
pub(super) struct Next {
    /// Its new state.
    pub(super) body: Body,
    /// The role that is given or taken with it.
    pub(super) grant: Option<Grant>,
}

impl Revision<'_> {
    /// Writes what `next` makes of the record as it is held, again after each conflict, until it
    /// stands or `next` sees nothing to change.
    ///
    /// # Errors
    /// [`Problem::Busy`], or the store's faults as problems.
    pub(super) async fn write(
        self,
        author: &PersonId,
        next: impl Fn(Option<&Record>) -> Option<Next>,
    ) -> Result<(), Problem> {
        let Self { app, log, key, command } = self;
        for _ in 0..TRIES {
            let held = app.engine.broker.record(&log, &key).await?;
            let Some(Next { body, grant }) = next(held.as_ref()) else { return Ok(()) };
            let expect = held.map_or(Expect::Absent, |record| Expect::Rev(record.rev));
            let change = Change { target: Target::Key(key.clone(), expect), body, grant };
            let (log, author, keep) = (log.clone(), author.clone(), app.config.keep);
            match app.write(Write { log, author, command, needs: None, change, keep }).await? {
                Outcome::Written(_) | Outcome::Repeat { .. } => return Ok(()),
                Outcome::Conflict { .. } => {}
                Outcome::Forbidden => return Err(Problem::Internal),
            }
        }
        Err(Problem::Busy)
    }
}
