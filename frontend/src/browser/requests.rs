//! Requests to the server's own addresses.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Headers, RequestInit, Response};

/// A request without an answer for so long has none, in milliseconds: it would hold one of the few
/// connections that a browser opens to a server.
const PATIENCE_MS: u32 = 15_000;

/// What can still be let go of. Dropping it does.
#[derive(Debug)]
pub struct Abort(AbortController);

impl Abort {
    /// For one request; nothing where the browser knows no such thing.
    #[must_use]
    pub fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// What the request listens to.
    #[must_use]
    pub fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends a request, which is let go of by its signal, or after 15 s without one. Says whether the
/// answer's status is fine, and the answer; nothing where none came.
pub async fn send(
    method: &str,
    address: &str,
    body: Option<String>,
    signal: Option<AbortSignal>,
) -> Option<(bool, String)> {
    let (answer, text) = fetched(method, address, body, signal).await.ok()?;
    Some((answer.ok(), text))
}

/// The same, with the whole answer.
pub(super) async fn fetched(
    method: &str,
    address: &str,
    body: Option<String>,
    signal: Option<AbortSignal>,
) -> Result<(Response, String), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let init = RequestInit::new();
    init.set_method(method);
    let signal = signal.unwrap_or_else(|| AbortSignal::timeout_with_u32(PATIENCE_MS));
    init.set_signal(Some(&signal));
    if let Some(body) = body {
        let headers = Headers::new()?;
        headers.set("content-type", "application/json")?;
        init.set_headers(&headers);
        init.set_body(&JsValue::from_str(&body));
    }
    let answer = JsFuture::from(window.fetch_with_str_and_init(address, &init)).await?;
    let answer: Response = answer.unchecked_into();
    let text = JsFuture::from(answer.text()?).await?;
    Ok((answer, text.as_string().unwrap_or_default()))
}
