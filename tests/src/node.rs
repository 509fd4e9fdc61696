//! A real server of a test's own, in this process, on a free port.

use std::{net::SocketAddr, panic, process, sync::Once, time::Duration};

use anyhow::{Context, Result};
use parlor::{App, Config, Drain, engine::Engine, listener};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::{Bridge, Store};

/// A running node. Dropping it asks it to stop.
#[derive(Debug)]
pub struct Node {
    url: String,
    bridge: Option<Bridge>,
    engine: Engine,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<()>>,
}

/// Settings that let one machine play many people, and a quick goodbye.
#[must_use]
pub fn roomy() -> Config {
    let drain = Drain {
        lead: Duration::from_millis(50),
        spread: Duration::from_millis(200),
        exit: Duration::from_secs(5),
    };
    Config {
        sends: 100_000,
        sessions_per_hour: 100_000,
        renames_per_hour: 100_000,
        requests: 100_000,
        drain,
        ..Config::default()
    }
}

impl Node {
    /// Starts a node on `store` with roomy settings.
    ///
    /// # Errors
    /// When it cannot start.
    pub async fn start(store: &Store) -> Result<Self> {
        Self::start_with(store, roomy()).await
    }

    /// Starts a node on `store` with settings of the test's own.
    ///
    /// # Errors
    /// When it cannot start.
    pub async fn start_with(store: &Store, config: Config) -> Result<Self> {
        end_at_a_panic_of_the_server();
        let data = store.data().unwrap_or_else(|| config.data.clone());
        let config = Config { data, redis_url: store.redis_url(), ..config };
        let listener = listener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let bridge = Bridge::if_wanted(&url).await?;
        let app = App::open(config).await?;
        let engine = app.engine.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async move {
            // A node that was dropped stops as well.
            let _ = stopped.await;
        };
        let running = tokio::spawn(async move {
            parlor::run(listener, app, shutdown).await.map_err(anyhow::Error::from)
        });
        Ok(Self { url, bridge, engine, stop: Some(stop), running })
    }

    /// Where it is, like `http://127.0.0.1:4711`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.bridge.as_ref().map_or(&self.url, Bridge::url)
    }

    /// Its store, for a test that writes what no client can.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Stops it gracefully, as SIGTERM does, and waits until it has let go of its store.
    ///
    /// # Errors
    /// What it ended with.
    pub async fn stop(mut self) -> Result<()> {
        drop(self.stop.take());
        drop(self.engine);
        self.running.await.context("the node panicked")?
    }
}

/// Ends the whole run of tests when the server's code panics: tokio would catch it in its task, and
/// the test might pass.
fn end_at_a_panic_of_the_server() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            before(info);
            if info.location().is_some_and(|place| place.file().contains("backend/src")) {
                process::abort();
            }
        }));
    });
}
