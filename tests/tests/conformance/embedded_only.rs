//! What is true of the embedded store only: its disk, its clock, its lock.

mod clock;
mod damage;
mod full_disk;
mod lock;
mod power;
mod replaced;
mod startled;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use parlor::engine::{Announcement, Delivery, Engine, embedded};
use parlor_shared::Millis;
use parlor_tests::Disk;

/// Hears nothing.
struct Deaf;

impl Delivery for Deaf {
    fn deliver(&self, _: Announcement) {}
}

/// A clock that a test sets.
#[derive(Clone)]
struct Hands(Arc<AtomicU64>);

impl Hands {
    fn at(time: Millis) -> Self {
        Self(Arc::new(AtomicU64::new(time)))
    }

    fn forward(&self, by: Millis) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }

    fn clock(&self) -> embedded::Clock {
        let hands = self.0.clone();
        Arc::new(move || hands.load(Ordering::SeqCst))
    }
}

/// Opens the store on a disk.
fn open(disk: &Disk, clock: embedded::Clock) -> Engine {
    let disk = disk.clone();
    embedded::open_with(move || disk.backend(), clock, Arc::new(Deaf)).expect("the store opens")
}
