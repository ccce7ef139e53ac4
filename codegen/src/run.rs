//! The whole way from a document to files, one stage after another. It stops after the first stage that has an
//! error to report, and gives every finding of that stage.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::lower::Lowered;
use crate::problem::Problem;
use crate::stack::on_large_stack;
use crate::{extend, generate, lint, load, lower, render, reshape};

/// What a document turns into.
#[derive(Debug, Clone)]
pub struct Output {
    /// Text of every generated file by its name.
    pub files: BTreeMap<String, String>,
    /// What the linter would have otherwise, though it stops nothing.
    pub warnings: Vec<Finding>,
}

/// Turns a document into files. `name` is what findings call the document.
///
/// # Errors
/// Every finding of the first stage that has an error.
pub fn run(name: &str, bytes: &[u8]) -> Result<Output, Vec<Finding>> {
    let run = || stages(name, bytes);
    // Without a thread for it, `load` refuses the document before anything recurses.
    on_large_stack(run).unwrap_or_else(run)
}

// Tokens cannot cross threads, so that whoever makes them goes on to the end.
fn stages(name: &str, bytes: &[u8]) -> Result<Output, Vec<Finding>> {
    let Prepared {
        tree,
        warnings,
        lowered,
    } = prepare(name, bytes)?;
    let place = |problems| placed(&tree, problems);
    let tokens = generate::generate(&lowered).map_err(&place)?;
    let reshaped = reshape::reshape(tokens, &lowered).map_err(&place)?;
    let sources = extend::extend(reshaped, &lowered).map_err(&place)?;
    let document = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut files = BTreeMap::new();
    for (file, tokens) in sources {
        let text =
            render::render(file, tokens, document).map_err(|problem| place(vec![problem]))?;
        files.insert(file.to_owned(), text);
    }
    Ok(Output { files, warnings })
}

/// Reads, checks and lowers a document: the first stages of [`run`], for those who need what the document says and not
/// the code.
///
/// # Errors
/// As those of [`run`], apart from what only the later stages find.
pub fn lowered(name: &str, bytes: &[u8]) -> Result<Lowered, Vec<Finding>> {
    Ok(prepare(name, bytes)?.lowered)
}

struct Prepared {
    tree: load::Tree,
    warnings: Vec<Finding>,
    lowered: Lowered,
}

fn prepare(name: &str, bytes: &[u8]) -> Result<Prepared, Vec<Finding>> {
    let tree = load::load(name, bytes)?;
    let warnings = lint::lint(&tree);
    if warnings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        return Err(warnings);
    }
    // What the linter has found nothing in, it need not be asked about again.
    let openapi = if warnings.is_empty() {
        load::sound(&tree)?
    } else {
        load::openapi(&tree)?
    };
    let lowered = lower::lower(openapi).map_err(|problems| placed(&tree, problems))?;
    Ok(Prepared {
        tree,
        warnings,
        lowered,
    })
}

fn placed(tree: &load::Tree, problems: Vec<Problem>) -> Vec<Finding> {
    let mut placed: Vec<Finding> = problems
        .into_iter()
        .map(|problem| locate(tree, problem))
        .collect();
    placed.sort();
    placed.dedup();
    placed
}

// A problem whose pointer leads nowhere, as one that was found in a rewritten node may, stands at the nearest node above.
fn locate(tree: &load::Tree, problem: Problem) -> Finding {
    let mut pointer = problem.pointer.as_str();
    let span = loop {
        if let Some(node) = tree.at(pointer) {
            break key_span(tree, pointer).unwrap_or(node.span());
        }
        match pointer.rfind('/') {
            Some(end) => pointer = pointer.get(..end).unwrap_or_default(),
            None => break tree.root().span(),
        }
    };
    Finding {
        place: tree.place(span),
        rule: problem.rule,
        severity: Severity::Error,
        pointer: problem.pointer,
        message: problem.message,
        label: String::new(),
        help: problem.help,
        related: Vec::new(),
        fix: Vec::new(),
    }
}

// The key is what a person looks for; the value behind it can be hundreds of lines.
fn key_span(tree: &load::Tree, pointer: &str) -> Option<load::Span> {
    let (parent, _) = pointer.rsplit_once('/')?;
    let key = load::tokens(pointer)?.last()?.into_owned();
    Some(tree.at(parent)?.entry(&key)?.key.span)
}
