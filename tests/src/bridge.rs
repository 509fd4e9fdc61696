//! A person whose network lets no WebSocket through: a socket at the near end, requests at the far
//! one. Whatever plays a client over a socket plays one over polls through it.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use futures_util::{SinkExt, StreamExt};
use parlor_model::{Errand, Polling, Way};
use parlor_shared::{
    ClientFrame, CommandId, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, decode_client_frame, encode,
};
use reqwest::Client;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinHandle, JoinSet},
    time::{Duration, Instant, sleep_until},
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async,
    tungstenite::{
        Message,
        handshake::server::{ErrorResponse, Request, Response},
        http::{HeaderValue, header::SEC_WEBSOCKET_PROTOCOL},
        protocol::CloseFrame,
    },
};

tokio::task_local! {
    /// By which way the nodes of a test are reached, where it is not by sockets.
    static WAY: Way;
}

/// Runs a scenario whose nodes are reached by requests alone.
pub async fn without_sockets(way: Way, scenario: impl Future<Output = ()>) {
    WAY.scope(way, scenario).await;
}

/// A way to a server by requests alone. Dropping it cuts it.
#[derive(Debug)]
pub struct Bridge {
    url: String,
    task: JoinHandle<()>,
}

impl Bridge {
    /// To the server at `url` (`http://127.0.0.1:<port>`), over polls that wait or do not.
    ///
    /// # Errors
    /// When `url` is of another form or no port is free.
    pub async fn to(url: &str, way: Way) -> Result<Self> {
        let server: SocketAddr = url.trim_start_matches("http://").parse()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let own = format!("http://{}", listener.local_addr()?);
        let url = url.to_owned();
        let task = tokio::spawn(async move {
            // Whoever is served ends with the bridge.
            let mut served = JoinSet::new();
            while let Ok((near, _)) = listener.accept().await {
                let url = url.clone();
                // An end that closes is the end; there is nobody to tell.
                served.spawn(async move { drop(serve(near, server, &url, way).await) });
            }
        });
        Ok(Self { url: own, task })
    }

    /// To the server at `url`, in a scenario without sockets.
    ///
    /// # Errors
    /// When `url` is of another form or no port is free.
    pub async fn if_wanted(url: &str) -> Result<Option<Self>> {
        match WAY.try_get() {
            Ok(way) => Ok(Some(Self::to(url, way).await?)),
            Err(_) => Ok(None),
        }
    }

    /// Where the person finds the server.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut near: TcpStream, server: SocketAddr, url: &str, way: Way) -> Result<()> {
    let mut start = [0; 8];
    let peeked = near.peek(&mut start).await?;
    if start.get(..peeked) == Some(b"GET /ws ") {
        return carry(near, url, way).await;
    }
    copy_bidirectional(&mut near, &mut TcpStream::connect(server).await?).await?;
    Ok(())
}

/// What comes back from the far end.
enum Back {
    Replied(CommandId, Option<String>),
    Polled(u64, Option<String>),
    Rested,
}

/// One link.
struct Far {
    http: Client,
    url: String,
    token: String,
    running: JoinSet<Back>,
    poll: Option<AbortHandle>,
}

async fn carry(near: TcpStream, url: &str, way: Way) -> Result<()> {
    let (mut socket, token) = accept(near).await?;
    let (http, url) = (Client::new(), url.to_owned());
    let mut far = Far { http, url, token, running: JoinSet::new(), poll: None };
    let (mut link, mut errands) = Polling::open(way);
    loop {
        for errand in errands.drain(..) {
            far.run(errand, &mut socket).await?;
        }
        errands = tokio::select! {
            frame = socket.next() => match frame.context("the client is gone")?? {
                Message::Text(text) => transmit(&mut link, text.to_string()),
                Message::Close(_) => return Ok(()),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {
                    continue;
                }
            },
            Some(back) = far.running.join_next() => match back {
                Ok(Back::Replied(id, body)) => link.replied(id, body.as_deref()),
                Ok(Back::Polled(poll, body)) => link.polled(poll, body.as_deref()),
                Ok(Back::Rested) => link.rested(),
                // A poll that was overtaken.
                Err(_) => continue,
            },
        };
    }
}

fn transmit(link: &mut Polling, frame: String) -> Vec<Errand> {
    match decode_client_frame(&frame) {
        Ok(ClientFrame::Command(command)) => link.transmit(&command, frame),
        // A pong: every answer shows that the server is there.
        Ok(ClientFrame::Pong) | Err(_) => Vec::new(),
    }
}

/// Takes the client's socket, and the token it names.
async fn accept(near: TcpStream) -> Result<(WebSocketStream<TcpStream>, String)> {
    let mut token = None;
    #[expect(clippy::result_large_err, reason = "the library's own type")]
    let note = |request: &Request, mut response: Response| -> Result<Response, ErrorResponse> {
        let offers = request.headers().get_all(SEC_WEBSOCKET_PROTOCOL);
        let offers = offers.iter().filter_map(|offer| offer.to_str().ok());
        let mut offers = offers.flat_map(|offer| offer.split(',')).map(str::trim);
        let named = offers.find_map(|offer| offer.strip_prefix(TOKEN_SUBPROTOCOL_PREFIX));
        token = named.map(str::to_owned);
        response
            .headers_mut()
            .insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
        Ok(response)
    };
    let socket = accept_hdr_async(near, note).await?;
    Ok((socket, token.unwrap_or_default()))
}

impl Far {
    async fn run(&mut self, errand: Errand, socket: &mut WebSocketStream<TcpStream>) -> Result<()> {
        match errand {
            Errand::Command(id, body) => {
                let answer = self.post("commands", body);
                self.running.spawn(async move { Back::Replied(id, answer.await) });
            }
            Errand::Poll(poll, body) => {
                self.poll.iter().for_each(AbortHandle::abort);
                let answer = self.post("poll", body);
                let running = self.running.spawn(async move { Back::Polled(poll, answer.await) });
                self.poll = Some(running);
            }
            Errand::Rest(ms) => {
                self.running.spawn(async move {
                    sleep_until(Instant::now() + Duration::from_millis(ms)).await;
                    Back::Rested
                });
            }
            Errand::Event(event) => socket.send(Message::text(encode(&event))).await?,
            Errand::Close(code) => {
                ensure!(code != 1006, "the link is cut");
                let reason = CloseFrame { code: code.into(), reason: "".into() };
                socket.close(Some(reason)).await?;
            }
        }
        Ok(())
    }

    fn post(&self, to: &str, body: String) -> impl Future<Output = Option<String>> + use<> {
        let request = self.http.post(format!("{}/api/v1/{to}", self.url));
        let request = request.bearer_auth(&self.token).body(body);
        async move { request.send().await.ok()?.text().await.ok() }
    }
}
