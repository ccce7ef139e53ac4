//! `cargo xtask diff`: what changed between two documents and what that does to whom. It finds the two documents; judging
//! them is the business of `codegen`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use codegen::diff::render::{Format, View, render};
use codegen::diff::{Acknowledged, Promise};
use codegen::load::Tree;

use crate::document::Document;
use crate::git::{Missing, Repository};
use crate::{Outcome, console, versions, workspace};

/// Where breaks stand that were decided on.
const ACKNOWLEDGED: &str = "acknowledged.toml";

/// What is compared, and how it is shown.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The changed document [default: spec/marketplace.v1.yaml of the workspace]; with a second one, the one before
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The changed document, if the first one is the one before
    #[arg(value_name = "FILE", conflicts_with = "against")]
    second: Option<PathBuf>,
    /// What to compare with: a commit, a commit and a path, or a file [default: where the branch left the default branch
    /// of origin; on that branch, the commit before]
    #[arg(long, value_name = "REV|REV:PATH|FILE")]
    against: Option<String>,
    /// How the changes are shown: text, json, markdown, github or html
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write the page of `--format html` to a file and open it
    #[arg(long)]
    open: bool,
    /// The promise that decides about the exit code: wire, source, runtime or all
    #[arg(long, value_name = "PROMISE", default_value = "all")]
    promise: Promise,
}

/// The document before the change.
enum Base {
    Found(Box<Found>),
    /// There is none, which is no fault of whoever asks.
    Missing(Missing),
}

struct Found {
    document: Document,
    /// The repository and the commit, where it was found without being named.
    commit: Option<(Repository, String)>,
}

/// Compares two documents.
pub fn diff(arguments: Arguments) -> Result<Outcome> {
    let Arguments {
        file,
        second,
        against,
        format,
        open,
        promise,
    } = arguments;
    let format = match (format, open) {
        (None, true) => Format::Html,
        (Some(format), true) if format != Format::Html => {
            bail!("--open shows a page; it goes with --format html")
        }
        (format, _) => format.unwrap_or_default(),
    };
    let is_own = file.is_none() && second.is_none();
    let (base, path) = match second {
        Some(second) => (Base::Found(Box::new(named(file)?)), second),
        None => {
            let path = workspace::spec(file.as_deref())?;
            (base(&path, against.as_deref())?, path)
        }
    };
    let found = match base {
        Base::Found(found) => *found,
        Base::Missing(reason) => return nothing_to_compare(&reason),
    };
    let revision = Document::read(Some(path.clone()))?;
    let (Some(old), Some(new)) = (tree(&found.document), tree(&revision)) else {
        bail!("a document that is no YAML cannot be compared");
    };
    let mut report = codegen::diff::diff(&old, &new);
    let mut is_stale = false;
    if is_own {
        is_stale = acknowledge(&mut report, &path, found.commit.as_ref())?;
    }
    let color = format == Format::Text && console::colored_output();
    let view = View {
        report: &report,
        base: &old,
        revision: &new,
        promise,
        color,
    };
    let shown = render(&view, format);
    if open {
        page(&shown)?
    } else {
        console::print(&shown)
    }
    if is_stale {
        bail!("{ACKNOWLEDGED} lists what did not change");
    }
    Ok(if report.is_breaking(promise) {
        Outcome::Breaking
    } else {
        Outcome::Done
    })
}

fn named(file: Option<PathBuf>) -> Result<Found> {
    Ok(Found {
        document: Document::read(file)?,
        commit: None,
    })
}

/// Finds what a document is compared with.
fn base(path: &Path, against: Option<&str>) -> Result<Base> {
    let Some(against) = against else {
        return default_base(path);
    };
    if Path::new(against).is_file() {
        return Ok(Base::Found(Box::new(named(Some(PathBuf::from(against)))?)));
    }
    let has_path = against.contains(':');
    let mut repository = Repository::around(path);
    if has_path && repository.is_err() {
        // A path of its own says nothing about where the changed document lies.
        repository = Repository::around(Path::new("./"));
    }
    let repository =
        repository.map_err(|reason| anyhow::anyhow!("`{against}` is no file, and {reason}"))?;
    let (name, bytes) = repository
        .show(against, (!has_path).then_some(path))
        .with_context(|| format!("`{against}` is neither a file nor a commit with one"))?;
    Ok(Base::Found(Box::new(Found {
        document: Document { name, bytes },
        commit: None,
    })))
}

fn default_base(path: &Path) -> Result<Base> {
    let found =
        Repository::around(path).and_then(|repository| Ok((repository.base()?, repository)));
    let (commit, repository) = match found {
        Ok(found) => found,
        Err(reason) => return Ok(Base::Missing(reason)),
    };
    // What the branch adds has nothing before it.
    let Ok((name, bytes)) = repository.show(&commit, Some(path)) else {
        let short = commit.get(..10).unwrap_or(&commit);
        return Ok(Base::Missing(format!(
            "{short} has no {}",
            workspace::shown(path)
        )));
    };
    let document = Document { name, bytes };
    Ok(Base::Found(Box::new(Found {
        document,
        commit: Some((repository, commit)),
    })))
}

/// Nobody can help a missing base on their own machine; a workflow can be told to fetch more.
fn nothing_to_compare(reason: &str) -> Result<Outcome> {
    let text = format!("nothing to compare with: {reason}; --against names a commit or a file");
    if std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false") {
        bail!(text);
    }
    console::error(&format!("note: {text}\n"));
    Ok(Outcome::Done)
}

/// The tree of a document; findings are shown where there is none.
fn tree(document: &Document) -> Option<Tree> {
    match codegen::load::load(&document.name, &document.bytes) {
        Ok(tree) => Some(tree),
        Err(findings) => {
            document.report(&findings);
            None
        }
    }
}

/// Notes what was decided on, and tells whether the list has an entry too many. Against another base than the usual one
/// an entry can fit nothing and be right.
fn acknowledge(
    report: &mut codegen::diff::Report,
    spec: &Path,
    commit: Option<&(Repository, String)>,
) -> Result<bool> {
    let file = spec.with_file_name(ACKNOWLEDGED);
    let name = workspace::shown(&file);
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error).with_context(|| format!("{name} cannot be read")),
    };
    let list = match Acknowledged::parse(&name, &text) {
        Ok(list) => list,
        Err(findings) => {
            console::report(&findings, &text);
            bail!("{name} cannot be used");
        }
    };
    list.apply(report);
    let Some((repository, commit)) = commit else {
        return Ok(false);
    };
    // The base had no list, or one that was no better than none.
    let before = repository.show(commit, Some(&file)).ok();
    let before = before.and_then(|(name, bytes)| {
        Acknowledged::parse(&name, &String::from_utf8_lossy(&bytes)).ok()
    });
    let stale = list.stale(report, versions::client()?, &before.unwrap_or_default());
    if !stale.is_empty() {
        console::report(&stale, &text);
    }
    Ok(!stale.is_empty())
}

/// Writes a page and opens it with whatever the desktop opens pages with.
fn page(text: &str) -> Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("api-diff-")
        .tempdir()
        .context("no folder for the page can be made")?;
    let file = folder.keep().join("diff.html");
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    console::print(&format!("{}\n", file.display()));
    let opener: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        &["explorer"]
    } else {
        &["xdg-open"]
    };
    let Some((program, rest)) = opener.split_first() else {
        return Ok(());
    };
    if std::process::Command::new(program)
        .args(rest)
        .arg(&file)
        .spawn()
        .is_err()
    {
        console::error(&format!(
            "note: `{program}` cannot be started; open the file by hand\n"
        ));
    }
    Ok(())
}
