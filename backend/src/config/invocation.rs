//! What a process is started to do, with its settings.

use clap::{Parser, Subcommand, error::ErrorKind};

use super::{Config, checks};

/// A task and its settings, as the command line and the environment say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// What to do.
    pub task: Task,
    /// How.
    pub config: Config,
}

/// What a process can be started to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Serve.
    Serve,
    /// Look at settings, store and machine, and say what to change.
    Doctor,
}

#[derive(Debug, Parser)]
#[command(name = "parlor", version, about = "A chat people run themselves")]
#[command(args_conflicts_with_subcommands = true)]
struct Words {
    #[command(subcommand)]
    task: Option<Other>,
    #[command(flatten)]
    config: Config,
}

#[derive(Debug, Subcommand)]
enum Other {
    /// Look at settings, store and machine, and say in one line each what to change. Takes the
    /// server's own flags; fails when there is a problem.
    Doctor(Box<Config>),
}

impl Invocation {
    /// Reads flags and variables; prints help or names the bad value, and ends the process, where
    /// there is nothing to start with.
    #[must_use]
    pub fn read() -> Self {
        let read = Self::of(Words::parse());
        let alias = std::env::var("REDIS_URL").ok().filter(|url| !url.is_empty());
        match (read.config.redis_url.is_none(), alias) {
            (true, Some(url)) => match checks::redis_url(&url) {
                Ok(url) => Self { config: Config { redis_url: Some(url), ..read.config }, ..read },
                Err(problem) => clap::Error::raw(
                    ErrorKind::ValueValidation,
                    format!("invalid value for 'REDIS_URL': {problem}\n"),
                )
                .exit(),
            },
            (true, None) | (false, _) => read,
        }
    }

    #[cfg(test)]
    pub(super) fn try_read(words: &[&str]) -> Result<Self, clap::Error> {
        Words::try_parse_from(words).map(Self::of)
    }

    fn of(words: Words) -> Self {
        match words.task {
            None => Self { task: Task::Serve, config: words.config },
            Some(Other::Doctor(config)) => Self { task: Task::Doctor, config: *config },
        }
    }
}
