//! Which logs the node follows, and the announcing of what was written to them.

use std::{collections::HashSet, sync::Arc};

use parking_lot::RwLock;
use parlor_shared::{Entry, LogId};

use crate::engine::{Announcement, Delivery};

/// The followed logs of the one node there is.
pub(super) struct Follows {
    delivery: Arc<dyn Delivery>,
    /// The logs whose entries are announced.
    logs: RwLock<HashSet<LogId>>,
}

impl Follows {
    pub(super) fn new(delivery: Arc<dyn Delivery>) -> Self {
        Self { delivery, logs: RwLock::default() }
    }

    pub(super) fn add(&self, log: &LogId) {
        self.logs.write().insert(log.clone());
    }

    pub(super) fn remove(&self, log: &LogId) {
        self.logs.write().remove(log);
    }

    /// Announces a committed entry, if anybody follows its log. Called in the order of commit.
    pub(super) fn announce(&self, entry: Entry) {
        if self.logs.read().contains(&entry.log) {
            self.delivery.deliver(Announcement::Entry(entry));
        }
    }

    /// Says of every followed log that it may have changed unannounced.
    pub(super) fn doubt(&self) {
        for log in self.logs.read().iter() {
            self.delivery.deliver(Announcement::Doubt(log.clone()));
        }
    }
}
