//! The banner of a connection that is away: late enough not to flash, with its countdown, and a way to try at once.

use parlor_tests::{EngineKind, Sockets, Visitor, Wire, eventually};

use crate::House;

/// Notes on the page's own clock when the lamp first dims and is lit again, when the banner first shows
/// and how often it comes, and every number of seconds that the banner says, in their order.
const WATCH: &str = "
    window.seen = { seconds: [], comings: 0 };
    let there = false;
    const look = () => {
        const lamp = document.querySelector('[data-testid=lamp]');
        const lit = lamp?.dataset.link === 'lit';
        if (lamp && !lit) window.seen.dim ??= performance.now();
        if (lit && window.seen.dim) window.seen.lit ??= performance.now();
        const banner = document.querySelector('[data-testid=banner]');
        if (banner && !there) window.seen.comings += 1;
        there = !!banner;
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

/// The seconds that it says it will wait, where they are enough to tell who tried.
const WAITS_LONG: &str = "const said = window.seen.seconds.at(-1); return said > 4 ? said : null";
const TRIES_NOW: &str = "
    window.seen.lit = null;
    window.asked = performance.now();
    document.querySelector('[data-testid=try-now]').click();";

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

    let waits: f64 =
        eventually("there is time", async || ada.look(WAITS_LONG).await).await.unwrap();
    ada.wire.mend();
    ada.runs(TRIES_NOW).await;
    ada.is_lit().await;
    let took: f64 = ada.look("return window.seen.lit - window.asked").await;
    assert!(took < (waits - 1.0) * 1_000.0, "{took} ms, it would have waited {waits} s");
    ada.until("it is gone", "return !document.querySelector('[data-testid=banner]')").await;
    ada.says("back").await;
    ada.sees("back").await;
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_banner_stays_while_attempts_come_and_go_by_whatever_way() {
    let house = House::open(EngineKind::Embedded).await;
    for (name, sockets) in [("Ada", Sockets::Pass), ("Bob", Sockets::Refused)] {
        let wire = Wire::to(house.node.url()).await.unwrap();
        wire.treats_sockets(sockets);
        let visitor = Visitor::arrives(wire).await;
        visitor.gives(name).await;
        visitor.is_lit().await;
        visitor.look::<()>(WATCH).await;
        visitor.wire.cut();
        visitor.until("it counted down often", "return window.seen.seconds.length > 8").await;
        assert_eq!(visitor.look::<u32>("return window.seen.comings").await, 1, "{sockets:?}");
        visitor.wire.mend();
        visitor.leaves().await;
    }
}
