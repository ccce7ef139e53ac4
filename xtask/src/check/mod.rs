//! `cargo xtask check`: everything that has to hold before a change goes in and that needs no network, one part after
//! another whether or not the one before held. It prints a line for each part, then what each has to say; it writes
//! nothing but what cargo builds.

mod deviations;
mod generation;
mod part;
mod review;
mod snapshots;

use std::cell::LazyCell;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::{Outcome, console};
use part::{Part, State};

/// What is checked.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Leave out a part, for whoever runs it in another way; can be given more than once
    #[arg(long, value_name = "PART", value_enum)]
    skip: Vec<Name>,
}

/// A part of the check, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// The document has no findings, as `cargo xtask lint` says
    Document,
    /// The list of deliberate differences from upstream is well-formed and fits the document
    Deviations,
    /// The generated code is what the document says, as `cargo xtask regen --check` says
    Generated,
    /// The snapshots are what the generated code says
    Snapshots,
    /// Nothing breaks that nobody decided on, as `cargo xtask diff` says
    Changes,
    /// The version of generated-client covers what changed
    Version,
}

impl Name {
    const fn shown(self) -> &'static str {
        match self {
            Name::Document => "document",
            Name::Deviations => "deviations",
            Name::Generated => "generated",
            Name::Snapshots => "snapshots",
            Name::Changes => "changes",
            Name::Version => "version",
        }
    }
}

/// Runs every part that is not left out.
pub fn check(arguments: &Arguments) -> Result<Outcome> {
    let mut run = Run {
        skip: &arguments.skip,
        parts: Vec::new(),
    };
    let generation = LazyCell::new(generation::read);
    run.part(Name::Document, || {
        generation::document(generation.as_ref().map_err(part::again)?)
    });
    run.part(Name::Deviations, deviations::listed);
    run.part(Name::Generated, || {
        generation::generated(generation.as_ref().map_err(part::again)?)
    });
    run.part(Name::Snapshots, || match &*generation {
        Ok(generation) if !generation.has_code() => Ok(generation::without_code("tests/snapshots")),
        _ => snapshots::compare(),
    });
    let review = LazyCell::new(review::read);
    run.part(Name::Changes, || {
        review::changes(review.as_ref().map_err(part::again)?)
    });
    run.part(Name::Version, || {
        review::version(review.as_ref().map_err(part::again)?)
    });
    run.finish()
}

struct Run<'a> {
    skip: &'a [Name],
    parts: Vec<(Name, Part)>,
}

impl Run<'_> {
    /// Runs one part and says in a line how it went.
    fn part(&mut self, name: Name, part: impl FnOnce() -> Result<Part>) {
        let part = if self.skip.contains(&name) {
            Part::new(State::Skipped, "left out")
        } else {
            part().unwrap_or_else(|error| Part::new(State::Failed, format!("{error:#}")))
        };
        let word = part.state.word(console::colored_output());
        console::print(&format!("{:<11}{word}  {}\n", name.shown(), part.line));
        self.parts.push((name, part));
    }

    /// Shows what the parts have to say, and gives the outcome of all of them.
    fn finish(self) -> Result<Outcome> {
        for (name, part) in &self.parts {
            if !part.details.is_empty() {
                console::print(&format!("\n== {}\n{}", name.shown(), part.details));
            }
        }
        let worst = self.parts.iter().map(|(_, part)| part.state).max();
        Ok(match worst.unwrap_or(State::Skipped) {
            State::Skipped | State::Held => Outcome::Done,
            State::Stale => Outcome::Stale,
            State::Violated => Outcome::Violated,
            State::Failed => bail!("the check is incomplete"),
        })
    }
}
