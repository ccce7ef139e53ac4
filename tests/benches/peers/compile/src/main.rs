//! Prints what depending on the client costs a build: clean debug builds of a caller of `generated-client`, of a caller
//! of the same reqwest with serde_json, and of a caller of stock progenitor's code; and the rebuild of a caller after a
//! regeneration that changes one type. An argument says how many rounds, 3 unless given. `compile again` prints the
//! rebuilds alone, `compile diet` what single dependencies and TLS providers cost.

mod diet;
mod workshop;

use std::collections::BTreeMap;

use workshop::{Spent, Workshop};

const DOCUMENT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../../spec/marketplace.v1.yaml"
);

/// The line behind which the changed document has one more member in one type.
const BEFORE: &str = "    InstalledAddOnExtension:\n";

const OURS: &str = r#"
use generated_client::{Client, ExtensionSid, InstalledAddOnSid};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Client::from_env().unwrap();
        let sid: InstalledAddOnSid = "XE00000000000000000000000000000000".parse().unwrap();
        let extension: ExtensionSid = "XF00000000000000000000000000000000".parse().unwrap();
        println!("{:?}", client.installed_add_on(sid).extension(extension).fetch().await.unwrap().enabled);
        for add_on in client.installed_add_ons().list().await.unwrap().items() {
            println!("{:?}", add_on.url);
        }
    });
}
"#;

const STOCK: &str = r#"
fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = stock::Client::new("https://marketplace.twilio.com");
        let sid = "XE00000000000000000000000000000000".parse().unwrap();
        let extension = "XF00000000000000000000000000000000".parse().unwrap();
        println!("{:?}", client.fetch_installed_add_on_extension(&sid, &extension).await.unwrap().enabled);
        for add_on in &client.list_installed_add_ons(None, None, None).await.unwrap().installed_add_ons {
            println!("{:?}", add_on.url);
        }
    });
}
"#;

const BY_HAND: &str = r#"
fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let reply = reqwest::get("https://marketplace.twilio.com/v1/InstalledAddOns").await.unwrap();
        let list: serde_json::Value = serde_json::from_slice(&reply.bytes().await.unwrap()).unwrap();
        println!("{list}");
    });
}
"#;

const TOKIO: &str = "tokio = { version = \"1\", default-features = false, features = [\"rt\"] }\n";

/// What the client's default features ask of reqwest and rustls.
const TLS: &str = "rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\n";
const REQWEST_TLS: &str = "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls-no-provider\"] }\n";
const REQWEST: &str = "reqwest = { version = \"0.13\", default-features = false }\n";
const SERDE_JSON: &str = "serde_json = \"1\"\n";

fn main() {
    let argument = std::env::args().nth(1);
    match argument.as_deref() {
        None => everything(3),
        Some("diet") => diet::print(&Workshop::new()),
        Some("again") => rebuilds(9),
        Some(rounds) => everything(
            rounds
                .parse()
                .expect("the argument is `again`, `diet` or a number of rounds"),
        ),
    }
}

fn everything(rounds: usize) {
    let workshop = Workshop::new();
    let document = std::fs::read_to_string(DOCUMENT).expect("the document can be read");
    let changed = changed(&document);
    prepare(&workshop, &document);
    clean(&workshop, &["hand-tls", "ours-tls", "stock-tls"], rounds);
    again(&workshop, &document, &changed, 3 * rounds);
    clean(&workshop, &["hand", "ours", "stock"], rounds);
}

fn rebuilds(rounds: usize) {
    let workshop = Workshop::new();
    let document = std::fs::read_to_string(DOCUMENT).expect("the document can be read");
    prepare(&workshop, &document);
    again(&workshop, &document, &changed(&document), rounds);
}

fn prepare(workshop: &Workshop, document: &str) {
    workshop.write_client(&ours(document));
    workshop.write_stock(&stock(document));
    let client = |features| {
        format!(
            "generated-client = {{ path = \"../../product/generated-client\"{features} }}\n{TOKIO}"
        )
    };
    workshop.write_caller("ours-tls", &client(""), OURS);
    workshop.write_caller("ours", &client(", default-features = false"), OURS);
    workshop.write_caller(
        "stock-tls",
        &format!("stock = {{ path = \"../../stock\" }}\n{REQWEST_TLS}{TLS}{TOKIO}"),
        STOCK,
    );
    workshop.write_caller(
        "stock",
        &format!("stock = {{ path = \"../../stock\" }}\n{TOKIO}"),
        STOCK,
    );
    workshop.write_caller(
        "hand-tls",
        &format!("{REQWEST_TLS}{TLS}{SERDE_JSON}{TOKIO}"),
        BY_HAND,
    );
    workshop.write_caller("hand", &format!("{REQWEST}{SERDE_JSON}{TOKIO}"), BY_HAND);
}

