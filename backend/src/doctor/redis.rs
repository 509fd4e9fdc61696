//! What Redis is set to keep, and whether it can.

use super::{
    Finding,
    finding::{note, ok, problem},
};
use crate::{
    config::Config,
    engine::redis::{Examined, examine},
};

/// Clocks this far apart, in milliseconds, show in what people read.
const CLOCKS_APART_MS: u64 = 2_000;

/// Looks at every primary.
pub(super) async fn look(url: &str, config: &Config) -> Vec<Finding> {
    match examine(url, &config.redis_prefix).await {
        Ok(primaries) => primaries.iter().flat_map(|primary| judge(primary, config)).collect(),
        Err(error) => vec![problem(format!("{error}: start it, or mend --redis-url"))],
    }
}

fn judge(found: &Examined, config: &Config) -> Vec<Finding> {
    let at = &found.address;
    let mut findings = vec![ok(format!("{at} is Redis {}, and answers", found.version))];
    findings.push(match &found.write_refused {
        None => ok(format!("{at} takes writes")),
        Some(why) => problem(format!(
            "{at} takes no writes ({why}): give the user its rights, or memory and disk to Redis"
        )),
    });
    findings.push(kept(found));
    findings.push(match found.policy.as_str() {
        "noeviction" => ok(format!("{at} never drops what it holds (noeviction)")),
        policy => problem(format!(
            "{at} has maxmemory-policy {policy} and may drop messages: CONFIG SET maxmemory-policy \
             noeviction, and in its configuration"
        )),
    });
    findings.push(clock(at, found.clock_apart_ms));
    if config.redis_wait > found.replicas {
        let (wanted, has) = (config.redis_wait, found.replicas);
        findings.push(problem(format!(
            "{at} has {has} replicas and --redis-wait is {wanted}: nothing will be confirmed; add \
             replicas or lower it"
        )));
    }
    findings
}

fn kept(found: &Examined) -> Finding {
    let at = &found.address;
    if !found.appends {
        return problem(format!(
            "{at} has appendonly off and loses what was said since its last snapshot: CONFIG SET \
             appendonly yes, and in its configuration"
        ));
    }
    match found.fsync.as_deref() {
        Some("always") => ok(format!("{at} keeps what it confirms (appendfsync always)")),
        Some("everysec") => note(format!(
            "{at} may lose two seconds when it crashes (appendfsync everysec): clients are told; CONFIG \
             SET appendfsync always keeps them"
        )),
        Some(other) => problem(format!(
            "{at} leaves it to the system when to write (appendfsync {other}): CONFIG SET appendfsync \
             always, or everysec"
        )),
        None => note(format!(
            "{at} does not let this user see appendfsync: only always keeps what it confirms"
        )),
    }
}

fn clock(at: &str, apart_ms: u64) -> Finding {
    let text = format!("the clock of {at} and this machine's are {apart_ms} ms apart");
    if apart_ms > CLOCKS_APART_MS {
        return problem(format!("{text}: times are the store's; let both keep time (NTP)"));
    }
    ok(text)
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn clocks_far_apart_are_a_problem() {
        assert!(clock("redis:6379", 3_600_000).is_problem());
        assert!(!clock("redis:6379", 40).is_problem());
    }
}
