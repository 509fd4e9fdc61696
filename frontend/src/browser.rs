//! The edge to the browser: the only place, beside `socket.rs`, that touches its interfaces.
//! Every feature has a probe; without it the function says so or does the next best thing.

pub mod broken;
pub mod cache;
pub mod clock;
pub mod composer;
pub mod dialog;
pub mod element;
pub mod exchange;
pub mod focus;
pub mod intl;
pub mod listener;
pub mod location;
pub mod notify;
pub mod page;
pub mod popover;
pub mod random;
pub mod reading;
pub mod requests;
pub mod session;
pub mod shortcuts;
pub mod storage;
pub mod tabs;
pub mod task;
pub mod timeline;
pub mod timer;
pub mod wakes;
pub mod worker;
