//! Prints how long `xtask regen` takes as a whole process, against the bare program over the same lowered document, on
//! the real document and on one of 36,000 lines; and how long each stage takes, the linter beside the parse.

mod enlarge;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use codegen::lower::Lowered;
use nix::sys::resource::{UsageWho, getrusage};

const DOCUMENT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../../spec/marketplace.v1.yaml"
);
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../Cargo.toml");
const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
const LONG: usize = 36_000;

fn main() {
    let xtask = built("xtask", WORKSPACE);
    // `cargo run` builds only the program that it runs.
    let bare = built("bare", PEERS);
    let text = fs::read_to_string(DOCUMENT).expect("the document can be read");
    compare(&xtask, &bare, &text, 31);
    compare(&xtask, &bare, &enlarge::enlarge(&text, LONG), 15);
}

fn compare(xtask: &Path, bare: &Path, text: &str, rounds: usize) {
    println!(
        "\na document of {} lines, {} bytes",
        text.lines().count(),
        text.len()
    );
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = |name: &str| folder.path().join(name);
    let (document, lowered_file, types_file) =
        (file("document.yaml"), file("lowered.yaml"), file("types"));
    fs::write(&document, text).expect("the document can be written");
    let lowered = stages(text, rounds);
    let yaml = serde_yaml::to_string(&lowered.openapi).expect("a document can be written as YAML");
    fs::write(&lowered_file, yaml).expect("the lowered document can be written");
    fs::write(&types_file, types(&lowered)).expect("the types can be written");

    let regen = || {
        // What is there already is left alone, so the folder has to be empty.
        let _ = fs::remove_dir_all(file("out"));
        fs::create_dir(file("out")).expect("a folder can be made");
        run(Command::new(xtask)
            .arg("regen")
            .arg("--spec")
            .arg(&document)
            .arg("--out")
            .arg(file("out")))
    };
    let again = || {
        run(Command::new(xtask)
            .arg("regen")
            .arg("--spec")
            .arg(&document)
            .arg("--out")
            .arg(file("out")))
    };
    let told = || {
        run(Command::new(bare)
            .arg(&lowered_file)
            .arg(file("bare.rs"))
            .arg(&types_file))
    };
    let untold = || run(Command::new(bare).arg(&lowered_file).arg(file("bare.rs")));
    let programs: [(&str, &dyn Fn() -> Spent); 4] = [
        ("xtask regen, all new", &regen),
        ("xtask regen, nothing new", &again),
        ("bare, told our types", &told),
        ("bare, default settings", &untold),
    ];
    let spent: Vec<Vec<Spent>> = (0..rounds)
        .map(|_| programs.iter().map(|(_, program)| program()).collect())
        .collect();
    println!(
        "{:28}{:>10}{:>10}   median of {rounds} rounds, ms",
        "whole processes", "CPU", "wall"
    );
    for (index, (name, _)) in programs.iter().enumerate() {
        let cpu = median(spent.iter().map(|round| round[index].cpu));
        let wall = median(spent.iter().map(|round| round[index].wall));
        println!("{name:28}{:>10.1}{:>10.1}", cpu * 1e3, wall * 1e3);
    }
    for (one, other) in [(0, 2), (0, 3), (1, 2)] {
        let cpu = median(spent.iter().map(|round| round[one].cpu / round[other].cpu));
        let wall = median(
            spent
                .iter()
                .map(|round| round[one].wall / round[other].wall),
        );
        println!(
            "{} / {}: CPU {cpu:.3}, wall {wall:.3}",
            programs[one].0, programs[other].0
        );
    }
}

