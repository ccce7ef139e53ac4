//! The same work gives the same verdict however it comes to the default branch: by rebase, squash, merge or
//! fast-forward, with other commits before and behind, and judged there or on its branch.

use crate::repository::{Repository, fingerprints};
use crate::world::Done;

const LIST: &str = "spec/acknowledged.toml";

/// A step of the work, which is a commit.
#[derive(Debug, Clone, Copy)]
enum Step {
    Break,
    Acknowledge,
    Bump,
    Both,
    Add,
    Undo,
    Comment,
}

use Step::{Acknowledge, Add, Both, Break, Bump, Comment, Undo};

/// The work, and the exit code of `check` for it.
const WORKS: [(&[Step], i32); 9] = [
    (&[Comment], 0),
    (&[Break, Comment], 100),
    (&[Break, Acknowledge, Comment], 100),
    (&[Break, Bump, Comment], 100),
    (&[Break, Acknowledge, Bump, Comment], 0),
    (&[Bump, Break, Comment, Acknowledge], 0),
    (&[Break, Both], 0),
    (&[Add, Comment], 100),
    (&[Break, Undo, Comment], 0),
];

#[derive(Debug, Clone, Copy)]
enum Way {
    FastForward,
    Merge,
    Squash,
    Rebase,
}

const WAYS: [Way; 4] = [Way::FastForward, Way::Merge, Way::Squash, Way::Rebase];

fn take(repository: &Repository, step: Step, number: usize) {
    let write = |fingerprint: &str| {
        let text = format!(
            "[[acknowledged]]\nfingerprint = \"{fingerprint}\"\nreason = \"Agreed.\"\nversion = \"0.3.0\"\n"
        );
        repository.write(LIST, text);
    };
    let fingerprint = || {
        let done = repository.diff(&["--base", "v0.2.0", "--format", "json"]);
        fingerprints(&done).remove(0)
    };
    match step {
        Break => repository.rename(),
        Undo => repository
            .world
            .edit("operationId: CheckListing\n", "operationId: FetchListing\n"),
        Add => repository.add(),
        Acknowledge => write(&fingerprint()),
        Bump => repository.set_version("0.3.0"),
        Both => {
            write(&fingerprint());
            repository.set_version("0.3.0");
        }
        Comment => repository
            .world
            .edit("openapi: ", &format!("# Comment {number}.\nopenapi: ")),
    }
    repository.commit();
}

/// What `check` says of changes and version alone: every word of it.
fn verdict(repository: &Repository) -> Done {
    let mut command = repository.command("check", "true");
    for part in ["document", "deviations", "generated", "snapshots"] {
        command.args(["--skip", part]);
    }
    crate::world::run(command)
}

/// The work on a branch that began at the release, and what is said of it there.
fn on_branch(work: &[Step]) -> (Repository, Done) {
    let repository = Repository::new();
    repository.git(&["tag", "v0.2.0"]);
    repository.branch("feature");
    for (number, step) in work.iter().enumerate() {
        take(&repository, *step, number);
    }
    repository.git(&["tag", "work"]);
    let done = verdict(&repository);
    (repository, done)
}

/// Brings the work to the default branch in one way. The first verdict is that of a workflow for the push, the second
/// one is that with another commit behind.
fn merged(repository: &Repository, way: Way) -> [Done; 2] {
    let git = |arguments: &[&str]| repository.git(arguments);
    git(&["switch", "--quiet", "--force-create", "feature", "work"]);
    git(&["switch", "--quiet", "--force-create", "main", "v0.2.0"]);
    if !matches!(way, Way::FastForward) {
        repository.write("elsewhere", "What the default branch did meanwhile.");
        repository.commit();
        repository.merged();
    }
    match way {
        Way::FastForward => {
            git(&["merge", "--quiet", "--ff-only", "feature"]);
        }
        Way::Merge => {
            git(&["merge", "--quiet", "--no-ff", "--no-edit", "feature"]);
        }
        Way::Squash => {
            git(&["merge", "--quiet", "--squash", "feature"]);
            repository.commit();
        }
        Way::Rebase => {
            git(&["rebase", "--quiet", "main", "feature"]);
            git(&["switch", "--quiet", "main"]);
            git(&["merge", "--quiet", "--ff-only", "feature"]);
        }
    }
    repository.merged();
    git(&["switch", "--quiet", "--detach"]);
    let pushed = verdict(repository);
    git(&["switch", "--quiet", "main"]);
    repository.write("elsewhere", "Something else, behind.");
    repository.commit();
    repository.merged();
    [pushed, verdict(repository)]
}

/// The ways in which a work is tried: one, in turn, or all where `PROPTEST_CASES` asks for a long run.
fn ways(number: usize) -> Vec<Way> {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => WAYS.to_vec(),
        None => WAYS.iter().copied().cycle().skip(number).take(1).collect(),
    }
}

#[test]
fn every_way_to_merge_the_same_work_gives_the_same_verdict() {
    let hold = |work: &[Step], code: i32, ways: Vec<Way>| {
        let (repository, expected) = on_branch(work);
        assert_eq!(expected.code, Some(code), "{work:?}: {}", expected.stdout);
        for way in ways {
            let [pushed, behind] = merged(&repository, way);
            for (place, done) in [("pushed", pushed), ("behind", behind)] {
                assert_eq!(
                    (&done.stdout, &done.stderr, done.code),
                    (&expected.stdout, &expected.stderr, expected.code),
                    "{work:?} {way:?} {place}"
                );
            }
        }
    };
    std::thread::scope(|scope| {
        for (number, (work, code)) in WORKS.into_iter().enumerate() {
            scope.spawn(move || hold(work, code, ways(number)));
        }
    });
}
