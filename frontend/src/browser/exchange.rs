//! Questions to the server over HTTP, as they are measured: what was asked, what came back, how much of
//! it was head.

use futures_util::future::{AbortHandle, abortable};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use super::{requests::Abort, task};

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its body.
    pub body: String,
    /// Its first line and its headers in bytes, as HTTP/1.1 writes them.
    pub head_bytes: usize,
}

/// A question under way. Dropping it gives it up; nothing is heard of that.
#[derive(Debug)]
pub struct Exchange(AbortHandle);

impl Drop for Exchange {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Exchange {
    /// Posts a body. `done` is never called before this returns; it gets nothing where no answer came.
    pub fn begin(
        path: &'static str,
        body: String,
        done: impl FnOnce(Option<Answer>) + 'static,
    ) -> Self {
        let (question, handle) = abortable(async move { post(path, &body).await });
        task::begin(async move {
            if let Ok(answer) = question.await {
                done(answer);
            }
        });
        Self(handle)
    }
}

/// Posts a body; nothing where no answer came. Whoever stops waiting gives it up.
pub async fn post(path: &str, body: &str) -> Option<Answer> {
    // One that was answered is not harmed.
    let abort = Abort::new()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    init.set_signal(Some(&abort.signal()));
    let asked = web_sys::window()?.fetch_with_str_and_init(path, &init);
    let answer: Response = JsFuture::from(asked).await.ok()?.unchecked_into();
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    Some(Answer { body: text.as_string()?, head_bytes: head_bytes(&answer.headers()) })
}

/// Asks for something nobody waits for, which goes out also while the page goes.
pub fn leave_word(path: &str, body: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().send_beacon_with_opt_str(path, Some(body));
    }
}

/// `HTTP/1.1 200 OK`, each header with its two separators, and the empty line.
fn head_bytes(headers: &Headers) -> usize {
    let lines = headers.entries().into_iter().flatten().map(|line| {
        let line: Array = line.unchecked_into();
        line.iter().filter_map(|part| part.as_string()).map(|part| part.len() + 2).sum::<usize>()
    });
    lines.sum::<usize>() + "HTTP/1.1 200 OK\r\n\r\n".len()
}
