//! Whoever sees what a page receives and what its client does about it.

use std::fmt::Debug;

use parlor_model::{Client, Effect};

/// Sees everything of one page, in order.
pub trait Witness: Debug + Send {
    /// A frame has come on a link, or as part of an answer; the client has not taken it yet.
    fn arrives(&mut self, frame: &str);

    /// The client has taken an input, and wants this done.
    fn acted(&mut self, _client: &Client, _effects: &[Effect]) {}

    /// A new link begins.
    fn connects(&mut self) {}
}
