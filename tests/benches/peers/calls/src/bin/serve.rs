//! Runs the loopback server alone, prints its address, and serves until it is ended: for clients in other languages.

use calls::server::{Items, Server};

fn main() {
    println!("{}", Server::start(Items::Full).url);
    loop {
        std::thread::park();
    }
}
