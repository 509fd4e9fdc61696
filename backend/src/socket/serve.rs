//! The life of one connection: welcome, read and write until one of them ends, goodbye.

use std::sync::Arc;

use axum::extract::ws::WebSocket;
use futures_util::StreamExt;
use parlor_shared::{CloseCode, Event, LogId};

use super::{reader, welcome::welcome, writer};
use crate::{
    app::{AppState, Stage},
    hub::Connection,
};

/// Serves a connection to its end.
pub(super) async fn serve(socket: WebSocket, app: AppState, connection: Arc<Connection>) {
    tracing::debug!(conn.id = %connection.id, person.id = %connection.person.id, "connected");
    let (mut sink, mut stream) = socket.split();
    let mut broken = false;
    {
        let writing = writer::run(&mut sink, &connection.outbox);
        let reading = read(&mut stream, &app, &connection);
        tokio::pin!(writing, reading);
        tokio::select! {
            () = &mut writing => {}
            end = &mut reading => if let Some(code) = end {
                broken = true;
                connection.outbox.close(code);
                writing.await;
            },
            () = app.reached(Stage::Ended) => {}
        }
    }
    let code = connection.outbox.closing_code().map(CloseCode::reason);
    for log in connection.end() {
        app.hub.unfollow(&log, &connection.id);
    }
    writer::linger(&mut stream, broken).await;
    tracing::debug!(conn.id = %connection.id, code, "disconnected");
}

/// Greets and reads; says with which code to close, if the client is still there.
async fn read(
    stream: &mut (impl StreamExt<Item = reader::Message> + Unpin),
    app: &AppState,
    connection: &Arc<Connection>,
) -> Option<CloseCode> {
    match Box::pin(welcome(app, connection)).await {
        Ok(welcome) => connection.send(&Event::Welcome(Box::new(welcome))),
        Err(problem) => {
            tracing::debug!(problem = problem.name(), "no welcome could be given");
            return Some(CloseCode::StoreAway);
        }
    }
    reader::run(stream, app, connection).await
}

/// The log of a person.
pub(super) fn own_log(connection: &Connection) -> LogId {
    LogId::Person(connection.person.id.clone())
}
