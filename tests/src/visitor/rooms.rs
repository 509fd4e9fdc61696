//! Going from room to room, and making one.

use thirtyfour::Key;

use super::Visitor;
use crate::eventually;

impl Visitor {
    /// Opens a room by its line in the sidebar.
    pub async fn turns_to(&self, name: &str) {
        eventually(&format!("{name} is open"), async || {
            for line in self.all("room").await.ok()? {
                if line.text().await.ok()?.contains(name) {
                    line.click().await.ok()?;
                    break;
                }
            }
            (self.title().await? == name).then_some(())
        })
        .await
        .unwrap();
    }

    /// Makes a room, and is in it.
    pub async fn makes_room(&self, name: &str) {
        self.clicks("find-or-make").await;
        self.finds("room-name").await.send_keys(name).await.unwrap();
        self.finds("make-room").await;
        self.finds("room-name").await.send_keys(Key::Enter + "").await.unwrap();
        eventually(&format!("{name} is open"), async || {
            (self.title().await? == name).then_some(())
        })
        .await
        .unwrap();
    }

    /// The name of the open room.
    async fn title(&self) -> Option<String> {
        self.all("room-title").await.ok()?.pop()?.text().await.ok()
    }
}
