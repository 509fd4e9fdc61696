//! Keys pressed wherever the focus is, and an input method that composes there.

use serde_json::json;
use thirtyfour::{Key, action_chain::ActionChain};

use super::Visitor;

impl Visitor {
    /// Types a text where the focus is.
    pub async fn types(&self, text: &str) {
        self.keys().send_keys(text).perform().await.unwrap();
    }

    /// Presses a key where the focus is.
    pub async fn presses(&self, key: Key) {
        self.keys().send_keys(key).perform().await.unwrap();
    }

    /// Presses a key while another is held.
    pub async fn presses_with(&self, held: Key, key: impl Into<char>) {
        let (held, key) = (held.value(), key.into());
        self.keys().key_down(held).key_down(key).key_up(key).key_up(held).perform().await.unwrap();
    }

    fn keys(&self) -> ActionChain {
        self.browser().driver().action_chain()
    }

    /// An input method shows `text` where the caret is, not yet written.
    pub async fn composes(&self, text: &str) {
        let end = text.encode_utf16().count();
        let composition = json!({"text": text, "selectionStart": end, "selectionEnd": end});
        self.devtools("Input.imeSetComposition", composition).await;
    }

    /// The input method writes `text` in place of what it composed.
    pub async fn commits(&self, text: &str) {
        self.devtools("Input.insertText", json!({ "text": text })).await;
    }
}
