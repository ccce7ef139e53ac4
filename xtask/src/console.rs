//! What people see: text to standard output or standard error, in colour only for a terminal that wants it.
//! A reader that has gone away, as in `cargo xtask lint | head`, is no error.

use std::io::{IsTerminal, Write, stderr, stdout};

use codegen::finding::Finding;

/// Writes to standard output.
pub fn print(text: &str) {
    let _ = stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error.
pub fn error(text: &str) {
    let _ = stderr().lock().write_all(text.as_bytes());
}

/// Whether standard output takes colours.
pub fn colored_output() -> bool {
    colored(stdout().is_terminal())
}

/// Shows findings on standard error, where they do not mix with what a command says.
pub fn report(findings: &[Finding], text: &str) {
    error(&codegen::report::render(
        findings,
        text,
        colored(stderr().is_terminal()),
    ));
}

fn colored(terminal: bool) -> bool {
    terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
