//! Crates in another folder: by path, under another name, and the client's own example.

use std::process::{Command, Output, Stdio};

use tests::Marketplace;

use crate::workshop::built;

/// Runs a program with an empty environment.
fn run(name: &str, arguments: &[&str]) -> Output {
    let built = built();
    let Some(program) = built.program(name) else {
        panic!("{name} was not built:\n{}", built.told(name));
    };
    let mut command = Command::new(program);
    command.args(arguments).env_clear().stdin(Stdio::null());
    // Without it the system gives no sockets on Windows.
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command.output().unwrap()
}

fn printed(output: &Output) -> String {
    let (out, error) = (&output.stdout, &output.stderr);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(error)
    );
    String::from_utf8_lossy(out).into_owned()
}

#[test]
fn a_crate_that_names_the_client_by_path_makes_a_call() {
    let mock = Marketplace::start().unwrap();
    let printed = printed(&run("plain", &[mock.url()]));
    assert_eq!(
        printed,
        "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb Call Transcriber\n"
    );
    assert_eq!(mock.requests().len(), 1);
}

#[test]
fn a_crate_that_renames_the_client_makes_a_call() {
    let mock = Marketplace::start().unwrap();
    let printed = printed(&run("renamed", &[mock.url()]));
    assert_eq!(
        printed,
        "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb Call Transcriber\n"
    );
    assert_eq!(mock.requests().len(), 1);
}

#[test]
fn the_example_works_with_nothing_set_up() {
    let printed = printed(&run("example", &[]));
    assert!(
        printed.starts_with("Talking to a mock on this machine"),
        "{printed}"
    );
    assert!(
        printed.contains("(sms-incoming) was disabled and is enabled now."),
        "{printed}"
    );
}

#[test]
fn the_example_enables_the_extension_that_it_is_told() {
    let wanted = "XFffffffffffffffffffffffffffffffff";
    let printed = printed(&run("example", &[wanted]));
    assert!(
        printed.contains(&format!(
            "{wanted} (voice-incoming) was enabled and is enabled now."
        )),
        "{printed}"
    );
    let output = run("example", &["XB0"]);
    assert!(!output.status.success());
}
