//! Everything a node is made of, in one place.

use std::sync::Arc;

use parking_lot::Mutex;
use parlor_shared::{LogId, PersonId, Problem, limits};
use tokio::sync::watch;

use crate::{
    clock::Uptime,
    command::ReadMarks,
    config::Config,
    connections::Connections,
    engine::{self, Delivery, Engine, EngineError, Online, Outcome, Write},
    error::StartError,
    hub::{Hub, Mailboxes, Total},
    keeps::Keeps,
    lobby,
    metered::metered,
    metrics::Metrics,
    presence,
    rate_limit::RateLimit,
    source::Source,
    stand_in::Parked,
    tasks::Tasks,
};

/// The node as its handlers see it.
pub type AppState = Arc<App>;

/// One node.
#[derive(Debug)]
pub struct App {
    /// What it was told at start.
    pub config: Config,
    /// Where logs live.
    pub engine: Engine,
    /// Who hears of changes.
    pub hub: Hub,
    /// What an operator can see.
    pub metrics: Arc<Metrics>,
    /// Who is connected here.
    pub connections: Connections,
    /// Who is connected anywhere, those who went within the grace included.
    pub online: watch::Receiver<Arc<Online>>,
    /// How many messages each room keeps.
    pub keeps: Keeps,
    /// How far people have read, on its way to the store.
    pub read_marks: ReadMarks,
    /// How often a source may begin a session. Held only to take one.
    pub new_sessions: Mutex<RateLimit<Source>>,
    /// How often a person may say something. Held only to take one.
    pub sends: Mutex<RateLimit<PersonId>>,
    /// How often a person may make a room. Held only to take one.
    pub new_rooms: Mutex<RateLimit<PersonId>>,
    /// How often a person may ask without a socket. Held only to take one.
    pub requests: Mutex<RateLimit<PersonId>>,
    /// The connections that stand for clients between their polls.
    pub parked: Parked,
    /// How often a person may ask for another name. Held only to take one.
    pub renames: Mutex<RateLimit<PersonId>>,
    /// Bytes on their way out, of all connections.
    pub outboxes: Total,
    /// How far the node has come towards its end.
    pub stage: watch::Sender<Stage>,
    /// Runs since the node was made.
    pub clock: Uptime,
    /// What the node does by itself; ends with it.
    pub tasks: Tasks,
    view: Mutex<Option<watch::Sender<Arc<Online>>>>,
}

/// How far a node has come towards its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Everything works.
    Serving,
    /// Not ready for anything new; what runs goes on.
    Stopping,
    /// Whatever still runs ends now.
    Ended,
}

impl App {
    /// A node over the store that its configuration names.
    ///
    /// # Errors
    /// [`StartError`] when the store cannot be opened.
    pub async fn open(config: Config) -> Result<Self, StartError> {
        let chosen = config.clone();
        Self::new(config, |delivery| open_engine(chosen, delivery)).await
    }

    /// A node over the store that `open` makes; its announcements go to the given delivery.
    ///
    /// # Errors
    /// [`StartError`] when `open` fails.
    pub async fn new<F, E>(
        config: Config,
        open: impl FnOnce(Arc<dyn Delivery>) -> F,
    ) -> Result<Self, StartError>
    where
        F: Future<Output = Result<Engine, E>>,
        StartError: From<E>,
    {
        let mailboxes = Arc::new(Mailboxes::default());
        let delivery: Arc<dyn Delivery> = Arc::<Mailboxes>::clone(&mailboxes);
        let metrics = Arc::new(Metrics::new()?);
        let engine = metered(open(delivery).await?, &metrics);
        let (view, online) = watch::channel(Arc::default());
        let tasks = Tasks::default();
        let broker = Arc::clone(&engine.broker);
        let hub = Hub::new(mailboxes, broker, online.clone(), tasks.clone(), metrics.hub.clone());
        let outbox_bytes = usize::try_from(config.outbox_mib).unwrap_or(usize::MAX) << 20;
        Ok(Self {
            hub,
            engine,
            metrics,
            online,
            tasks,
            connections: Connections::new(config.connections_per_address),
            keeps: Keeps::new(config.keep),
            read_marks: ReadMarks::default(),
            new_sessions: Mutex::new(RateLimit::new(config.sessions_per_hour, HOUR_MS)),
            sends: Mutex::new(RateLimit::new(config.sends, limits::SEND_WINDOW_MS)),
            requests: Mutex::new(RateLimit::new(config.requests, limits::REQUEST_WINDOW_MS)),
            parked: Parked::default(),
            new_rooms: Mutex::new(RateLimit::new(config.rooms_per_day, 24 * HOUR_MS)),
            renames: Mutex::new(RateLimit::new(config.renames_per_hour, HOUR_MS)),
            outboxes: Total::new(outbox_bytes),
            stage: watch::Sender::new(Stage::Serving),
            clock: Uptime::start(),
            view: Mutex::new(Some(view)),
            config,
        })
    }

