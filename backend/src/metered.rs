//! An engine that is measured: the same three contracts around any engine, each call timed and
//! counted.

mod broker;
mod directory;
mod presence;

use std::sync::Arc;

use tokio::time::Instant;

use crate::{
    engine::{Engine, EngineError},
    metrics::{Metrics, Operation},
};

/// Puts the measures around `engine`.
pub(crate) fn metered(engine: Engine, metrics: &Metrics) -> Engine {
    let store = &metrics.store;
    Engine {
        broker: Arc::new(broker::Metered::new(engine.broker, store)),
        presence: Arc::new(presence::Metered::new(engine.presence, store)),
        directory: Arc::new(directory::Metered::new(engine.directory, store)),
    }
}

/// Times one call.
async fn timed<T>(
    operation: &Operation,
    call: impl Future<Output = Result<T, EngineError>> + Send,
) -> Result<T, EngineError> {
    let begun = Instant::now();
    let answer = call.await;
    operation.note(begun.elapsed(), &answer);
    answer
}
