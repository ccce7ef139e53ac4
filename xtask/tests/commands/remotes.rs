//! Where a branch began, whatever the remotes are called and however many there are.

use crate::repository::{Repository, changes};

const RENAMED: [&str; 1] = ["OPERATION_ID_CHANGED"];

#[track_caller]
fn assert_changes(repository: &Repository, expected: &[&str]) {
    let done = repository.diff_in("true", &["--format", "json"]);
    assert_eq!(
        (changes(&done), done.stderr.as_str()),
        (expected.iter().map(|&id| id.to_owned()).collect(), "")
    );
}

/// A branch with a break on it, in a repository without a word on its remotes.
fn bare() -> Repository {
    let repository = Repository::new();
    repository.git(&["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    repository.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    repository
}

fn work(repository: &Repository) {
    repository.branch("feature");
    repository.rename();
    repository.commit();
}

#[test]
fn a_remote_can_have_any_name() {
    for name in ["twilio", "upstream", "team/fork"] {
        let repository = bare();
        repository.git(&["remote", "add", name, "nowhere"]);
        let branch = format!("refs/remotes/{name}/main");
        repository.git(&["update-ref", &branch, "HEAD"]);
        // A branch of that remote with the name of a default one in it is none.
        let other = format!("refs/remotes/{name}/old/main");
        let tree = repository.git(&["rev-parse", "HEAD^{tree}"]);
        let orphan = repository.git(&["commit-tree", "-m", "Old", &tree]);
        repository.git(&["update-ref", &other, &orphan]);
        work(&repository);
        assert_changes(&repository, &RENAMED);
        repository.git(&["switch", "--quiet", "--detach"]);
        assert_changes(&repository, &RENAMED);
    }
}

#[test]
fn without_a_remote_the_default_branch_is_the_one_here() {
    for name in ["main", "master"] {
        let repository = bare();
        repository.git(&["branch", "--move", name]);
        work(&repository);
        repository.commit();
        assert_changes(&repository, &RENAMED);
        // On it, there is nothing but the commit before.
        repository.git(&["switch", "--quiet", name]);
        repository.git(&["merge", "--quiet", "--ff-only", "feature"]);
        assert_changes(&repository, &[]);
    }
}

#[test]
fn in_a_fork_the_latest_of_the_places_where_it_left_a_default_branch_counts() {
    for stale in ["origin", "upstream"] {
        let repository = bare();
        let remotes = ["origin", "upstream"];
        let at = |remote: &str| {
            let branch = format!("refs/remotes/{remote}/main");
            repository.git(&["update-ref", &branch, "HEAD"]);
        };
        at(stale);
        // What came since is no change of the branch.
        repository.add();
        repository.commit();
        remotes
            .into_iter()
            .filter(|remote| *remote != stale)
            .for_each(at);
        work(&repository);
        assert_changes(&repository, &RENAMED);
    }
}

#[test]
fn another_worktree_has_a_branch_of_its_own() {
    let repository = Repository::new();
    let folder = tempfile::TempDir::new().unwrap();
    let tree = folder.path().join("tree");
    work(&repository);
    repository.git(&["switch", "--quiet", "main"]);
    repository.git(&[
        "worktree",
        "add",
        "--quiet",
        tree.to_str().unwrap(),
        "feature",
    ]);
    let mut command = repository.command("diff", "true");
    command
        .current_dir(&tree)
        .env("CARGO_MANIFEST_DIR", tree.join("xtask"))
        .args(["--format", "json"]);
    let done = crate::world::run(command);
    assert_eq!(changes(&done), RENAMED, "{done:?}");
}
