//! `parlor doctor`: what of the settings, the store and the machine will hurt, and what to change.

mod finding;
mod machine;
mod redis;
mod settings;

use crate::{config::Config, listener};
pub use finding::Finding;
use finding::{note, ok};

/// Looks at everything that `config` leads to, and says what it found, worst not first but in the order
/// in which things are used.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = settings::look(config);
    findings.extend(machine::look());
    findings.push(port(config).await);
    match &config.redis_url {
        Some(url) => findings.extend(redis::look(url, config).await),
        None => findings.extend(machine::look_at_data(&config.data)),
    }
    findings
}

/// Prints one line for each finding; false when one of them is a problem.
#[must_use]
pub fn report(findings: &[Finding]) -> bool {
    for finding in findings {
        println!("{finding}");
    }
    !findings.iter().any(Finding::is_problem)
}

async fn port(config: &Config) -> Finding {
    let address = config.listen;
    match listener::bind_now(address) {
        Ok(_) => ok(format!("{address} can be listened on")),
        Err(error) => note(format!(
            "{address} cannot be listened on ({error}): fine if this Parlor runs already, else choose \
             another --listen"
        )),
    }
}
