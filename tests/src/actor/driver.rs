//! Does what the client wants done: sockets, requests, the alarm, and nothing else.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result};
use parlor_model::{Effect, Input, LinkId, Now};
use tokio::{
    sync::{
        mpsc::{self, UnboundedReceiver, UnboundedSender},
        watch,
    },
    task::JoinHandle,
    time::{Duration, timeout_at},
};
use tokio_tungstenite::tungstenite::Message;

use super::{
    Page,
    posts::{self, Posts},
};
use crate::{Dial, Raw, Session};

/// What the system keeps of what the page has not read, in bytes: a hanging page shows soon.
const BUFFER: u32 = 64 * 1024;

/// Something that happens to the page.
#[derive(Debug)]
pub(super) enum Turn {
    Input(Input),
    Hears(String),
    Offline,
    Online,
    Reads(bool),
}

pub(super) struct Driver {
    url: String,
    token: String,
    from: Option<IpAddr>,
    page: Arc<Mutex<Page>>,
    turns: UnboundedSender<Turn>,
    begun: Instant,
    alarm: Option<u64>,
    online: bool,
    reads: watch::Sender<bool>,
    socket: Option<Socket>,
    posts: Posts,
}

struct Socket {
    link: LinkId,
    frames: UnboundedSender<Message>,
    task: JoinHandle<()>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Driver {
    pub(super) fn new(
        url: &str,
        session: &Session,
        from: Option<IpAddr>,
        page: Arc<Mutex<Page>>,
        turns: UnboundedSender<Turn>,
    ) -> Self {
        let posts = Posts::new(url, &session.token, from, turns.clone());
        let (url, token) = (url.to_owned(), session.token.clone());
        let (begun, reads) = (Instant::now(), watch::Sender::new(true));
        Self {
            url,
            token,
            from,
            page,
            turns,
            begun,
            alarm: None,
            online: true,
            reads,
            socket: None,
            posts,
        }
    }

    pub(super) async fn run(mut self, mut coming: UnboundedReceiver<Turn>) {
        loop {
            let due = self.alarm.map_or(86_400_000, |alarm| alarm);
            let due = (self.begun + Duration::from_millis(due)).into();
            match timeout_at(due, coming.recv()).await {
                Ok(Some(turn)) => self.turn(turn),
                Ok(None) => return,
                Err(_) => {
                    self.alarm = None;
                    self.input(Input::Timer);
                }
            }
        }
    }

    fn turn(&mut self, turn: Turn) {
        match turn {
            Turn::Input(input) => self.input(input),
            Turn::Hears(frame) => {
                if let Some(link) = self.socket.as_ref().map(|socket| socket.link) {
                    self.input(Input::Frame(link, frame));
                }
            }
            Turn::Offline => {
                self.online = false;
                self.posts.abandon();
                if let Some(socket) = self.socket.take() {
                    self.input(Input::Closed(socket.link, 1006));
                }
            }
            Turn::Online => {
                self.online = true;
                self.input(Input::Online);
            }
            // Also while there is no socket: the next one begins with it.
            Turn::Reads(reads) => drop(self.reads.send_replace(reads)),
        }
    }

    fn input(&mut self, input: Input) {
        let page = Arc::clone(&self.page);
        let mut page = page.lock().unwrap_or_else(PoisonError::into_inner);
        let page = &mut *page;
        if let (Input::Frame(link, frame), Some(witness)) = (&input, &mut page.witness)
            && self.socket.as_ref().is_some_and(|socket| socket.link == *link)
        {
            witness.arrives(frame);
        }
        if let (Input::Answered(_, asking, Some(body)), Some(witness)) = (&input, &mut page.witness)
        {
            posts::told(*asking, body).iter().for_each(|frame| witness.arrives(frame));
        }
        let effects = page.client.handle(input, self.now());
        if let Some(witness) = &mut page.witness {
            witness.acted(&page.client, &effects);
        }
        self.carry_out(effects, page);
    }

    fn carry_out(&mut self, effects: Vec<Effect>, page: &mut Page) {
        for effect in effects {
            match effect {
                Effect::Connect(link) => {
                    page.witness.iter_mut().for_each(|witness| witness.connects());
                    self.socket = Some(self.connect(link));
                }
                Effect::Transmit(text) => self.transmit(Message::text(text)),
                Effect::Disconnect { .. } => self.socket = None,
                Effect::Post(link, asking, body) => {
                    self.posts.post(link, asking, body, self.online);
                }
                Effect::Abandon => self.posts.abandon(),
                Effect::AskSession(link) => self.posts.ask_session(link, self.online),
                Effect::WakeAt(moment) => self.alarm = Some(moment),
                Effect::Save(_) | Effect::Forget(_) => {}
                Effect::Changed(changes) => page.notices.extend(changes.notices),
            }
        }
    }

    fn transmit(&self, frame: Message) {
        if let Some(socket) = &self.socket {
            // A socket that has just ended says so by itself.
            let _ = socket.frames.send(frame);
        }
    }

    fn connect(&self, link: LinkId) -> Socket {
        let (frames, outgoing) = mpsc::unbounded_channel();
        let (url, token, turns) = (self.url.clone(), self.token.clone(), self.turns.clone());
        let (online, reads, from) = (self.online, self.reads.subscribe(), self.from);
        let task = tokio::spawn(async move {
            let linked = async {
                anyhow::ensure!(online, "there is no network");
                let dial = Dial::new(&url)?.token(&token)?.receive_buffer(BUFFER);
                let raw = dial.from_address(from).connect().await?;
                turns.send(Turn::Input(Input::Opened(link)))?;
                pass_on(raw, link, outgoing, &turns, reads).await
            };
            let code = linked.await.unwrap_or(1006);
            // The page may be closed already.
            let _ = turns.send(Turn::Input(Input::Closed(link, code)));
        });
        Socket { link, frames, task }
    }

    fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let [mono_ms, wall_ms] = [self.begun.elapsed(), wall]
            .map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        Now { mono_ms, wall_ms }
    }
}

/// Passes frames on, both ways, until the socket closes; gives the close code.
async fn pass_on(
    mut raw: Raw,
    link: LinkId,
    mut outgoing: UnboundedReceiver<Message>,
    turns: &UnboundedSender<Turn>,
    mut reads: watch::Receiver<bool>,
) -> Result<u16> {
    loop {
        let reading = *reads.borrow_and_update();
        tokio::select! {
            frame = raw.frame_whenever(), if reading => match frame? {
                Message::Text(text) => {
                    turns.send(Turn::Input(Input::Frame(link, text.to_string())))?;
                }
                Message::Close(frame) => return Ok(frame.map_or(1005, |frame| frame.code.into())),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            },
            changed = reads.changed() => changed?,
            frame = outgoing.recv() => raw.send(frame.context("the page let go")?).await?,
        }
    }
}
