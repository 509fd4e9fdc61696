//! What a Redis server was asked, as it tells itself (MONITOR).

use anyhow::{Result, ensure};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::JoinHandle,
};

use crate::{RedisServer, fresh_number};

/// Listens to one server until it is asked for a count.
#[derive(Debug)]
pub struct RedisMonitor {
    end: String,
    port: u16,
    lines: JoinHandle<Result<Vec<String>>>,
}

impl RedisMonitor {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn start(server: &RedisServer) -> Result<Self> {
        let port = server.port();
        let mut link = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await?);
        link.write_all(b"MONITOR\r\n").await?;
        let mut first = String::new();
        link.read_line(&mut first).await?;
        ensure!(first.starts_with("+OK"), "no monitor: {first}");
        let end = format!("the-end-{}", fresh_number());
        let mark = end.clone();
        let lines = tokio::spawn(async move {
            let mut lines = Vec::new();
            loop {
                let mut line = String::new();
                ensure!(link.read_line(&mut line).await? > 0, "the monitor was cut");
                if line.contains(&mark) {
                    return Ok(lines);
                }
                lines.push(line);
            }
        });
        Ok(Self { end, port, lines })
    }

    /// How many commands of clients until now named `key`; what scripts did inside does not count.
    ///
    /// # Errors
    /// When the server cannot be reached any more.
    pub async fn count(self, key: &str) -> Result<usize> {
        let mut link = TcpStream::connect(("127.0.0.1", self.port)).await?;
        link.write_all(format!("ECHO {}\r\n", self.end).as_bytes()).await?;
        let lines = self.lines.await??;
        let asked = lines.iter().filter(|line| line.contains(key) && !line.contains(" lua]"));
        // To listen is no question.
        Ok(asked.filter(|line| !line.contains("\"SSUBSCRIBE\"")).count())
    }
}
