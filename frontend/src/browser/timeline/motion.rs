//! Holding the view where it is held: when the person moves it, when rows change, when sizes do.

use web_sys::Element;

use super::{
    Hold, Scroll, View,
    anchor::{self, Anchor},
    keys,
};
use crate::{browser::task, store::Stage};

/// So near to the end, in pixels, the view counts as being there.
const END_PX: f64 = 24.0;
/// So near to an edge, in pixels, what lies beyond it is fetched.
const NEAR_PX: f64 = 900.0;
/// For so long, in milliseconds, older messages that come move the place to land at.
const LANDING_MS: f64 = 1_000.0;

impl Scroll {
    /// The person moved the view, or this is the echo of [`place`](Self::place).
    pub(super) fn scrolled(self) {
        let Some((scroller, list)) = self.elements() else { return };
        let echo = self.with(|view| (view.set - f64::from(scroller.scroll_top())).abs() < 1.5);
        if echo != Some(true) {
            self.hold(self.hold_here(&scroller, &list));
        }
        self.tell(&scroller);
        self.fetch(&scroller, &list);
    }

    /// Before rows change, the anchor is taken anew; after they have, the view is put back.
    pub(super) fn published(self, stage: Stage) {
        let Some((scroller, list)) = self.elements() else { return };
        match stage {
            Stage::Before => {
                let free = |view: &mut View| matches!(view.hold, Hold::Row(_)) && !view.shifted;
                let held = self.with(free) == Some(true);
                let anchor = if held { Anchor::in_view(&scroller, &list) } else { None };
                if let Some(anchor) = anchor {
                    self.hold(Hold::Row(anchor));
                }
            }
            Stage::Said => self.to_end(),
            Stage::After => {
                self.with(|view| view.shifted = true);
                task::begin(async move {
                    task::turn().await;
                    self.settle();
                });
            }
        }
    }

    /// Puts the view where it is held.
    pub(super) fn settle(self) {
        let Some((scroller, list)) = self.elements() else { return };
        self.with(|view| view.shifted = false);
        self.follow_room();
        match self.with(|view| view.hold.clone()) {
            Some(Hold::Landing) => self.land(&scroller, &list),
            Some(Hold::End) => self.place(&scroller, f64::from(scroller.scroll_height())),
            Some(Hold::Row(anchor)) => {
                if let Some(by) = anchor.moved(&scroller, &list).filter(|by| by.abs() >= 0.5) {
                    self.place(&scroller, f64::from(scroller.scroll_top()) + by);
                }
                if self.ends(&scroller) {
                    self.hold(Hold::End);
                }
            }
            None => return,
        }
        keys::one_stop(&list);
        self.tell(&scroller);
        self.fetch(&scroller, &list);
    }

    /// Another room was opened: land in it.
    fn follow_room(self) {
        let now = self.store.current().try_get_untracked().flatten();
        self.with(|view| {
            if view.room != now {
                (view.room, view.hold, view.landing) = (now, Hold::Landing, None);
            }
        });
    }

    /// Goes to the *new* line, a third down the view, or to the end. While landing it does so again
    /// and again: the line comes once the messages around it are loaded.
    fn land(self, scroller: &Element, list: &Element) {
        if self.store.show_new() {
            return;
        }
        let third = f64::from(scroller.client_height()) / 3.0;
        let line = list.query_selector("[data-new]").ok().flatten();
        let by = line.and_then(|line| Anchor::of(&line, third)?.moved(scroller, list));
        let top = by.map_or(f64::from(scroller.scroll_height()), |by| {
            f64::from(scroller.scroll_top()) + by
        });
        self.place(scroller, top);
        let there = list.query_selector("[data-number]").is_ok_and(|message| message.is_some());
        if there && !self.awaits() {
            self.with(|view| {
                let alarm = view.landing.get_or_insert_default();
                if !alarm.is_set() {
                    alarm.set(LANDING_MS, move || self.landed());
                }
            });
        }
    }

    /// Whether messages that were asked for are still to come.
    #[must_use]
    pub fn awaits(self) -> bool {
        let asked = |(_, list): (Element, Element)| list.query_selector(".gap:not([data-gap])");
        self.elements().is_some_and(|all| asked(all).is_ok_and(|gap| gap.is_some()))
    }

    /// Landing is over: from now on the view is held where it is.
    pub(super) fn landed(self) {
        let Some((scroller, list)) = self.elements() else { return };
        if self.with(|view| view.hold == Hold::Landing) == Some(true) {
            self.hold(self.hold_here(&scroller, &list));
        }
    }

    /// The hold that keeps what is in view.
    fn hold_here(self, scroller: &Element, list: &Element) -> Hold {
        match Anchor::in_view(scroller, list) {
            Some(anchor) if !self.ends(scroller) => Hold::Row(anchor),
            Some(_) | None => Hold::End,
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
    fn place(self, scroller: &Element, top: f64) {
        scroller.set_scroll_top(top.round() as i32);
        let set = f64::from(scroller.scroll_top());
        self.with(|view| view.set = set);
    }

    fn ends(self, scroller: &Element) -> bool {
        let below = scroller.scroll_height() - scroller.scroll_top() - scroller.client_height();
        f64::from(below) <= END_PX && !self.store.more_below()
    }

    /// Tells whether the end is in view, and holds the rows drawn where they are while it is not.
    fn tell(self, scroller: &Element) {
        let ends = self.ends(scroller);
        if self.at_end.try_get_untracked() == Some(!ends) {
            if !ends {
                self.store.hold_rows();
                self.left_at.set(self.store.last_number().get_untracked());
            }
            self.at_end.set(ends);
        }
    }

    /// Near an edge of what is drawn: draws, or loads, what lies beyond.
    fn fetch(self, scroller: &Element, list: &Element) {
        let top = f64::from(scroller.scroll_top());
        let below = f64::from(scroller.scroll_height() - scroller.client_height()) - top;
        if top < NEAR_PX && self.store.show_earlier() {
            return;
        }
        if below < NEAR_PX && self.store.show_later() {
            return;
        }
        if let Some(before) = anchor::gap_near(scroller, list, NEAR_PX) {
            self.store.load_older(before);
        }
    }
}
