//! The server's entry point: settings, store, port, and go.

use anyhow::Context;
use parlor::{App, Config, listener, telemetry};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = Config::read();
    telemetry::start(&config.log);
    let address = config.listen;
    let listener =
        listener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let url = config.address(listener.local_addr()?);
    let app = App::open(config).await?;
    println!("Parlor is at {url}");
    parlor::run(listener, app, stop()).await?;
    Ok(())
}

/// Waits for the system to ask for the end.
async fn stop() {
    if let Err(error) = parlor::signal().await {
        tracing::error!(%error, "no signals: end me by force");
        std::future::pending::<()>().await;
    }
}
