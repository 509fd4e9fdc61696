//! An address in one's own network, without HTTPS: no secure context, no service worker, no locks.

use parlor_tests::{Actor, EngineKind, Visitor, Wire};

use crate::House;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_plain_http_in_the_network_everything_unsent_survives_a_reload_and_a_killed_tab() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = Visitor::arrives(Wire::in_the_network(house.node.url()).await.unwrap()).await;
    assert!(!ada.look::<bool>("return isSecureContext || 'locks' in navigator").await);
    ada.gives("Ada").await;
    ada.says("from the sofa").await;
    bob.sees("from the sofa").await.unwrap();

    ada.goes_offline().await;
    ada.says("kept over a reload").await;
    ada.sees_as("kept over a reload", "pencil").await;
    ada.wire.mend();
    ada.reloads().await;
    ada.sees("kept over a reload").await;
    bob.sees("kept over a reload").await.unwrap();

    let first = ada.tab().await;
    let second = ada.opens_a_tab().await;
    ada.sees("kept over a reload").await;
    ada.goes_to(&first).await;
    ada.goes_offline().await;
    ada.says("held by the first tab").await;
    ada.sees_as("held by the first tab", "pencil").await;
    ada.tab_crashes(&second).await;
    ada.comes_back().await;
    ada.sees("held by the first tab").await;
    bob.sees("held by the first tab").await.unwrap();

    ada.says("last words").await;
    bob.sees("last words").await.unwrap();
    let said = ["from the sofa", "kept over a reload", "held by the first tab", "last words"];
    assert_eq!(bob.texts(), said);
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_room_gives_the_address_to_pass_on_also_over_plain_http() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = Visitor::arrives(Wire::in_the_network(house.node.url()).await.unwrap()).await;
    ada.gives("Ada").await;
    let address: String = ada.look("return location.origin").await;
    let says = format!(
        "return document.querySelector('[data-testid=start]').innerText.includes({address:?})"
    );
    ada.finds("copy-address").await;
    assert!(ada.look::<bool>(&says).await, "{address} stands there");
    ada.clicks("copy-address").await;
    ada.until("it says so", "return /Copied/.test(document.querySelector('.start').innerText)")
        .await;
    ada.finds("composer").await.click().await.unwrap();
    ada.edits("paste").await;
    let pasted =
        format!("return document.querySelector('[data-testid=composer]').value === {address:?}");
    ada.until("it can be pasted", &pasted).await;
    ada.leaves().await;
}
