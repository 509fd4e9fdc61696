//! A walk past every screen of the page, on one story that two languages tell.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's legs fail loudly too")]

mod chinese;
mod crowd;
mod english;
mod stops;
mod story;

use thirtyfour::Key;

use crate::{Device, NodeProcess, Visitor, Wire};
use crowd::Crowd;
pub use story::Story;

/// Who walks: somebody at a browser in one of the story's languages, and the others.
struct Tour<'a, L> {
    story: &'a Story,
    node: &'a NodeProcess,
    visitor: &'a Visitor,
    crowd: Crowd,
    look: L,
}

/// Messages a room keeps on the server of a tour: so few that an absence tears the paper.
pub const KEEP: u32 = 40;

/// Walks past every screen and hands each to `look` with its name. The server must be new and keep
/// [`KEEP`] messages.
pub async fn tour(story: &Story, node: &NodeProcess, look: impl AsyncFnMut(&Visitor, &str)) {
    let visitor = Visitor::arrives(Wire::to(node.url()).await.unwrap()).await;
    visitor.holds(Device::Desktop).await;
    visitor.reads(story.tag).await;
    visitor.reloads().await;
    let crowd = Crowd::gather(node.url(), story).await;
    let mut tour = Tour { story, node, visitor: &visitor, crowd, look };
    tour.comes_in().await;
    tour.listens().await;
    tour.looks_around().await;
    tour.reads_odd_rooms().await;
    tour.changes_what_it_said().await;
    tour.is_away().await;
    tour.meets_trouble().await;
    tour.compares_transports().await;
    drop(tour);
    visitor.leaves().await;
}

impl<L: AsyncFnMut(&Visitor, &str)> Tour<'_, L> {
    async fn stops_at(&mut self, screen: &str) {
        (self.look)(self.visitor, screen).await;
    }

    /// The way in, and a lobby where nobody has spoken.
    async fn comes_in(&mut self) {
        let (visitor, story) = (self.visitor, self.story);
        visitor.finds("name").await;
        self.stops_at("first-visit").await;
        visitor.gives(story.people[0]).await;
        visitor.finds("refusal").await;
        self.stops_at("refused-name").await;
        visitor.finds("name").await.clear().await.unwrap();
        visitor.gives(story.me).await;
        visitor.finds("composer").await;
        visitor.finds("start").await;
        visitor.is_lit().await;
        self.stops_at("empty-lobby").await;
    }

    /// The others talk, and oneself.
    async fn listens(&mut self) {
        let (visitor, story) = (self.visitor, self.story);
        let lobby = Crowd::lobby();
        for (who, text) in story.talk {
            match who {
                0 => {
                    visitor.says(text).await;
                    self.crowd.hears(&lobby, text).await;
                }
                who => self.crowd.says(who - 1, &lobby, text).await,
            }
        }
        visitor.sees(story.talk.last().unwrap().1).await;
    }

    /// The rooms, the people, the settings.
    async fn looks_around(&mut self) {
        let (visitor, story) = (self.visitor, self.story);
        visitor.clicks("find-or-make").await;
        visitor.finds("found").await;
        self.stops_at("finder").await;
        visitor.finds("room-name").await.send_keys(story.unknown_room).await.unwrap();
        visitor
            .until("nothing is found", "return !document.querySelector('[data-testid=found]')")
            .await;
        self.stops_at("nothing-found").await;
        visitor.presses(Key::Escape).await;
        for room in &story.rooms {
            self.joins(room.name).await;
        }
        self.crowd.fills_the_rooms(story).await;
        visitor.opens(&Crowd::lobby()).await;
        visitor
            .until("something is unread", "return !!document.querySelector('[data-testid=unread]')")
            .await;
        self.stops_at("long-history").await;
        visitor.clicks("people-button").await;
        visitor
            .until(
                "all are shown",
                "return document.querySelectorAll('[data-testid=person]').length >= 4",
            )
            .await;
        self.stops_at("people").await;
        visitor.clicks("people-button").await;
        self.works_by_keys().await;
    }

    /// What keys open.
    async fn works_by_keys(&mut self) {
        let visitor = self.visitor;
        visitor.presses_with(Key::Control, 'k').await;
        visitor.finds("offer").await;
        self.stops_at("switcher").await;
        visitor.presses(Key::Escape).await;
        visitor.until("it is closed", "return !document.querySelector('dialog[open]')").await;
        visitor.look::<()>("document.activeElement.blur()").await;
        visitor.types("?").await;
        visitor.finds("shortcuts").await;
        self.stops_at("shortcuts").await;
        visitor.presses(Key::Escape).await;
        visitor.until("it is closed", "return !document.querySelector('dialog[open]')").await;
        visitor.look::<()>("[...document.querySelectorAll('[data-own]')].pop().focus()").await;
        visitor.presses_with(Key::Shift, Key::F10.value()).await;
        visitor.finds("message-menu").await;
        self.stops_at("message-menu").await;
        visitor.presses(Key::Escape).await;
    }

    async fn joins(&mut self, name: &str) {
        let visitor = self.visitor;
        visitor.clicks("find-or-make").await;
        visitor.finds("room-name").await.send_keys(name).await.unwrap();
        let found = "const found = [...document.querySelectorAll('[data-testid=found]')];
            return found.length === 1 && found[0].querySelector('bdi').textContent";
        visitor.until("only it is found", &format!("{found} === {name:?}")).await;
        visitor.shows("[data-testid=found] button").await.click().await.unwrap();
        let title = "return document.querySelector('[data-testid=room-title]').textContent";
        visitor.until("it is open", &format!("{title} === {name:?}")).await;
    }
}
