//! Settings that do not go together. (A bad value is refused before anything is looked at.)

use super::{
    Finding,
    finding::{note, ok},
};
use crate::config::Config;

/// Looks at the settings alone.
pub(super) fn look(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if config.is_secure() && !config.behind_proxy {
        findings.push(note(
            "the public URL is https, so a proxy stands in front, but --behind-proxy is not set: all \
             people count as one address, and limits meet them together",
        ));
    }
    if config.behind_proxy && config.public_url.is_none() {
        findings.push(note(
            "--behind-proxy without --public-url: pages opened at the proxy's address may be refused \
             as foreign; set --public-url to the address people open",
        ));
    }
    if config.redis_wait > 0 && config.redis_url.is_none() {
        findings.push(note("--redis-wait does nothing without --redis-url"));
    }
    if !config.allow_origin.is_empty() {
        findings.push(note(
            "--allow-origin lets other pages act for people: it is meant for development",
        ));
    }
    if findings.is_empty() {
        findings.push(ok("the settings go together"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{Config, look};

    #[test]
    fn what_does_not_go_together_is_noted() {
        let alone = Config::default();
        assert_eq!(
            look(&alone).iter().filter(|finding| finding.to_string().starts_with("ok")).count(),
            1
        );
        let public_url = Some("https://chat.example.org".to_owned());
        for odd in [
            Config { public_url, ..Config::default() },
            Config { behind_proxy: true, ..Config::default() },
            Config { redis_wait: 1, ..Config::default() },
            Config { allow_origin: vec!["https://x".to_owned()], ..Config::default() },
        ] {
            assert!(look(&odd).iter().all(|finding| finding.to_string().starts_with("note")));
        }
    }
}
