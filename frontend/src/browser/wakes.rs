//! When the page comes back to life: seen again, shown again, network again, clock jumped.

use super::{clock, listener::Listener, page, timer::Beat};

/// What woke the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// It is seen or shown again, or its clock jumped by more than 10 s: the machine slept.
    Woke,
    /// The browser says that there is a network again.
    Online,
}

/// How often the clock is looked at, in milliseconds.
const LOOK_MS: u32 = 5_000;
/// How much later than expected a look must come to be a jump, in milliseconds.
const JUMP_MS: f64 = 10_000.0;

/// Everything that listens; dropping it ends it.
#[derive(Debug)]
pub struct Wakes {
    _listeners: Vec<Listener>,
    _clock: Beat,
}

/// Calls `call` each time the page comes back to life.
pub fn watch(call: impl Fn(Wake) + Clone + 'static) -> Wakes {
    let mut listeners = Vec::new();
    if let Some(window) = web_sys::window() {
        let woke = call.clone();
        listeners.push(Listener::on(&window, "pageshow", move |_| woke(Wake::Woke)));
        let online = call.clone();
        listeners.push(Listener::on(&window, "online", move |_| online(Wake::Online)));
        if let Some(document) = window.document() {
            let seen = call.clone();
            listeners.push(Listener::on(&document, "visibilitychange", move |_| {
                if page::visible() {
                    seen(Wake::Woke);
                }
            }));
        }
    }
    Wakes { _listeners: listeners, _clock: jumps(call) }
}

/// Calls `call` each time the page is put out of sight, from where it may never come back.
pub fn hides(call: impl Fn() + Clone + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let goes = call.clone();
    let mut listeners = vec![Listener::on(&window, "pagehide", move |_| goes())];
    listeners.extend(window.document().map(|document| {
        Listener::on(&document, "visibilitychange", move |_| {
            if !page::visible() {
                call();
            }
        })
    }));
    listeners
}

fn jumps(call: impl Fn(Wake) + 'static) -> Beat {
    let mut last = clock::wall();
    Beat::every(LOOK_MS, move || {
        let now = clock::wall();
        let (passed, expected) = (now.abs_diff(last), f64::from(LOOK_MS) + JUMP_MS);
        last = now;
        #[expect(clippy::cast_precision_loss, reason = "a span of time in milliseconds")]
        // A hidden page's timers may come once a minute, which says nothing.
        if passed as f64 > expected && page::visible() {
            call(Wake::Woke);
        }
    })
}
