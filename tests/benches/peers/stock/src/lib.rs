//! The client that progenitor emits for the lowered document when nothing is changed about it.

#![allow(clippy::all)]

include!(concat!(env!("OUT_DIR"), "/stock.rs"));
