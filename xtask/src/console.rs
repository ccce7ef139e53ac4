//! What people see: text to standard output or standard error, in colour only for a terminal that wants it.
//! A reader that has gone away, as in `cargo xtask lint | head`, is no error.

use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use codegen::finding::Finding;

/// A reviewer reads this many lines; whoever needs all of them runs the command that mends what differs and asks git.
const MOST_LINES: usize = 200;

/// Whether something that was written to standard output did not get there.
static IS_LOST: AtomicBool = AtomicBool::new(false);

/// Writes to standard output.
pub fn print(text: &str) {
    let mut output = stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        IS_LOST.store(true, Ordering::Relaxed);
    }
}

/// Whether standard output could not take what was written, as on a full disk: what stands there is not the whole.
pub fn is_lost() -> bool {
    IS_LOST.load(Ordering::Relaxed)
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

/// The first lines of a text that shows differences, in the colours that git gives them.
pub fn shortened(diff: &str, colored: bool) -> String {
    let mut text = String::new();
    for line in diff.lines().take(MOST_LINES) {
        match line.as_bytes().first().filter(|_| colored) {
            Some(b'+') => text.push_str(&format!("\x1b[32m{line}\x1b[0m\n")),
            Some(b'-') => text.push_str(&format!("\x1b[31m{line}\x1b[0m\n")),
            Some(b'@') => text.push_str(&format!("\x1b[36m{line}\x1b[0m\n")),
            _ => text.push_str(&format!("{line}\n")),
        }
    }
    match diff.lines().count().saturating_sub(MOST_LINES) {
        0 => {}
        1 => text.push_str("(1 more line)\n"),
        more => text.push_str(&format!("({more} more lines)\n")),
    }
    text
}
