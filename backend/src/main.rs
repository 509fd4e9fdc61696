//! The server's entry point: settings, store, port, and go; or a look at all of them.

use std::process::ExitCode;

use anyhow::Context;
use parlor::{App, Config, Invocation, Task, doctor, files, listener, telemetry};

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let Invocation { task, config } = Invocation::read();
    telemetry::start(&config.log);
    match task {
        Task::Serve => serve(config).await.map(|()| ExitCode::SUCCESS),
        Task::Doctor => {
            let healthy = doctor::report(&doctor::examine(&config).await);
            Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    files::allow_most();
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
