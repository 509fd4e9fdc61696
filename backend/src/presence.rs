//! This node's part in presence: its own people's lease, and a view of everybody's.

use std::{collections::HashMap, sync::Arc, time::Duration};

use parlor_shared::{Millis, PersonId};
use tokio::{sync::watch, time::MissedTickBehavior};

use crate::{
    clock::Uptime,
    connections::Connections,
    engine::{Online, Presence},
};

/// Between two looks at who is here.
const TICK: Duration = Duration::from_secs(1);
/// Between two questions to the store about the other nodes' people.
const ASK_MS: Millis = 2_000;
/// Between two renewals when nothing changes; a lease ends after 30 s.
const RENEW_MS: Millis = 10_000;
/// For how long somebody who went still counts as here: a page is reloaded faster.
const GRACE_MS: Millis = 10_000;

/// Renews the lease and keeps `view` up to date, for as long as the node runs.
pub(crate) async fn run(
    connections: Connections,
    store: Arc<dyn Presence>,
    view: watch::Sender<Arc<Online>>,
) {
    let clock = Uptime::start();
    let mut node = Node { store, view, seen: Seen::default(), lease: None, asked_at: None };
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let people = connections.people();
        node.see(&people, clock.now());
        node.renew(people, clock.now()).await;
        node.ask(clock.now()).await;
    }
}

struct Node {
    store: Arc<dyn Presence>,
    view: watch::Sender<Arc<Online>>,
    seen: Seen,
    /// What the store was last told, and when.
    lease: Option<(Online, Millis)>,
    asked_at: Option<Millis>,
}

impl Node {
    /// Notes who is here; tells the hub if that changes who is seen.
    fn see(&mut self, people: &Online, now: Millis) {
        let online = self.seen.note(people, now);
        self.view.send_if_modified(|held| {
            let changed = **held != online;
            if changed {
                *held = Arc::new(online);
            }
            changed
        });
    }

    /// Renews the lease at changes, at most once a tick, and each 10 s.
    async fn renew(&mut self, people: Online, now: Millis) {
        let fresh = |(told, at): &(Online, Millis)| *told == people && now < at + RENEW_MS;
        if self.lease.as_ref().is_some_and(fresh) {
            return;
        }
        self.lease = match self.store.renew(people.clone()).await {
            Ok(()) => Some((people, now)),
            Err(error) => {
                tracing::debug!(%error, "the lease could not be renewed yet");
                None
            }
        };
    }

    async fn ask(&mut self, now: Millis) {
        if self.asked_at.is_some_and(|asked_at| now < asked_at + ASK_MS) {
            return;
        }
        self.asked_at = Some(now);
        match self.store.online().await {
            Ok(everybody) => self.see(&everybody, now),
            Err(error) => tracing::debug!(%error, "presence could not be read yet"),
        }
    }
}

/// When each person was last seen, within the grace.
#[derive(Debug, Default)]
struct Seen(HashMap<PersonId, (String, Millis)>);

impl Seen {
    /// Notes who is here, and says who is, or was a moment ago.
    fn note(&mut self, people: &Online, now: Millis) -> Online {
        for (person, name) in people {
            self.0.insert(person.clone(), (name.clone(), now));
        }
        self.0.retain(|_, (_, at)| now < *at + GRACE_MS);
        self.0.iter().map(|(person, (name, _))| (person.clone(), name.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use parlor_shared::PersonId;

    use super::{GRACE_MS, Online, Seen};

    #[test]
    fn who_comes_back_within_the_grace_never_went() {
        let ada: Online = [(PersonId::new("ada").unwrap(), "Ada".to_owned())].into();
        let nobody = Online::new();
        let mut seen = Seen::default();
        assert_eq!(seen.note(&ada, 0), ada);
        assert_eq!(seen.note(&nobody, GRACE_MS - 1), ada);
        assert_eq!(seen.note(&ada, GRACE_MS - 1), ada);
        assert_eq!(seen.note(&nobody, 2 * GRACE_MS - 1), nobody);
    }
}
