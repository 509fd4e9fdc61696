//! The server's own program once more, so that cargo builds it for tests that need a process.

use anyhow::Context;
use parlor::{App, Config, listener, telemetry};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = Config::read();
    telemetry::start(&config.log);
    let address = config.listen;
    let listener =
        listener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let app = App::open(config).await?;
    let stop = async {
        if let Err(error) = parlor::signal().await {
            tracing::error!(%error, "no signals: end me by force");
            std::future::pending::<()>().await;
        }
    };
    parlor::run(listener, app, stop).await?;
    Ok(())
}
