//! The first hour of use, by keyboard alone.

use parlor_tests::{EngineKind, Visitor, Wire};
use thirtyfour::Key;

use crate::House;

/// Where the focus is, and whether a ring of 2 px in the accent shows that: on the element itself, or
/// on what stands for it (the paper round a field, the label round a choice).
const FOCUS: &str = "
    const active = document.activeElement;
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--accent)';
    const accent = getComputedStyle(probe).color;
    probe.remove();
    const ringed = element => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
        return outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && outlineColor === accent;
    };
    const near = [active, active.nextElementSibling, active.parentElement,
        active.parentElement?.parentElement];
    const what = active.dataset.testid ?? active.name ?? active.tagName;
    return [what, near.some(element => element && ringed(element)), active.outerHTML.slice(0, 200)];";

/// Somebody who has no mouse.
struct Typist(Visitor);

impl Typist {
    /// What has the focus; it must show.
    async fn focus(&self) -> String {
        let (what, ringed, html): (String, bool, String) = self.0.look(FOCUS).await;
        assert!(ringed || what == "BODY", "no ring shows that the focus is at {what}: {html}");
        what
    }

    /// Goes on by Tab until the focus is there.
    async fn tabs_to(&self, id: &str) {
        let mut passed = Vec::new();
        while passed.last().is_none_or(|last| last != id) {
            assert!(passed.len() < 60, "no way to {id} by Tab: {passed:?}");
            self.0.presses(Key::Tab).await;
            passed.push(self.focus().await);
        }
    }

    /// Waits until the focus is there by itself.
    async fn is_at(&self, id: &str) {
        let there = format!("return document.activeElement.dataset.testid === {id:?}");
        self.0.until(&format!("the focus is at {id}"), &there).await;
        self.focus().await;
    }

    /// Goes to a room by the switcher.
    async fn switches(&self, query: &str) {
        self.0.presses_with(Key::Control, 'k').await;
        self.is_at("switcher-field").await;
        self.0.types(query).await;
        self.0.finds("offer").await;
        self.0.presses(Key::Enter).await;
    }

    async fn is_in(&self, room: &str) {
        let title = "document.querySelector('[data-testid=room-title]')?.textContent";
        self.0.until("the room is open", &format!("return {title} === {room:?}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_hour_of_use_needs_no_mouse_and_always_shows_where_the_focus_is() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = Typist(Visitor::arrives(Wire::to(house.node.url()).await.unwrap()).await);
    ada.0.prefers(&[("prefers-reduced-motion", "reduce")]).await;
    ada.is_at("name").await;
    ada.0.types("Ada").await;
    ada.0.presses(Key::Enter).await;
    ada.0.is_lit().await;
    ada.0.types("hello, world").await;
    ada.is_at("composer").await;
    ada.0.presses(Key::Enter).await;
    ada.0.sees("hello, world").await;

    makes_a_room(&ada).await;
    ada.switches("Lob").await;
    ada.is_in("Lobby").await;
    changes_and_takes_back(&ada).await;

    ada.tabs_to("people-button").await;
    ada.0.presses(Key::Enter).await;
    ada.0.finds("person").await;
    ada.0.presses(Key::Enter).await;
    ada.tabs_to("settings-button").await;
    ada.0.presses(Key::Enter).await;
    ada.0.finds("settings").await;
    ada.tabs_to("language").await;
    ada.0.presses(Key::Down).await;
    ada.0.until("it is Chinese", "return document.documentElement.lang === 'zh-Hans'").await;
    ada.focus().await;
    ada.tabs_to("sign-out").await;
    ada.0.presses(Key::Enter).await;
    ada.0.finds("name").await;
    ada.0.leaves().await;
}

async fn makes_a_room(ada: &Typist) {
    ada.tabs_to("find-or-make").await;
    ada.0.presses(Key::Enter).await;
    ada.is_at("room-name").await;
    ada.0.types("Garden").await;
    ada.tabs_to("make-room").await;
    ada.0.presses(Key::Enter).await;
    ada.is_in("Garden").await;
}

/// Edits the last message from the empty field; takes it back from its menu, and thinks again.
async fn changes_and_takes_back(ada: &Typist) {
    ada.tabs_to("composer").await;
    ada.0.presses(Key::Up).await;
    ada.is_at("edit-field").await;
    ada.0.presses(Key::End).await;
    ada.0.types("!").await;
    ada.0.presses(Key::Enter).await;
    ada.0.finds("edited").await;

    ada.tabs_to("row").await;
    ada.0.presses_with(Key::Shift, Key::F10.value()).await;
    ada.0.finds("menu-delete").await;
    while ada.focus().await != "menu-delete" {
        ada.0.presses(Key::Down).await;
    }
    ada.0.presses(Key::Enter).await;
    ada.0.finds("undo").await;
    if ada.focus().await != "undo" {
        ada.tabs_to("undo").await;
    }
    ada.0.presses(Key::Enter).await;
    ada.0.finds("text").await;
}
