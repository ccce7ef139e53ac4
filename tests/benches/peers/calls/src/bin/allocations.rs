//! Prints how many heap allocations a fetch and a page of a walk cost each client. A program of its own, because
//! counting slows every allocation down.

use allocation_counter::measure;
use calls::server::{Items, Server};
use calls::{Caller, PAGES, bare::Bare, by_hand::ByHand, ours::Ours, runtime, stock::Stock};
use tokio::runtime::Runtime;

fn main() {
    let runtime = runtime();
    let full = Server::start(Items::Full).url;
    let plain = Server::start(Items::Plain).url;
    println!(
        "{:24}{:>10}{:>18}{:>18}",
        "heap allocations", "fetch", "page, full items", "page, plain items"
    );
    let ours = [&full, &plain].map(|url| Ours::new(url));
    show("(a) generated-client", &runtime, ours);
    let by_hand = [&full, &plain].map(|url| ByHand::new(url));
    show("(b) by hand on reqwest", &runtime, by_hand);
    let stock = [&full, &plain].map(|url| Stock::new(url));
    show("(c) stock progenitor", &runtime, stock);
    let bare = [&full, &plain].map(|url| runtime.block_on(Bare::new(url)));
    show("(d) bare hyper", &runtime, bare);
}

fn show<C: Caller>(name: &str, runtime: &Runtime, [full, plain]: [C; 2]) {
    let count = |call: &dyn Fn() -> usize| {
        // The first call makes the connection, and what is made once in a process.
        call();
        measure(|| {
            call();
        })
        .count_total
    };
    let fetch = count(&|| runtime.block_on(full.fetch()));
    let pages = [&full, &plain]
        .map(|client| count(&|| runtime.block_on(client.walk())) as f64 / PAGES as f64);
    println!("{name:24}{fetch:>10}{:>18.1}{:>18.1}", pages[0], pages[1]);
}
