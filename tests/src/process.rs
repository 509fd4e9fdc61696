//! A real server in a process of its own, to be killed and measured.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use nix::{
    sys::{
        signal::{Signal, kill},
        wait::{Id, WaitPidFlag, WaitStatus, waitid},
    },
    unistd::Pid,
};
use parlor::{App, Invocation, Task, doctor, files, listener, telemetry};

use crate::{Bridge, Store, Usage, eventually, redis_server::free_port};

/// A node in a process. Dropping it kills it.
#[derive(Debug)]
pub struct NodeProcess {
    binary: PathBuf,
    variables: Vec<(&'static str, String)>,
    url: String,
    bridge: Option<Bridge>,
    child: Option<Child>,
}

impl NodeProcess {
    /// Starts `binary` on `store` with roomy settings and waits until it is ready. `PARLOR_BIN`
    /// in the environment names another binary to test.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn start(binary: &str, store: &Store, keep: u32) -> Result<Self> {
        Self::start_with(binary, store, keep, &[]).await
    }

    /// The same, with settings of the test's own.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn start_with(
        binary: &str,
        store: &Store,
        keep: u32,
        settings: &[(&'static str, &str)],
    ) -> Result<Self> {
        let binary = std::env::var_os("PARLOR_BIN").map_or_else(|| binary.into(), PathBuf::from);
        let port = free_port()?;
        let mut variables = vec![
            ("PARLOR_LISTEN", format!("127.0.0.1:{port}")),
            ("PARLOR_KEEP", keep.to_string()),
            ("PARLOR_LOG", "warn".to_owned()),
            ("PARLOR_SENDS", "100000".to_owned()),
            ("PARLOR_SESSIONS_PER_HOUR", "100000".to_owned()),
            ("PARLOR_RENAMES_PER_HOUR", "100000".to_owned()),
            ("PARLOR_REQUESTS", "100000".to_owned()),
        ];
        variables.extend(settings.iter().map(|(name, value)| (*name, (*value).to_owned())));
        variables.extend(store.data().map(|dir| ("PARLOR_DATA", dir.display().to_string())));
        variables.extend(store.redis_url().map(|url| ("PARLOR_REDIS_URL", url)));
        let url = format!("http://127.0.0.1:{port}");
        let bridge = Bridge::if_wanted(&url).await?;
        let mut node = Self { binary, variables, url, bridge, child: None };
        node.restart().await?;
        Ok(node)
    }

    /// Starts it again, on the same port and store, and waits until it is ready.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn restart(&mut self) -> Result<()> {
        self.launch()?;
        let ready = format!("{}/readyz", self.url);
        eventually("the node is ready", async || {
            reqwest::get(&ready).await.ok().filter(|answer| answer.status().is_success()).map(drop)
        })
        .await
    }

    /// Starts it again, on the same port and store, and does not wait for it.
    ///
    /// # Errors
    /// When there is no such program.
    pub fn launch(&mut self) -> Result<()> {
        self.kill()?;
        let mut command = Command::new(&self.binary);
        command.env_remove("REDIS_URL").envs(self.variables.iter().map(|(k, v)| (k, v)));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        self.child =
            Some(child.with_context(|| format!("{} cannot start", self.binary.display()))?);
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        self.bridge.as_ref().map_or(&self.url, Bridge::url)
    }

    /// Kills it as a crash would and waits until it is gone. Does nothing if it is not there.
    ///
    /// # Errors
    /// When it cannot be signalled.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Asks it to stop (SIGTERM).
    ///
    /// # Errors
    /// When it is not running.
    pub fn terminate(&self) -> Result<()> {
        kill(Pid::from_raw(self.id()?.try_into()?), Signal::SIGTERM)?;
        Ok(())
    }

    /// Lets it stand still, reachable but answering nothing, or go on.
    ///
    /// # Errors
    /// When it is not running.
    pub fn stands_still(&self, still: bool) -> Result<()> {
        let signal = if still { Signal::SIGSTOP } else { Signal::SIGCONT };
        kill(Pid::from_raw(self.id()?.try_into()?), signal)?;
        Ok(())
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn is_running(&mut self) -> Result<bool> {
        match &mut self.child {
            Some(child) => Ok(child.try_wait()?.is_none()),
            None => Ok(false),
        }
    }

    /// That it runs.
    ///
    /// # Errors
    /// When it does not: how it ended, which a test that drives it must not guess.
    pub fn is_alive(&self) -> Result<()> {
        let id = Id::Pid(Pid::from_raw(self.id()?.try_into()?));
        // It is left to be waited for.
        let look = WaitPidFlag::WEXITED | WaitPidFlag::WNOHANG | WaitPidFlag::WNOWAIT;
        let status = waitid(id, look)?;
        ensure!(status == WaitStatus::StillAlive, "the server ended: {status:?}");
        Ok(())
    }

    /// Memory it has resident, in bytes.
    ///
    /// # Errors
    /// When it is not running.
    pub fn resident(&self) -> Result<u64> {
        self.usage()?.resident()
    }

    /// Processor time it has used, of all its threads.
    ///
    /// # Errors
    /// When it is not running.
    pub fn processor_time(&self) -> Result<Duration> {
        self.usage()?.processor_time()
    }

    /// What it has used of the machine.
    ///
    /// # Errors
    /// When it is not running.
    pub fn usage(&self) -> Result<Usage> {
        Ok(Usage::of(self.id()?))
    }

    fn id(&self) -> Result<u32> {
        Ok(self.child.as_ref().context("the node is not running")?.id())
    }
}

impl Drop for NodeProcess {
    fn drop(&mut self) {
        // A test that ends has nobody to tell; the process is gone in either case.
        let _ = self.kill();
    }
}

/// The server's own program once more, for binaries that cargo builds beside tests.
///
/// # Errors
/// When it cannot start, or ends with a failure.
pub async fn run_node() -> Result<()> {
    let Invocation { task, config } = Invocation::read();
    telemetry::start(&config.log);
    if task == Task::Doctor {
        anyhow::ensure!(doctor::report(&doctor::examine(&config).await), "there are problems");
        return Ok(());
    }
    files::allow_most();
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
