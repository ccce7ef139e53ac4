//! What the README shows of a review is what the commands say about the change that stands there. With
//! `WRITE_EXPECTED=1` the test writes it.
#![cfg(unix)]

use std::env;
use std::fs;

use crate::repository::{Repository, fingerprints, script};
use crate::world::{SPEC, project, run};

/// The commit that the README pretends to compare with.
const COMMIT: &str = "1a2b3c4d5e";

/// What stands between two texts, the first time that they do.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

/// The lines of a block that a change keeps or has on one side.
fn side(block: &str, sign: char) -> String {
    let lines = block
        .lines()
        .filter_map(|line| line.strip_prefix(' ').or_else(|| line.strip_prefix(sign)));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Makes the change that stands in the README.
fn change(repository: &Repository, readme: &str) {
    let header = format!("--- a/{SPEC}\n+++ b/{SPEC}\n@@ ");
    let (_, block) = between(readme, &header, "```").split_once('\n').unwrap();
    let text = fs::read_to_string(repository.world.path(SPEC)).unwrap();
    let (before, after) = (side(block, '-'), side(block, '+'));
    assert_eq!(text.matches(&before).count(), 1, "{before}");
    repository.write(SPEC, text.replace(&before, &after));
}

/// A change elsewhere in the document moves lines and nothing else, so their numbers do not count.
fn unnumbered(text: &str) -> String {
    let mut shown = String::new();
    for line in text.lines() {
        let is_place = line.contains(".yaml:") || line.contains(".toml:") || line.contains(" | ");
        let mut was_digit = false;
        for character in line.chars() {
            let is_digit = is_place && character.is_ascii_digit();
            let is_blank = is_place && character == ' ' && shown.ends_with([' ', '\n']);
            if is_digit && !was_digit {
                shown.push('N');
            } else if !is_digit && !is_blank {
                shown.push(character);
            }
            was_digit = is_digit;
        }
        shown.push('\n');
    }
    shown
}

#[test]
fn the_readme_shows_what_a_reviewer_sees() {
    let file = project().join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let repository = Repository::fresh();
    // The manifest of the project, at the version that the README tells of.
    let manifest = fs::read_to_string(project().join("Cargo.toml")).unwrap();
    let version = between(&manifest, "\nversion = \"", "\"");
    let manifest = manifest.replacen(
        &format!("\nversion = \"{version}\""),
        "\nversion = \"0.1.0\"",
        1,
    );
    repository.write("Cargo.toml", manifest);
    let deviations = fs::read_to_string(project().join("spec/deviations.toml")).unwrap();
    repository.write("spec/deviations.toml", deviations);
    repository.commit();
    repository.git(&["tag", "v0.1.0"]);
    repository.merged();
    repository.branch("feature");
    let commit = repository.git(&["rev-parse", "HEAD"]);
    let commit = commit.get(..10).unwrap();
    change(&repository, &readme);

    let text = repository.diff(&[]);
    assert_eq!((text.code, text.stderr.as_str()), (Some(100), ""));
    let text = text.stdout.replace(commit, COMMIT);
    let markdown = repository.diff(&["--format", "markdown"]).stdout;
    let markdown = between(&markdown, "-->\n", "\n\n<details>").replace('\n', "\n> ");
    let markdown = markdown.replace("> \n", ">\n");
    assert_eq!(repository.world.run(&["regen"]).code, Some(0));
    let cargo = repository.world.path("bin/cargo");
    script(&cargo, "case \"$*\" in *--no-run) exit 0;; esac; exit 101");
    let mut command = repository.command("check", "");
    command.env("CARGO", cargo);
    let check = run(command).stdout.replace(commit, COMMIT);
    let check = format!("{}\n", check.split("\n\n").next().unwrap());
    let fingerprint = fingerprints(&repository.diff(&["--format", "json"])).remove(0);

    let section = between(&readme, "## Review a change\n", "\n## ");
    let mut blocks = section
        .split("```text\n")
        .skip(1)
        .map(|rest| rest.split("```").next());
    let shown = [
        (blocks.next().flatten().unwrap(), text),
        (blocks.next().flatten().unwrap(), check),
        (between(section, "\n> ", "\n\n"), markdown),
        (between(section, "fingerprint = \"", "\""), fingerprint),
    ];
    if env::var_os("WRITE_EXPECTED").is_some() {
        let mut section = section.to_owned();
        for (old, new) in &shown {
            section = section.replacen(old, new, 1);
        }
        let (before, rest) = readme.split_once("## Review a change\n").unwrap();
        let (_, after) = rest.split_once("\n## ").unwrap();
        let readme = format!("{before}## Review a change\n{section}\n## {after}");
        fs::write(&file, readme).unwrap();
        return;
    }
    for (old, new) in &shown {
        assert_eq!(
            unnumbered(old),
            unnumbered(new),
            "write the README with\n    WRITE_EXPECTED=1 cargo test -p xtask --test commands readme"
        );
    }
}
