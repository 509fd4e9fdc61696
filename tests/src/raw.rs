//! A thin client: frames out, events in, nothing decided. It answers pings, and that is all.
#![expect(clippy::wildcard_enum_match_arm, reason = "it waits for one event and keeps the rest")]

use std::{collections::VecDeque, net::IpAddr};

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use parlor_shared::{
    Action, Command, CommandId, Event, LogId, Outcome, Page, Position, Problem, SUBPROTOCOL,
    TOKEN_SUBPROTOCOL_PREFIX, Welcome, decode_event, encode,
};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{
        Message,
        client::IntoClientRequest,
        handshake::client::Request,
        http::{HeaderName, HeaderValue, header},
        protocol::WebSocketConfig,
    },
};

use crate::{PATIENCE, Session, fresh_command};

/// What is read at once. One program plays thousands of clients, and the default is 128 KiB for each.
const READ_BUFFER: usize = 4 * 1024;

/// One connection.
#[derive(Debug)]
pub struct Raw {
    socket: WebSocketStream<TcpStream>,
    /// Events that came while a reply was awaited.
    waiting: VecDeque<Event>,
}

/// How a connection is asked for.
#[derive(Debug)]
pub struct Dial {
    request: Request,
    receive_buffer: Option<u32>,
    from: Option<IpAddr>,
}

impl Dial {
    /// A request to `/ws` of the server at `url`, offering this protocol and no session.
    ///
    /// # Errors
    /// When `url` is none.
    pub fn new(url: &str) -> Result<Self> {
        let mut request = format!("{}/ws", url.replace("http", "ws")).into_client_request()?;
        let offer = HeaderValue::from_static(SUBPROTOCOL);
        request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, offer);
        Ok(Self { request, receive_buffer: None, from: None })
    }

    /// Sets a header; an empty value takes it away.
    ///
    /// # Errors
    /// When it cannot stand in a header.
    pub fn with(mut self, name: &'static str, value: &str) -> Result<Self> {
        let name = HeaderName::from_static(name);
        self.request.headers_mut().remove(&name);
        if !value.is_empty() {
            self.request.headers_mut().insert(name, HeaderValue::from_str(value)?);
        }
        Ok(self)
    }

    /// Names the session's token as a browser's script can.
    ///
    /// # Errors
    /// When the token cannot stand in a header.
    pub fn token(self, token: &str) -> Result<Self> {
        self.with(
            "sec-websocket-protocol",
            &format!("{SUBPROTOCOL}, {TOKEN_SUBPROTOCOL_PREFIX}{token}"),
        )
    }

    /// Lets the system buffer only so many received bytes.
    #[must_use]
    pub fn receive_buffer(mut self, bytes: u32) -> Self {
        self.receive_buffer = Some(bytes);
        self
    }

    /// Comes from this address of the machine: one address has ports for 28,000 connections, and a
    /// server may take fewer from each.
    #[must_use]
    pub fn from_address(mut self, from: Option<IpAddr>) -> Self {
        self.from = from;
        self
    }

    /// Connects.
    ///
    /// # Errors
    /// When the server does not upgrade.
    pub async fn connect(&self) -> Result<Raw> {
        let host = self.request.uri().authority().context("no host")?.to_string();
        let address = tokio::net::lookup_host(&host).await?.next().context("no address")?;
        let socket = tokio::net::TcpSocket::new_v4()?;
        if let Some(bytes) = self.receive_buffer {
            socket.set_recv_buffer_size(bytes)?;
        }
        if let Some(from) = self.from {
            socket.bind((from, 0).into())?;
        }
        let stream = socket.connect(address).await?;
        stream.set_nodelay(true)?;
        let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER);
        let upgrade = client_async_with_config(self.request.clone(), stream, Some(config));
        let (socket, _) = timeout(PATIENCE, upgrade).await??;
        Ok(Raw { socket, waiting: VecDeque::new() })
    }
}

impl Raw {
    /// Connects with a session and reads the welcome.
    ///
    /// # Errors
    /// When the server does not welcome.
    pub async fn enter(url: &str, session: &Session) -> Result<(Self, Welcome)> {
        let mut raw = Dial::new(url)?.token(&session.token)?.connect().await?;
        match raw.next().await? {
            Event::Welcome(welcome) => Ok((raw, *welcome)),
            other => bail!("not welcomed: {other:?}"),
        }
    }

    /// Sends a frame of any kind.
    ///
    /// # Errors
    /// When the connection is closed.
    pub async fn send(&mut self, frame: Message) -> Result<()> {
        Ok(self.socket.send(frame).await?)
    }

    /// Sends a text frame.
    ///
    /// # Errors
    /// When the connection is closed.
    pub async fn send_text(&mut self, text: &str) -> Result<()> {
        self.send(Message::text(text)).await
    }

    /// The next event; those that came while a reply was awaited first.
    ///
    /// # Errors
    /// When the connection closes or nothing comes.
    pub async fn next(&mut self) -> Result<Event> {
        match self.waiting.pop_front() {
            Some(event) => Ok(event),
            None => self.receive().await,
        }
    }

