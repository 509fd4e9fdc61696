//! The server's own program once more, so that cargo builds it for tests that need a process.

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    parlor_tests::run_node().await
}
