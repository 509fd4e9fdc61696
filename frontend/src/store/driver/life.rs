//! What goes on around the page while somebody is signed in: waking, other tabs, "back".

use std::rc::Rc;

use parlor_model::{Input, Intent};

use super::Driver;
use crate::browser::{
    listener::Listener,
    location, tabs, task,
    timer::Beat,
    wakes::{self, Wake, Wakes},
};

/// How often dead tabs are looked for, in milliseconds.
const INHERIT_MS: u32 = 5_000;

/// Listens until it is dropped.
pub(super) struct Life {
    _wakes: Wakes,
    _hides: Vec<Listener>,
    _moved: Option<Listener>,
    _tabs: Option<Listener>,
    _heirs: Beat,
}

impl Life {
    pub(super) fn begin(driver: &Driver) -> Self {
        let on = |act: fn(&Driver)| {
            let parts = Rc::downgrade(&driver.0);
            let act: Rc<dyn Fn()> = Rc::new(move || {
                if let Some(parts) = parts.upgrade() {
                    act(&Driver(parts));
                }
            });
            move || act()
        };
        let inherit = on(Driver::inherit);
        inherit();
        let (parts, drafts) = (Rc::downgrade(&driver.0), Rc::downgrade(&driver.0));
        let hidden = on(Driver::keep_now);
        let (woke, online) = (on(Driver::woke), on(|driver| driver.feed(Input::Online)));
        Self {
            _wakes: wakes::watch(move |which| match which {
                Wake::Woke => woke(),
                Wake::Online => online(),
            }),
            _hides: wakes::hides(hidden),
            _moved: location::moved(move |room| {
                let Some(parts) = parts.upgrade() else { return };
                Driver(parts).show(room.as_ref());
            }),
            _tabs: tabs::changed(move |key, _| {
                let Some(parts) = drafts.upgrade() else { return };
                if parts.records.is_draft(key) {
                    Driver(parts).drafts_changed();
                }
            }),
            _heirs: Beat::every(INHERIT_MS, inherit),
        }
    }
}

impl Driver {
    fn woke(&self) {
        self.feed(Input::Woke);
        // Coming back to a hidden page draws the *new* line anew.
        if let Some(room) = self.ask(|client| client.chat().open().cloned()).flatten() {
            self.intend(Intent::Open(room));
        }
    }

    /// Looks for what dead tabs left unsent.
    fn inherit(&self) {
        let driver = self.clone();
        task::begin(async move {
            let heir = driver.clone();
            let adopt = move |records: Vec<_>| {
                if !records.is_empty() {
                    heir.intend(Intent::Adopt(records));
                }
            };
            driver.0.records.inherit(adopt).await;
        });
    }

    fn drafts_changed(&self) {
        self.draw_rooms();
        self.0.mirror.drafts_elsewhere.update(|times| *times = times.wrapping_add(1));
    }

    /// Shows the sidebar anew, since drafts are no part of the model.
    pub(in crate::store) fn draw_rooms(&self) {
        self.ask(|client| self.0.mirror.draw_rooms(client, &self.0.records));
    }
}
