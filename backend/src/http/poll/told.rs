//! What one poll is answered with.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use futures_util::future::join_all;
use parlor_shared::{
    Action, AnswerId, CloseCode, Command, CommandId, Event, LogId, Outcome, Page, Position,
    Problem, Retry, decode_event, encode, limits::IN_FLIGHT,
};

use crate::{
    app::AppState,
    command,
    hub::{Connection, Frame, Step},
    ids,
};

/// What a client holds of each log it wants to hear of.
type After = BTreeMap<LogId, Option<Position>>;

/// The answer as it grows.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// In JSON.
    events: Vec<String>,
    refused: BTreeMap<LogId, Problem>,
    /// What was asked for with this poll, by the command it became.
    asked: HashMap<CommandId, (LogId, Option<Position>)>,
}

impl Told {
    /// Adds an event.
    pub(super) fn event(&mut self, event: &Event) {
        self.events.push(encode(event));
    }

    /// Whether there is nothing to tell yet.
    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty() && self.refused.is_empty()
    }

    /// Has the connection follow what is in `after` and nothing else: by the same commands that a
    /// socket would send, from the positions held. What it follows already goes on.
    ///
    /// # Errors
    /// No randomness for the commands' ids.
    pub(super) async fn follow(
        &mut self,
        app: &AppState,
        connection: &Arc<Connection>,
        after: After,
    ) -> Result<(), Problem> {
        let followed = connection.follows();
        for log in followed.iter().filter(|log| !after.contains_key(log)) {
            app.hub.stop_following(log, connection);
        }
        let new: Vec<_> = after.into_iter().filter(|(log, _)| !followed.contains(log)).collect();
        for some in new.chunks(IN_FLIGHT) {
            let mut running = Vec::with_capacity(some.len());
            for (log, after) in some {
                let (id, place) = (ids::command()?, connection.begin_command()?);
                self.asked.insert(id, (log.clone(), after.clone()));
                let action = Action::Follow { log: log.clone(), after: after.clone() };
                let command = Command { id, action };
                running.push(command::run(command, Some(log), place, connection, app));
            }
            join_all(running).await;
            connection.all_answered().await;
        }
        Ok(())
    }

    /// Takes what waits for the connection; the code with which it closes, if it does.
    ///
    /// # Errors
    /// A problem of the store: the poll is to be asked again.
    pub(super) fn take(&mut self, connection: &Connection) -> Result<Option<CloseCode>, Problem> {
        loop {
            match connection.outbox.step() {
                Step::Send(frame) => self.take_frame(&frame, connection)?,
                Step::Rest => return Ok(None),
                Step::Close(code) => return Ok(Some(code)),
            }
        }
    }

    fn take_frame(&mut self, frame: &Frame, connection: &Connection) -> Result<(), Problem> {
        let text = frame.as_str();
        let kinds = [r#"{"type":"ok""#, r#"{"type":"error""#, r#"{"type":"interrupted""#];
        // All others are passed on as they are.
        if !kinds.iter().any(|kind| text.starts_with(kind)) {
            self.events.push(text.to_owned());
            return Ok(());
        }
        match decode_event(text) {
            Ok(Event::Ok { id, result: Outcome::Page(page) }) => self.page(id, page),
            Ok(Event::Error { id: Some(id), problem }) => return self.refuse(id, problem),
            Ok(Event::Interrupted { log }) => {
                // At once: the next poll may come before the hub gets to it.
                connection.stop_following(&log);
                self.events.push(text.to_owned());
            }
            Ok(_) | Err(_) => return Err(Problem::Internal),
        }
        Ok(())
    }

    /// What changed, if anything did.
    fn page(&mut self, id: CommandId, page: Page) {
        let held = self.asked.remove(&id).and_then(|(_, after)| after);
        let same = page.records.is_empty() && page.reset.is_none() && !page.more;
        if !same || held.as_ref() != Some(&page.position) {
            self.event(&Event::Changes(page));
        }
    }

    fn refuse(&mut self, id: CommandId, problem: Problem) -> Result<(), Problem> {
        match (self.asked.remove(&id), problem.retry()) {
            (Some((log, _)), Retry::Final) => {
                self.refused.insert(log, problem);
                Ok(())
            }
            (Some(_) | None, _) => Err(problem),
        }
    }

    /// The answer in JSON.
    pub(super) fn answer(&mut self, answer: &AnswerId) -> String {
        let (answer, events) = (encode(answer), self.events.join(","));
        if self.refused.is_empty() {
            return format!(r#"{{"answer":{answer},"events":[{events}]}}"#);
        }
        let refused = encode(&self.refused);
        format!(r#"{{"answer":{answer},"events":[{events}],"refused":{refused}}}"#)
    }
}
