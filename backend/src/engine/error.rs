//! What can go wrong between a node and its store.

/// Why the engine did not answer as asked. Refusals are no errors: see [`super::Outcome`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The store cannot be reached, or takes no writes now. Nothing was done.
    #[error("the store is away: {0}")]
    Away(String),
    /// The store did not answer in time, or the link broke in between. It may have been done.
    #[error("the store did not answer in time")]
    Timeout,
    /// What the store holds cannot be read.
    #[error("the store holds something unreadable: {0}")]
    Corrupt(String),
}
