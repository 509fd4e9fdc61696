//! Networks that let no WebSocket through: the page goes on by polls, says so, and comes back.

use std::time::Duration;

use parlor_tests::{EngineKind, Sockets, Visitor, Wire, eventually};

use crate::{House, on_both_engines};

/// Notes whether a banner ever shows.
const WATCH_FOR_BANNERS: &str = "
    new MutationObserver(() => {
        if (document.querySelector('[data-testid=banner]')) window.banners = true;
    }).observe(document, { subtree: true, childList: true });";

/// How many polls the page has had answered, once the next one has waited for 5 s: more than twice as
/// long as from one short poll to the next.
const POLLS: &str = "
    const polls = performance.getEntriesByType('resource')
        .filter(it => it.name.endsWith('/api/v1/poll'));
    return polls.length && performance.now() - polls.at(-1).responseEnd > 5000
        ? polls.length : null;";

/// Opens the page in a network that treats WebSockets so.
async fn arrives(house: &House, sockets: Sockets) -> Visitor {
    let wire = Wire::to(house.node.url()).await.unwrap();
    wire.treats_sockets(sockets);
    Visitor::arrives(wire).await
}

/// Comes in where WebSockets are treated so.
async fn enters(house: &House, name: &str, sockets: Sockets) -> Visitor {
    let visitor = arrives(house, sockets).await;
    visitor.gives(name).await;
    visitor.finds("composer").await;
    visitor
}

/// Waits until the lamp is lit by this way.
async fn is_lit_by(visitor: &Visitor, way: &str) {
    let lit = format!(
        "const lamp = document.querySelector('[data-testid=lamp]');
         return lamp.dataset.link === 'lit' && lamp.title.endsWith('· {way}')"
    );
    visitor.until(&format!("the lamp is lit by {way}"), &lit).await;
}

/// Both say something, and both see it once.
async fn they_talk(ada: &Visitor, bob: &Visitor, topic: &str) {
    let (question, answer) = (format!("{topic}?"), format!("{topic}!"));
    ada.says(&question).await;
    bob.sees(&question).await;
    bob.says(&answer).await;
    ada.sees(&answer).await;
    ada.sees(&question).await;
}

async fn blocked(kind: EngineKind, sockets: Sockets) {
    let house = House::open(kind).await;
    let bob = Visitor::enters(house.node.url(), "Bob").await;
    let ada = arrives(&house, sockets).await;
    ada.look::<()>(WATCH_FOR_BANNERS).await;
    ada.gives("Ada").await;
    is_lit_by(&ada, "Long polling").await;
    they_talk(&ada, &bob, "by polls").await;
    assert!(!ada.look::<bool>("return !!window.banners").await, "nobody had to wait for it");

    // What worked is where the next load begins.
    ada.reloads().await;
    is_lit_by(&ada, "Long polling").await;
    ada.sees("by polls!").await;
    they_talk(&bob, &ada, "after a reload").await;
    ada.leaves().await;
    bob.leaves().await;
}

async fn a_network_that_refuses_the_upgrade_is_gone_around(kind: EngineKind) {
    blocked(kind, Sockets::Refused).await;
}

async fn a_network_that_eats_every_frame_is_gone_around(kind: EngineKind) {
    blocked(kind, Sockets::Eaten).await;
}

async fn a_network_that_never_answers_the_upgrade_is_gone_around(kind: EngineKind) {
    blocked(kind, Sockets::Silent).await;
}

async fn the_page_goes_back_to_a_socket_and_what_was_being_said_stands_once(kind: EngineKind) {
    let house = House::open(kind).await;
    let bob = Visitor::enters(house.node.url(), "Bob").await;
    let ada = enters(&house, "Ada", Sockets::Refused).await;
    is_lit_by(&ada, "Long polling").await;
    they_talk(&ada, &bob, "by polls").await;

    ada.wire.treats_sockets(Sockets::Pass);
    // The page is told of another network, and need not wait for the next trial.
    ada.look::<()>("dispatchEvent(new Event('online'))").await;
    for number in 0..5 {
        ada.says(&format!("on the way {number}")).await;
    }
    is_lit_by(&ada, "WebSocket").await;
    for number in 0..5 {
        bob.sees(&format!("on the way {number}")).await;
        ada.sees(&format!("on the way {number}")).await;
    }
    they_talk(&bob, &ada, "by a socket").await;
    ada.leaves().await;
    bob.leaves().await;
}

