//! Prints how many heap allocations reading a SID costs both types. A program of its own, because counting slows every
//! allocation down.

use allocation_counter::measure;
use sids::{Ours, Stock, sorts};

fn main() {
    println!(
        "{:30}{:>12}{:>12}",
        "heap allocations", "generated", "stock"
    );
    for sort in sorts() {
        let (text, document) = (&sort.texts[0], &sort.documents[0]);
        // The first use compiles the stock type's pattern.
        let _ = text.parse::<Stock>();
        let parse = [
            count(|| _ = text.parse::<Ours>()),
            count(|| _ = text.parse::<Stock>()),
        ];
        println!(
            "{:30}{:>12}{:>12}",
            format!("parse, {}", sort.name),
            parse[0],
            parse[1]
        );
        let decode = [
            count(|| _ = serde_json::from_str::<Ours>(document)),
            count(|| _ = serde_json::from_str::<Stock>(document)),
        ];
        println!(
            "{:30}{:>12}{:>12}",
            format!("decode, {}", sort.name),
            decode[0],
            decode[1]
        );
    }
}

fn count(read: impl Fn()) -> u64 {
    measure(read).count_total
}
