//! Prints how long a comparison of two documents takes beside reading them, on the real document and on one of 36,000
//! lines: when nothing was changed, a few things, or something in most schemas.

#[path = "../enlarge.rs"]
mod enlarge;

use std::time::Duration;

use codegen::diff::render::{Format, View, render};
use codegen::diff::{Promise, diff};
use codegen::load::load;
use nix::time::{ClockId, clock_gettime};

const DOCUMENT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../../spec/marketplace.v1.yaml"
);

fn main() {
    let text = std::fs::read_to_string(DOCUMENT).expect("the document can be read");
    compare(&text, 31, Duration::from_millis(50));
    compare(&enlarge::enlarge(&text, 36_000), 9, Duration::from_secs(1));
}

/// A few changes of the kind that a pull request has.
fn few(text: &str) -> String {
    let edits = [
        ("maximum: 1000", "maximum: 500"),
        ("^XB[0-9a-fA-F]{32}$", "^XB[0-9a-f]{32}$"),
        ("        - failed\n", "        - queued\n"),
        ("operationId: ReportUsage", "operationId: SubmitUsage"),
        ("        pricing_type:\n", "        pricing:\n"),
    ];
    let changed = edits.iter().fold(text.to_owned(), |text, (from, to)| {
        text.replacen(from, to, 1)
    });
    assert_ne!(changed, text);
    changed
}

/// A change to every member that can be null, which are most.
fn many(text: &str) -> String {
    let changed = text.replace("nullable: true", "nullable: false");
    assert_ne!(changed, text);
    changed
}

fn compare(text: &str, rounds: usize, limit: Duration) {
    println!(
        "\na document of {} lines, medians of {rounds} rounds, ms of CPU\n{:14}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>12}{:>17}",
        text.lines().count(),
        "changed",
        "changes",
        "parse 2",
        "load 2",
        "lint",
        "diff",
        "text",
        "html",
        "diff/parse",
        "lint+diff/parse"
    );
    let revisions = [
        ("nothing", format!("# The same.\n{text}")),
        ("five things", few(text)),
        ("most schemas", many(text)),
    ];
    for (what, revised) in revisions {
        let mut laps: Vec<[f64; 6]> = Vec::new();
        let mut changes = 0;
        for _ in 0..rounds {
            let mut clock = Clock::start();
            for text in [text, &revised] {
                let parsed: openapiv3::OpenAPI = serde_yaml::from_str(text).expect("OpenAPI");
                drop(parsed);
            }
            let parse = clock.lap();
            let base = load("before.yaml", text.as_bytes()).expect("YAML");
            let revision = load("after.yaml", revised.as_bytes()).expect("YAML");
            let loaded = clock.lap();
            let findings = codegen::lint::lint(&revision);
            let lint = clock.lap();
            drop(findings);
            clock.lap();
            let report = diff(&base, &revision);
            let compared = clock.lap();
            let view = View {
                report: &report,
                base: &base,
                revision: &revision,
                promise: Promise::All,
                color: false,
            };
            clock.lap();
            drop(render(&view, Format::Text));
            let written = clock.lap();
            drop(render(&view, Format::Html));
            let page = clock.lap();
            changes = report.changes.len();
            laps.push([parse, loaded, lint, compared, written, page]);
        }
        let column = |at: usize| median(laps.iter().map(|lap| lap[at]));
        println!(
            "{what:14}{changes:>9}{:>9.1}{:>9.1}{:>9.1}{:>9.1}{:>9.1}{:>9.1}{:>12.2}{:>17.2}",
            column(0),
            column(1),
            column(2),
            column(3),
            column(4),
            column(5),
            median(laps.iter().map(|lap| lap[3] / lap[0])),
            median(laps.iter().map(|lap| (lap[2] + lap[3]) / lap[0])),
        );
        let limit = limit.as_secs_f64() * 1e3;
        assert!(
            column(3) < limit,
            "the comparison takes more than {limit} ms"
        );
    }
}

/// The CPU time of this thread.
struct Clock(Duration);

impl Clock {
    fn start() -> Self {
        Self(spent())
    }

    /// Milliseconds since the last lap.
    fn lap(&mut self) -> f64 {
        let before = std::mem::replace(&mut self.0, spent());
        (self.0 - before).as_secs_f64() * 1e3
    }
}

fn spent() -> Duration {
    let clock = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("the clock can be read");
    Duration::from(clock)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
