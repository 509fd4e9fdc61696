//! Numbers and command ids that nobody has used.

use std::hash::{BuildHasher, RandomState};

use parlor_shared::CommandId;

/// Any number.
#[must_use]
pub fn fresh_number() -> u64 {
    // Each `RandomState` has new keys of its own.
    RandomState::new().hash_one(0_u8)
}

/// A fresh id.
#[must_use]
pub fn fresh_command() -> CommandId {
    let [high, low] = [fresh_number(), fresh_number()];
    CommandId::from_random(((u128::from(high) << 64) | u128::from(low)).to_be_bytes())
}
