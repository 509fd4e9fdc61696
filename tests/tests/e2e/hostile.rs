//! Hostile input: each gets a clear numbered answer, nothing is lost, nothing panics.

mod connections;
mod entry;
mod floods;
mod frames;
mod names;
