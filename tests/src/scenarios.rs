//! One list of scenarios, run on each engine.

/// Runs scenarios, `async fn(EngineKind)`, on each engine.
#[macro_export]
macro_rules! on_both_engines {
    ($($scenario:ident),* $(,)?) => {
        mod embedded {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                super::$scenario($crate::EngineKind::Embedded).await;
            })*
        }
        mod redis {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                super::$scenario($crate::EngineKind::Redis).await;
            })*
        }
    };
}
