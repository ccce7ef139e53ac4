//! `diff` as people run it: which documents it compares, what it says, and its exit code.

use std::fs;

#[cfg(target_os = "linux")]
use crate::repository::script;
use crate::repository::{Repository, fingerprints};
use crate::world::SPEC;
#[cfg(target_os = "linux")]
use crate::world::run;

const ACKNOWLEDGED: &str = "spec/acknowledged.toml";

#[test]
fn the_promise_decides_about_the_exit_code_and_the_head_line() {
    let repository = Repository::new();
    repository.rename();
    for (promise, code, head) in [
        ("wire", 0, "PATCH"),
        ("source", 100, "MAJOR"),
        ("runtime", 0, "PATCH"),
        ("all", 100, "MAJOR"),
    ] {
        let done = repository.diff(&["--base", "HEAD", "--promise", promise]);
        assert_eq!(done.code, Some(code), "{promise}");
        assert!(
            done.stdout.starts_with(&format!("semver: {head},")),
            "{}",
            done.stdout
        );
    }
}

#[test]
fn every_format_says_that_something_breaks() {
    let repository = Repository::new();
    repository.rename();
    for (format, word) in [
        ("text", "#1 breaking[OPERATION_ID_CHANGED]"),
        ("json", "\"breaking\": true"),
        ("markdown", "| #1 | ✗ |"),
        ("github", "::error file=spec/marketplace.v1.yaml,line="),
        ("html", "<!DOCTYPE html>"),
    ] {
        let done = repository.diff(&["--base", "HEAD", "--format", format]);
        assert_eq!(
            (done.code, done.stderr.as_str()),
            (Some(100), ""),
            "{format}"
        );
        assert!(done.stdout.contains(word), "{format}: {}", done.stdout);
    }
    assert_eq!(
        repository.diff(&["--base", "HEAD", "--format", "xml"]).code,
        Some(1)
    );
    assert_eq!(
        repository.diff(&["--open", "--format", "text"]).code,
        Some(1)
    );
}