/// Times each stage within this process and gives the lowered document.
fn stages(text: &str, rounds: usize) -> Lowered {
    const NAMES: [&str; 9] = [
        "serde_yaml alone",
        "load",
        "lint",
        "load::openapi (typed)",
        "lower",
        "generate (progenitor)",
        "reshape",
        "extend",
        "render",
    ];
    let mut times: Vec<[f64; NAMES.len()]> = Vec::new();
    let mut kept = None;
    for _ in 0..rounds {
        let mut clock = Instant::now();
        let mut lap = || {
            std::mem::replace(&mut clock, Instant::now())
                .elapsed()
                .as_secs_f64()
                * 1e3
        };
        let parsed: openapiv3::OpenAPI = serde_yaml::from_str(text).expect("OpenAPI");
        let alone = lap();
        drop(parsed);
        lap();
        let tree = codegen::load::load("document.yaml", text.as_bytes()).expect("YAML");
        let load = lap();
        let findings = codegen::lint::lint(&tree);
        let lint = lap();
        assert!(
            findings.is_empty(),
            "{}",
            codegen::report::render(&findings, text, false)
        );
        lap();
        let openapi = codegen::load::openapi(&tree).expect("OpenAPI");
        let typed = lap();
        let lowered = codegen::lower::lower(openapi).expect("the document can be lowered");
        let lower = lap();
        let tokens = codegen::generate::generate(&lowered).expect("progenitor takes it");
        let generate = lap();
        let reshaped = codegen::reshape::reshape(tokens, &lowered).expect("it can be reshaped");
        let reshape = lap();
        let files = codegen::extend::extend(reshaped, &lowered).expect("it can be extended");
        let extend = lap();
        for (file, tokens) in files {
            codegen::render::render(file, tokens, "document.yaml").expect("it can be rendered");
        }
        let render = lap();
        times.push([
            alone, load, lint, typed, lower, generate, reshape, extend, render,
        ]);
        kept = Some(lowered);
    }
    println!(
        "{:28}{:>10}   median of {rounds} rounds, ms of wall time",
        "stages, in one process", ""
    );
    for (index, name) in NAMES.iter().enumerate() {
        println!(
            "{name:28}{:>10.2}",
            median(times.iter().map(|times| times[index]))
        );
    }
    let lint = median(times.iter().map(|times| times[2] / times[0]));
    println!("lint / serde_yaml alone: {lint:.3}");
    let both = median(times.iter().map(|times| (times[1] + times[2]) / times[0]));
    println!("(load + lint) / serde_yaml alone: {both:.3}");
    kept.expect("there is a round")
}

/// What `codegen` tells progenitor about types, as the bare program reads it.
fn types(lowered: &Lowered) -> String {
    let mut lines = vec![
        "Quantity crate::Quantity".to_owned(),
        "Amount crate::Amount".to_owned(),
        "number:decimal crate::Amount".to_owned(),
        "string:date-time crate::Timestamp".to_owned(),
        "string:date-time-rfc-2822 crate::Timestamp".to_owned(),
        "string:json-document crate::Json".to_owned(),
    ];
    lines.extend(
        lowered
            .facts
            .sids
            .iter()
            .map(|sid| format!("{0} crate::sids::{0}", sid.name)),
    );
    lines.extend(
        lowered
            .facts
            .bounded
            .iter()
            .map(|of| format!("{0} crate::bounded::{0}", of.name)),
    );
    lines.join("\n")
}

#[derive(Clone, Copy)]
struct Spent {
    cpu: f64,
    wall: f64,
}

fn run(command: &mut Command) -> Spent {
    let (cpu, wall) = (children(), Instant::now());
    let output = command.output().expect("the program can be started");
    let spent = Spent {
        wall: wall.elapsed().as_secs_f64(),
        cpu: (children() - cpu).as_secs_f64(),
    };
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    spent
}

/// The CPU time of all processes that this one has waited for.
fn children() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the usage can be read");
    let time = |of: nix::sys::time::TimeVal| {
        Duration::new(of.tv_sec().unsigned_abs(), 0)
            + Duration::from_micros(of.tv_usec().unsigned_abs())
    };
    time(usage.user_time()) + time(usage.system_time())
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The path of a program of a workspace, in its release build.
fn built(program: &str, manifest: &str) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args([
            "build",
            "--release",
            "--bin",
            program,
            "--message-format",
            "json",
            "--manifest-path",
            manifest,
        ])
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo can be started");
    assert!(output.status.success(), "{program} does not build");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| {
            message
                .pointer("/target/name")
                .is_some_and(|name| name == program)
        })
        .find_map(|message| message.get("executable")?.as_str().map(PathBuf::from))
        .expect("cargo names the executable")
}
