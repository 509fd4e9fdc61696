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

    /// Has the focused field do what a menu of the browser offers: `selectAll`, `cut`, `paste`.
    pub async fn edits(&self, command: &str) {
        let key = json!({"type": "keyDown", "commands": [command]});
        self.devtools("Input.dispatchKeyEvent", key).await;
    }

    /// Presses the Enter of an input method that composes, as browsers tell it of different systems:
    /// by the key's own code, and by the code of a key that was processed.
    pub async fn enters_what_is_composed(&self) {
        for code in [13, 229] {
            let key = json!({"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": code});
            self.devtools("Input.dispatchKeyEvent", key).await;
        }
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
