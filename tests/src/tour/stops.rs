//! The later stops: odd rooms, changes, being away, trouble.

use parlor_shared::RoomId;

use super::{Crowd, KEEP, Tour};
use crate::Visitor;

/// One's own last message that can be changed: its tool of that test id is pressed. Tools show only
/// under a pointer, and a finger has none.
const PRESS_A_TOOL: &str = "
    const rows = [...document.querySelectorAll('[data-testid=row]')];
    rows.reverse().find(row => row.querySelector('[data-testid=WHICH]'))
        .querySelector('[data-testid=WHICH]').click();";

/// Marks the record of what is not sent yet as refused, as the page does after such an answer.
const THE_RECORD_IS_REFUSED: &str = "
    const key = Object.keys(localStorage).find(key => key.includes('.outbox.'));
    const record = JSON.parse(localStorage.getItem(key));
    record.trouble = { refused: { code: 1103, name: 'not_allowed', retry: 'final' } };
    localStorage.setItem(key, JSON.stringify(record));";

/// What the service worker says once a newer build of the page waits; `update` in the browser's tests has
/// a real one.
const A_NEWER_BUILD_IS_THERE: &str = "
    navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: 'update' }));";

/// The torn edge, in the middle of the view.
const TO_THE_TORN_EDGE: &str =
    "document.querySelector('[data-testid=not-kept]').scrollIntoView({ block: 'center' })";

impl Visitor {
    /// Opens a room that is in the sidebar.
    pub async fn opens(&self, room: &RoomId) {
        self.shows(&format!("[data-testid=room][href='/r/{room}']")).await.click().await.unwrap();
        let open = "return document.querySelector('[data-testid=timeline]')?.dataset.room";
        self.until("the room is open", &format!("{open} === '{room}'")).await;
    }

    async fn presses_a_tool(&self, which: &str) {
        self.look::<()>(&PRESS_A_TOOL.replace("WHICH", which)).await;
    }
}

impl<L: AsyncFnMut(&Visitor, &str)> Tour<'_, L> {
    /// Long words, long names, the other direction; and the menu of a room.
    pub(super) async fn reads_odd_rooms(&mut self) {
        for (room, screen) in
            self.story.rooms.iter().zip(["long-words", "long-names", "right-to-left"])
        {
            self.visitor.opens(&self.crowd.room(room.name)).await;
            self.visitor.sees(room.talk[room.talk.len() - 1].1).await;
            self.stops_at(screen).await;
        }
        self.visitor.clicks("room-menu-button").await;
        self.visitor.finds("leave").await;
        self.stops_at("room-menu").await;
        self.visitor.presses(thirtyfour::Key::Escape).await;
    }

    /// A change under way, and a message taken back that can still be undone.
    pub(super) async fn changes_what_it_said(&mut self) {
        let visitor = self.visitor;
        visitor.opens(&Crowd::lobby()).await;
        visitor
            .until("one's own is there", "return !!document.querySelector('[data-testid=edit]')")
            .await;
        visitor.presses_a_tool("edit").await;
        visitor.finds("edit-field").await;
        self.stops_at("editing").await;
        visitor.presses(thirtyfour::Key::Escape).await;
        visitor
            .until("the tools are back", "return !!document.querySelector('[data-testid=delete]')")
            .await;
        visitor.presses_a_tool("delete").await;
        visitor.finds("undo").await;
        self.stops_at("deleting").await;
        visitor.look::<()>("document.querySelector('[data-testid=undo]')?.click()").await;
    }

    /// No network; then one that does not reach the server; then what was not kept meanwhile.
    pub(super) async fn is_away(&mut self) {
        let (visitor, story) = (self.visitor, self.story);
        visitor.network(false).await;
        visitor.goes_offline().await;
        visitor.says(story.waiting[0]).await;
        visitor.sees_as(story.waiting[0], "pencil").await;
        self.stops_at("offline").await;
        visitor.network(true).await;
        visitor.finds("banner").await;
        self.stops_at("reconnecting").await;
        let last = self.crowd_goes_on().await;
        visitor.comes_back().await;
        visitor.sees(&last).await;
        visitor.finds("not-kept").await;
        visitor.look::<()>(TO_THE_TORN_EDGE).await;
        self.stops_at("torn-edge").await;
    }

    async fn crowd_goes_on(&self) -> String {
        let mut said = String::new();
        for n in 1..=KEEP + 12 {
            said = self.story.meanwhile.replace("{n}", &n.to_string());
            self.crowd.says(n as usize / 5 % 3, &Crowd::lobby(), &said).await;
        }
        said
    }

    /// A server that does not answer, a refusal, no room, and the page's end.
    pub(super) async fn meets_trouble(&mut self) {
        let (visitor, story) = (self.visitor, self.story);
        self.node.stands_still(true).unwrap();
        visitor.says(story.waiting[1]).await;
        visitor.sees_as(story.waiting[1], "pencil").await;
        visitor.shows(".pending").await;
        self.stops_at("slow-network").await;
        self.node.stands_still(false).unwrap();
        visitor.is_lit().await;
        visitor.sees(story.waiting[1]).await;
        visitor.goes_offline().await;
        visitor.says(story.refused).await;
        visitor.sees_as(story.refused, "pencil").await;
        visitor.look::<()>(THE_RECORD_IS_REFUSED).await;
        visitor.wire.mend();
        visitor.reloads().await;
        visitor.finds("retry").await;
        visitor.is_lit().await;
        visitor.finds("composer").await.send_keys(story.draft).await.unwrap();
        self.stops_at("refused-row").await;
        visitor.clicks("discard").await;
        visitor.look::<()>("document.querySelector('[data-testid=back]').click()").await;
        visitor
            .until("no room is open", "return !document.querySelector('[aria-current=page]')")
            .await;
        self.stops_at("rooms").await;
        // On a phone they are reached from here.
        visitor.clicks("settings-button").await;
        self.stops_at("settings").await;
        visitor.presses(thirtyfour::Key::Escape).await;
        visitor.look::<()>(A_NEWER_BUILD_IS_THERE).await;
        visitor.finds("load-update").await;
        self.stops_at("update-ready").await;
        visitor.look::<()>("document.querySelector('#broke').showModal()").await;
        self.stops_at("something-broke").await;
    }

    /// What stands beside the chat, before it is begun: what it measures is never the same twice.
    pub(super) async fn compares_transports(&mut self) {
        self.visitor.opens_address("/transports").await;
        self.visitor.finds("start").await;
        self.stops_at("transports").await;
    }
}