    /// The next frame's event. Pings are answered, not given.
    async fn receive(&mut self) -> Result<Event> {
        loop {
            match self.frame().await? {
                Message::Text(text) => match decode_event(&text)? {
                    Event::Ping => self.send_text(r#"{"type":"pong"}"#).await?,
                    event => return Ok(event),
                },
                Message::Close(frame) => bail!("closed: {frame:?}"),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }

    /// The next frame as it comes.
    ///
    /// # Errors
    /// When the connection breaks or nothing comes.
    pub async fn frame(&mut self) -> Result<Message> {
        timeout(PATIENCE, self.frame_whenever()).await.context("nothing came")?
    }

    /// The next frame, however long it takes.
    ///
    /// # Errors
    /// When the connection breaks.
    ///
    /// # Cancel safety
    /// A dropped call loses no frame.
    pub async fn frame_whenever(&mut self) -> Result<Message> {
        Ok(self.socket.next().await.context("the connection is gone")??)
    }

    /// Reads on until `pick` takes an event; the others are dropped.
    ///
    /// # Errors
    /// When the connection closes or nothing comes.
    pub async fn until<T>(&mut self, mut pick: impl FnMut(Event) -> Option<T>) -> Result<T> {
        loop {
            if let Some(found) = pick(self.next().await?) {
                return Ok(found);
            }
        }
    }

    /// Reads on until the server closes, and gives the close code.
    ///
    /// # Errors
    /// When the connection breaks without one.
    pub async fn closed(&mut self) -> Result<u16> {
        loop {
            if let Message::Close(frame) = self.frame().await? {
                return Ok(frame.context("closed without a code")?.code.into());
            }
        }
    }

    /// Sends a command without waiting for its reply.
    ///
    /// # Errors
    /// When the connection is closed.
    pub async fn say(&mut self, action: Action) -> Result<CommandId> {
        let id = fresh_command();
        self.send_text(&encode(&Command { id, action })).await?;
        Ok(id)
    }

    /// Asks under a fresh id and waits for the reply. Other events wait for [`Raw::next`].
    ///
    /// # Errors
    /// When the connection closes or no reply comes.
    pub async fn ask(&mut self, action: Action) -> Result<Result<Outcome, Problem>> {
        self.ask_as(fresh_command(), action).await
    }

    /// Asks under an id of the caller's, and waits for the reply.
    ///
    /// # Errors
    /// When the connection closes or no reply comes.
    pub async fn ask_as(
        &mut self,
        id: CommandId,
        action: Action,
    ) -> Result<Result<Outcome, Problem>> {
        self.send_text(&encode(&Command { id, action })).await?;
        self.reply(id).await
    }

    /// Waits for the reply to a command.
    ///
    /// # Errors
    /// When the connection closes or no reply comes.
    pub async fn reply(&mut self, wanted: CommandId) -> Result<Result<Outcome, Problem>> {
        let answers = |event: &Event| match event {
            Event::Ok { id, .. } => *id == wanted,
            Event::Error { id, .. } => *id == Some(wanted),
            _ => false,
        };
        let place = self.waiting.iter().position(answers);
        let mut event = place.and_then(|place| self.waiting.remove(place));
        loop {
            match event.take() {
                Some(Event::Ok { id, result }) if id == wanted => return Ok(Ok(result)),
                Some(Event::Error { id, problem }) if id == Some(wanted) => {
                    return Ok(Err(problem));
                }
                Some(other) => self.waiting.push_back(other),
                None => event = Some(self.receive().await?),
            }
        }
    }

    /// Asks for what must be done: a refusal is a failure.
    ///
    /// # Errors
    /// When it is refused, or no reply comes.
    pub async fn done(&mut self, action: Action) -> Result<Outcome> {
        let asked = format!("{action:?}");
        match self.ask(action).await? {
            Ok(outcome) => Ok(outcome),
            Err(problem) => bail!("{asked}: {problem:?}"),
        }
    }

    /// Sends a frame that must be refused, and gives the problem.
    ///
    /// # Errors
    /// When no error comes.
    pub async fn refused(&mut self, text: &str) -> Result<(Option<CommandId>, Problem)> {
        self.send_text(text).await?;
        let refusal = |event| {
            if let Event::Error { id, problem } = event { Some((id, problem)) } else { None }
        };
        self.until(refusal).await
    }

    /// Follows a log to its top: all pages, in order.
    ///
    /// # Errors
    /// When it is refused, or no reply comes.
    pub async fn follow(&mut self, log: &LogId, after: Option<Position>) -> Result<Vec<Page>> {
        let (mut pages, mut after): (Vec<Page>, _) = (Vec::new(), after);
        loop {
            let action = Action::Follow { log: log.clone(), after: after.take() };
            let Outcome::Page(page) = self.done(action).await? else { bail!("no page") };
            let more = page.more;
            after = Some(page.position.clone());
            pages.push(page);
            if !more {
                return Ok(pages);
            }
        }
    }
}
