//! What a node is told at start: flags, or `PARLOR_*` variables. Read once, here and nowhere else.

mod checks;
mod invocation;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::Args;
use parlor_shared::limits;

pub use invocation::{Invocation, Task};

/// The settings of one node. Every flag has a variable of the same name: `--data`, `PARLOR_DATA`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Config {
    /// Address and port to listen on. Port 0 takes any free one.
    #[arg(long, env = "PARLOR_LISTEN", default_value_t = Self::LISTEN)]
    pub listen: SocketAddr,

    /// Directory of the embedded store; made if it is not there. Not used with Redis.
    #[arg(long, env = "PARLOR_DATA", default_value = Self::DATA)]
    pub data: PathBuf,

    /// Redis (7.0 or later) instead of the embedded store: redis://, rediss://,
    /// redis+sentinel://h1,h2/name or redis+cluster://h1,h2. `REDIS_URL` is read too.
    #[arg(long, env = "PARLOR_REDIS_URL", hide_env_values = true, value_parser = checks::redis_url)]
    pub redis_url: Option<String>,

    /// What every Redis key begins with, so that several Parlors can share one Redis.
    #[arg(long, env = "PARLOR_REDIS_PREFIX", default_value = Self::PREFIX, value_parser = checks::prefix)]
    pub redis_prefix: String,

    /// Replicas of Redis that must have a message before it is confirmed, 0 to 16: narrows what a
    /// fail-over can lose, and takes their time.
    #[arg(long, env = "PARLOR_REDIS_WAIT", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=16))]
    pub redis_wait: u32,

    /// Where people open it, like `https://chat.example.org`: its pages may talk to this server,
    /// and with https the session's cookie is only sent encrypted.
    #[arg(long, env = "PARLOR_PUBLIC_URL", value_parser = checks::origin)]
    pub public_url: Option<String>,

    /// How many messages a room keeps, 1 to 100,000.
    #[arg(long, env = "PARLOR_KEEP", default_value_t = limits::KEEP_DEFAULT, value_parser = clap::value_parser!(u32).range(1..=limits::KEEP_MAX as i64))]
    pub keep: u32,

    /// Other origins whose pages may talk to this server, separated by commas (for development).
    #[arg(long, env = "PARLOR_ALLOW_ORIGIN", value_delimiter = ',', value_parser = checks::origin)]
    pub allow_origin: Vec<String>,

    /// How much memory all connections' unsent frames may take, in MiB, 16 to 65,536.
    #[arg(long, env = "PARLOR_OUTBOX_MIB", default_value_t = Self::OUTBOX_MIB, value_parser = clap::value_parser!(u64).range(16..=65_536))]
    pub outbox_mib: u64,

    /// Messages one person may send or edit in 10 s, 1 to 1,000,000.
    #[arg(long, env = "PARLOR_SENDS", default_value_t = limits::SENDS, value_parser = checks::count())]
    pub sends: u32,

    /// Sessions that may begin from one address in an hour, 1 to 1,000,000.
    #[arg(long, env = "PARLOR_SESSIONS_PER_HOUR", default_value_t = limits::SESSIONS_PER_HOUR, value_parser = checks::count())]
    pub sessions_per_hour: u32,

    /// Rooms one person may make in a day, 1 to 1,000,000.
    #[arg(long, env = "PARLOR_ROOMS_PER_DAY", default_value_t = limits::ROOMS_PER_DAY, value_parser = checks::count())]
    pub rooms_per_day: u32,

    /// Names one person may ask for in an hour, 1 to 1,000,000.
    #[arg(long, env = "PARLOR_RENAMES_PER_HOUR", default_value_t = limits::RENAMES_PER_HOUR, value_parser = checks::count())]
    pub renames_per_hour: u32,

    /// Requests without a socket, commands and polls, that one person may make in 10 s, 1 to 1,000,000.
    #[arg(long, env = "PARLOR_REQUESTS", default_value_t = limits::REQUESTS, value_parser = checks::count())]
    pub requests: u32,

    /// Connections from one address at once, 1 to 1,000,000.
    #[arg(long, env = "PARLOR_CONNECTIONS_PER_ADDRESS", default_value_t = Self::CONNECTIONS_PER_ADDRESS, value_parser = checks::count())]
    pub connections_per_address: u32,

    /// Seconds between two pings to a client, 1 to 3,600.
    #[arg(long, env = "PARLOR_PING", default_value_t = Self::PING, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub ping: u64,

    /// A proxy stands in front: take a client's address from the last entry of its
    /// `X-Forwarded-For`. Without one, anybody could claim any address.
    #[arg(long, env = "PARLOR_BEHIND_PROXY")]
    pub behind_proxy: bool,

    /// Where metrics are told, at /metrics, to whoever reaches it. Without it they are told on the
    /// main port, to this machine alone, and not at all behind a proxy or with an https public URL.
    #[arg(long, env = "PARLOR_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,

    /// What is logged: error, warn, info, debug or trace, or a filter like parlor=debug.
    #[arg(long, env = "PARLOR_LOG", default_value = Self::LOG)]
    pub log: String,

    /// How the node takes its leave; no flag, for tests to shorten.
    #[arg(skip)]
    pub drain: Drain,
}

/// The times of a graceful stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drain {
    /// From "not ready" to the last new connection: load balancers look away meanwhile.
    pub lead: Duration,
    /// Over how long the connections are closed, evenly.
    pub spread: Duration,
    /// From the signal to the end, whatever still runs.
    pub exit: Duration,
}

impl Default for Drain {
    fn default() -> Self {
        Self {
            lead: Duration::from_secs(2),
            spread: Duration::from_secs(6),
            exit: Duration::from_millis(9_500),
        }
    }
}

impl Config {
    const LISTEN: SocketAddr =
        SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED), 3000);
    const DATA: &str = "./data";
    const PREFIX: &str = "parlor";
    const OUTBOX_MIB: u64 = 256;
    const CONNECTIONS_PER_ADDRESS: u32 = limits::CONNECTIONS_PER_ADDRESS as u32;
    const PING: u64 = limits::PING_MS / 1_000;
    const LOG: &str = "info";

    /// Where a person opens a node that listens on `bound`.
    #[must_use]
    pub fn address(&self, bound: SocketAddr) -> String {
        let host = if bound.ip().is_unspecified() {
            format!("localhost:{}", bound.port())
        } else {
            bound.to_string()
        };
        self.public_url.clone().unwrap_or_else(|| format!("http://{host}"))
    }

    /// Whether the session's cookie is only sent encrypted.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }
}

impl Default for Config {
    /// What a node does when it is told nothing.
    fn default() -> Self {
        Self {
            listen: Self::LISTEN,
            data: PathBuf::from(Self::DATA),
            redis_url: None,
            redis_prefix: Self::PREFIX.to_owned(),
            redis_wait: 0,
            public_url: None,
            keep: limits::KEEP_DEFAULT,
            allow_origin: Vec::new(),
            outbox_mib: Self::OUTBOX_MIB,
            sends: limits::SENDS,
            sessions_per_hour: limits::SESSIONS_PER_HOUR,
            rooms_per_day: limits::ROOMS_PER_DAY,
            renames_per_hour: limits::RENAMES_PER_HOUR,
            requests: limits::REQUESTS,
            connections_per_address: Self::CONNECTIONS_PER_ADDRESS,
            ping: Self::PING,
            behind_proxy: false,
            metrics_listen: None,
            log: Self::LOG.to_owned(),
            drain: Drain::default(),
        }
    }
}

#[cfg(test)]
mod tests;
