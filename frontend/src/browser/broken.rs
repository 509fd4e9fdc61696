//! What happens when the page breaks: it is logged, and the dialog that lies ready in index.html
//! opens. That dialog is plain HTML, so it works when nothing of this program does.

use std::panic::{PanicHookInfo, set_hook};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlDialogElement;

/// The dialog's id in index.html.
const DIALOG: &str = "broke";

/// Sets the hook. Call it first.
pub fn watch() {
    set_hook(Box::new(tell));
}

fn tell(info: &PanicHookInfo<'_>) {
    web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
    let dialog = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(DIALOG))
        .and_then(|element| element.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
}
