//! Questions to the server over HTTP, as they are measured: what was asked, what came back, how much of
//! it was head.

use futures_util::future::{AbortHandle, abortable};
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{AbortSignal, Headers};

use super::{
    requests::{Abort, fetched},
    task,
};

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
        let (question, handle) = abortable(async move {
            // One that was answered is not harmed.
            let abort = Abort::new()?;
            asked(path, body, Some(abort.signal())).await
        });
        task::begin(async move {
            if let Ok(answer) = question.await {
                done(answer);
            }
        });
        Self(handle)
    }
}

/// Posts a body; nothing where no answer came within 15 s.
pub async fn post(path: &str, body: String) -> Option<Answer> {
    asked(path, body, None).await
}

async fn asked(path: &str, body: String, signal: Option<AbortSignal>) -> Option<Answer> {
    let (answer, body) = fetched("POST", path, Some(body), signal).await.ok()?;
    Some(Answer { body, head_bytes: head_bytes(&answer.headers()) })
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
