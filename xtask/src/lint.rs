//! `cargo xtask lint`: every finding in the document, on standard output, for people or for programs. It writes no file
//! unless `--fix` asks for it, and then the document alone.

use std::path::Path;

use anyhow::{Result, bail};
use clap::ValueEnum;
use codegen::finding::rules::RULES;
use codegen::finding::{Finding, Rule, Severity};
use codegen::report::{self, Pages};

use crate::document::Document;
use crate::{Outcome, console, rewrite, workspace};

/// What `lint` is asked for.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    document: crate::Document,
    /// Print the page about one rule, and look at no document
    #[arg(long, value_name = "RULE", exclusive = true)]
    explain: Option<String>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Mend in the document what needs no decision, and show the rest
    #[arg(long)]
    fix: bool,
    /// What counts as an error besides errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As a compiler does, for people
    Text,
    /// One JSON document; spec/lint.md describes it
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// The Static Analysis Results Interchange Format, version 2.1.0
    Sarif,
}

/// What `--deny` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Every finding is an error, as it is in the tests of this workspace
    Warnings,
}

/// Shows all findings of the document, or the page about a rule.
pub fn lint(arguments: Arguments) -> Result<Outcome> {
    if let Some(id) = &arguments.explain {
        return explain(id);
    }
    let Arguments {
        document,
        format,
        fix,
        deny,
        ..
    } = arguments;
    let path = workspace::spec(document.spec.as_deref())?;
    let mut document = Document::read(Some(path.clone()))?;
    if fix {
        mend(&path, &mut document)?;
    }
    let findings = findings(&document);
    print(&document, &findings, format);
    let stops = match deny {
        Some(Deny::Warnings) => !findings.is_empty(),
        None => has_error(&findings),
    };
    Ok(if stops {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}

fn print(document: &Document, findings: &[Finding], format: Format) {
    let text = document.text();
    console::print(&match format {
        Format::Text if findings.is_empty() => format!("{}: no findings\n", document.name),
        Format::Text => report::render(findings, &text, console::colored_output()),
        Format::Json => report::json(findings, &text),
        Format::Github => report::github(findings, &text),
        Format::Sarif => {
            let url = pages();
            let pages = url.as_deref().map_or(Pages::Inside, Pages::Under);
            report::sarif(findings, &text, pages)
        }
    });
}

/// Where GitHub shows the pages of this very commit; nowhere outside of a workflow.
fn pages() -> Option<String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (server, repository, commit) = (
        variable("GITHUB_SERVER_URL")?,
        variable("GITHUB_REPOSITORY")?,
        variable("GITHUB_SHA")?,
    );
    Some(format!("{server}/{repository}/blob/{commit}/spec/rules"))
}

/// Prints the page about one rule.
fn explain(id: &str) -> Result<Outcome> {
    let Some(page) = Rule::find(id).and_then(Rule::page) else {
        let wanted = id.to_ascii_uppercase();
        let mut near = RULES.iter().map(|rule| rule.id).filter(|known| {
            let words = |id: &str| id.split('_').map(str::to_owned).collect::<Vec<_>>();
            !wanted.is_empty()
                && words(known)
                    .iter()
                    .any(|word| words(&wanted).contains(word))
        });
        match near.by_ref().take(8).collect::<Vec<_>>().as_slice() {
            [] => bail!("there is no rule `{id}`; spec/lint.md lists them all"),
            near => bail!(
                "there is no rule `{id}`; the nearest are {}, and spec/lint.md lists them all",
                near.join(", ")
            ),
        }
    };
    console::print(page);
    Ok(Outcome::Done)
}

/// Makes the mechanical mends, in the file and in what is linted next.
fn mend(path: &Path, document: &mut Document) -> Result<()> {
    let fixed = codegen::lint::fix(&document.name, &document.bytes);
    if fixed.bytes == document.bytes {
        console::error(&format!("{}: nothing was mended\n", document.name));
        return Ok(());
    }
    rewrite::rewrite(path, document, &fixed.bytes)?;
    for finding in &fixed.fixed {
        console::error(&format!(
            "mended[{}]: {}: {}\n",
            finding.rule, finding.place, finding.message
        ));
    }
    document.bytes = fixed.bytes;
    Ok(())
}

/// What the linter has to say, and when that stops nothing, what the later stages cannot turn into code: a document
/// without findings is one that `regen` takes.
fn findings(document: &Document) -> Vec<Finding> {
    let tree = match codegen::load::load(&document.name, &document.bytes) {
        Ok(tree) => tree,
        Err(findings) => return findings,
    };
    let mut findings = codegen::lint::lint(&tree);
    if !has_error(&findings)
        && let Err(refused) = codegen::run(&document.name, &document.bytes)
    {
        findings.extend(refused);
        findings.sort();
    }
    findings
}

fn has_error(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}
