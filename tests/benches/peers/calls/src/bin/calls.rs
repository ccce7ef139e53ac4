//! Prints what a call costs each client, in CPU time of the calling thread and in wall time, and the ratios. The
//! clients take turns within each round, and a ratio is the median over the rounds of the ratio within one round, so
//! that what else the machine does weighs on both sides alike.

use std::rc::Rc;
use std::time::{Duration, Instant};

use calls::server::{Items, Server};
use calls::{Caller, PAGES, bare::Bare, by_hand::ByHand, ours::Ours, runtime, stock::Stock};
use nix::time::{ClockId, clock_gettime};
use tokio::runtime::Runtime;

/// The names of the clients, in the order of the columns.
const NAMES: [&str; 4] = [
    "(a) generated-client",
    "(b) by hand on reqwest",
    "(c) stock progenitor",
    "(d) bare hyper",
];

/// How often new clients are made. How a connection came about can make all of its calls a little faster or slower.
const SITTINGS: usize = 12;

/// How often all clients have their turn in one sitting.
const ROUNDS: usize = 10;

/// Runs a number of calls and gives what they read.
type Turn = Box<dyn Fn(usize) -> usize>;

#[derive(Clone, Copy)]
struct Spent {
    cpu: f64,
    wall: f64,
}

fn main() {
    let full = Server::start(Items::Full).url;
    let plain = Server::start(Items::Plain).url;
    compare("fetch of one extension", "request", 300, 1, || {
        fetches(&full)
    });
    compare(
        "walk of 1,000 full items in pages of 50",
        "page",
        5,
        PAGES,
        || walks(&full),
    );
    compare(
        "walk of 1,000 plain items in pages of 50",
        "page",
        5,
        PAGES,
        || walks(&plain),
    );
}

fn compare(
    title: &str,
    unit: &str,
    calls: usize,
    requests: usize,
    clients: impl Fn() -> Vec<Turn>,
) {
    let mut spent: Vec<Vec<Spent>> = vec![Vec::new(); NAMES.len()];
    for _ in 0..SITTINGS {
        let turns = clients();
        // The first calls make connections and fill caches.
        let expected = turns.iter().map(|turn| turn(calls)).max();
        for round in 0..ROUNDS {
            for place in 0..turns.len() {
                // Who goes first changes, so that nobody always follows the same one.
                let client = (round + place) % turns.len();
                let (cpu, wall) = (cpu_time(), Instant::now());
                let read = turns[client](calls);
                let (cpu, wall) = (cpu_time() - cpu, wall.elapsed());
                assert_eq!(
                    Some(read),
                    expected,
                    "{} read something else",
                    NAMES[client]
                );
                let each = |time: Duration| time.as_secs_f64() * 1e6 / (calls * requests) as f64;
                spent[client].push(Spent {
                    cpu: each(cpu),
                    wall: each(wall),
                });
            }
        }
    }
    let rounds = SITTINGS * ROUNDS;
    println!("\n{title}: µs a {unit}, median of {rounds} rounds of {calls}");
    println!("{:24}{:>8}{:>8}", "", "CPU", "wall");
    for (name, spent) in NAMES.iter().zip(&spent) {
        println!(
            "{name:24}{:>8.1}{:>8.1}",
            of(spent, |s| s.cpu).1,
            of(spent, |s| s.wall).1
        );
    }
    println!("{:24}{:>22}{:>22}", "ratio (quartiles)", "CPU", "wall");
    for (one, other) in [(0, 1), (0, 2), (2, 1), (0, 3), (1, 3)] {
        let pairs: Vec<Spent> = spent[one]
            .iter()
            .zip(&spent[other])
            .map(|(one, other)| Spent {
                cpu: one.cpu / other.cpu,
                wall: one.wall / other.wall,
            })
            .collect();
        let show =
            |(low, middle, high): (f64, f64, f64)| format!("{middle:.3} ({low:.2}-{high:.2})");
        println!(
            "{:24}{:>22}{:>22}",
            format!("{} / {}", &NAMES[one][1..2], &NAMES[other][1..2]),
            show(of(&pairs, |p| p.cpu)),
            show(of(&pairs, |p| p.wall)),
        );
    }
}

/// The quartiles of one measure.
fn of(spent: &[Spent], measure: impl Fn(&Spent) -> f64) -> (f64, f64, f64) {
    let mut values: Vec<f64> = spent.iter().map(measure).collect();
    values.sort_by(f64::total_cmp);
    let at = |part: usize| values[(values.len() - 1) * part / 4];
    (at(1), at(2), at(3))
}

/// The CPU time of this thread alone: the server's threads are not in it.
fn cpu_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)
        .expect("the clock can be read")
        .into()
}

fn fetches(url: &str) -> Vec<Turn> {
    let (runtime, ours, by_hand, stock, bare) = clients(url);
    vec![
        turn(&runtime, ours, async |client| client.fetch().await),
        turn(&runtime, by_hand, async |client| client.fetch().await),
        turn(&runtime, stock, async |client| client.fetch().await),
        turn(&runtime, bare, async |client| client.fetch().await),
    ]
}

fn walks(url: &str) -> Vec<Turn> {
    let (runtime, ours, by_hand, stock, bare) = clients(url);
    vec![
        turn(&runtime, ours, async |client| client.walk().await),
        turn(&runtime, by_hand, async |client| client.walk().await),
        turn(&runtime, stock, async |client| client.walk().await),
        turn(&runtime, bare, async |client| client.walk().await),
    ]
}

fn clients(url: &str) -> (Rc<Runtime>, Ours, ByHand, Stock, Bare) {
    let runtime = Rc::new(runtime());
    let bare = runtime.block_on(Bare::new(url));
    (
        runtime,
        Ours::new(url),
        ByHand::new(url),
        Stock::new(url),
        bare,
    )
}

fn turn<C: 'static>(
    runtime: &Rc<Runtime>,
    client: C,
    call: impl AsyncFn(&C) -> usize + 'static,
) -> Turn {
    let runtime = Rc::clone(runtime);
    Box::new(move |calls| {
        runtime.block_on(async {
            let mut read = 0;
            for _ in 0..calls {
                read += call(&client).await;
            }
            read
        })
    })
}
