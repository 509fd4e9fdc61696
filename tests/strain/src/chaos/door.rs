//! The clients' way in: a proxy before all nodes that takes whoever comes to one that is there, and
//! whose links can be cut or fall silent.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep_until},
};

/// How long a silent link stays: longer than both ends take to notice.
const SILENCE: Duration = Duration::from_secs(60);

/// What becomes of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Open,
    /// Nothing comes through, and nobody is told.
    Silent,
    Cut,
}

/// The proxy. Dropping it cuts everything.
#[derive(Debug)]
pub(crate) struct Door {
    url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    nodes: Vec<SocketAddr>,
    /// Whether each said that it is ready, when it was last asked.
    ready: Vec<AtomicBool>,
    next: AtomicUsize,
    opened: AtomicU64,
    links: Mutex<Vec<watch::Sender<Flow>>>,
}

impl Door {
    /// A door before the nodes at these URLs (`http://127.0.0.1:<port>`).
    pub(crate) async fn before(nodes: &[&str]) -> Result<Self> {
        let parsed = nodes.iter().map(|url| url.trim_start_matches("http://").parse());
        let nodes = parsed.collect::<Result<Vec<SocketAddr>, _>>()?;
        let ready = nodes.iter().map(|_| AtomicBool::new(true)).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (next, opened, links) = (AtomicUsize::new(0), AtomicU64::new(0), Mutex::default());
        let shared = Arc::new(Shared { nodes, ready, next, opened, links });
        let task = tokio::spawn(keep(listener, Arc::clone(&shared)));
        Ok(Self { url, shared, task })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// How many links came through to a node so far.
    pub(crate) fn opened(&self) -> u64 {
        self.shared.opened.load(Ordering::Relaxed)
    }

    /// Asks every node whether it is ready, as a proxy does now and then, and sends nobody new to
    /// one that is not.
    pub(crate) async fn looks_at_readiness(&self) {
        for (node, ready) in self.shared.nodes.iter().zip(&self.shared.ready) {
            let answer = reqwest::get(format!("http://{node}/readyz")).await;
            let is = answer.is_ok_and(|answer| answer.status().is_success());
            ready.store(is, Ordering::Relaxed);
        }
    }

    /// The oldest so many links fall silent.
    pub(crate) fn silence(&self, count: usize) {
        for link in
            self.shared.links().iter().filter(|link| *link.borrow() == Flow::Open).take(count)
        {
            link.send_replace(Flow::Silent);
        }
    }

    /// Every link is cut.
    pub(crate) fn cut(&self) {
        for link in self.shared.links().drain(..) {
            link.send_replace(Flow::Cut);
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.cut();
        self.task.abort();
    }
}

impl Shared {
    fn links(&self) -> MutexGuard<'_, Vec<watch::Sender<Flow>>> {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        links.retain(|link| !link.is_closed());
        links
    }

    /// A node that takes connections: each in turn, the next where one does not.
    async fn node(&self) -> Option<TcpStream> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let count = self.nodes.len();
        let turns = (0..count).map(|turn| (first + turn) % count);
        let nodes = turns.filter_map(|at| Some((self.nodes.get(at)?, self.ready.get(at)?)));
        // Where none says that it is ready, any may do.
        let (ready, others): (Vec<_>, Vec<_>) =
            nodes.partition(|(_, ready)| ready.load(Ordering::Relaxed));
        for (address, _) in ready.into_iter().chain(others) {
            if let Ok(stream) = TcpStream::connect(address).await {
                self.opened.fetch_add(1, Ordering::Relaxed);
                return Some(stream);
            }
        }
        None
    }
}

async fn keep(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((near, _)) = listener.accept().await {
        let (flow, watched) = watch::channel(Flow::Open);
        shared.links().push(flow);
        tokio::spawn(pass(near, Arc::clone(&shared), watched));
    }
}

async fn pass(mut near: TcpStream, shared: Arc<Shared>, mut flow: watch::Receiver<Flow>) {
    let Some(mut far) = shared.node().await else { return };
    let _ = (near.set_nodelay(true), far.set_nodelay(true));
    tokio::select! {
        // Either end closing is the end; there is nobody to tell.
        _ = copy_bidirectional(&mut near, &mut far) => return,
        _ = flow.wait_for(|flow| *flow != Flow::Open) => {}
    }
    if *flow.borrow() == Flow::Silent {
        let cut = flow.wait_for(|flow| *flow == Flow::Cut);
        tokio::select! {
            _ = cut => {}
            () = sleep_until(Instant::now() + SILENCE) => {}
        }
    }
}
