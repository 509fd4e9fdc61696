//! The page's logic in a real browser.