    /// Starts what a node does by itself: presence, and the lobby. Once; later calls do nothing.
    pub fn start(self: &Arc<Self>) {
        let Some(view) = self.view.lock().take() else { return };
        let store = Arc::clone(&self.engine.presence);
        self.tasks.spawn(presence::run(self.connections.clone(), store, view));
        self.tasks.spawn(lobby::make_in_time(Arc::clone(self)));
    }

    /// Writes a change and feeds it to this node's own followers. A room keeps as many messages as
    /// its own settings say, whatever the write asks for.
    ///
    /// # Errors
    /// The store's faults as problems.
    pub async fn write(&self, mut write: Write) -> Result<Outcome, Problem> {
        if let LogId::Room(room) = &write.log {
            let broker = &*self.engine.broker;
            write.keep = self.keeps.of(room, broker, self.clock.now()).await?;
        }
        let outcome = self.engine.broker.write(write).await?;
        if let Outcome::Written(entry) = &outcome {
            if let LogId::Room(room) = &entry.log {
                self.keeps.note(room, &entry.record, self.clock.now());
            }
            self.hub.feed(entry.clone());
        }
        Ok(outcome)
    }

    /// Whether the store answers.
    pub async fn is_store_there(&self) -> bool {
        self.engine.directory.room(&parlor_shared::RoomId::lobby()).await.is_ok()
    }

    /// All metrics as Prometheus reads them; `engine_up` was found out just now.
    ///
    /// # Errors
    /// When they cannot be put into words.
    pub(crate) fn metrics_text(&self, engine_up: bool) -> prometheus::Result<String> {
        let gauges = self.metrics.gauges();
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        gauges.connections.set(whole(self.connections.len()));
        gauges.followed_logs.set(whole(self.hub.followed_logs()));
        gauges.outbox_bytes.set(whole(self.outboxes.waiting()));
        gauges.outbox_bytes_limit.set(whole(self.outboxes.bound()));
        gauges.engine_up.set(i64::from(engine_up));
        gauges.stopping.set(i64::from(self.is_stopping()));
        self.metrics.text()
    }

    /// Whether the node still takes new work.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        *self.stage.borrow() >= Stage::Stopping
    }

    /// Waits until the node has come to `stage`.
    ///
    /// # Cancel safety
    /// Safe: stages never go back.
    pub async fn reached(&self, stage: Stage) {
        // The sender lives as long as `self`.
        let _ = self.stage.subscribe().wait_for(|now| *now >= stage).await;
    }

    /// Takes one of what `person` may send now.
    ///
    /// # Errors
    /// [`Problem::TooFast`].
    pub fn may_send(&self, person: &PersonId) -> Result<(), Problem> {
        let taken = self.sends.lock().take(person, self.clock.now());
        taken.map_err(|wait_ms| Problem::TooFast { wait_ms })
    }

    /// Takes one of the requests `person` may make without a socket at this time.
    ///
    /// # Errors
    /// [`Problem::TooFast`].
    pub fn may_ask(&self, person: &PersonId) -> Result<(), Problem> {
        let taken = self.requests.lock().take(person, self.clock.now());
        taken.map_err(|wait_ms| Problem::TooFast { wait_ms })
    }

    /// Takes one of the rooms `person` may make today.
    ///
    /// # Errors
    /// [`Problem::TooFast`].
    pub fn may_make_room(&self, person: &PersonId) -> Result<(), Problem> {
        let taken = self.new_rooms.lock().take(person, self.clock.now());
        taken.map_err(|wait_ms| Problem::TooFast { wait_ms })
    }

    /// Takes one of the other names `person` may ask for this hour.
    ///
    /// # Errors
    /// [`Problem::TooFast`].
    pub fn may_rename(&self, person: &PersonId) -> Result<(), Problem> {
        let taken = self.renames.lock().take(person, self.clock.now());
        taken.map_err(|wait_ms| Problem::TooFast { wait_ms })
    }

    /// Takes one of the sessions `source` may begin this hour.
    ///
    /// # Errors
    /// [`Problem::TooFast`].
    pub fn may_begin_session(&self, source: Source) -> Result<(), Problem> {
        let taken = self.new_sessions.lock().take(&source, self.clock.now());
        taken.map_err(|wait_ms| Problem::TooFast { wait_ms })
    }
}

const HOUR_MS: u64 = 60 * 60 * 1_000;

/// Opens the store that the configuration names. The embedded one waits for its lock, which blocks.
async fn open_engine(config: Config, delivery: Arc<dyn Delivery>) -> Result<Engine, StartError> {
    if let Some(url) = &config.redis_url {
        let connected =
            engine::redis::connect_and_wait(url, &config.redis_prefix, config.redis_wait, delivery);
        return Ok(connected.await?);
    }
    let open = move || engine::embedded::open(&config.data, delivery);
    let opened = tokio::task::spawn_blocking(open).await;
    Ok(opened.map_err(|error| EngineError::Away(error.to_string()))??)
}