/// Clean builds of all callers, the first of which is what the others are compared with.
fn clean(workshop: &Workshop, callers: &[&str], rounds: usize) {
    let spent: Vec<Vec<Spent>> = (0..rounds)
        .map(|_| {
            callers
                .iter()
                .map(|caller| workshop.build(caller, true, true))
                .collect()
        })
        .collect();
    show("clean debug build", callers, &spent);
    let base = workshop.timings(callers[0]);
    for caller in &callers[1..] {
        let all = workshop.timings(caller);
        let added: BTreeMap<&String, &f64> = all
            .iter()
            .filter(|(name, _)| !base.contains_key(*name))
            .collect();
        let mut added: Vec<_> = added.into_iter().collect();
        added.sort_by(|one, two| two.1.total_cmp(one.1));
        let seconds: f64 = added.iter().map(|(_, seconds)| **seconds).sum();
        println!(
            "{caller} compiles {} more than {}, {seconds:.1} s one after another:",
            added.len(),
            callers[0]
        );
        for (name, seconds) in added {
            println!("    {seconds:>6.1} s  {name}");
        }
    }
}

/// Rebuilds of callers after a regeneration that changed one type.
fn again(workshop: &Workshop, document: &str, changed: &str, rounds: usize) {
    let ours = [ours(document), ours(changed)];
    let stock = [stock(document), stock(changed)];
    let callers = ["stock-tls", "ours-tls"];
    for caller in callers {
        workshop.build(caller, false, false);
    }
    let spent: Vec<Vec<Spent>> = (0..rounds)
        .map(|round| {
            let turn = (round + 1) % 2;
            workshop.write_client(&ours[turn]);
            workshop.write_stock(&stock[turn]);
            callers
                .iter()
                .map(|caller| workshop.build(caller, false, false))
                .collect()
        })
        .collect();
    show("rebuild after one type changed", &callers, &spent);
}

fn show(what: &str, callers: &[&str], spent: &[Vec<Spent>]) {
    println!(
        "\n{what}: median of {} rounds, s; ratio to {}",
        spent.len(),
        callers[0]
    );
    for (index, caller) in callers.iter().enumerate() {
        let of = |measure: fn(&Spent) -> f64| {
            let own = median(spent.iter().map(|round| measure(&round[index])));
            let ratio = median(
                spent
                    .iter()
                    .map(|round| measure(&round[index]) / measure(&round[0])),
            );
            format!("{own:>7.2} ({ratio:.3})")
        };
        println!(
            "{caller:12} CPU {}   wall {}",
            of(|spent| spent.cpu),
            of(|spent| spent.wall)
        );
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The document with one more member in one type.
fn changed(document: &str) -> String {
    let (before, after) = document
        .split_once(BEFORE)
        .expect("the document has the type");
    let (head, members) = after
        .split_once("      properties:\n")
        .expect("the type has members");
    let member = "        region:\n          type: string\n          nullable: true\n          description: Where it works.\n";
    format!("{before}{BEFORE}{head}      properties:\n{member}{members}")
}

fn ours(document: &str) -> BTreeMap<String, String> {
    codegen::run("marketplace.v1.yaml", document.as_bytes())
        .expect("the document has no findings")
        .files
}

fn stock(document: &str) -> String {
    let tree = codegen::load::load("marketplace.v1.yaml", document.as_bytes()).expect("YAML");
    let openapi = codegen::load::openapi(&tree).expect("OpenAPI");
    let lowered = codegen::lower::lower(openapi).expect("the document can be lowered");
    let tokens = progenitor::Generator::default()
        .generate_tokens(&lowered.openapi)
        .expect("progenitor takes the document");
    prettyplease::unparse(&syn::parse2(tokens).expect("progenitor emits Rust"))
}
