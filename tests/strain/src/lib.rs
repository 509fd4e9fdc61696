//! What a running server bears: many clients at once, faults on purpose, hours of coming and going.
//!
//! Real servers in processes of their own, and the page's own logic as clients.

pub mod chaos;
pub mod load;
mod many;
pub mod roll;
pub mod soak;
pub mod transports;

pub use many::{address, raise_limits, sign_in};
