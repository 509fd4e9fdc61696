//! The life of one connection: welcome, read and write until one of them ends, goodbye.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use parlor_shared::{CloseCode, Event, LogId};
use tokio::{net::TcpStream, pin, time::sleep};

use super::{link::Messages, reader, welcome::welcome, writer};
use crate::{
    app::{AppState, Stage},
    connections::Admission,
    hub::Connection,
    ids,
};

/// Between two looks whether the session still lives.
const LOOK: Duration = Duration::from_secs(60);

/// Serves a connection to its end: reads, writes what has to wait, and sees to it that both end
/// together.
pub(super) async fn serve(
    link: Arc<TcpStream>,
    mut messages: Box<Messages>,
    app: AppState,
    connection: Arc<Connection>,
    admission: Admission,
) {
    app.metrics.links.opened();
    tracing::debug!(conn.id = %connection.id, person.id = %connection.person, "connected");
    connection.outbox.open(Arc::clone(&link));
    let written = writer::run(&link, &connection.outbox);
    pin!(written);
    tokio::select! {
        () = &mut written => {}
        end = read(&mut messages, &app, &connection) => if let Some(code) = end {
            connection.outbox.close(code);
            written.await;
        },
        () = session_ended(&app, &connection, LOOK) => {
            connection.outbox.close(CloseCode::NoSession);
            written.await;
        }
        () = app.reached(Stage::Ended) => {}
    }
    let code = connection.outbox.closing_code();
    app.metrics.links.closed(code);
    for log in connection.end() {
        app.hub.unfollow(&log, &connection.id);
    }
    Box::pin(writer::linger(&link)).await;
    tracing::debug!(conn.id = %connection.id, code = code.map(CloseCode::reason), "disconnected");
    drop(admission);
}

/// Greets and reads; says with which code to close, if the client is still there.
async fn read(
    stream: &mut (impl StreamExt<Item = reader::Read> + Unpin),
    app: &AppState,
    connection: &Arc<Connection>,
) -> Option<CloseCode> {
    match Box::pin(welcome(app, connection)).await {
        Ok(welcome) => connection.send(&Event::Welcome(Box::new(welcome))),
        Err(problem) => {
            let problem = problem.name();
            tracing::debug!(conn.id = %connection.id, problem, "no welcome could be given");
            return Some(CloseCode::StoreAway);
        }
    }
    reader::run(stream, app, connection).await
}

/// Waits until the connection's session has ended: on another node, or between its check here and
/// now. Each look is a use too, so that a session lives as long as a page is open, and tells the
/// person's name, should nothing followed have told it.
async fn session_ended(app: &AppState, connection: &Connection, every: Duration) {
    // The first look comes at any time within the first interval, so that those who came back all at
    // once do not all look at once.
    let mut wait = ids::below(u64::try_from(every.as_millis()).unwrap_or(u64::MAX));
    loop {
        sleep(Duration::from_millis(wait)).await;
        wait = u64::try_from(every.as_millis()).unwrap_or(u64::MAX);
        match app.engine.directory.session(connection.session).await {
            Ok(None) => return,
            Ok(Some(account)) => connection.rename(&account.name),
            Err(error) => {
                let id = &connection.id;
                tracing::debug!(conn.id = %id, %error, "the session cannot be looked at yet");
            }
        }
    }
}

/// The log of a person.
pub(super) fn own_log(connection: &Connection) -> LogId {
    LogId::Person(connection.person.clone())
}

#[cfg(test)]
mod tests {
    use parlor_shared::{Person, PersonId};
    use tokio::time::timeout;

    use super::{Arc, Connection, Duration, session_ended};
    use crate::{
        App, Config,
        engine::{Account, NameOutcome, SessionToken},
        ids,
    };

    #[tokio::test]
    async fn a_session_that_ended_elsewhere_is_noticed() {
        let directory = tempfile::tempdir().unwrap();
        let config = Config { data: directory.path().to_owned(), ..Config::default() };
        let app = Arc::new(App::open(config).await.unwrap());
        let (id, name) = (PersonId::new("ada").unwrap(), "Ada".to_owned());
        let account = Account { person: id.clone(), name: name.clone() };
        let (token, sessions) = (SessionToken([1; 32]), &app.engine.directory);
        let made = sessions.create_account(&account, "ada", token).await.unwrap();
        assert_eq!(made, NameOutcome::Created);
        let link = ids::connection().unwrap();
        let ada = Connection::new(link, Person { id, name }, token, app.outboxes.clone());
        let end = session_ended(&app, &ada, Duration::from_millis(5));
        tokio::pin!(end);
        assert!(timeout(Duration::from_millis(100), &mut end).await.is_err(), "it lives");
        sessions.end_session(token).await.unwrap();
        timeout(Duration::from_secs(30), end).await.expect("it was not noticed");
    }
}
