//! Connections as clients see them: nothing of when hyper is there may show.

use std::{sync::Arc, time::Duration};

use axum::{Router, http::HeaderValue, response::IntoResponse, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Notify, oneshot},
    task::JoinHandle,
    time::timeout,
};
use tower_http::set_header::SetResponseHeaderLayer;

use super::{Later, serve};

const PATIENCE: Duration = Duration::from_secs(20);
const LARGE: usize = 3_000_000;

struct Gone(Arc<Notify>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

struct Served {
    address: std::net::SocketAddr,
    /// One begins to wait.
    begun: Arc<Notify>,
    /// Lets one answer that waits come.
    comes: Arc<Notify>,
    /// One that waited was dropped, answered or not.
    gone: Arc<Notify>,
    stop: oneshot::Sender<()>,
    ends: JoinHandle<()>,
}

impl Served {
    async fn begin() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let [begun, comes, gone]: [Arc<Notify>; 3] = Default::default();
        let (stop, stops) = oneshot::channel();
        let waits = [&begun, &comes, &gone].map(Arc::clone);
        let later = async move || {
            let [begun, comes, gone] = waits.clone();
            let gone = Gone(gone);
            Later::respond(async move {
                begun.notify_one();
                comes.notified().await;
                drop(gone);
                "later".into_response()
            })
        };
        let mark = HeaderValue::from_static("everywhere");
        let router = Router::new()
            .route("/now", get(async || "now").post(async |body: String| body))
            .route("/large", get(async || "x".repeat(LARGE)))
            .route("/later", get(later))
            .layer(SetResponseHeaderLayer::if_not_present("mark".parse().unwrap(), mark));
        let ends = tokio::spawn(serve(listener, router, async {
            // Dropped or told, it is the end.
            let _ = stops.await;
        }));
        Self { address, begun, comes, gone, stop, ends }
    }

    async fn client(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

fn ask(path: &str, more: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: here\r\n{more}\r\n").into_bytes()
}

/// The head and the body of the next answer.
async fn answer(client: &mut TcpStream) -> (String, String) {
    timeout(PATIENCE, async {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(client.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        let (_, length) = head.split_once("content-length: ").unwrap();
        let length = length.split_once('\r').unwrap().0.parse().unwrap();
        let mut body = vec![0; length];
        client.read_exact(&mut body).await.unwrap();
        (head, String::from_utf8(body).unwrap())
    })
    .await
    .unwrap()
}

async fn is_closed(client: &mut TcpStream) {
    assert_eq!(timeout(PATIENCE, client.read(&mut [0])).await.unwrap().unwrap(), 0);
}

#[tokio::test]
async fn requests_are_answered_one_after_the_other_whether_they_wait_for_answers_or_not() {
    let served = Served::begin().await;
    let mut client = served.client().await;
    for _ in 0..3 {
        client.write_all(&ask("/now", "")).await.unwrap();
        assert_eq!(answer(&mut client).await.1, "now");
    }
    let mut all = [ask("/large", ""), ask("/later", ""), ask("/large", "")].concat();
    // The last one in two pieces, of which the first comes with the others.
    let last = ask("/now", "");
    let (begin, end) = last.split_at(9);
    all.extend_from_slice(begin);
    served.comes.notify_one();
    client.write_all(&all).await.unwrap();
    assert_eq!(answer(&mut client).await.1.len(), LARGE);
    assert_eq!(answer(&mut client).await.1, "later");
    assert_eq!(answer(&mut client).await.1.len(), LARGE);
    client.write_all(end).await.unwrap();
    assert_eq!(answer(&mut client).await.1, "now");
}

#[tokio::test]
async fn a_body_that_comes_in_pieces_is_read_to_its_end() {
    let served = Served::begin().await;
    let mut client = served.client().await;
    for piece in ["POST /now HTTP/1.1\r\nhost: here\r\ncontent-le", "ngth: 6\r\n\r\nab", "cd", "ef"]
    {
        client.write_all(piece.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
    }
    assert_eq!(answer(&mut client).await.1, "abcdef");
}

#[tokio::test]
async fn what_nobody_read_of_a_body_never_passes_for_a_request() {
    let served = Served::begin().await;
    let hidden = String::from_utf8(ask("/now", "")).unwrap();
    let (length, in_chunks) =
        (hidden.len(), format!("{:x}\r\n{hidden}\r\n0\r\n\r\n", hidden.len()));
    for (path, more, body) in [
        ("/nowhere", format!("content-length: {length}\r\n"), &hidden),
        ("/nowhere", "transfer-encoding: chunked\r\n".to_owned(), &in_chunks),
        ("/later", format!("content-length: {length}\r\n"), &hidden),
    ] {
        let mut client = served.client().await;
        served.comes.notify_one();
        client.write_all(&ask(path, &more)).await.unwrap();
        answer(&mut client).await;
        // The connection may be closed by now.
        let last = ask("/nowhere", "connection: close\r\n");
        let _ = client.write_all(&[body.as_bytes(), &last].concat()).await;
        let mut rest = Vec::new();
        let _ = timeout(PATIENCE, client.read_to_end(&mut rest)).await.unwrap();
        let rest = String::from_utf8(rest).unwrap();
        assert!(!rest.contains("200 OK"), "{path}: {rest}");
    }
}

#[tokio::test]
async fn an_answer_that_comes_later_has_the_headers_of_all_and_the_connection_goes_on() {
    let served = Served::begin().await;
    let mut client = served.client().await;
    for _ in 0..2 {
        client.write_all(&ask("/later", "")).await.unwrap();
        served.comes.notify_one();
        let (head, body) = answer(&mut client).await;
        assert_eq!(body, "later");
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(head.contains("\r\nmark: everywhere\r\n"), "{head}");
        assert_eq!(head.matches("content-length").count(), 1, "{head}");
    }
}

#[tokio::test]
async fn a_connection_that_is_to_end_ends_with_its_answer_also_when_that_comes_later() {
    let served = Served::begin().await;
    let old = |path: &str| format!("GET {path} HTTP/1.0\r\n\r\n").into_bytes();
    for path in ["/now", "/later"] {
        for request in [ask(path, "connection: close\r\n"), old(path)] {
            let mut client = served.client().await;
            client.write_all(&request).await.unwrap();
            served.comes.notify_one();
            let (head, body) = answer(&mut client).await;
            assert_eq!(format!("/{body}"), path, "{head}");
            is_closed(&mut client).await;
        }
    }
}

#[tokio::test]
async fn whoever_goes_while_an_answer_waits_ends_the_wait() {
    let served = Served::begin().await;
    let mut client = served.client().await;
    client.write_all(&ask("/later", "")).await.unwrap();
    timeout(PATIENCE, served.begun.notified()).await.unwrap();
    drop(client);
    timeout(PATIENCE, served.gone.notified()).await.unwrap();
}

#[tokio::test]
async fn a_server_that_stops_ends_what_rests_and_answers_what_waits() {
    let served = Served::begin().await;
    let (mut rests, mut waits) = (served.client().await, served.client().await);
    rests.write_all(&ask("/now", "")).await.unwrap();
    answer(&mut rests).await;
    waits.write_all(&ask("/now", "")).await.unwrap();
    answer(&mut waits).await;
    waits.write_all(&ask("/later", "")).await.unwrap();
    timeout(PATIENCE, served.begun.notified()).await.unwrap();
    served.stop.send(()).unwrap();
    is_closed(&mut rests).await;
    assert!(!served.ends.is_finished());
    served.comes.notify_one();
    let (head, body) = answer(&mut waits).await;
    assert!(head.contains("connection: close"), "{head}");
    assert_eq!(body, "later");
    is_closed(&mut waits).await;
    timeout(PATIENCE, served.ends).await.unwrap().unwrap();
}