on_both_engines!(
    a_network_that_refuses_the_upgrade_is_gone_around,
    a_network_that_eats_every_frame_is_gone_around,
    a_network_that_never_answers_the_upgrade_is_gone_around,
    the_page_goes_back_to_a_socket_and_what_was_being_said_stands_once,
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_that_dies_silently_in_mid_talk_is_replaced_by_polls() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Visitor::enters(house.node.url(), "Bob").await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    they_talk(&ada, &bob, "by a socket").await;

    ada.wire.treats_sockets(Sockets::Eaten);
    ada.says("into the void").await;
    // Coming back to the page has it ask whether anybody is there.
    ada.looks_away().await;
    ada.looks_again().await;
    is_lit_by(&ada, "Long polling").await;
    ada.sees("into the void").await;
    bob.sees("into the void").await;
    they_talk(&bob, &ada, "by polls").await;
    ada.leaves().await;
    bob.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_waiting_answers_are_cut_the_page_asks_again_and_again() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Visitor::enters(house.node.url(), "Bob").await;
    let wire = Wire::to(house.node.url()).await.unwrap();
    wire.treats_sockets(Sockets::Refused);
    wire.cuts_answers_after(Duration::from_secs(1));
    let ada = Visitor::arrives(wire).await;
    ada.gives("Ada").await;
    is_lit_by(&ada, "Short polling").await;
    they_talk(&ada, &bob, "by short polls").await;
    ada.leaves().await;
    bob.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_that_the_network_swallows_is_given_again() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Visitor::enters(house.node.url(), "Bob").await;
    let ada = enters(&house, "Ada", Sockets::Refused).await;
    is_lit_by(&ada, "Long polling").await;
    they_talk(&ada, &bob, "by polls").await;
    ada.wire.swallows_a_command();
    ada.says("into the void").await;
    bob.sees("into the void").await;
    ada.sees("into the void").await;
    is_lit_by(&ada, "Long polling").await;
    ada.leaves().await;
    bob.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whose_session_ended_is_asked_to_sign_in_and_not_told_of_a_bad_network() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = enters(&house, "Ada", Sockets::Silent).await;
    is_lit_by(&ada, "Long polling").await;
    ada.runs("await fetch('/api/v1/session', { method: 'DELETE' })").await;
    ada.finds("name").await;
    assert!(!ada.has("banner").await);
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_by_long_polls_asks_no_oftener_than_it_must() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = enters(&house, "Ada", Sockets::Refused).await;
    is_lit_by(&ada, "Long polling").await;
    let polls = eventually("a poll waits", async || ada.look::<Option<u64>>(POLLS).await).await;
    let polls = polls.unwrap();
    assert!(polls < 20, "{polls} polls to come in");
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_way_that_was_chosen_is_taken_and_kept_and_so_is_leaving_it_to_the_page() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    is_lit_by(&ada, "WebSocket").await;
    for way in ["Long polling", "Short polling", "WebSocket"] {
        chooses(&ada, way).await;
        is_lit_by(&ada, way).await;
        ada.says(way).await;
        ada.sees(way).await;
        ada.reloads().await;
        is_lit_by(&ada, way).await;
        ada.sees(way).await;
    }
    chooses(&ada, "Short polling").await;
    is_lit_by(&ada, "Short polling").await;
    chooses(&ada, "Automatic").await;
    is_lit_by(&ada, "WebSocket").await;
    ada.leaves().await;
}

/// Chooses a way in the settings.
async fn chooses(visitor: &Visitor, way: &str) {
    visitor.clicks("settings-button").await;
    let choice = format!(
        "const label = [...document.querySelectorAll('#settings label')]
             .find(it => it.textContent === '{way}');
         label.click(); document.getElementById('settings').hidePopover();"
    );
    visitor.finds("settings").await;
    visitor.look::<()>(&choice).await;
}
