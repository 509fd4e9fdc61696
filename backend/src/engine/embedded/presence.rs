//! Presence in the process: the one node's people, for as long as it renews its lease.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use parking_lot::Mutex;

use super::Embedded;
use crate::engine::{EngineError, Online, Presence};

/// How long a lease lives without being renewed.
const LEASE: Duration = Duration::from_secs(30);

/// The lease of the one node there is.
#[derive(Debug, Default)]
pub(super) struct Leases {
    /// The people last told, and when.
    told: Mutex<Option<(Online, Instant)>>,
}

impl Leases {
    fn renew(&self, people: Online, now: Instant) {
        *self.told.lock() = Some((people, now));
    }

    fn online(&self, now: Instant) -> Online {
        let mut told = self.told.lock();
        if told.as_ref().is_some_and(|(_, at)| now.saturating_duration_since(*at) >= LEASE) {
            *told = None;
        }
        told.as_ref().map(|(people, _)| people.clone()).unwrap_or_default()
    }
}

#[async_trait]
impl Presence for Embedded {
    async fn renew(&self, people: Online) -> Result<(), EngineError> {
        self.leases.renew(people, Instant::now());
        Ok(())
    }

    async fn online(&self) -> Result<Online, EngineError> {
        Ok(self.leases.online(Instant::now()))
    }
}

#[cfg(test)]
mod tests {
    use parlor_shared::PersonId;

    use super::*;

    #[test]
    fn a_lease_not_renewed_for_thirty_seconds_is_gone_with_its_people() {
        let (leases, now) = (Leases::default(), Instant::now());
        leases.renew(Online::from([(PersonId::new("ann").unwrap(), "Ann".to_owned())]), now);
        assert_eq!(leases.online(now + LEASE - Duration::from_millis(1)).len(), 1);
        assert_eq!(leases.online(now + LEASE).len(), 0);
    }
}
