//! The verdicts on a change, held against what happens: the client of the changed document is generated and callers of
//! the old one are compiled against it, and clients and servers of both documents exchange messages. The verdicts are
//! those that the comparison gives; nothing here says what they should be.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod caller;
mod driver;
mod edit;
mod model;
mod outcome;
mod pairs;
mod reply;
mod request;
mod running;
mod runtime;
mod schema;
mod source;
mod table;
mod version;
mod waivers;
mod wire;
mod workshop;

use std::fmt::Write as _;

use codegen::diff::{Promise, Verdict};

use crate::outcome::Outcome;
use crate::pairs::{CASES, Pair, in_parallel, rules, verdict};
use crate::table::Start;
use crate::waivers::WAIVERS;

/// Compares the verdicts on one promise with what was seen, change by change.
fn compare(promise: Promise, seen: &[(&Pair, Outcome)]) {
    let mut wrong = String::new();
    let reports = in_parallel(seen, |(pair, _)| pair.report());
    for ((pair, outcome), report) in seen.iter().zip(reports) {
        let said = verdict(&report, promise);
        let waiver = WAIVERS
            .iter()
            .position(|waiver| waiver.change == pair.name && waiver.promise == promise);
        println!("{:8} {:60} {said:9} {outcome}", promise.word(), pair.name);
        match (outcome.agrees(said), waiver) {
            (true, None) => {}
            (true, Some(at)) => writeln!(
                wrong,
                "{}: nothing needs the waiver `{}`",
                pair.name, WAIVERS[at].reason
            )
            .unwrap(),
            (false, Some(_)) => {}
            (false, None) => {
                writeln!(
                    wrong,
                    "{}: {} by {}, but it {outcome}",
                    pair.name,
                    said,
                    rules(&report, promise)
                )
                .unwrap();
            }
        }
    }
    for (at, waiver) in WAIVERS
        .iter()
        .enumerate()
        .filter(|(_, waiver)| waiver.promise == promise)
    {
        if !seen.iter().any(|(pair, _)| pair.name == waiver.change) {
            writeln!(
                wrong,
                "{}: no change of this name is looked at, so nothing needs waiver {at}",
                waiver.change
            )
            .unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "the verdicts on {} are not what is seen:\n{wrong}",
        promise.word()
    );
}

#[test]
fn the_table_has_clients_where_it_says_so() {
    pairs::generate();
    let mut clients = 0;
    for case in CASES.iter() {
        let name = case.mutation.name;
        let (before, after) = (case.forth.base.client(), case.forth.revision.client());
        match case.mutation.start {
            Start::Beyond(_) => assert!(
                before.is_err() || after.is_err(),
                "the generator takes {name}: move it"
            ),
            Start::Document | Start::Enriched => {
                for client in [before, after] {
                    assert!(client.is_ok(), "{name}: {}", client.err().unwrap());
                }
                clients += 1;
            }
        }
        assert_eq!(
            CASES
                .iter()
                .filter(|other| other.mutation.name == name)
                .count(),
            1,
            "{name} stands twice"
        );
    }
    assert!(clients >= 50, "{clients} mutations have a client");
}

#[test]
fn the_wire_does_what_its_verdict_says() {
    let pairs: Vec<&Pair> = pairs::all().collect();
    let outcomes = in_parallel(&pairs, |pair| {
        wire::observe(&pair.base.api, &pair.revision.api)
    });
    compare(
        Promise::Wire,
        &pairs.into_iter().zip(outcomes).collect::<Vec<_>>(),
    );
}

#[test]
fn the_compiler_says_what_the_verdict_on_source_says() {
    let seen = pairs::all().filter_map(|pair| Some((pair, source::SOURCE.outcome(pair)?.clone())));
    compare(Promise::Source, &seen.collect::<Vec<_>>());
}

#[test]
fn callers_that_compile_get_what_the_verdict_on_run_time_says() {
    let seen =
        pairs::all().filter_map(|pair| Some((pair, runtime::RUNTIME.outcome(pair)?.clone())));
    compare(Promise::Runtime, &seen.collect::<Vec<_>>());
}

#[test]
fn the_client_fails_against_a_changed_server_only_where_the_wire_changed() {
    let mut wrong = String::new();
    for case in CASES.iter() {
        let pair = &case.forth;
        let Some(own) = runtime::RUNTIME.own(pair) else {
            continue;
        };
        let said = verdict(&pair.report(), Promise::Wire);
        println!("client   {:60} {said:9} {own}", pair.name);
        if own.word() == "fails" && said < Verdict::Warning {
            writeln!(wrong, "{}: {said}, but the client {own}", pair.name).unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "the client fails where the wire is said to be safe:\n{wrong}"
    );
}
