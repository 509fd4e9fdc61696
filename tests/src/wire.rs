//! A wire to a server that a test can cut and mend: the network of one person.

mod relay;

use std::{
    net::{SocketAddr, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use anyhow::Result;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// What a network does with WebSockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sockets {
    /// They are as good as requests.
    Pass,
    /// The upgrade is answered with 403.
    Refused,
    /// They open, and no frame arrives at either end; also on those that are open.
    Eaten,
    /// The upgrade is never answered.
    Silent,
}

/// How a network is.
#[derive(Clone, Copy, Debug)]
struct Network {
    whole: bool,
    sockets: Sockets,
    /// After how long without a byte a request is cut.
    waits: Option<Duration>,
}

/// A TCP proxy on a port of its own. Dropping it cuts it for good.
#[derive(Debug)]
pub struct Wire {
    url: String,
    network: watch::Sender<Network>,
    /// Whether the next command is swallowed.
    swallows: Arc<AtomicBool>,
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
        let usual = Network { whole: true, sockets: Sockets::Pass, waits: None };
        let (network, state) = watch::channel(usual);
        let swallows = Arc::<AtomicBool>::default();
        let task = tokio::spawn(carry(listener, server, state, Arc::clone(&swallows)));
        Ok(Self { url, network, swallows, task })
    }

    /// Where the person finds the server.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Cuts every connection, and refuses new ones.
    pub fn cut(&self) {
        self.network.send_modify(|network| network.whole = false);
    }

    /// Lets connections through again.
    pub fn mend(&self) {
        self.network.send_modify(|network| network.whole = true);
    }

    /// Does this with WebSockets from now on.
    pub fn treats_sockets(&self, sockets: Sockets) {
        self.network.send_modify(|network| network.sockets = sockets);
    }

    /// Cuts a request that has waited so long for its answer.
    pub fn cuts_answers_after(&self, wait: Duration) {
        self.network.send_modify(|network| network.waits = Some(wait));
    }

    /// Swallows the next command that goes by a request of its own: it does not arrive, its
    /// connection stays open, and no answer comes.
    pub fn swallows_a_command(&self) {
        self.swallows.store(true, Relaxed);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Carries connections for as long as the wire lies.
async fn carry(
    listener: TcpListener,
    server: SocketAddr,
    state: watch::Receiver<Network>,
    swallows: Arc<AtomicBool>,
) {
    while let Ok((near, _)) = listener.accept().await {
        if state.borrow().whole {
            // Either end closing is the end; there is nobody to tell.
            tokio::spawn(relay::relay(near, server, state.clone(), Arc::clone(&swallows)));
        }
    }
}
