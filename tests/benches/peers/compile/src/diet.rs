//! What single choices cost a clean build: the TLS providers, HTTP/2, and the dependencies that the client could have beside
//! reqwest and serde_json.

use crate::workshop::Workshop;
use crate::{BY_HAND, SERDE_JSON, TOKIO};

/// Features of reqwest and further dependencies, by what they are for.
const TLS: [(&str, &str, &str); 6] = [
    ("no TLS", "", ""),
    ("no TLS, http2", "\"http2\"", ""),
    (
        "rustls with ring",
        "\"rustls-no-provider\"",
        "rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\n",
    ),
    (
        "rustls with ring, http2",
        "\"rustls-no-provider\", \"http2\"",
        "rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\n",
    ),
    ("rustls with aws-lc-rs", "\"rustls\"", ""),
    ("native-tls", "\"native-tls\"", ""),
];

/// What the client does without, and what reqwest without TLS does not bring along.
const SINGLE: [(&str, &str); 6] = [
    (
        "serde with derive",
        "serde = { version = \"1\", features = [\"derive\"] }\n",
    ),
    (
        "chrono",
        "chrono = { version = \"0.4\", default-features = false, features = [\"alloc\"] }\n",
    ),
    (
        "rust_decimal",
        "rust_decimal = { version = \"1\", default-features = false, features = [\"std\"] }\n",
    ),
    ("thiserror", "thiserror = \"2\"\n"),
    ("zeroize", "zeroize = \"1\"\n"),
    ("form_urlencoded", "form_urlencoded = \"1\"\n"),
];

/// Prints both tables.
pub fn print(workshop: &Workshop) {
    println!("clean debug build of a caller of reqwest and serde_json, s");
    for (number, (name, features, more)) in TLS.iter().enumerate() {
        let reqwest = format!(
            "reqwest = {{ version = \"0.13\", default-features = false, features = [{features}] }}\n"
        );
        let caller = format!("tls-{number}");
        workshop.write_caller(
            &caller,
            &format!("{reqwest}{more}{SERDE_JSON}{TOKIO}"),
            BY_HAND,
        );
        let spent = workshop.build(&caller, true, true);
        let crates = workshop.timings(&caller).len();
        println!(
            "{name:26} CPU {:>6.1}   wall {:>6.1}   {crates} crates",
            spent.cpu, spent.wall
        );
    }
    println!(
        "\nadded to the build of a caller of reqwest without TLS and serde_json, one after another, s"
    );
    let mut dependencies = format!(
        "reqwest = {{ version = \"0.13\", default-features = false }}\n{SERDE_JSON}{TOKIO}"
    );
    workshop.write_caller("single", &dependencies, BY_HAND);
    workshop.build("single", true, false);
    // The caller's own compilation is part of every further build.
    workshop.write("callers/single/src/main.rs", &format!("{BY_HAND}\n"));
    let own = workshop.build("single", false, false).cpu;
    for (name, dependency) in SINGLE {
        dependencies.push_str(dependency);
        workshop.write_caller("single", &dependencies, &format!("{BY_HAND}\n"));
        let spent = workshop.build("single", false, true);
        let crates: Vec<String> = workshop
            .timings("single")
            .into_iter()
            .filter(|(unit, seconds)| *seconds > 0.0 && !unit.starts_with("caller "))
            .map(|(unit, _)| unit)
            .collect();
        println!(
            "{name:26} CPU {:>6.1}   {}",
            (spent.cpu - own).max(0.0),
            crates.join(", ")
        );
    }
}
