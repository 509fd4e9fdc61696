//! The only file that moves the timeline. It holds on to the end, or to a row, and puts the view
//! back there in the same frame whenever something around it changed its height.

mod anchor;
mod asking;
mod copying;
mod keys;
mod motion;

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::{expect_context, on_cleanup, provide_context};
use parlor_shared::{Number, RoomId};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, KeyboardEvent, ResizeObserver};

use super::{element::FramePlace, listener::Listener, timer::Alarm};
use crate::{
    live::{Live, Reading, afterwards},
    store::{ChatStore, RowKey, Stage, Watch},
};
use anchor::Anchor;
pub use asking::on_ask;
pub use copying::{copy, write_heads};

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
    at_end: Live<bool>,
    /// The last message when the end was left.
    left_at: Live<Number>,
    store: ChatStore,
    view: Live<Rc<RefCell<View>>>,
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

/// Takes charge of the scrolling `div` and the list in it, for as long as the caller's owner lives;
/// what is made under that owner finds it by [`Scroll::here`].
///
/// Rows carry `data-row` (their key), messages also `data-number`, a gap that is not loading
/// `data-gap` and `data-upper` (what loads its ends), the *new* line `data-new`.
#[must_use]
pub fn attach(scroller: FramePlace, list: FramePlace) -> Scroll {
    let store = ChatStore::here();
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
        at_end: Live::new(true),
        left_at: Live::new(0),
        store,
        view: Live::new(view.clone()),
    };
    let watch = store.watch(move |stage| scroll.published(stage));
    view.borrow_mut()._watch = Some(watch);
    afterwards(move || {
        if let (Some(scroller), Some(list)) = (scroller.get(), list.get()) {
            scroll.connect(scroller.unchecked_into(), list.unchecked_into());
        }
    });
    provide_context(scroll);
    on_cleanup(move || {
        scroll.with(|view| {
            (view._heard, view._watch, view.landing) = (None, None, None);
            (view.scroller, view.list) = (None, None);
        });
    });
    scroll
}

impl Scroll {
    /// That of the conversation that the caller is a part of.
    #[must_use]
    pub fn here() -> Self {
        expect_context()
    }

    /// Whether the last message is in view and what comes is followed.
    #[must_use]
    pub fn at_end(self) -> Reading<bool> {
        self.at_end.reading()
    }

    /// Whether it is so now, without following it.
    #[must_use]
    pub fn is_at_end(self) -> bool {
        self.at_end.try_get_untracked() == Some(true)
    }

    /// How many messages came below while the end was not in view.
    #[must_use]
    pub fn newer(self) -> u64 {
        if self.at_end.get() {
            return 0;
        }
        self.store.last_number().get().saturating_sub(self.left_at.get())
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

    /// Keeps a row where it is, whatever its height will be; called before that changes.
    pub fn keep(self, row: RowKey) {
        let place = |(scroller, list)| Anchor::where_it_is(&scroller, &list, row);
        if let Some(anchor) = self.elements().and_then(place) {
            self.hold(Hold::Row(anchor));
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

    fn hold(self, hold: Hold) {
        self.with(|view| view.hold = hold);
    }

    fn elements(self) -> Option<(Element, Element)> {
        self.with(|view| Some((view.scroller.clone()?, view.list.clone()?))).flatten()
    }

    fn with<T>(self, act: impl FnOnce(&mut View) -> T) -> Option<T> {
        let view = self.view.try_get_untracked()?;
        let mut view = view.try_borrow_mut().ok()?;
        Some(act(&mut view))
    }
}
