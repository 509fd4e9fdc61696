//! Everything that runs, and what can be done to it.

use std::{fs, path::Path, sync::Arc};

use anyhow::{Context, Result};
use parlor::engine::{Engine, embedded, redis};
use parlor_shared::{LogId, RoomId};
use tokio::time::{Duration, Instant, sleep_until};

use super::{
    Act, Wish,
    door::Door,
    evidence::{Deaf, Evidence},
    node::Node,
    people::{Talk, Talker, rooms},
    stores::Stores,
    wanderer::Wanderer,
    ways::Ways,
};
use crate::sign_in;

/// Rooms they talk in.
const ROOMS: usize = 3;
/// What has a slot of its own in a cluster: a room's log each, the directory, presence.
pub(super) const KEYS: usize = ROOMS + 2;
/// Each says something about so often, in milliseconds.
const EVERY_MS: u64 = 1_000;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(500);

/// Fields are dropped in this order: people, their networks, door, nodes, links, store.
#[derive(Debug)]
pub(crate) struct Scene {
    talk: Option<Talk>,
    talkers: Arc<Vec<Talker>>,
    rooms: Vec<RoomId>,
    wanderers: Vec<Wanderer>,
    door: Door,
    nodes: Vec<Node>,
    stores: Stores,
    /// Replicas that are to have what is written before it is confirmed.
    redis_wait: u32,
}

impl Scene {
    /// Starts everything, and lets people talk.
    pub(crate) async fn open(wish: &Wish) -> Result<Self> {
        let stores = Stores::begin(wish.kind).await?;
        let mut nodes = Vec::new();
        for number in 0..wish.nodes {
            nodes.push(Node::begin(wish, &stores, number).await?);
        }
        let urls: Vec<&str> = nodes.iter().map(|node| node.process.url()).collect();
        let door = Door::before(&urls).await?;
        let sessions = sign_in(door.url(), "Talker", wish.clients).await?;
        let talkers: Vec<Talker> =
            sessions.iter().map(|session| Talker::open(door.url(), session)).collect();
        for talker in &talkers {
            talker.actor.is_connected().await?;
        }
        let rooms = rooms(&talkers, ROOMS).await?;
        let talkers = Arc::new(talkers);
        let wander = |at: usize| {
            let seed = wish.seed.wrapping_mul(1_000).wrapping_add(at as u64);
            Wanderer::begin(&talkers, at, seed)
        };
        let wanderers = (0..wish.wanderers).map(wander).collect();
        let talk = Some(Talk::begin(&talkers, &rooms, wish.seed, EVERY_MS));
        let redis_wait = wish.redis_wait;
        Ok(Self { talk, talkers, rooms, wanderers, door, nodes, stores, redis_wait })
    }

    pub(crate) fn talkers(&self) -> &[Talker] {
        &self.talkers
    }

    pub(crate) fn rooms(&self) -> &[RoomId] {
        &self.rooms
    }

    /// Links that came through to a node.
    pub(crate) fn links(&self) -> u64 {
        self.door.opened()
    }

    /// Whether the store may lose what it has confirmed.
    pub(crate) fn may_lose(&self) -> bool {
        self.stores.may_lose()
    }

    /// Whether what an author was told is confirmed must outlive a primary.
    pub(crate) fn waits_for_replicas(&self) -> bool {
        self.redis_wait > 0
    }

    /// Lets one thing happen.
    pub(crate) async fn perform(&mut self, act: &Act) -> Result<()> {
        self.keep_up()?;
        match *act {
            Act::KillNode(at) => self.node(at)?.kill()?,
            Act::StartNode(at) => self.node(at)?.start()?,
            Act::KillRedis => self.stores.kill().await?,
            Act::PartReplica => self.stores.part().await?,
            Act::StartRedis => self.stores.start().await?,
            Act::LoseOwner(keys, loss) => self.stores.lose_owner(&self.tag(keys)?, loss).await?,
            Act::PartOwner(keys) => self.stores.part_owner(&self.tag(keys)?).await?,
            Act::MoveSlot(keys) => self.stores.move_slot(&self.tag(keys)?).await?,
            Act::Cut(at, cut) => self.ways(at)?.cut(cut),
            Act::CutOne(at, server, cut) => self.ways(at)?.one(server)?.cut(cut),
            Act::Delay(at, ms) => self.ways(at)?.delay(ms),
            Act::Throttle(at, bytes) => self.ways(at)?.throttle(bytes),
            Act::Deafen(at, deaf) => self.ways(at)?.deafen(deaf),
            Act::Offline(at, true) => self.talker(at)?.actor.goes_offline(),
            Act::Offline(at, false) => self.talker(at)?.actor.comes_back(),
            Act::Hang(at, true) => self.talker(at)?.actor.stops_reading(),
            Act::Hang(at, false) => self.talker(at)?.actor.reads_on(),
            Act::HalfOpen(count) => self.door.silence(count),
            Act::CutEverybody => self.cut_everybody(),
        }
        Ok(())
    }

