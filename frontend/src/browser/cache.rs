//! Texts in the browser's cache: roomier than its storage, so that what is kept there never takes
//! the outbox's place. It is there under HTTPS and on localhost only, like the service worker
//! without which no page opens offline.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Response};

/// Every text of a cache, in no order; none where there is no cache.
pub async fn texts(name: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let Some(cache) = open(name).await else { return texts };
    let Ok(held) = JsFuture::from(cache.match_all()).await else { return texts };
    for response in held.unchecked_into::<Array>().iter() {
        let Ok(text) = response.unchecked_into::<Response>().text() else { continue };
        let text = JsFuture::from(text).await.ok().and_then(|text| text.as_string());
        texts.extend(text);
    }
    texts
}

/// Keeps texts under their keys, which may be part of a path, and forgets those without a text.
/// What the browser refuses is not kept, and the page does without.
pub async fn keep(name: &str, texts: Vec<(String, Option<String>)>) {
    let Some(cache) = open(name).await else { return };
    for (key, text) in texts {
        let key = format!("/kept/{key}");
        let done = match text.map(|text| Response::new_with_opt_str(Some(&text))) {
            Some(Ok(response)) => cache.put_with_str(&key, &response),
            Some(Err(_)) => continue,
            None => cache.delete_with_str(&key),
        };
        let _ = JsFuture::from(done).await;
    }
}

/// Forgets every text of a cache.
pub async fn erase(name: &str) {
    if let Some(caches) = caches() {
        let _ = JsFuture::from(caches.delete(name)).await;
    }
}

async fn open(name: &str) -> Option<Cache> {
    let opened = JsFuture::from(caches()?.open(name)).await;
    Some(opened.ok()?.unchecked_into())
}

fn caches() -> Option<CacheStorage> {
    let window = web_sys::window()?;
    let there = Reflect::has(&window, &JsValue::from_str("caches")).unwrap_or(false);
    window.caches().ok().filter(|_| there)
}
