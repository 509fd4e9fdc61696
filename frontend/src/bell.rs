//! Whether this browser tells of messages while nobody looks: only after a click that asks for it.

use leptos::prelude::expect_context;

use crate::{
    browser::{
        notify::{self, Permission},
        storage::Storage,
        task,
    },
    live::{Live, Reading},
};

/// Keeps that somebody wants to be told in this browser.
const NOTIFY: &str = "parlor.notify";

/// What the bell does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BellState {
    /// It cannot ring here: the page came over plain HTTP, or the browser has no notifications.
    Absent,
    /// The browser was told not to let this page notify.
    Blocked,
    /// Nobody asked for it.
    Off,
    /// It rings.
    On,
}

/// The bell, for components: `Bell::here()`.
#[derive(Clone, Copy, Debug)]
pub struct Bell {
    state: Live<BellState>,
    storage: Live<Storage>,
}

impl Bell {
    /// The bell of the page that the caller is a part of.
    #[must_use]
    pub fn here() -> Self {
        expect_context()
    }

    /// As it was left in this browser.
    #[must_use]
    pub fn open(storage: Storage) -> Self {
        let wanted = storage.get(NOTIFY).is_some();
        Self { state: Live::new(state(wanted)), storage: Live::new(storage) }
    }

    /// What it does.
    #[must_use]
    pub fn state(self) -> Reading<BellState> {
        self.state.reading()
    }

    /// Has it ring from now on. Call it in a click: the browser asks the person then.
    pub fn turn_on(self) {
        task::begin(async move {
            let allowed = notify::ask().await == Permission::Granted;
            self.keep(allowed.then_some("on"));
            self.state.set(state(allowed));
        });
    }

    /// Has it ring no more.
    pub fn turn_off(self) {
        self.keep(None);
        self.state.set(state(false));
    }

    fn keep(self, wanted: Option<&str>) {
        self.storage.try_with_untracked(|storage| match wanted {
            Some(wanted) => storage.set(NOTIFY, wanted),
            None => storage.remove(NOTIFY),
        });
    }
}

fn state(wanted: bool) -> BellState {
    match notify::permission() {
        Permission::Absent => BellState::Absent,
        Permission::Denied => BellState::Blocked,
        Permission::Granted if wanted => BellState::On,
        Permission::Granted | Permission::Default => BellState::Off,
    }
}
