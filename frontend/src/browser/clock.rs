//! The browser's two clocks, and where this place is in the day.

use js_sys::Date;
use parlor_model::Now;
use parlor_shared::Millis;
use wasm_bindgen::JsValue;

use super::{listener::Listener, timer::Beat};
use crate::live::{Live, Reading, keep};

/// Milliseconds since the page began; never goes back.
#[must_use]
pub fn mono() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or_else(Date::now, |it| it.now())
}

/// Milliseconds since 1970, by this machine's clock; may jump.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Date.now() is a whole number from 0 to 2^53"
)]
pub fn wall() -> Millis {
    Date::now() as Millis
}

/// Minutes to add to UTC for local time at a moment, summer time considered.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "offsets are minutes of a day"
)]
pub fn offset_minutes(at: Millis) -> i32 {
    -(Date::new(&JsValue::from_f64(at as f64)).get_timezone_offset() as i32)
}

/// Both clocks, as the model wants them.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "mono() is not negative and far below 2^53"
)]
pub fn now() -> Now {
    Now { mono_ms: mono() as u64, wall_ms: wall() }
}

/// How often the day is looked at, in milliseconds: so late, at most, it ends.
const DAY_LOOK_MS: u32 = 10_000;

/// Which day it is where the reader is, counted on, for as long as the caller's owner lives. A machine
/// that slept finds out when its page gets the keyboard back.
#[must_use]
pub fn today() -> Reading<i64> {
    let today = Live::new(local_day());
    let look = move || {
        today.put(local_day());
    };
    keep(Beat::every(DAY_LOOK_MS, look));
    keep(Listener::on(&leptos::prelude::window(), "focus", move |_| look()));
    today.reading()
}

fn local_day() -> i64 {
    let now = wall();
    let local = now.saturating_add_signed(i64::from(offset_minutes(now)) * 60_000);
    i64::try_from(local / 86_400_000).unwrap_or_default()
}

/// [`mono`] in whole milliseconds, told anew each second for as long as the caller's owner lives;
/// for countdowns.
#[must_use]
pub fn ticking() -> Reading<u64> {
    let tick = Live::new(now().mono_ms);
    keep(Beat::every(1_000, move || tick.set(now().mono_ms)));
    tick.reading()
}
