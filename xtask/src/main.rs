//! The workspace's commands. This file reads the arguments and turns what a command says into an exit code; the
//! commands stand in modules of their own, and everything about OpenAPI stands in `codegen`.

mod changes;
mod check;
mod console;
mod decisions;
mod diff;
mod document;
mod folder;
mod freshness;
mod git;
mod install;
mod lint;
mod regen;
mod rewrite;
mod upstream;
mod versions;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Tokens and syntax trees are small values by the hundred thousand; the system's allocator can take a third of a run
/// for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a command has found out, apart from an error of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Done,
    /// `regen --check` or `check` found something that was not made from what is there now.
    Stale,
    /// The document has findings that have to be fixed first.
    Findings,
    /// `diff` found a change that breaks a promise and that nobody decided on.
    Breaking,
    /// `upstream` found a difference that nobody decided on, or a decision that no longer fits.
    Differences,
    /// `check` found something that a person has to change.
    Violated,
}

const FAILURE: u8 = 1;

impl Outcome {
    fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Stale => 4,
            Outcome::Findings | Outcome::Breaking | Outcome::Differences | Outcome::Violated => 100,
        }
    }
}

const EXIT_CODES: &str = "\
Exit codes:
  0    all is well
  1    the command could not do its work: bad arguments, a file that cannot be read or written
  4    regen --check, check: something is stale; the output names the command that fixes it
  100  the document has errors; each names its line and what to write instead (lint --deny warnings: or warnings)
       diff: a change breaks the promise that was asked for, and nobody decided on it
       upstream: a difference that nobody decided on, or a decision that no longer fits
       check: something has to be changed by hand; it comes before 4";

/// The commands of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the client's generated code from the document, all files or none
    #[command(after_help = EXIT_CODES)]
    Regen(Regen),
    /// Show every finding in the document, explain a rule, or fix what needs no decision
    #[command(after_help = EXIT_CODES)]
    Lint(lint::Arguments),
    /// Show what changed in the document, and what that does to the wire, to callers and at run time
    #[command(after_help = EXIT_CODES)]
    Diff(diff::Arguments),
    /// Compare the document with what Twilio publishes, and show every difference that nobody decided on
    #[command(after_help = EXIT_CODES)]
    Upstream(upstream::Arguments),
    /// Check everything that has to hold before a change goes in, without a network, and write nothing
    #[command(after_help = EXIT_CODES)]
    Check(check::Arguments),
}

#[derive(Debug, Args)]
struct Document {
    /// The OpenAPI document [default: spec/marketplace.v1.yaml of the workspace]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Regen {
    #[command(flatten)]
    document: Document,
    /// The folder of generated code [default: generated-client/src/generated of the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; show how the folder differs from what the document says
    #[arg(long)]
    check: bool,
}

fn main() -> ExitCode {
    silence_progenitor();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A reader that has gone away does not change the outcome, and there is nobody left to tell.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() {
                FAILURE
            } else {
                Outcome::Done.code()
            });
        }
    };
    let outcome = match arguments.command {
        Command::Regen(Regen {
            document,
            out,
            check: false,
        }) => regen::regen(document.spec, out),
        Command::Regen(Regen {
            document,
            out,
            check: true,
        }) => freshness::check(document.spec, out),
        Command::Lint(arguments) => lint::lint(arguments),
        Command::Diff(arguments) => diff::diff(arguments),
        Command::Upstream(arguments) => upstream::upstream(arguments),
        Command::Check(arguments) => check::check(&arguments),
    };
    let outcome = outcome.and_then(|outcome| {
        anyhow::ensure!(!console::is_lost(), "standard output cannot be written to");
        Ok(outcome)
    });
    ExitCode::from(outcome.map_or_else(
        |error| {
            console::error(&format!("error: {error:#}\n"));
            FAILURE
        },
        Outcome::code,
    ))
}

/// Keeps progenitor's panics off the terminal: `codegen` catches each and reports it as a finding. Every other panic is
/// shown as usual.
fn silence_progenitor() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !codegen::generate::is_running() {
            usual(panic);
        }
    }));
}
