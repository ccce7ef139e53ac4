//! Prints how long reading a SID takes both types, and the ratio. They take turns within each round; a ratio is the
//! median over the rounds of the ratio within one round.

use std::hint::black_box;
use std::time::Instant;

use sids::{Ours, Sort, Stock, TEXTS, sorts};

const ROUNDS: usize = 200;
const TIMES: usize = 40;

fn main() {
    println!(
        "{:30}{:>12}{:>12}{:>26}",
        "ns a SID, median of 200 rounds", "generated", "stock", "ratio (quartiles)"
    );
    for sort in sorts() {
        check(&sort);
        let texts = &sort.texts;
        show(
            &format!("parse, {}", sort.name),
            || {
                texts
                    .iter()
                    .filter(|text| black_box(black_box(text).parse::<Ours>()).is_ok())
                    .count()
            },
            || {
                texts
                    .iter()
                    .filter(|text| black_box(black_box(text).parse::<Stock>()).is_ok())
                    .count()
            },
        );
    }
    for sort in sorts() {
        let documents = &sort.documents;
        show(
            &format!("decode, {}", sort.name),
            || {
                documents
                    .iter()
                    .filter(|text| black_box(serde_json::from_str::<Ours>(black_box(text))).is_ok())
                    .count()
            },
            || {
                documents
                    .iter()
                    .filter(|text| {
                        black_box(serde_json::from_str::<Stock>(black_box(text))).is_ok()
                    })
                    .count()
            },
        );
    }
}

/// Both types must agree before their speed means anything.
fn check(sort: &Sort) {
    for text in &sort.texts {
        assert_eq!(text.parse::<Ours>().is_ok(), sort.right, "{text}");
        assert_eq!(text.parse::<Stock>().is_ok(), sort.right, "{text}");
    }
}

fn show(what: &str, ours: impl Fn() -> usize, stock: impl Fn() -> usize) {
    let mut rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| (time(&ours), time(&stock))).collect();
    let mut median = |of: fn(&(f64, f64)) -> f64, part: usize| {
        rounds.sort_by(|one, two| of(one).total_cmp(&of(two)));
        of(&rounds[(ROUNDS - 1) * part / 4])
    };
    let ratio: fn(&(f64, f64)) -> f64 = |(ours, stock)| ours / stock;
    println!(
        "{what:30}{:>12.1}{:>12.1}{:>26}",
        median(|round| round.0, 2),
        median(|round| round.1, 2),
        format!(
            "{:.3} ({:.3}-{:.3})",
            median(ratio, 2),
            median(ratio, 1),
            median(ratio, 3)
        ),
    );
}

fn time(read: &impl Fn() -> usize) -> f64 {
    let start = Instant::now();
    for _ in 0..TIMES {
        black_box(read());
    }
    start.elapsed().as_secs_f64() * 1e9 / (TIMES * TEXTS) as f64
}