    /// Nobody talks any more, nothing is broken, and everything runs.
    pub(crate) async fn heal(&mut self) -> Result<()> {
        self.talk = None;
        self.stores.start().await?;
        for node in &mut self.nodes {
            node.ways.iter().for_each(Ways::heal);
            node.start()?;
        }
        self.wanderers.iter().for_each(Wanderer::stays);
        for talker in self.talkers.iter() {
            talker.actor.reads_on();
            talker.actor.comes_back();
        }
        Ok(())
    }

    /// Every client's link is cut, and everybody comes back.
    pub(crate) fn cut_everybody(&self) {
        self.door.cut();
    }

    /// Waits until everybody is connected, live, and has nothing left to say.
    pub(crate) async fn settles(&mut self) -> Result<()> {
        while !self.talkers.iter().all(|talker| talker.rests(&self.rooms)) {
            self.keep_up()?;
            sleep_until(Instant::now() + LOOK).await;
        }
        Ok(())
    }

    /// What is in the store. The embedded one belongs to its node: a copy is read, made while the
    /// node stands still.
    pub(crate) async fn evidence(&mut self) -> Result<Evidence> {
        if let Some(data) = self.stores.store().data() {
            let copy = tempfile::tempdir()?;
            let node = self.nodes.first().context("no node")?;
            node.process.stands_still(true)?;
            let copied = copy_files(&data, copy.path());
            node.process.stands_still(false)?;
            copied?;
            let place = copy.path().to_owned();
            let open = move || embedded::open(&place, Arc::new(Deaf));
            let engine = tokio::task::spawn_blocking(open).await??;
            return self.read(&engine).await;
        }
        let url = self.stores.store().redis_url().context("a store of neither kind")?;
        let engine = redis::connect(&url, "parlor", Arc::new(Deaf)).await?;
        self.read(&engine).await
    }

    async fn read(&self, engine: &Engine) -> Result<Evidence> {
        Ok(Evidence::read(engine, &self.rooms).await?.with_what_was_told(self))
    }

    /// Lets authors say again what the store had confirmed and lost; how many messages that are.
    pub(crate) fn retry_what_was_lost(&self) -> usize {
        let retried = |talker: &Talker| talker.retries_what_was_lost(&self.rooms);
        self.talkers.iter().map(retried).sum()
    }

    /// Restarts one node after the other, gracefully, each when the one before is ready again.
    pub(crate) async fn roll(&mut self) -> Result<Vec<Duration>> {
        let mut took = Vec::new();
        for at in 0..self.nodes.len() {
            let begun = Instant::now();
            self.node(at)?.process.terminate()?;
            while self.node(at)?.process.is_running()? {
                self.door.looks_at_readiness().await;
                sleep_until(Instant::now() + LOOK).await;
            }
            took.push(begun.elapsed());
            self.node(at)?.process.restart().await?;
            self.door.looks_at_readiness().await;
        }
        Ok(took)
    }

    /// Starts again what ended by itself: a node whose store was away while it began.
    fn keep_up(&mut self) -> Result<()> {
        self.nodes.iter_mut().try_for_each(Node::keep_up)
    }

    fn node(&mut self, at: usize) -> Result<&mut Node> {
        self.nodes.get_mut(at).context("no such node")
    }

    fn ways(&mut self, at: usize) -> Result<&Ways> {
        self.node(at)?.ways.as_ref().context("its links cannot be broken")
    }

    /// What stands in braces in the keys of a room's log, then of the directory and of presence.
    fn tag(&self, keys: usize) -> Result<String> {
        let logs = self.rooms.iter().map(|room| LogId::Room(room.clone()).to_string());
        let others = ["dir", "presence"].map(str::to_owned);
        let tag = logs.chain(others).nth(keys).context("no such keys")?;
        Ok(format!("{{{tag}}}"))
    }

    fn talker(&self, at: usize) -> Result<&Talker> {
        self.talkers.get(at).context("no such client")
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
