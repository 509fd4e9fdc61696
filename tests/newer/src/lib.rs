//! A newer version of wire, model, server and test clients: the sources of this checkout, to which
//! `build.rs` has added a kind of record (`poll`) and a kind of event (`cheer`). One program can so
//! hold both versions, and its tests let them talk.

#![allow(unexpected_cfgs, reason = "the sources' features are none of this package")]

include!(concat!(env!("OUT_DIR"), "/newer.rs"));
