//! Somebody with a browser: what they do, and what they see. Finds everything by its test id.

use parlor_tests::{Browser, Wire, eventually};
use serde::de::DeserializeOwned;
use thirtyfour::{By, Key, WebElement};

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

/// A person at a page, whose network can be cut.
pub(crate) struct Visitor {
    browser: Browser,
    pub(crate) wire: Wire,
}

impl Visitor {
    /// Opens the page, gives a name and comes in.
    pub(crate) async fn enters(url: &str, name: &str) -> Self {
        let visitor = Self::tries(url, name).await;
        visitor.finds("composer").await;
        visitor
    }

    /// Opens the page and gives a name.
    pub(crate) async fn tries(url: &str, name: &str) -> Self {
        let wire = Wire::to(url).await.unwrap();
        let browser = Browser::open(wire.url()).await.unwrap();
        let visitor = Self { browser, wire };
        visitor.finds("name").await.send_keys(name + Key::Enter).await.unwrap();
        visitor
    }

    /// The element of a test id, once it is there and shows.
    pub(crate) async fn finds(&self, id: &str) -> WebElement {
        self.shows(&format!("[data-testid={id}]")).await
    }

    /// The first element of a selector, once it is there and shows.
    pub(crate) async fn shows(&self, selector: &str) -> WebElement {
        eventually(&format!("{selector} shows"), async || {
            let found = self.browser.driver().find(By::Css(selector)).await.ok()?;
            found.is_displayed().await.ok()?.then_some(found)
        })
        .await
        .unwrap()
    }

    /// Whether an element of a test id is there now.
    pub(crate) async fn has(&self, id: &str) -> bool {
        self.browser.driver().find(By::Testid(id)).await.is_ok()
    }

    /// What a script says about the page.
    pub(crate) async fn look<T: DeserializeOwned>(&self, script: &str) -> T {
        let said = self.browser.driver().execute(script, Vec::new()).await.unwrap();
        said.convert().unwrap()
    }

    /// Runs a script that may wait.
    pub(crate) async fn runs(&self, script: &str) {
        let script =
            format!("const done = arguments[0]; (async () => {{ {script} }})().then(done);");
        self.browser.driver().execute_async(script, Vec::new()).await.unwrap();
    }

    pub(crate) async fn says(&self, text: &str) {
        self.finds("composer").await.send_keys(text + Key::Enter).await.unwrap();
    }

    /// Every row, with its state.
    pub(crate) async fn rows(&self) -> Vec<(String, String)> {
        self.look(ROWS).await
    }

    /// The texts under the *new* line.
    pub(crate) async fn news(&self) -> Vec<String> {
        self.look(UNDER_THE_NEW_LINE).await
    }

    /// Waits until `text` stands exactly once, in ink.
    pub(crate) async fn sees(&self, text: &str) {
        self.sees_as(text, "ink").await;
    }

    /// Waits until `text` stands exactly once, in this state.
    pub(crate) async fn sees_as(&self, text: &str, state: &str) {
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
    pub(crate) async fn goes_offline(&self) {
        self.wire.cut();
        self.finds("banner").await;
    }

    /// Has the network back, and asks the page to try at once.
    pub(crate) async fn comes_back(&self) {
        self.wire.mend();
        self.is_lit().await;
    }

    /// Waits until the connection lamp is lit, pressing "try now" where it is offered.
    pub(crate) async fn is_lit(&self) {
        eventually("the lamp is lit", async || {
            if let Ok(button) = self.browser.driver().find(By::Testid("try-now")).await {
                // It may be gone again by now, which is what is wanted.
                let _ = button.click().await;
            }
            let lamp = self.browser.driver().find(By::Testid("lamp")).await.ok()?;
            (lamp.attr("data-link").await.ok()?? == "lit").then_some(())
        })
        .await
        .unwrap();
    }

    pub(crate) async fn leaves(self) {
        self.browser.close().await.unwrap();
    }
}
