//! One spell of hyper on a connection: until it rests, waits for an answer, or ends.

use std::{
    convert::Infallible,
    future::{pending, poll_fn},
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Router,
    extract::{ConnectInfo, Request},
    http::{HeaderMap, Version, header},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::sync::watch;
use tower::ServiceExt;

use super::{
    later::{Answer, Later},
    progress::Progress,
    wire::Wire,
};

/// Stands for a request whose answer has come: its own is long forgotten.
const ANSWERED: &[u8] = b"POST / HTTP/1.1\r\n\r\n";

/// What is served.
pub(super) struct Spell {
    router: Router,
    address: SocketAddr,
    /// Given instead of asking the router.
    answer: Option<Response>,
    /// Whether the connection goes on after it.
    lasts: bool,
}

/// How a spell ends.
pub(super) enum Turn {
    /// So does the connection, or it is no longer HTTP.
    Ended,
    /// Everything was answered.
    Rests(Box<Wire>),
    /// The answer is yet to come.
    Waits { wire: Box<Wire>, answer: Answer, lasts: bool },
}

impl Spell {
    /// Requests as they come.
    pub(super) fn requests(router: Router, address: SocketAddr) -> Self {
        Self { router, address, answer: None, lasts: true }
    }

    /// First `answer`, to the request that waited for it.
    pub(super) fn answer(
        router: Router,
        address: SocketAddr,
        answer: Response,
        lasts: bool,
    ) -> Self {
        Self { router, address, answer: Some(answer), lasts }
    }

    /// Serves until hyper has nothing more to do. When the server `stops`, the connection ends with
    /// the answer under way.
    pub(super) async fn run(self, mut wire: Box<Wire>, stops: &mut watch::Receiver<bool>) -> Turn {
        let Self { router, address, answer, lasts } = self;
        if answer.is_some() {
            wire.answers(ANSWERED);
        }
        let (answer, progress) = (Mutex::new(answer), Arc::clone(&wire.progress));
        progress.begin();
        let service = service_fn(|request| {
            respond(request, address, router.clone(), answer.lock().take(), Arc::clone(&progress))
        });
        let mut stopped = *stops.borrow();
        let mut http = http1::Builder::new()
            .keep_alive(lasts && !stopped)
            .serve_connection(TokioIo::new(wire), service)
            .with_upgrades();
        let mut stop = pin!(stops.wait_for(|stop| *stop));
        let serves = poll_fn(|cx| {
            if !stopped && stop.as_mut().poll(cx).is_ready() {
                stopped = true;
                Pin::new(&mut http).graceful_shutdown();
            }
            at_rest(Pin::new(&mut http), &progress, cx)
        });
        if !serves.await {
            return Turn::Ended;
        }
        let Some(parts) = http.into_parts() else { return Turn::Ended };
        let mut wire = parts.io.into_inner();
        wire.unread(&parts.read_buf);
        match progress.take_later() {
            Some((answer, lasts)) => Turn::Waits { wire, answer, lasts },
            None => Turn::Rests(wire),
        }
    }
}

/// Ready when hyper has nothing more to do; false when the connection has ended.
fn at_rest(
    http: Pin<&mut impl Future<Output = hyper::Result<()>>>,
    progress: &Progress,
    cx: &mut Context<'_>,
) -> Poll<bool> {
    match http.poll(cx) {
        Poll::Ready(Ok(())) => Poll::Ready(false),
        Poll::Ready(Err(error)) => {
            tracing::trace!(%error, "a connection ended");
            Poll::Ready(false)
        }
        Poll::Pending if progress.is_at_rest() => Poll::Ready(true),
        Poll::Pending => Poll::Pending,
    }
}

async fn respond(
    request: hyper::Request<Incoming>,
    address: SocketAddr,
    router: Router,
    answer: Option<Response>,
    progress: Arc<Progress>,
) -> Result<Response, Infallible> {
    let under_way = progress.request();
    let response = match answer {
        Some(answer) => answer,
        None => {
            let mut request: Request = request.map(|body| progress.body(body));
            request.extensions_mut().insert(ConnectInfo(address));
            let lasts = lasts(request.version(), request.headers());
            let mut response = router.oneshot(request).await?;
            if let Some(answer) = Later::of(&mut response) {
                if !progress.has_read() {
                    return Ok(answer.await.map(|body| under_way.until_the_end_of(body)));
                }
                progress.waits_for(answer, lasts);
                // It ends with hyper's spell.
                return pending().await;
            }
            response
        }
    };
    Ok(response.map(|body| under_way.until_the_end_of(body)))
}

/// Whether the client wants the connection to go on after the answer.
fn lasts(version: Version, headers: &HeaderMap) -> bool {
    let says = |value: &axum::http::HeaderValue| {
        let options = value.to_str().unwrap_or_default().split(',');
        options.map(str::trim).any(|option| option.eq_ignore_ascii_case("close"))
    };
    version == Version::HTTP_11 && !headers.get_all(header::CONNECTION).iter().any(says)
}
