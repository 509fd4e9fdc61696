//! One list of scenarios, run on each engine, and over each way to the server.

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

/// Runs scenarios whose people reach the server by polls that wait.
#[macro_export]
macro_rules! over_long_polls {
    ($($scenario:ident),* $(,)?) => {
        mod long_polls {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                let scenario = super::$scenario($crate::EngineKind::Embedded);
                $crate::without_sockets($crate::Way::Long, scenario).await;
            })*
        }
    };
}

/// Runs scenarios whose people reach the server by polls that do not wait.
#[macro_export]
macro_rules! over_short_polls {
    ($($scenario:ident),* $(,)?) => {
        mod short_polls {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                let scenario = super::$scenario($crate::EngineKind::Redis);
                $crate::without_sockets($crate::Way::Short, scenario).await;
            })*
        }
    };
}

/// Runs scenarios on each engine, and over each way that needs no socket.
#[macro_export]
macro_rules! on_every_way {
    ($($scenario:ident),* $(,)?) => {
        $crate::on_both_engines!($($scenario),*);
        $crate::over_long_polls!($($scenario),*);
        $crate::over_short_polls!($($scenario),*);
    };
}
