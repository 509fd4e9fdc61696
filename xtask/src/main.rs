//! Every task of the project, one file each: `cargo xtask --help` lists them.

mod bench;
mod check;
mod command;
mod dev;
mod dist;
mod page;
mod run;
mod screens;
mod server;
mod setup;
mod simulate;
mod step;
mod strain;
mod test;
mod tidy;
mod workspace;

use anyhow::Result;
use clap::{Parser, Subcommand};
use page::Document;
use std::process::ExitCode;
use workspace::Workspace;

/// The tasks of Parlor. Each does the set-up it needs; a second run does none.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build page and server in release and serve http://localhost:3000
    Run {
        /// Passed on to the server, after `--`
        #[arg(last = true)]
        server: Vec<String>,
    },
    /// Run all tests: host, both engines, end to end, and the page in a headless browser
    Test(test::Selection),
    /// Everything CI runs: format, tidy, lints, docs, bundle budget, tests
    Check,
    /// Serve the page with reload on http://localhost:8080, the backend behind it on 3001
    Dev {
        /// The page that compares the transports, instead of the chat
        #[arg(long)]
        transports: bool,
    },
    /// Take a picture of every screen, into docs/screens
    Screens,
    /// Leave one self-contained binary in target/dist
    Dist,
    /// Install what `run` and `test` need, and build nothing
    Setup,
    /// Check the house rules that a machine can check
    Tidy {
        /// Write the present hash of the protocol's sources into docs/protocol.md
        #[arg(long)]
        bless: bool,
    },
    /// Run the deterministic simulation (`-- --help` shows its options)
    Simulate {
        /// Passed on to the simulation, after `--`
        #[arg(last = true)]
        simulation: Vec<String>,
    },
    /// Clients that talk without pause while nodes, Redis and links break, from a seed (`-- --help`)
    Chaos {
        /// Passed on, after `--`
        #[arg(last = true)]
        words: Vec<String>,
    },
    /// One node after the other restarted while clients talk: nothing is lost (`-- --help`)
    Roll {
        /// Passed on, after `--`
        #[arg(last = true)]
        words: Vec<String>,
    },
    /// People who come and go for half an hour: everything levels off (`-- --help`)
    Soak {
        /// Passed on, after `--`
        #[arg(last = true)]
        words: Vec<String>,
    },
    /// The same talk over a socket, long and short polls: requests, bytes, latency, CPU (`-- --help`)
    Transports {
        /// Passed on, after `--`
        #[arg(last = true)]
        words: Vec<String>,
    },
    /// Compare two builds of the server in turn, each a program or a git revision
    Bench {
        /// The build that is compared with
        before: String,
        /// The build in question
        after: String,
        /// Passed on, after `--`
        #[arg(last = true)]
        words: Vec<String>,
    },
    /// Many thousand clients at one server, and what each delivery costs it (`-- --help`)
    Load {
        /// Passed on, after `--`
        #[arg(last = true)]
        words: Vec<String>,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        // Causes in one line each; a backtrace of this program would hide them.
        Err(error) => {
            eprintln!(
                "✗ {}",
                error.chain().map(ToString::to_string).collect::<Vec<_>>().join("\n  ")
            );
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    let workspace = Workspace::open()?;
    match task {
        Task::Run { server } => run::run(&workspace, &server),
        Task::Test(selection) => test::test(&workspace, &selection),
        Task::Check => check::check(&workspace),
        Task::Dev { transports: false } => dev::dev(&workspace, Document::Chat),
        Task::Dev { transports: true } => dev::dev(&workspace, Document::Transports),
        Task::Screens => screens::screens(&workspace),
        Task::Dist => dist::dist(&workspace),
        Task::Setup => setup::for_tests(&workspace).map(drop),
        Task::Tidy { bless: false } => tidy::tidy(&workspace),
        Task::Tidy { bless: true } => tidy::bless(&workspace),
        Task::Simulate { simulation } => simulate::simulate(&workspace, &simulation),
        Task::Bench { before, after, words } => bench::bench(&workspace, &before, &after, &words),
        Task::Roll { words } => strain::strain(&workspace, "roll", &words),
        Task::Soak { words } => strain::strain(&workspace, "soak", &words),
        Task::Chaos { words } => strain::strain(&workspace, "chaos", &words),
        Task::Transports { words } => strain::strain(&workspace, "transports", &words),
        Task::Load { words } => strain::strain(&workspace, "load", &words),
    }
}
