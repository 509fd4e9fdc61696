//! Commands of one connection: in one log strictly one after another, in different logs at once.

use std::{collections::HashMap, sync::Arc};

use parlor_shared::{Action, Command, LogId};
use tokio::sync::oneshot::{self, error::TryRecvError};

use super::serve::own_log;
use crate::{app::AppState, command, hub::Connection};

/// Lanes remembered before those that are free are forgotten.
const REMEMBERED: usize = 64;

/// The last command of each log.
pub(super) struct Lanes {
    connection: Arc<Connection>,
    app: AppState,
    last: HashMap<LogId, oneshot::Receiver<()>>,
}

impl Lanes {
    /// Nothing in flight.
    pub(super) fn new(connection: &Arc<Connection>, app: &AppState) -> Self {
        Self { connection: Arc::clone(connection), app: AppState::clone(app), last: HashMap::new() }
    }

    /// Whose commands these are.
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Starts a command, behind the one before it in its log. What was begun is finished, also
    /// when the client goes meanwhile.
    pub(super) fn start(&mut self, command: Command) {
        let place = match self.connection.begin_command() {
            Ok(place) => place,
            Err(problem) => return self.connection.answer(command.id, Err(problem)),
        };
        let lane = lane(&command.action, &self.connection);
        let (done, before) = match &lane {
            Some(log) => {
                let (done, last) = oneshot::channel();
                (Some(done), self.last.insert(log.clone(), last))
            }
            None => (None, None),
        };
        let (connection, app) = (Arc::clone(&self.connection), AppState::clone(&self.app));
        tokio::spawn(async move {
            if let Some(before) = before {
                // The one before drops its end when it is done, however it went.
                let _ = before.await;
            }
            command::run(command, lane.as_ref(), place, &connection, &app).await;
            drop(done);
        });
        if self.last.len() > REMEMBERED {
            self.last.retain(|_, last| last.try_recv() == Err(TryRecvError::Empty));
        }
    }
}

/// The log whose order a command keeps; none for what touches no log.
pub(crate) fn lane(action: &Action, connection: &Connection) -> Option<LogId> {
    let own = matches!(action, Action::CreateRoom { .. } | Action::Read { .. });
    if own { Some(own_log(connection)) } else { action.log() }
}
