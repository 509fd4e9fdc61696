//! The client in docs/protocol.md, run as it stands in a real browser against the real server.

use parlor_tests::{Actor, Browser, EngineKind, eventually};

use crate::{cast::Stage, on_both_engines};

on_both_engines!(the_client_of_the_document_talks_catches_up_and_sends_again);

/// The client, at another address.
fn client(url: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/protocol.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (_, rest) = document.split_once("\n```js\n").unwrap();
    let (client, _) = rest.split_once("\n```").unwrap();
    assert!(client.lines().count() <= 17, "it is to be read at a glance");
    let here = client.replacen("http://localhost:3000", url, 1);
    assert_ne!(here, client);
    format!(
        r#"window.lines = [];
        console.log = (...words) => lines.push(words.join(" "));
        console.error = (...words) => lines.push("! " + words.join(" "));
        (async () => {{ {here}
        window.say = say; window.cut = () => socket.close();
        }})().catch((problem) => lines.push("! " + problem));"#
    )
}

async fn lines(browser: &Browser) -> Vec<String> {
    let lines = browser.driver().execute("return window.lines", vec![]).await.unwrap();
    lines.convert().unwrap()
}

async fn shows(browser: &Browser, line: &str) {
    let found = eventually(line, async || {
        lines(browser).await.iter().any(|shown| shown == line).then_some(())
    });
    if found.await.is_err() {
        panic!("no {line:?} in {:?}", lines(browser).await);
    }
}

async fn does(browser: &Browser, script: &str) {
    browser.driver().execute(script, vec![]).await.unwrap();
}

async fn the_client_of_the_document_talks_catches_up_and_sends_again(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Actor::enter(stage.node.url(), "Ada").await.unwrap();
    ada.says("before");
    ada.sees("before").await.unwrap();
    let browser = Browser::open(&format!("{}/healthz", stage.node.url())).await.unwrap();
    does(&browser, &client(stage.node.url())).await;
    shows(&browser, "1 Ada before").await;

    ada.says("live");
    shows(&browser, "2 Ada live").await;
    does(&browser, "say('from ten lines')").await;
    ada.sees("from ten lines").await.unwrap();

    // Its link is cut; it says something into the void; both sides catch up.
    does(&browser, "cut(); say('said while away')").await;
    ada.says("missed");
    ada.sees("said while away").await.unwrap();
    shows(&browser, "3 Visitor from ten lines").await;
    let all = lines(&browser).await;
    assert!(!all.iter().any(|line| line.starts_with('!')), "{all:?}");
    let missed = eventually("what was missed", async || {
        lines(&browser).await.iter().any(|line| line.ends_with("Ada missed")).then_some(())
    });
    missed.await.unwrap();
    let mut all = lines(&browser).await;
    let shown = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), shown, "something was shown twice");
    browser.close().await.unwrap();
}