#[test]
fn a_key_that_stands_twice_is_said_beside_the_comparison() {
    let repository = Repository::new();
    repository
        .world
        .edit("openapi: 3.0.3\n", "openapi: 3.0.3\nopenapi: 3.0.3\n");
    let done = repository.diff(&["--base", "HEAD"]);
    assert_eq!(done.code, Some(0), "{}", done.stdout);
    assert!(
        done.stderr.contains("error[YAML_KEY_DUPLICATE]"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_document_that_the_generator_refuses_is_compared_all_the_same() {
    let repository = Repository::new();
    repository
        .world
        .edit("operationId: FetchListing\n", "operationId: [odd]\n");
    repository.world.edit("type: string", "type: thing");
    let done = repository.diff(&["--base", "HEAD"]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
}

#[test]
fn a_document_that_cannot_be_read_as_one_is_a_failure_with_its_place_on_either_side() {
    let repository = Repository::new();
    let huge = vec![b'a'; 17 << 20];
    let far_too_big = vec![b'a'; 129 << 20];
    for (bytes, word) in [
        (&b"a: ["[..], "YAML_SYNTAX"),
        (b"", "empty"),
        (b"# nothing\n", "YAML_ROOT_NOT_MAPPING"),
        (b"\x00\xff\xfe\x01binary", "UTF-8"),
        (&huge, "bytes"),
        (&far_too_big, "bytes"),
    ] {
        fs::write(repository.world.path("odd.yaml"), bytes).unwrap();
        repository.git(&["add", "odd.yaml"]);
        let tree = repository.git(&["write-tree"]);
        let commit = repository.git(&["commit-tree", "-m", "Odd", &tree]);
        let in_commit = format!("{commit}:odd.yaml");
        for arguments in [
            &[SPEC, "odd.yaml"][..],
            &["odd.yaml", SPEC],
            &["--base", &in_commit],
        ] {
            let done = repository.diff(arguments);
            assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""), "{done:?}");
            assert!(
                done.stderr.contains("odd.yaml") && done.stderr.contains(word),
                "{word}: {}",
                done.stderr.get(..400).unwrap_or(&done.stderr)
            );
        }
    }
}

#[test]
fn a_document_that_goes_round_in_circles_is_compared() {
    let repository = Repository::new();
    let circle = |description: &str| {
        format!(
            "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: x\n          content:\n            \
             application/json:\n              schema: {{$ref: '#/components/schemas/A'}}\n  /b: {{$ref: '#/paths/~1b'}}\n\
             components:\n  schemas:\n    A:\n      description: {description}\n      properties:\n        \
             again: {{$ref: '#/components/schemas/A'}}\n    B: {{$ref: '#/components/schemas/C'}}\n    \
             C: {{$ref: '#/components/schemas/B'}}\n    D: {{allOf: [{{$ref: '#/components/schemas/D'}}]}}\n"
        )
    };
    fs::write(repository.world.path("a.yaml"), circle("one")).unwrap();
    fs::write(repository.world.path("b.yaml"), circle("other")).unwrap();
    let done = repository.diff(&["a.yaml", "b.yaml"]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert!(
        done.stdout.contains("DESCRIPTION_CHANGED"),
        "{}",
        done.stdout
    );
    let anchors = "paths: &a\n  /a: *a\n";
    fs::write(repository.world.path("a.yaml"), anchors).unwrap();
    let done = repository.diff(&["a.yaml", "b.yaml"]);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stderr.contains("a.yaml:2:"), "{}", done.stderr);
}

#[test]
fn a_break_that_was_decided_on_passes_until_its_version_is_released() {
    let repository = Repository::new();
    repository.branch("feature");
    repository.rename();
    let found = repository.diff(&["--format", "json"]);
    let fingerprint = fingerprints(&found).remove(0);
    let list = |fingerprint: &str| {
        let text = format!(
            "[[acknowledged]]\nfingerprint = \"{fingerprint}\"\nreason = \"Agreed.\"\nversion = \"0.2.0\"\n"
        );
        fs::write(repository.world.path(ACKNOWLEDGED), text).unwrap();
    };
    list(&fingerprint);
    let done = repository.diff(&[]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert!(done.stdout.contains("= acknowledged: Agreed."));
    // It is the workspace's own document by whichever name.
    assert_eq!(repository.diff(&[SPEC]).code, Some(0));
    // Whether an entry fits is for `check` to say: against another base than the last release it may well fit nothing.
    list("0123456789abcdef");
    let done = repository.diff(&[]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
    // What has been released lets nothing pass.
    list(&fingerprint);
    repository.git(&["tag", "v0.2.0"]);
    assert_eq!(repository.diff(&[]).code, Some(100));
    fs::write(repository.world.path(ACKNOWLEDGED), "[[acknowledged]]\n").unwrap();
    let done = repository.diff(&[]);
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.contains("ACKNOWLEDGEMENT_UNREADABLE"),
        "{}",
        done.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_changes_nothing_about_the_outcome() {
    let repository = Repository::new();
    repository.rename();
    for format in ["text", "json", "markdown", "github", "html"] {
        let script =
            format!("{{ \"$XTASK\" diff --base HEAD --format {format}; echo $? >&2; }} | true");
        let done = repository.world.shell(&script);
        assert_eq!(done.stderr, "100\n", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_does_not_fit_on_the_disk_is_a_failure() {
    let repository = Repository::new();
    let script = "\"$XTASK\" diff --base HEAD > /dev/full";
    let done = repository.world.shell(script);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(
        done.stderr.contains("standard output cannot be written to"),
        "{done:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_page_is_opened_with_the_opener_of_the_desktop() {
    let repository = Repository::new();
    repository.world.copy(SPEC, "before.yaml");
    repository.rename();
    let pages = repository.world.path("pages");
    fs::create_dir(&pages).unwrap();
    // A pipe tells the test when the opener, which nobody waits for, has had its turn.
    let opener = "echo noise; echo noise >&2; printf '%s' \"$1\" > opened";
    script(&repository.world.path("openers/xdg-open"), opener);
    let pipe = run({
        let mut command = std::process::Command::new("mkfifo");
        command.arg(repository.world.path("opened"));
        command
    });
    assert_eq!(pipe.code, Some(0));
    let mut command = repository.command("diff", "");
    command.args(["before.yaml", SPEC, "--open"]);
    command
        .env("PATH", repository.world.path("openers"))
        .env("TMPDIR", &pages);
    let done = run(command);
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
    let page = done.stdout.trim_end();
    let opened = fs::read_to_string(repository.world.path("opened")).unwrap();
    assert_eq!(opened, page);
    assert!(page.starts_with(pages.to_str().unwrap()), "{page}");
    assert!(
        fs::read_to_string(page)
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
}

#[cfg(target_os = "linux")]
#[test]
fn without_an_opener_the_command_says_where_the_page_is() {
    let repository = Repository::new();
    let mut command = repository.command("diff", "");
    command.args([SPEC, SPEC, "--open"]);
    command
        .env("PATH", "")
        .env("TMPDIR", repository.world.path(""));
    let done = run(command);
    assert_eq!(done.code, Some(0));
    let page = fs::read_to_string(done.stdout.trim_end()).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert_eq!(
        done.stderr,
        "note: `xdg-open` cannot be started; open the page by hand\n"
    );
}
