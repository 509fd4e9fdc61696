//! Somebody with a browser: what they do, and what they see. Finds everything by its test id.
#![expect(clippy::unwrap_used, reason = "a test's eyes and hands fail as loudly as the test")]

mod device;
mod keyboard;
mod rooms;
mod tabs;

use serde::de::DeserializeOwned;
use serde_json::Value;
use thirtyfour::{By, Key, WebElement, error::WebDriverResult};

use crate::{Actor, Browser, Session, Wire, eventually};
pub use device::Device;

/// Every row's text and state, from the top.
const ROWS: &str = "return [...document.querySelectorAll('[data-testid=row]')].map(row => [
    row.querySelector('[data-testid=text]')?.innerText ?? '', row.dataset.state])";

/// What stands on the page from the *new* line on.
const UNDER_THE_NEW_LINE: &str = "
    const line = document.querySelector('[data-testid=new-line]');
    if (!line) return [];
    return [...document.querySelectorAll('[data-testid=row]')]
        .filter(row => line.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING)
        .map(row => row.querySelector('[data-testid=text]')?.innerText ?? '')";

/// A person at a page, whose network can be cut. They must leave at the end: only then is it known
/// that their browser had nothing to complain of.
#[derive(Debug)]
pub struct Visitor {
    browser: Option<Browser>,
    /// Their way to the server.
    pub wire: Wire,
}

impl Visitor {
    /// Opens the page, gives a name and comes in.
    pub async fn enters(url: &str, name: &str) -> Self {
        let visitor = Self::tries(url, name).await;
        visitor.finds("composer").await;
        visitor
    }

    /// Opens the page and gives a name.
    pub async fn tries(url: &str, name: &str) -> Self {
        let visitor = Self::arrives(Wire::to(url).await.unwrap()).await;
        visitor.gives(name).await;
        visitor
    }

    /// Opens the page at the near end of a wire.
    pub async fn arrives(wire: Wire) -> Self {
        let browser = Browser::open(wire.url()).await.unwrap();
        Self { browser: Some(browser), wire }
    }

    /// Gives a name.
    pub async fn gives(&self, name: &str) {
        self.finds("name").await.send_keys(name.to_owned() + Key::Enter).await.unwrap();
    }

    /// The browser itself.
    fn browser(&self) -> &Browser {
        self.browser.as_ref().unwrap()
    }

    /// The element of a test id, once it is there and shows.
    pub async fn finds(&self, id: &str) -> WebElement {
        self.shows(&format!("[data-testid={id}]")).await
    }

    /// The first element of a selector, once it is there and shows.
    pub async fn shows(&self, selector: &str) -> WebElement {
        eventually(&format!("{selector} shows"), async || {
            let found = self.browser().driver().find(By::Css(selector)).await.ok()?;
            found.is_displayed().await.ok()?.then_some(found)
        })
        .await
        .unwrap()
    }

    /// Every element of a test id that is there now, in order.
    pub(crate) async fn all(&self, id: &str) -> WebDriverResult<Vec<WebElement>> {
        self.browser().driver().find_all(By::Testid(id)).await
    }

    /// Whether an element of a test id is there now.
    pub async fn has(&self, id: &str) -> bool {
        self.browser().driver().find(By::Testid(id)).await.is_ok()
    }

    /// Presses what a test id names, once it is there and shows.
    pub async fn clicks(&self, id: &str) {
        self.finds(id).await.click().await.unwrap();
    }

    /// The same person with another device, a client without a page.
    pub async fn on_another_device(&self, url: &str) -> Actor {
        let cookie = self.browser().driver().get_named_cookie("parlor_session").await.unwrap();
        let session = Session::of_token(url, &cookie.value).await.unwrap();
        let actor = Actor::open(url, &session);
        actor.is_connected().await.unwrap();
        actor
    }

    /// What a script says about the page.
    pub async fn look<T: DeserializeOwned>(&self, script: &str) -> T {
        let said = self.browser().driver().execute(script, Vec::new()).await.unwrap();
        said.convert().unwrap()
    }

    /// Waits until a script says yes.
    pub async fn until(&self, what: &str, script: &str) {
        eventually(what, async || {
            let said = self.browser().driver().execute(script, Vec::new()).await.ok()?;
            said.convert::<bool>().ok()?.then_some(())
        })
        .await
        .unwrap();
    }

    /// Runs a script that may wait.
    pub async fn runs(&self, script: &str) {
        self.asks::<Value>(script).await;
    }

    /// What a script that may wait returns in the end.
    pub async fn asks<T: DeserializeOwned>(&self, script: &str) -> T {
        let script =
            format!("const done = arguments[0]; (async () => {{ {script} }})().then(done);");
        let said = self.browser().driver().execute_async(script, Vec::new()).await.unwrap();
        said.convert().unwrap()
    }

    /// Says something in the open room.
    pub async fn says(&self, text: &str) {
        self.finds("composer").await.send_keys(text.to_owned() + Key::Enter).await.unwrap();
    }

    /// Every row, with its state.
    pub async fn rows(&self) -> Vec<(String, String)> {
        self.look(ROWS).await
    }

    /// The texts under the *new* line.
    pub async fn news(&self) -> Vec<String> {
        self.look(UNDER_THE_NEW_LINE).await
    }

    /// Waits until the message of a number is there.
    pub async fn sees_number(&self, number: u64) {
        let there = format!("return !!document.querySelector('[data-number=\"{number}\"]')");
        self.until(&format!("message {number} is there"), &there).await;
    }

    /// Waits until `text` stands exactly once, in ink.
    pub async fn sees(&self, text: &str) {
        self.sees_as(text, "ink").await;
    }

    /// Waits until `text` stands exactly once, in this state.
    pub async fn sees_as(&self, text: &str, state: &str) {
        let wanted = [(text.to_owned(), state.to_owned())];
        eventually(&format!("{text} stands once, as {state}"), async || {
            let rows = self.rows().await;
            let found: Vec<_> = rows.into_iter().filter(|(said, _)| said == text).collect();
            (found == wanted).then_some(())
        })
        .await
        .unwrap();
    }

    /// Loses the network, and notices.
    pub async fn goes_offline(&self) {
        self.wire.cut();
        self.finds("banner").await;
    }

    /// Has the network back, and asks the page to try at once.
    pub async fn comes_back(&self) {
        self.wire.mend();
        self.is_lit().await;
    }

    /// Waits until the connection lamp is lit, pressing "try now" where it is offered.
    pub async fn is_lit(&self) {
        eventually("the lamp is lit", async || {
            if let Ok(button) = self.browser().driver().find(By::Testid("try-now")).await {
                // It may be gone again by now, which is what is wanted.
                let _ = button.click().await;
            }
            let lamp = self.browser().driver().find(By::Testid("lamp")).await.ok()?;
            (lamp.attr("data-link").await.ok()?? == "lit").then_some(())
        })
        .await
        .unwrap();
    }

    /// The errors on the page's console since the last look, forgotten with it.
    pub async fn complaints(&self) -> Vec<String> {
        self.browser().complaints().await.unwrap()
    }

    /// Closes the browser, which must not have had to complain of the page.
    pub async fn leaves(mut self) {
        let complaints = self.complaints().await;
        self.browser.take().unwrap().close().await.unwrap();
        assert!(complaints.is_empty(), "errors on the page's console: {complaints:#?}");
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        let left = self.browser.is_none() || std::thread::panicking();
        assert!(left, "a visitor must leave, so that their browser's complaints are heard");
    }
}
