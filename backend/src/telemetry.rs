//! Logs: to standard error, filtered as the configuration says. Ids as fields, of logs (`log`, since a
//! name like `log.id` is taken for another crate's and not printed), connections (`conn.id`) and persons
//! (`person.id`); never texts, tokens or addresses of people.

use tracing_subscriber::EnvFilter;

/// Below these levels other people's code tells what goes over the wire.
const DISCREET: [&str; 3] = ["tungstenite=info", "tokio_tungstenite=info", "hyper=info"];

/// Starts logging. A filter that cannot be read is replaced by `info`, and said.
pub fn start(filter: &str) {
    let parsed = EnvFilter::try_new(filter);
    let refused = parsed.is_err();
    let chosen = parsed.unwrap_or_else(|_| EnvFilter::new("info"));
    let discreet = DISCREET.iter().filter_map(|directive| directive.parse().ok());
    let started = tracing_subscriber::fmt()
        .with_env_filter(discreet.fold(chosen, EnvFilter::add_directive))
        .with_writer(std::io::stderr)
        .try_init();
    if refused && started.is_ok() {
        tracing::warn!(filter, "the log filter cannot be read: logging at info");
    }
}
