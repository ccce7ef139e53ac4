//! What runs for a pull request: the workflow files ask for nothing that is not there and for no right that they do not
//! need, and what they run does what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_yaml::Value;

#[cfg(unix)]
use crate::repository::{Repository, script};
use crate::world::{World, project, run};

fn workflows() -> BTreeMap<String, Value> {
    let entries = fs::read_dir(project().join(".github/workflows")).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    files
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&file).unwrap();
            (name, serde_yaml::from_str(&text).unwrap())
        })
        .collect()
}

/// Every step of a workflow.
fn steps(workflow: &Value) -> Vec<&Value> {
    let jobs = workflow["jobs"].as_mapping().unwrap().values();
    jobs.flat_map(|job| job["steps"].as_sequence().unwrap())
        .collect()
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// What triggers a workflow.
fn triggers(workflow: &Value) -> Vec<&str> {
    let on = &workflow["on"];
    let names = on.as_mapping().unwrap().keys();
    names.map(|name| name.as_str().unwrap()).collect()
}

/// The words of every `cargo xtask` in a text.
fn commands(text: &str) -> Vec<Vec<String>> {
    let calls = text.split("cargo xtask ").skip(1);
    calls
        .map(|rest| {
            let end = rest.find(['\n', '`', '|', '>', '(', '[', ';', ',', '"', '\'', '<']);
            let call = rest.get(..end.unwrap_or(rest.len())).unwrap();
            let words = call
                .split_whitespace()
                .map(|word| word.trim_end_matches(['.', ':']));
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|words| !words.is_empty())
        .collect()
}

#[test]
fn every_command_that_a_file_names_exists_with_its_options() {
    let world = World::new();
    let all = world.run(&["--help"]).stdout;
    let mut files = vec![".ci/run".to_owned(), "README.md".to_owned()];
    for folder in [".github/workflows", "spec"] {
        let entries = fs::read_dir(project().join(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let names = names.filter(|name| name.ends_with(".md") || name.ends_with(".yml"));
        files.extend(names.map(|name| format!("{folder}/{name}")));
    }
    let mut seen = 0;
    for file in files {
        let text = fs::read_to_string(project().join(&file)).unwrap();
        for words in commands(&text) {
            let name = words[0].as_str();
            // In prose, what comes after is no command.
            if !all.contains(&format!("\n  {name} ")) {
                assert!(
                    !words[0].starts_with(char::is_alphabetic),
                    "{file}: {words:?}"
                );
                continue;
            }
            seen += 1;
            let help = world.run(&[name, "--help"]).stdout;
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap();
                assert!(help.contains(option), "{file}: {words:?} has no {option}");
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn every_action_has_a_version_and_every_file_exists() {
    for (name, workflow) in workflows() {
        for step in steps(&workflow) {
            match (text(step, "uses"), text(step, "run")) {
                (Some(action), None) => {
                    let (_, version) = action.split_once('@').unwrap();
                    let is_version = version.strip_prefix('v').is_some_and(|digits| {
                        digits.split('.').all(|part| part.parse::<u32>().is_ok())
                    });
                    let is_commit =
                        version.len() == 40 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
                    assert!(is_version || is_commit, "{name}: {action}");
                }
                (None, Some(_)) => {}
                _ => unreachable!("{name}: {step:?}"),
            }
        }
        let source = fs::read_to_string(project().join(".github/workflows").join(&name)).unwrap();
        for file in [".ci/run", ".github/comment.js"] {
            let relative = format!("./{file}");
            if source.contains(file) || source.contains(&relative) {
                assert!(project().join(file).is_file(), "{name}: {file}");
            }
        }
    }
}

#[test]
fn a_workflow_may_only_read_apart_from_the_one_that_comments() {
    for (name, workflow) in workflows() {
        let source = fs::read_to_string(project().join(".github/workflows").join(&name)).unwrap();
        // The first would run a fork's code with the rights of this repository; a fork has none of the second.
        for never in ["pull_request_target", "secrets.", "write-all"] {
            assert!(!source.contains(never), "{name}: {never}");
        }
        let mut granted = vec![workflow.get("permissions").unwrap().clone()];
        let jobs = workflow["jobs"].as_mapping().unwrap().values();
        granted.extend(jobs.filter_map(|job| job.get("permissions").cloned()));
        let writes: Vec<String> = granted
            .iter()
            .flat_map(|rights| rights.as_mapping().unwrap())
            .filter(|(_, right)| right.as_str() != Some("read"))
            .map(|(what, _)| what.as_str().unwrap().to_owned())
            .collect();
        if name == "comment.yml" {
            assert_eq!(triggers(&workflow), ["workflow_run"]);
            assert_eq!(writes, ["pull-requests"]);
        } else {
            assert_eq!(writes, [""; 0], "{name}");
        }
        for step in steps(&workflow) {
            let with = step.get("with");
            if text(step, "uses").is_some_and(|action| action.starts_with("actions/checkout@")) {
                let kept = with.and_then(|with| with.get("persist-credentials"));
                assert_eq!(kept.and_then(Value::as_bool), Some(false), "{name}");
            }
            // What stands in an expression would be read as a part of the script.
            let script = with.and_then(|with| text(with, "script"));
            for script in [text(step, "run"), script].into_iter().flatten() {
                assert!(!script.contains("${{"), "{name}: {script}");
            }
        }
    }
}

#[test]
fn what_is_judged_against_a_base_has_the_whole_history() {
    for (name, workflow) in workflows() {
        for (_, job) in workflow["jobs"].as_mapping().unwrap() {
            let steps = job["steps"].as_sequence().unwrap();
            let compares = steps
                .iter()
                .filter_map(|step| text(step, "run"))
                .any(|script| {
                    script.contains("xtask diff")
                        || script.contains("xtask check")
                        || script.contains(".ci/run")
                });
            if compares {
                let depth = steps[0]["with"].get("fetch-depth").and_then(Value::as_u64);
                assert_eq!(depth, Some(0), "{name}");
            }
        }
    }
}

#[test]
fn the_comment_takes_what_the_review_hands_on() {
    let workflows = workflows();
    let (review, comment) = (&workflows["review.yml"], &workflows["comment.yml"]);
    let awaited = &comment["on"]["workflow_run"]["workflows"];
    assert_eq!(awaited[0], review["name"]);
    let uses = |workflow, action: &str| {
        let found = steps(workflow)
            .into_iter()
            .find(|step| text(step, "uses").is_some_and(|used| used.starts_with(action)));
        found.unwrap().clone()
    };
    let up = uses(review, "actions/upload-artifact@");
    let down = uses(comment, "actions/download-artifact@");
    assert_eq!(up["with"]["name"], down["with"]["name"]);
    let file = Path::new(up["with"]["path"].as_str().unwrap())
        .file_name()
        .unwrap();
    let report = uses(comment, "actions/github-script@");
    let report = Path::new(report["env"]["REPORT"].as_str().unwrap()).to_owned();
    assert_eq!(report.file_name().unwrap(), file);
    assert_eq!(
        report.parent().unwrap().to_str(),
        down["with"]["path"].as_str()
    );
}

#[test]
fn the_checks_are_one_script_that_runs_nothing_twice_and_ends_with_the_command_of_the_readme() {
    let workflows = workflows();
    let runs = steps(&workflows["ci.yml"]);
    assert!(runs.iter().any(|step| text(step, "run") == Some(".ci/run")));
    let script = fs::read_to_string(project().join(".ci/run")).unwrap();
    let mut cargo: Vec<&str> = script
        .lines()
        .map(str::trim)
        .filter(|line| {
            !line.starts_with('#') && line.contains("cargo ") && !line.contains("--version")
        })
        .collect();
    let readme = fs::read_to_string(project().join("README.md")).unwrap();
    let last = *cargo.last().unwrap();
    assert!(
        readme.contains(&format!("\ncargo xtask regen\n{last}\n```\n")),
        "{last}"
    );
    for part in [
        "cargo fmt",
        "cargo clippy",
        "cargo doc",
        "cargo xtask check --skip snapshots",
    ] {
        assert_eq!(
            cargo.iter().filter(|line| line.contains(part)).count(),
            1,
            "{part}"
        );
    }
    let count = cargo.len();
    cargo.sort_unstable();
    cargo.dedup();
    assert_eq!(cargo.len(), count);
}

#[test]
fn the_script_that_comments_keeps_to_its_tests() {
    let mut version = Command::new("node");
    if version.arg("--version").output().is_err() {
        eprintln!("skipped: there is no node to run .github/comment.test.js with");
        return;
    }
    let mut command = Command::new("node");
    command
        .args(["--test", ".github/comment.test.js"])
        .current_dir(project());
    let done = run(command);
    assert_eq!(done.code, Some(0), "{}", done.stdout);
    assert!(done.stdout.contains("# fail 0"), "{}", done.stdout);
}

/// Runs the steps of the review that compare, as a runner would for a pull request, or for a push with this commit
/// before: a shell that ends at the first failure.
#[cfg(unix)]
fn review(repository: &Repository, before: Option<&str>) -> (Vec<crate::world::Done>, String) {
    let world = &repository.world;
    let event = world.path(".git/event.json");
    let said = before.map_or_else(
        || "{\"number\": 1}".to_owned(),
        |before| format!("{{\"before\": \"{before}\"}}"),
    );
    fs::write(&event, said).unwrap();
    // `cargo xtask` is the binary under test here.
    script(&world.path("bin/cargo"), "shift; exec \"$XTASK\" \"$@\"");
    let workflows = workflows();
    let steps = steps(&workflows["review.yml"]);
    let scripts = steps.iter().filter_map(|step| text(step, "run"));
    let done = scripts
        .filter(|script| script.contains("cargo xtask"))
        .map(|script| {
            let mut command = Command::new("bash");
            command
                .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
                .current_dir(world.path(""));
            let path = std::env::var("PATH").unwrap();
            command
                .env("PATH", format!("{}:{path}", world.path("bin").display()))
                .env("XTASK", crate::world::binary())
                .env("CARGO_MANIFEST_DIR", world.path("xtask"))
                .env("CI", "true")
                .env(
                    "GITHUB_EVENT_NAME",
                    before.map_or("pull_request", |_| "push"),
                )
                .env("GITHUB_EVENT_PATH", &event)
                .env("RUNNER_TEMP", world.path(""))
                .env("GITHUB_STEP_SUMMARY", world.path("summary.md"));
            run(command)
        })
        .collect();
    let summary = fs::read_to_string(world.path("summary.md")).unwrap_or_default();
    (done, summary)
}

#[cfg(unix)]
#[test]
fn a_review_shows_a_break_on_its_line_and_in_the_summary_and_does_not_fail() {
    let repository = Repository::new();
    repository.branch("feature");
    repository.rename();
    repository.world.edit(
        "operationId: CheckListing\n",
        "operationId: CheckListing\n      surprise: 1\n",
    );
    let (done, summary) = review(&repository, None);
    assert_eq!(done.len(), 3);
    for step in &done {
        assert_eq!((step.code, step.stderr.as_str()), (Some(0), ""));
    }
    let annotation = "::error file=spec/marketplace.v1.yaml,line=";
    for step in &done[..2] {
        assert!(step.stdout.contains(annotation), "{}", step.stdout);
    }
    assert!(
        summary.starts_with("<!-- cargo xtask diff -->\n**semver: MAJOR, 1 breaking"),
        "{summary}"
    );
    let handed_on = fs::read_to_string(repository.world.path("diff.md")).unwrap();
    assert_eq!(handed_on, summary);
}

#[cfg(unix)]
#[test]
fn a_review_of_a_push_shows_all_that_was_pushed() {
    assert_eq!(
        triggers(&workflows()["review.yml"]),
        ["push", "pull_request"]
    );
    let repository = Repository::new();
    let before = repository.git(&["rev-parse", "HEAD"]);
    repository.rename();
    repository.commit();
    repository.commit();
    repository.merged();
    repository.git(&["switch", "--quiet", "--detach"]);
    let (done, summary) = review(&repository, Some(&before));
    for step in &done {
        assert_eq!((step.code, step.stderr.as_str()), (Some(0), ""));
    }
    assert!(summary.contains("semver: MAJOR, 1 breaking"), "{summary}");
}

#[cfg(unix)]
#[test]
fn a_review_without_a_base_fails() {
    let repository = Repository::new();
    let (done, summary) = review(&repository, None);
    for step in &done[1..] {
        assert_eq!(step.code, Some(1), "{step:?}");
        assert!(step.stderr.contains("nothing to compare with"), "{step:?}");
    }
    assert_eq!(summary, "");
}
