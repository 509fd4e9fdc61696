//! The wire's tests: golden files, codec, fold, epochs, checks, and the protocol's document.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod checks;
mod codec;
mod document;
mod epoch_history;
mod fold;
mod golden;
mod reading;
mod record;
mod samples;
mod strategies;
mod tables;
