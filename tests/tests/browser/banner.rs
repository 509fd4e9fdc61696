//! The banner of a connection that is away: late enough not to flash, with its countdown, and a way to try at once.

use parlor_tests::{EngineKind, Visitor, eventually};

use crate::House;

/// Notes on the page's own clock when the lamp first dims and when the banner first shows, and every
/// number of seconds that the banner says, in their order.
const WATCH: &str = "
    window.seen = { seconds: [] };
    const look = () => {
        const lamp = document.querySelector('[data-testid=lamp]');
        if (lamp && lamp.dataset.link !== 'lit') window.seen.dim ??= performance.now();
        const banner = document.querySelector('[data-testid=banner]');
        if (!banner) return;
        window.seen.banner ??= performance.now();
        const said = banner.innerText.match(/\\d+/)?.[0];
        if (said && window.seen.seconds.at(-1) !== +said) window.seen.seconds.push(+said);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true,
        characterData: true, attributes: true });";

/// How many milliseconds passed between the two; nothing before both were there.
const BETWEEN: &str = "return (window.seen.banner - window.seen.dim) || null";
const COUNTS_DOWN: &str = "
    const seconds = window.seen.seconds;
    return seconds.some((said, at) => seconds[at + 1] === said - 1);";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_banner_comes_only_after_two_seconds_counts_down_and_tries_at_once_when_asked() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.is_lit().await;
    ada.look::<()>(WATCH).await;

    ada.wire.cut();
    let between =
        eventually("the banner is there", async || ada.look::<Option<f64>>(BETWEEN).await)
            .await
            .unwrap();
    // A clock that ticks each second may show the two seconds a little early, never the banner.
    assert!(between >= 1_900.0, "after {between} ms");
    ada.until("it counts down", COUNTS_DOWN).await;

    ada.wire.mend();
    ada.is_lit().await;
    ada.until("it is gone", "return !document.querySelector('[data-testid=banner]')").await;
    ada.says("back").await;
    ada.sees("back").await;
    ada.leaves().await;
}
