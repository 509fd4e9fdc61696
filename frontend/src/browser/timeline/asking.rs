//! Asking for a message's menu: by the menu key, by Shift+F10, or by a finger that rests on it. A mouse
//! gets the browser's own.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, MouseEvent, PointerEvent};

use crate::{
    browser::{element::Element, timer::Alarm},
    live::Live,
    store::RowKey,
};

/// How long a finger rests, in milliseconds.
const REST_MS: f64 = 450.0;
/// How far, in pixels, a finger that rests may stray.
const STRAY_PX: i32 = 10;
/// The button of a mouse that opens a menu.
const SECOND: i16 = 2;

/// Calls `call` with the message in the list whose menu is asked for.
pub fn on_ask(list: Element, call: impl Fn(RowKey) + 'static) -> Element {
    let call: Rc<dyn Fn(RowKey)> = Rc::new(call);
    let (alarm, start, asked) = (Alarm::default(), Live::new((0, 0)), Live::new(false));
    let (pressed, held, rested) = (Rc::clone(&call), Rc::clone(&call), alarm.clone());
    let list = list
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            let asks = key.key() == "ContextMenu" || (key.key() == "F10" && key.shift_key());
            answer(&event, asks, pressed.as_ref());
        })
        .on("contextmenu", move |event| {
            let mouse: &MouseEvent = event.unchecked_ref();
            let pointer: &PointerEvent = event.unchecked_ref();
            let asks = mouse.button() != SECOND || pointer.pointer_type() == "touch";
            answer(&event, asks, held.as_ref());
        })
        .on("pointerdown", move |event| {
            let pointer: &PointerEvent = event.unchecked_ref();
            let row = row_of(&event).filter(|_| pointer.pointer_type() == "touch");
            start.set((pointer.client_x(), pointer.client_y()));
            asked.set(false);
            if let Some(row) = row {
                let call = Rc::clone(&call);
                rested.set(REST_MS, move || {
                    asked.set(true);
                    call(row);
                });
            }
        })
        // The finger that asked is no click on what lies under it now.
        .on("touchend", move |event| {
            if asked.get_untracked() {
                event.prevent_default();
            }
        });
    let strays = alarm.clone();
    let list = list.on("pointermove", move |event| {
        let pointer: &PointerEvent = event.unchecked_ref();
        let (x, y) = start.get_untracked();
        if (pointer.client_x() - x).abs() + (pointer.client_y() - y).abs() > STRAY_PX {
            strays.clear();
        }
    });
    ["pointerup", "pointercancel"].into_iter().fold(list, |list, name| {
        let alarm = alarm.clone();
        list.on(name, move |_| alarm.clear())
    })
}

fn answer(event: &Event, asks: bool, call: &dyn Fn(RowKey)) {
    if let Some(row) = row_of(event).filter(|_| asks) {
        event.prevent_default();
        call(row);
    }
}

/// The message the event happened in; none for a link or a field, which have menus of their own.
fn row_of(event: &Event) -> Option<RowKey> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    if target.closest("a, textarea, button").ok()?.is_some() {
        return None;
    }
    let row = target.closest("li[data-row][tabindex]").ok()??;
    Some(RowKey(row.get_attribute("data-row")?.parse().ok()?))
}
