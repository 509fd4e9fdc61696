//! A wire to a server that a test can cut and mend: the network of one person.

use std::net::{SocketAddr, UdpSocket};

use anyhow::Result;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// A TCP proxy on a port of its own. Dropping it cuts it for good.
#[derive(Debug)]
pub struct Wire {
    url: String,
    whole: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Wire {
    /// Lays a whole wire to the server at `url` (`http://127.0.0.1:<port>`).
    ///
    /// # Errors
    /// When `url` is of another form or no port is free.
    pub async fn to(url: &str) -> Result<Self> {
        Self::between("127.0.0.1", url).await
    }

    /// The same, its near end at an address of this machine in its network, or at a name that a
    /// test's browser knows where it has none: pages there are no secure context.
    ///
    /// # Errors
    /// When `url` is of another form or no port is free.
    pub async fn in_the_network(url: &str) -> Result<Self> {
        // Says where packets would leave for there; none is sent.
        let leave = || {
            let socket = UdpSocket::bind("0.0.0.0:0")?;
            socket.connect("198.51.100.1:9")?;
            socket.local_addr()
        };
        let own = leave().map_or_else(|_| "parlor.lan".to_owned(), |at| at.ip().to_string());
        Self::between(&own, url).await
    }

    async fn between(host: &str, url: &str) -> Result<Self> {
        let server: SocketAddr = url.trim_start_matches("http://").parse()?;
        let listener = TcpListener::bind("0.0.0.0:0").await?;
        let url = format!("http://{host}:{}", listener.local_addr()?.port());
        let (whole, state) = watch::channel(true);
        let task = tokio::spawn(carry(listener, server, state));
        Ok(Self { url, whole, task })
    }

    /// Where the person finds the server.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Cuts every connection, and refuses new ones.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// Lets connections through again.
    pub fn mend(&self) {
        self.whole.send_replace(true);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Carries connections for as long as the wire lies.
async fn carry(listener: TcpListener, server: SocketAddr, state: watch::Receiver<bool>) {
    while let Ok((mut near, _)) = listener.accept().await {
        let mut state = state.clone();
        if !*state.borrow_and_update() {
            continue;
        }
        tokio::spawn(async move {
            let Ok(mut far) = TcpStream::connect(server).await else { return };
            tokio::select! {
                // Either end closing is the end; there is nobody to tell.
                _ = copy_bidirectional(&mut near, &mut far) => {}
                _ = state.wait_for(|whole| !whole) => {}
            }
        });
    }
}
