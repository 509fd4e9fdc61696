//! A newer build of the page is there while somebody has the older one open.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderName, Method, Uri, header},
    response::Response,
};
use parlor_tests::{EngineKind, Visitor};
use tokio::net::TcpListener;

use crate::House;

/// A door to a server, whose service worker can become that of a newer build. It lets no socket
/// through: what a page is made of goes without.
#[derive(Clone)]
struct Door {
    server: String,
    newer: Arc<AtomicBool>,
}

/// What the server must see as the browser said it.
const TOLD: [HeaderName; 4] = [header::HOST, header::ORIGIN, header::COOKIE, header::CONTENT_TYPE];

impl Door {
    /// Opens one to `server`; says its address, too.
    async fn open(server: &str) -> (Self, String) {
        let door = Self { server: server.to_owned(), newer: Arc::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let routes = Router::new().fallback(pass).with_state(door.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (door, url)
    }
}

async fn pass(
    State(door): State<Door>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut request = reqwest::Client::new().request(method, format!("{}{uri}", door.server));
    for name in TOLD {
        if let Some(value) = headers.get(&name) {
            request = request.header(name, value);
        }
    }
    let answer = request.body(body).send().await.unwrap();
    let mut response = Response::new(Body::empty());
    *response.status_mut() = answer.status();
    for (name, value) in answer.headers() {
        if *name != header::CONTENT_LENGTH && *name != header::TRANSFER_ENCODING {
            response.headers_mut().append(name, value.clone());
        }
    }
    let mut body = answer.bytes().await.unwrap();
    if uri.path() == "/sw.js" && door.newer.load(Ordering::SeqCst) {
        let worker = String::from_utf8(body.to_vec()).unwrap();
        body = worker.replace("const BUILD = \"", "const BUILD = \"newer").into();
    }
    *response.body_mut() = body.into();
    response
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_page_is_offered_and_never_loads_over_a_draft() {
    let house = House::open(EngineKind::Embedded).await;
    let (door, url) = Door::open(house.node.url()).await;
    let ada = Visitor::enters(&url, "Ada").await;
    ada.runs("await navigator.serviceWorker.ready").await;
    ada.finds("composer").await.send_keys("half a thought").await.unwrap();
    ada.look::<()>("window.this_page = true").await;

    door.newer.store(true, Ordering::SeqCst);
    ada.runs("await (await navigator.serviceWorker.ready).update()").await;
    let load = ada.finds("load-update").await;
    assert!(ada.look::<bool>("return window.this_page === true").await);

    load.click().await.unwrap();
    ada.until("another page is there", "return window.this_page === undefined").await;
    ada.until(
        "the draft is there",
        "return document.querySelector('[data-testid=composer]')?.value === 'half a thought'",
    )
    .await;
    ada.runs("if (!(await caches.keys()).some(name => name.includes('newer'))) throw 'old'").await;
    assert!(!ada.has("load-update").await);
    ada.leaves().await;
}
