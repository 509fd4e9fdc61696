//! Which engine a server of this program's own has.

use clap::ValueEnum;
use parlor_tests::EngineKind;

/// The engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// The store in a directory.
    Embedded,
    /// A Redis server that syncs before each answer.
    Redis,
}

impl From<Engine> for EngineKind {
    fn from(engine: Engine) -> Self {
        match engine {
            Engine::Embedded => Self::Embedded,
            Engine::Redis => Self::Redis,
        }
    }
}
