//! Several tabs of one browser: opened, frozen, killed.

use serde_json::json;
use thirtyfour::WindowHandle;

use super::Visitor;
use crate::eventually;

impl Visitor {
    /// The tab in front.
    pub async fn tab(&self) -> WindowHandle {
        self.browser().driver().window().await.unwrap()
    }

    /// Opens the page in a second tab, which is in front then.
    pub async fn opens_a_tab(&self) -> WindowHandle {
        let tab = self.browser().driver().new_tab().await.unwrap();
        self.goes_to(&tab).await;
        self.opens_the_page().await;
        tab
    }

    /// Opens the page in the tab in front.
    pub async fn opens_the_page(&self) {
        self.browser().driver().goto(self.wire.url()).await.unwrap();
    }

    /// Opens another address of the server in the tab in front.
    pub async fn opens_address(&self, path: &str) {
        self.browser().driver().goto(format!("{}{path}", self.wire.url())).await.unwrap();
    }

    /// Leaves the tab in front empty.
    pub async fn closes_the_page(&self) {
        self.browser().driver().goto("about:blank").await.unwrap();
    }

    /// Puts the window away, and goes on reaching into its page.
    pub async fn looks_away(&self) {
        self.browser().driver().minimize_window().await.unwrap();
    }

    /// Has the window in front again.
    pub async fn looks_again(&self) {
        self.browser().driver().maximize_window().await.unwrap();
        self.devtools("Page.bringToFront", json!({})).await;
    }

    /// Turns to a tab.
    pub async fn goes_to(&self, tab: &WindowHandle) {
        self.browser().driver().switch_to_window(tab.clone()).await.unwrap();
    }

    /// Loads the page again.
    pub async fn reloads(&self) {
        self.browser().driver().refresh().await.unwrap();
    }

    /// The browser freezes the tab in front, as it does with one not looked at for long, or thaws it.
    pub async fn tab_is(&self, state: &str) {
        self.devtools("Page.setWebLifecycleState", json!({ "state": state })).await;
    }

    /// The process of the tab in front dies, without a word to the page; turns to `other`.
    pub async fn tab_crashes(&self, other: &WindowHandle) {
        // A dead process has no answer to give.
        let _ = self.browser().devtools("Page.crash", json!({})).await;
        eventually("another tab is in front", async || {
            self.browser().driver().switch_to_window(other.clone()).await.ok()
        })
        .await
        .unwrap();
    }
}
