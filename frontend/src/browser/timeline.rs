//! The only file that moves the timeline. It holds on to the end, or to a row, and puts the view
//! back there in the same frame whenever something around it changed its height.

mod anchor;
mod keys;

use std::{cell::RefCell, rc::Rc};

use leptos::{ev::KeyboardEvent, html, prelude::*};
use parlor_shared::{Number, RoomId};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, ResizeObserver};

use super::{listener::Listener, timer::Alarm};
use crate::store::{ChatStore, RowKey, Stage, Watch};
use anchor::Anchor;

/// So near to the end, in pixels, the view counts as being there.
const END_PX: f64 = 24.0;
/// So near to an edge, in pixels, what lies beyond it is fetched.
const NEAR_PX: f64 = 900.0;
/// For so long, in milliseconds, older messages that come move the place to land at.
const LANDING_MS: f64 = 1_000.0;

/// Where the view is held.
#[derive(Clone, Debug, PartialEq)]
enum Hold {
    /// The room was just opened: go to the *new* line, or to the end, once its rows are there.
    Landing,
    /// What comes is followed.
    End,
    /// This row stays where it is.
    Row(Anchor),
}

/// The timeline's position, for the component that draws it.
#[derive(Clone, Copy, Debug)]
pub struct Scroll {
    at_end: RwSignal<bool>,
    /// The last message when the end was left.
    left_at: RwSignal<Number>,
    store: ChatStore,
    view: StoredValue<Rc<RefCell<View>>, LocalStorage>,
}

#[derive(Debug)]
struct View {
    hold: Hold,
    room: Option<RoomId>,
    /// Rings when landing is over; none before the room's rows are there.
    landing: Option<Alarm>,
    scroller: Option<Element>,
    list: Option<Element>,
    /// The position this file set last: a scroll event that finds it there is its own echo.
    set: f64,
    /// Rows changed, and the view has not been put back yet: what it shows is no anchor.
    shifted: bool,
    _heard: Option<(Listener, Sizes)>,
    _watch: Option<Watch>,
}

/// Tells when the list or its frame changed its size.
#[derive(Debug)]
struct Sizes {
    observer: ResizeObserver,
    _call: Closure<dyn FnMut()>,
}

impl Drop for Sizes {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Takes charge of the scrolling `div` and the list in it, for as long as the caller's owner lives.
///
/// Rows carry `data-row` (their key), messages also `data-number`, a gap that is not loading
/// `data-gap` (its `before`), the *new* line `data-new`.
#[must_use]
pub fn attach(scroller: NodeRef<html::Div>, list: NodeRef<html::Ol>) -> Scroll {
    let store = expect_context::<ChatStore>();
    let view = Rc::new(RefCell::new(View {
        hold: Hold::Landing,
        room: None,
        landing: None,
        scroller: None,
        list: None,
        set: -1.0,
        shifted: false,
        _heard: None,
        _watch: None,
    }));
    let scroll = Scroll {
        at_end: RwSignal::new(true),
        left_at: RwSignal::new(0),
        store,
        view: StoredValue::new_local(view.clone()),
    };
    let watch = store.watch(move |stage| scroll.published(stage));
    view.borrow_mut()._watch = Some(watch);
    Effect::new(move |_| {
        if let (Some(scroller), Some(list)) = (scroller.get(), list.get()) {
            scroll.connect(scroller.unchecked_into(), list.unchecked_into());
        }
    });
    on_cleanup(move || {
        scroll.with(|view| {
            (view._heard, view._watch, view.landing) = (None, None, None);
            (view.scroller, view.list) = (None, None);
        });
    });
    scroll
}

impl Scroll {
    /// Whether the last message is in view and what comes is followed.
    #[must_use]
    pub fn at_end(self) -> Signal<bool> {
        self.at_end.into()
    }

    /// How many messages came below while the end was not in view.
    #[must_use]
    pub fn newer(self) -> Signal<u64> {
        let (last, left, at_end) = (self.store.last_number(), self.left_at, self.at_end);
        Signal::derive(move || if at_end.get() { 0 } else { last.get().saturating_sub(left.get()) })
    }

    /// Goes to the end and stays there.
    pub fn to_end(self) {
        self.store.show_end();
        self.hold(Hold::End);
        self.settle();
    }

    /// Brings a row into the middle of the view.
    pub fn to_row(self, row: RowKey) {
        let Some((scroller, list)) = self.elements() else { return };
        let half = f64::from(scroller.client_height()) / 2.0;
        if let Some(anchor) = Anchor::of_row(&list, row, half) {
            self.hold(Hold::Row(anchor));
            self.settle();
        }
    }

    /// Moves the focus between messages: arrows, Home, End. The list is one tab stop.
    pub fn arrows(self, event: &KeyboardEvent) {
        if let Some((_, list)) = self.elements() {
            keys::arrows(&list, event);
        }
    }

    fn connect(self, scroller: Element, list: Element) {
        let heard = Listener::on(&scroller, "scroll", move |_| self.scrolled());
        let call = Closure::<dyn FnMut()>::new(move || self.settle());
        if let Ok(observer) = ResizeObserver::new(call.as_ref().unchecked_ref()) {
            observer.observe(&scroller);
            observer.observe(&list);
            self.with(|view| view._heard = Some((heard, Sizes { observer, _call: call })));
        }
        self.with(|view| (view.scroller, view.list) = (Some(scroller), Some(list)));
        self.published(Stage::After);
    }

    /// The person moved the view, or this is the echo of [`place`](Self::place).
    fn scrolled(self) {
        let Some((scroller, list)) = self.elements() else { return };
        let echo = self.with(|view| (view.set - f64::from(scroller.scroll_top())).abs() < 1.5);
        if echo != Some(true) {
            self.hold(self.hold_here(&scroller, &list));
        }
        self.tell(&scroller);
        self.fetch(&scroller, &list);
    }

    /// Before rows change, the anchor is taken anew; after they have, the view is put back.
    fn published(self, stage: Stage) {
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
                spawn_local(async move {
                    leptos::task::tick().await;
                    self.settle();
                });
            }
        }
    }

    /// Puts the view where it is held.
    fn settle(self) {
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
    /// and again: the line moves up as older unread messages come.
    fn land(self, scroller: &Element, list: &Element) {
        let third = f64::from(scroller.client_height()) / 3.0;
        let line = list.query_selector("[data-new]").ok().flatten();
        let by = line.and_then(|line| Anchor::of(&line, third)?.moved(scroller, list));
        let top = by.map_or(f64::from(scroller.scroll_height()), |by| {
            f64::from(scroller.scroll_top()) + by
        });
        self.place(scroller, top);
        if list.query_selector("[data-number]").is_ok_and(|message| message.is_some()) {
            self.with(|view| {
                let alarm = view.landing.get_or_insert_default();
                if !alarm.is_set() {
                    alarm.set(LANDING_MS, move || self.landed());
                }
            });
        }
    }

    /// Landing is over: from now on the view is held where it is.
    fn landed(self) {
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
                let _ = self.left_at.try_set(self.store.last_number().get_untracked());
            }
            let _ = self.at_end.try_set(ends);
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

    fn hold(self, hold: Hold) {
        self.with(|view| view.hold = hold);
    }

    fn elements(self) -> Option<(Element, Element)> {
        self.with(|view| Some((view.scroller.clone()?, view.list.clone()?))).flatten()
    }

    fn with<T>(self, act: impl FnOnce(&mut View) -> T) -> Option<T> {
        let view = self.view.try_get_value()?;
        let mut view = view.try_borrow_mut().ok()?;
        Some(act(&mut view))
    }
}
