//! The node's run, from its first connection to an honest goodbye.

use std::{sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    sync::oneshot,
    time::{Instant, sleep, sleep_until, timeout, timeout_at},
};

use crate::{
    app::{App, AppState, Stage},
    engine::Online,
    error::StartError,
    http::metrics_router,
    hub::Connection,
    ids, listener,
    router::router,
    server,
};

/// The longest wait that a client is told before it connects again, in milliseconds.
const COME_BACK_MS: u64 = 1_000;
/// How long a connection's last commands may take to be answered before it is closed.
const LAST_ANSWERS: Duration = Duration::from_secs(1);
/// How long the store may take to hear that this node's people are gone.
const LAST_WORD: Duration = Duration::from_millis(300);
/// Between two looks whether everybody has gone.
const LOOK: Duration = Duration::from_millis(20);

/// Serves on `listener` until `shutdown` comes, then takes leave: not ready at once; no new
/// connections after the lead; the connections are told and closed evenly over the spread; and at
/// the latest after `exit` it returns, with everything it began ended.
///
/// # Errors
/// [`StartError::Listen`] when the listener breaks.
pub async fn run(
    listener: TcpListener,
    app: App,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), StartError> {
    let app = Arc::new(app);
    tell_metrics(&app).await?;
    app.start();
    let (stop_accepting, stopped) = oneshot::channel::<()>();
    let stop_accepted = async {
        // Either it is told or its teller is gone: both mean stop.
        let _ = stopped.await;
    };
    let mut server =
        tokio::spawn(server::serve(listener, router(AppState::clone(&app)), stop_accepted));
    tokio::select! {
        () = shutdown => {}
        ended = &mut server => {
            return Ok(ended.map_err(std::io::Error::other)?);
        }
    }
    let deadline = Instant::now() + app.config.drain.exit;
    let leave = async {
        take_leave(&app, stop_accepting).await;
        // Requests that still run may finish.
        let _ = (&mut server).await;
    };
    if timeout_at(deadline, leave).await.is_err() {
        tracing::warn!("some connections did not close in time");
    }
    server.abort();
    end(&app).await;
    Ok(())
}

/// Tells metrics at an address of their own, if there is one, until the node has ended.
async fn tell_metrics(app: &AppState) -> Result<(), StartError> {
    let Some(address) = app.config.metrics_listen else { return Ok(()) };
    let bound = listener::bind(address).await;
    let listener = bound.map_err(|error| StartError::MetricsListen(address, error))?;
    let server = axum::serve(listener, metrics_router(AppState::clone(app)));
    app.tasks.spawn(async move {
        if let Err(error) = server.await {
            tracing::error!(%error, "metrics are told no more");
        }
    });
    Ok(())
}

async fn take_leave(app: &App, stop_accepting: oneshot::Sender<()>) {
    tracing::info!("stopping: not ready any more");
    app.stage.send_replace(Stage::Stopping);
    sleep(app.config.drain.lead).await;
    // A server that has ended accepts nothing anyway.
    let _ = stop_accepting.send(());
    let connections = app.connections.all();
    tracing::info!(connections = connections.len(), "closing connections");
    close_evenly(&connections, app.config.drain.spread).await;
    while !app.connections.is_empty() {
        // Whoever slipped in while the last were closed.
        app.connections.all().iter().for_each(send_off);
        sleep(LOOK).await;
    }
}

async fn close_evenly(connections: &[Arc<Connection>], spread: Duration) {
    let step = spread / u32::try_from(connections.len().max(1)).unwrap_or(u32::MAX);
    let mut at = Instant::now();
    for connection in connections {
        sleep_until(at).await;
        send_off(connection);
        at += step;
    }
}

fn send_off(connection: &Arc<Connection>) {
    let connection = Arc::clone(connection);
    let delay_ms = ids::below(COME_BACK_MS + 1);
    tokio::spawn(async move { connection.take_leave(delay_ms, LAST_ANSWERS).await });
}

/// Ends whatever still runs, so that the store is free for the next node, and gives the lease of
/// this node's people back.
async fn end(app: &App) {
    app.stage.send_replace(Stage::Ended);
    app.tasks.stop().await;
    let nobody = app.engine.presence.renew(Online::new());
    if !matches!(timeout(LAST_WORD, nobody).await, Ok(Ok(()))) {
        tracing::debug!("the lease will run out by itself");
    }
}

/// Waits for SIGTERM or SIGINT.
///
/// # Errors
/// The system's own when it lets nobody listen to signals.
pub async fn signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
