//! Where the focus goes when what has it goes away.

use leptos::prelude::document;
use web_sys::HtmlElement;

use super::{composer, element::FramePlace, page, task};

/// What had the focus when something took it.
#[derive(Clone, Debug)]
pub struct Origin(Option<HtmlElement>);

/// What has the focus now.
#[must_use]
pub fn now() -> Origin {
    Origin(page::focused())
}

impl Origin {
    /// Gives the focus back: to what had it, or, where that is gone, to the row it was in.
    pub fn give_back(&self, row: FramePlace) {
        let there = self.0.as_ref().filter(|origin| origin.is_connected());
        if let Some(origin) = there.cloned().or_else(|| row.now()) {
            let _ = origin.focus();
        }
    }
}

/// Does something that may take away what has the focus in a row; then the row itself has it.
pub fn keep_in(row: FramePlace, act: impl FnOnce()) {
    let row = row.now().filter(holds);
    act();
    if let Some(row) = row {
        let _ = row.focus();
    }
}

/// Does something that takes the row away: the focus goes to the composer.
pub fn hand_on(row: FramePlace, act: impl FnOnce()) {
    let held = row.now().is_some_and(|row| holds(&row));
    act();
    if held {
        task::begin(async {
            task::turn().await;
            composer::focus();
        });
    }
}

fn holds(row: &HtmlElement) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| row.contains(Some(&active)))
}
