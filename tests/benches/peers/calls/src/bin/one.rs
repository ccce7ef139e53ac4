//! Makes one client's calls and nothing else, to be run under a profiler: `one a fetch 2000`.

use calls::server::{Items, Server};
use calls::{Caller, bare::Bare, by_hand::ByHand, ours::Ours, runtime, stock::Stock};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client, call, times] = arguments.as_slice() else {
        panic!("arguments: a, b, c or d; fetch, walk or walk-plain; how often");
    };
    let items = if call == "walk-plain" {
        Items::Plain
    } else {
        Items::Full
    };
    let url = Server::start(items).url;
    let times = times.parse().expect("a number");
    let runtime = runtime();
    runtime.block_on(async {
        match client.as_str() {
            "a" => repeat(Ours::new(&url), call, times).await,
            "b" => repeat(ByHand::new(&url), call, times).await,
            "c" => repeat(Stock::new(&url), call, times).await,
            "d" => repeat(Bare::new(&url).await, call, times).await,
            _ => panic!("the clients are a, b, c and d"),
        }
    });
}

async fn repeat(client: impl Caller, call: &str, times: usize) {
    for _ in 0..times {
        match call {
            "fetch" => client.fetch().await,
            _ => client.walk().await,
        };
    }
}
