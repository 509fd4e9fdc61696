//! Waiting, without a timer outliving who waits.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::{Interval, Timeout};

/// One alarm that can be set again and again; only the last setting rings.
#[derive(Clone, Default)]
pub struct Alarm(Rc<RefCell<Option<Timeout>>>);

impl std::fmt::Debug for Alarm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Alarm(set: {})", self.0.borrow().is_some())
    }
}

impl Alarm {
    /// Rings once, in `millis` from now, unless it is set again or cleared before.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    pub fn set(&self, millis: f64, ring: impl FnOnce() + 'static) {
        // Browsers keep delays in 31 bits; what is later than a day is looked at again then.
        let millis = millis.ceil().clamp(0.0, 86_400_000.0) as u32;
        let old = self.0.replace(Some(Timeout::new(millis, ring)));
        drop(old);
    }

    /// Whether it was set and not cleared, be it that it has rung.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Does not ring any more.
    pub fn clear(&self) {
        let old = self.0.take();
        drop(old);
    }
}

/// Waits.
pub async fn pause(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}

/// Something done again and again, until it is dropped.
pub struct Beat(#[expect(dead_code, reason = "held for its Drop")] Interval);

impl std::fmt::Debug for Beat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Beat")
    }
}

impl Beat {
    /// Does it every so many milliseconds.
    pub fn every(millis: u32, act: impl FnMut() + 'static) -> Self {
        Self(Interval::new(millis, act))
    }
}
