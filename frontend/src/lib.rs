//! The page of Parlor. Three rings: the model (a crate of its own), the [`store`] that mirrors it,
//! and the components that draw. Only [`socket`] and [`browser`] touch the browser's interfaces.

pub mod app;
pub mod bell;
pub mod browser;
pub mod components;
pub mod live;
pub mod pages;
pub mod preferences;
pub mod socket;
pub mod store;
pub mod words;

/// Begins: first what catches a fault, then the page.
pub fn start() {
    browser::broken::watch();
    if let Some(body) = leptos::prelude::document().body() {
        // The page is there for as long as the tab.
        std::mem::forget(browser::element::mount(&body, app::app));
    }
}

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
