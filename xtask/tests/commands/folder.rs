//! Where generated code may be written, and where not.

use std::fs;

use crate::world::{GENERATED, World, assert_same};

#[test]
fn a_folder_with_foreign_files_is_refused() {
    let world = World::fresh();
    fs::write(
        world.path("generated-client/src/lib.rs"),
        "mod generated;\n",
    )
    .unwrap();
    let notes = world.path(GENERATED).join("notes.txt");
    fs::write(&notes, "mine").unwrap();
    fs::create_dir(world.path(GENERATED).join("more")).unwrap();
    let before = world.state();
    for (out, first) in [
        ("generated-client/src", "`generated` and 1 more"),
        (GENERATED, "`more` and 1 more"),
    ] {
        for check in [false, true] {
            let mut arguments = vec!["regen", "--out", out];
            arguments.extend(check.then_some("--check"));
            let done = world.run(&arguments);
            assert_eq!(done.code, Some(1), "{arguments:?}");
            assert!(
                done.stderr
                    .starts_with(&format!("error: {out} holds {first}")),
                "{}",
                done.stderr
            );
            assert!(done.stderr.contains("did not write"), "{}", done.stderr);
        }
    }
    assert_same(&world.state(), &before);
}

#[test]
fn an_empty_folder_is_taken() {
    let world = World::new();
    fs::create_dir(world.path("empty")).unwrap();
    assert_eq!(world.run(&["regen", "--out", "empty"]).code, Some(0));
    assert!(world.path("empty/types.rs").is_file());
}

#[test]
fn a_file_is_no_folder() {
    let world = World::new();
    let before = world.state();
    let done = world.run(&["regen", "--out", "Cargo.toml"]);
    assert_eq!(
        (done.code, done.stderr.as_str()),
        (Some(1), "error: Cargo.toml is not a folder\n")
    );
    let done = world.run(&["regen", "--out", "Cargo.toml/inside"]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("Cargo.toml"), "{}", done.stderr);
    assert_same(&world.state(), &before);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_refused_and_what_it_leads_to_stays() {
    let world = World::fresh();
    std::os::unix::fs::symlink(world.path(GENERATED), world.path("link")).unwrap();
    world.add_parameter();
    let before = world.state();
    for out in ["link", "link/"] {
        let done = world.run(&["regen", "--out", out]);
        assert_eq!(done.code, Some(1));
        assert!(
            done.stderr.contains("is a symbolic link"),
            "{}",
            done.stderr
        );
    }
    assert_same(&world.state(), &before);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::fresh();
    world.add_parameter();
    let folder = world.path(GENERATED);
    let before = world.generated();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let done = world.run(&["regen"]);
    assert_eq!(
        (done.code, done.stderr),
        (Some(1), format!("error: {GENERATED} is read-only\n"))
    );
    assert_same(&world.generated(), &before);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}
