//! The server's own program once more, so that cargo builds it for the tests of this package.

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    parlor_tests::run_node().await
}
