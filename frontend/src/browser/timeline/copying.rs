//! Copying from several messages at once: who said what, and when, a line each.

use js_sys::{Function, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{Event, Node};

use crate::{
    browser::{element::FramePlace, listener::Listener, page},
    live::keep,
    store::RowKey,
};

// So little of it is used that web-sys' own would only weigh.
#[wasm_bindgen]
extern "C" {
    /// A stretch of the document.
    type Range;
    #[wasm_bindgen(constructor)]
    fn new() -> Range;
    #[wasm_bindgen(method, js_name = selectNodeContents)]
    fn select_contents(this: &Range, node: &Node);
    #[wasm_bindgen(method, js_name = compareBoundaryPoints)]
    fn compare(this: &Range, how: u16, other: &Range) -> i16;
    #[wasm_bindgen(method, getter, js_name = startContainer)]
    fn start_node(this: &Range) -> Node;
    #[wasm_bindgen(method, getter, js_name = startOffset)]
    fn start_at(this: &Range) -> u32;
    #[wasm_bindgen(method, getter, js_name = endContainer)]
    fn end_node(this: &Range) -> Node;
    #[wasm_bindgen(method, getter, js_name = endOffset)]
    fn end_at(this: &Range) -> u32;
    #[wasm_bindgen(method, js_name = setStart)]
    fn set_start(this: &Range, node: &Node, at: u32);
    #[wasm_bindgen(method, js_name = setEnd)]
    fn set_end(this: &Range, node: &Node, at: u32);
    #[wasm_bindgen(method, js_name = setEndBefore)]
    fn end_before(this: &Range, node: &Node);
    #[wasm_bindgen(method, js_name = toString)]
    fn text(this: &Range) -> String;

    /// What is selected.
    type Selected;
    #[wasm_bindgen(method, getter, js_name = rangeCount)]
    fn ranges(this: &Selected) -> u32;
    #[wasm_bindgen(method, js_name = getRangeAt)]
    fn range(this: &Selected, at: u32) -> Range;

    /// What goes to the clipboard.
    type Clip;
    #[wasm_bindgen(method, getter, js_name = clipboardData)]
    fn clip(this: &CopyEvent) -> Option<Clip>;
    #[wasm_bindgen(method, js_name = setData)]
    fn set_data(this: &Clip, kind: &str, text: &str);
    type CopyEvent;
}

/// Which ends are compared.
const STARTS: u16 = 0;
const ENDS: u16 = 2;

/// Writes what is copied from several messages of the list, as `head` says who and when. What is
/// copied from one stays as it is.
pub fn write_heads(list: FramePlace, head: impl Fn(RowKey) -> Option<String> + 'static) {
    keep(Listener::active(&document(), "copy", move |event| {
        let Some(list) = list.now().filter(|_| !page::in_field()) else { return };
        let parts = selected(&list);
        if parts.len() < 2 {
            return;
        }
        let line = |(row, part): (RowKey, String)| head(row).map(|head| head + " " + &part);
        let lines: Vec<String> = parts.into_iter().filter_map(line).collect();
        put(&event, &lines.join("\n"));
    }));
}

fn put(event: &Event, text: &str) {
    let event: &CopyEvent = event.unchecked_ref();
    if let Some(clip) = event.clip() {
        clip.set_data("text/plain", text);
        let event: &Event = event.unchecked_ref();
        event.prevent_default();
    }
}

/// The selected part of each message's text.
fn selected(list: &Node) -> Vec<(RowKey, String)> {
    let list: &web_sys::Element = list.unchecked_ref();
    let Some(selection) = window().get_selection().ok().flatten() else { return Vec::new() };
    let selection: Selected = selection.unchecked_into();
    if selection.ranges() == 0 {
        return Vec::new();
    }
    let range = selection.range(0);
    let Ok(texts) = list.query_selector_all("li[data-row] .text") else { return Vec::new() };
    let part = |at| {
        let text: web_sys::Element = texts.item(at)?.unchecked_into();
        let row = text.closest("[data-row]").ok()??.get_attribute("data-row")?;
        let part = part_of(&text, &range);
        let part = part.trim();
        (!part.is_empty()).then(|| Some((RowKey(row.parse().ok()?), part.to_owned())))?
    };
    (0..texts.length()).filter_map(part).collect()
}

/// What of a text lies in a stretch.
fn part_of(text: &web_sys::Element, range: &Range) -> String {
    let part = Range::new();
    part.select_contents(text);
    if let Ok(Some(edited)) = text.query_selector(".edited") {
        part.end_before(&edited);
    }
    if range.compare(STARTS, &part) > 0 {
        part.set_start(&range.start_node(), range.start_at());
    }
    if range.compare(ENDS, &part) < 0 {
        part.set_end(&range.end_node(), range.end_at());
    }
    part.text()
}

/// Puts a text on the clipboard. Over plain HTTP the browser has none for pages; there a field is
/// made, selected and copied from.
pub fn copy(text: &str) {
    if !write(text) {
        copy_from_field(text);
    }
}

fn write(text: &str) -> bool {
    let written = || {
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        let write: Function =
            Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
        write.call1(&clipboard, &text.into()).ok()
    };
    written().is_some()
}

fn copy_from_field(text: &str) {
    let document = document();
    let (Ok(field), Some(body)) = (document.create_element("textarea"), document.body()) else {
        return;
    };
    let focused = page::focused();
    let field: web_sys::HtmlTextAreaElement = field.unchecked_into();
    field.set_value(text);
    let _ = field.set_attribute("class", "unseen");
    let _ = body.append_child(&field);
    field.select();
    let command = Reflect::get(&document, &"execCommand".into()).unwrap_or(JsValue::NULL);
    if let Ok(command) = command.dyn_into::<Function>() {
        let _ = command.call1(&document, &"copy".into());
    }
    field.remove();
    if let Some(focused) = focused {
        let _ = focused.focus();
    }
}
