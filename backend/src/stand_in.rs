//! A connection without a socket: it stands for a client while a request of theirs is answered, and
//! between two polls.

use std::{collections::HashMap, sync::Arc, time::Duration};

use parking_lot::Mutex;
use parlor_shared::{AnswerId, ConnectionId, Person, PersonId, Problem};
use tokio::{task::AbortHandle, time::timeout};

use crate::{
    app::App,
    connections::Admission,
    engine::SessionToken,
    hub::{Connection, Hub},
    ids,
    source::Source,
};

/// How long a client may take from one answer to the next poll. A socket's silence is noticed after
/// 33 s.
const BETWEEN_POLLS: Duration = Duration::from_secs(15);

/// One of them. Dropping it ends what it follows.
#[derive(Debug)]
pub(crate) struct StandIn {
    pub(crate) connection: Arc<Connection>,
    /// Answers so far.
    answers: u64,
    hub: Hub,
    /// Its place among the others.
    _admission: Admission,
}

impl StandIn {
    /// For whoever asks from `source` with `token`.
    ///
    /// # Errors
    /// No session, as many connections as allowed, too many requests, or the store's faults.
    pub(crate) async fn begin(
        app: &App,
        token: Option<SessionToken>,
        source: Source,
        last: Option<&AnswerId>,
    ) -> Result<Self, Problem> {
        let token = token.ok_or(Problem::NoSession)?;
        let account = app.engine.directory.session(token).await?.ok_or(Problem::NoSession)?;
        app.may_ask(&account.person)?;
        if let Some(parked) = last.and_then(|last| app.parked.take(last, token)) {
            parked.connection.rename(&account.name);
            return Ok(parked);
        }
        let person = Person { id: account.person, name: account.name };
        let id = ids::connection()?;
        let connection = Arc::new(Connection::new(id, person, token, app.outboxes.clone()));
        let admit = || app.connections.admit(Arc::clone(&connection), source).ok();
        // One whose client may have gone makes room.
        let admission = admit().or_else(|| {
            app.parked.forget_one_of(&connection.person);
            admit()
        });
        let admission = admission.ok_or(Problem::TooManyConnections)?;
        Ok(Self { connection, answers: 0, hub: app.hub.clone(), _admission: admission })
    }

    /// The number of its next answer.
    pub(crate) fn number_answer(&mut self) -> AnswerId {
        self.answers += 1;
        AnswerId { connection: self.connection.id.clone(), number: self.answers }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        for log in self.connection.end() {
            self.hub.unfollow(&log, &self.connection.id);
        }
    }
}

/// Those whose clients are between two polls.
#[derive(Clone, Debug, Default)]
pub struct Parked(
    /// Held only to add or take one.
    Arc<Mutex<HashMap<ConnectionId, Place>>>,
);

#[derive(Debug)]
struct Place {
    stand_in: StandIn,
    /// Ends it when no poll comes.
    patience: Option<AbortHandle>,
}

impl Parked {
    /// Keeps `stand_in` until its client's next poll: for 15 s, or until it is closed.
    pub(crate) fn park(&self, stand_in: StandIn, app: &App) {
        let (connection, parked) = (Arc::clone(&stand_in.connection), self.clone());
        let mut places = self.0.lock();
        let patience = app.tasks.spawn(async move {
            // Closed or out of time, it ends.
            let _ = timeout(BETWEEN_POLLS, connection.outbox.closing()).await;
            parked.forget(&connection.id);
        });
        // Without patience the node has ended.
        if patience.is_some() {
            places.insert(stand_in.connection.id.clone(), Place { stand_in, patience });
        }
    }

    /// The one that gave this answer, if it has given none since. Where that answer did not arrive,
    /// what it told is read anew from what the client holds.
    fn take(&self, last: &AnswerId, session: SessionToken) -> Option<StandIn> {
        let mut places = self.0.lock();
        places
            .get(&last.connection)
            .filter(|place| place.stand_in.connection.session == session)?;
        let Place { stand_in, patience } = places.remove(&last.connection)?;
        drop(places);
        patience.iter().for_each(AbortHandle::abort);
        (stand_in.answers == last.number).then_some(stand_in)
    }

    fn forget_one_of(&self, person: &PersonId) {
        let theirs = |place: &Place| place.stand_in.connection.person == *person;
        let mut places = self.0.lock();
        let one = places.iter().find(|(_, place)| theirs(place)).map(|(id, _)| id.clone());
        let place = one.and_then(|id| places.remove(&id));
        // What it follows ends outside of the lock.
        drop(places);
        drop(place);
    }

    fn forget(&self, connection: &ConnectionId) {
        let place = self.0.lock().remove(connection);
        drop(place);
    }
}
