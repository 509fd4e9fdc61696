//! `cargo xtask dev`: trunk serves and reloads the page; the backend answers behind its proxy.

use crate::{command::run, page::Document, setup, step::step, workspace::Workspace};
use anyhow::{Result, bail};
use std::{
    env,
    process::{Child, Command},
    thread,
    time::Duration,
};

/// Where trunk serves, as a browser names it: the backend must accept these origins.
const ORIGINS: [&str; 2] = ["http://localhost:8080", "http://127.0.0.1:8080"];
/// Where the backend listens; Trunk.toml proxies `/api` and `/ws` to it.
const BACKEND: &str = "127.0.0.1:3001";
/// How often it is looked whether one of the two has ended.
const LOOK: Duration = Duration::from_millis(200);

/// Runs both until one ends, then stops the other. A document other than the chat stands at every
/// address in its place.
///
/// # Errors
/// If set-up or build fails, or when one of the two ends.
pub(crate) fn dev(workspace: &Workspace, document: Document) -> Result<()> {
    let tools = setup::for_builds(workspace)?;
    step("build the backend", || {
        run(workspace.cargo().args(["build", "--offline", "--package=parlor"]))
    })?;
    let mut trunk = tools.command("trunk");
    trunk.args(["serve", "--offline=true", "--dist"]).arg(workspace.target.join("dev-dist"));
    trunk.arg(document.source(workspace));
    trunk.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target);
    let mut backend = backend(workspace).spawn()?;
    let ended = match trunk.spawn() {
        Ok(mut trunk) => first_to_end(&mut backend, &mut trunk),
        Err(error) => Err(error.into()),
    };
    backend.kill()?;
    ended
}

fn backend(workspace: &Workspace) -> Command {
    let program = format!("parlor{}", env::consts::EXE_SUFFIX);
    let mut backend = Command::new(workspace.target.join("debug").join(program));
    backend.current_dir(&workspace.root).args(["--listen", BACKEND]);
    for origin in ORIGINS {
        backend.args(["--allow-origin", origin]);
    }
    backend
}

fn first_to_end(backend: &mut Child, trunk: &mut Child) -> Result<()> {
    loop {
        if let Some(status) = backend.try_wait()? {
            trunk.kill()?;
            bail!("the backend ended with {status}");
        }
        if let Some(status) = trunk.try_wait()? {
            bail!("trunk ended with {status}");
        }
        thread::sleep(LOOK);
    }
}
