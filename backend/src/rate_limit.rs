//! How often one may: a token bucket for each key, pure, the clock passed in.

use std::{collections::HashMap, hash::Hash};

use parlor_shared::Millis;

/// Keys remembered at most. Beyond it the one nearest to a full bucket is forgotten.
const KEYS: usize = 50_000;

/// `burst` at once, and one more each `window / burst`. Kept as one number for each key (the
/// "generic cell rate algorithm"): the moment at which its bucket is full again.
#[derive(Debug)]
pub struct RateLimit<K> {
    interval: Millis,
    window: Millis,
    full_at: HashMap<K, Millis>,
}

impl<K: Clone + Eq + Hash> RateLimit<K> {
    /// At most `burst` (at least 1) in `window` milliseconds, for each key.
    #[must_use]
    pub fn new(burst: u32, window: Millis) -> Self {
        Self { interval: window / Millis::from(burst.max(1)), window, full_at: HashMap::new() }
    }

    /// Takes one for `key` at `now` (any monotonic milliseconds).
    ///
    /// # Errors
    /// How long to wait, in milliseconds, when there is none left.
    pub fn take(&mut self, key: &K, now: Millis) -> Result<(), Millis> {
        let full_at = self.full_at.get(key).copied().unwrap_or(now).max(now) + self.interval;
        if full_at > now + self.window {
            return Err(full_at - now - self.window);
        }
        if self.full_at.len() >= KEYS && !self.full_at.contains_key(key) {
            self.make_room(now);
        }
        self.full_at.insert(key.clone(), full_at);
        Ok(())
    }

    fn make_room(&mut self, now: Millis) {
        self.full_at.retain(|_, full_at| *full_at > now);
        if self.full_at.len() >= KEYS {
            let fullest =
                self.full_at.iter().min_by_key(|(_, at)| **at).map(|(key, _)| key.clone());
            fullest.and_then(|key| self.full_at.remove(&key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYS, RateLimit};

    #[test]
    fn a_burst_is_allowed_and_then_one_each_interval() {
        let mut limit = RateLimit::new(10, 10_000);
        assert!((0..10).all(|_| limit.take(&"ada", 5).is_ok()));
        assert_eq!(limit.take(&"ada", 5), Err(1_000));
        assert_eq!(limit.take(&"ada", 505), Err(500));
        assert_eq!(limit.take(&"ada", 1_005), Ok(()));
        assert_eq!(limit.take(&"ada", 1_005), Err(1_000));
    }

    #[test]
    fn the_wait_it_names_is_enough() {
        let mut limit = RateLimit::new(3, 1_000);
        let mut now = 0;
        for _ in 0..50 {
            if let Err(wait) = limit.take(&"ada", now) {
                now += wait;
                assert_eq!(limit.take(&"ada", now), Ok(()));
            }
        }
        assert!(now >= 14_000, "50 takes at 3 a second took only {now} ms");
    }

    #[test]
    fn one_key_does_not_use_up_anothers() {
        let mut limit = RateLimit::new(1, 1_000);
        assert!(limit.take(&"ada", 0).is_ok());
        assert!(limit.take(&"bob", 0).is_ok());
        assert!(limit.take(&"ada", 0).is_err());
    }

    #[test]
    fn memory_is_bounded_and_the_busiest_stay_limited() {
        let mut limit = RateLimit::new(2, 1_000_000);
        assert!(limit.take(&0, 0).is_ok());
        assert!(limit.take(&0, 0).is_ok());
        for key in 1..KEYS + 100 {
            assert!(limit.take(&key, 0).is_ok());
        }
        assert_eq!(limit.full_at.len(), KEYS);
        assert!(limit.take(&0, 0).is_err());
    }
}
