//! Somebody changes their name, and everybody sees it.

use parlor_tests::{EngineKind, Visitor};

use crate::{House, on_both_engines};

/// Opens the settings and asks for another name.
async fn asks_for(visitor: &Visitor, name: &str) {
    if !visitor.look::<bool>("return !!document.querySelector('#settings:popover-open')").await {
        visitor.clicks("settings-button").await;
    }
    let field = visitor.finds("own-name-field").await;
    field.clear().await.unwrap();
    field.send_keys(name).await.unwrap();
    visitor.clicks("rename").await;
}

async fn is_named(visitor: &Visitor, name: &str) {
    let script = format!(
        "return document.querySelector('[data-testid=own-name]')?.textContent === '{name}'"
    );
    visitor.until(&format!("the sidebar says {name}"), &script).await;
}

async fn a_new_name_is_seen_by_others_without_loading_anew(kind: EngineKind) {
    let house = House::open(kind).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    let bob = Visitor::enters(house.node.url(), "Bob").await;
    ada.says("before").await;
    bob.sees("before").await;
    if !bob.has("person").await {
        bob.clicks("people-button").await;
    }
    bob.finds("person").await;

    asks_for(&ada, "Ada Lovelace").await;
    is_named(&ada, "Ada Lovelace").await;
    let listed = "return [...document.querySelectorAll('[data-testid=person]')]
        .some(person => person.innerText.includes('Ada Lovelace'))";
    bob.until("the people panel has the new name", listed).await;

    ada.clicks("settings-button").await;
    ada.says("after").await;
    bob.sees("after").await;
    let authors: Vec<String> = bob
        .look(
            "return [...document.querySelectorAll('[data-testid=author]')].map(it => it.innerText)",
        )
        .await;
    assert_eq!(authors, ["Ada", "Ada Lovelace"]);
    ada.leaves().await;
    bob.leaves().await;
}

async fn a_taken_name_is_refused_in_place_with_a_free_one_to_take(kind: EngineKind) {
    let house = House::open(kind).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    let bob = Visitor::enters(house.node.url(), "Bob").await;

    asks_for(&bob, "ADA").await;
    bob.finds("refusal").await;
    is_named(&bob, "Bob").await;
    bob.clicks("suggestion").await;
    is_named(&bob, "ADA 2").await;
    ada.leaves().await;
    bob.leaves().await;
}

on_both_engines!(
    a_new_name_is_seen_by_others_without_loading_anew,
    a_taken_name_is_refused_in_place_with_a_free_one_to_take
);
