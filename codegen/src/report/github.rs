//! Findings as workflow commands of GitHub Actions, which shows each beside its line in a pull request.

use crate::finding::{Finding, Severity};

/// One command for each finding, each on a line of its own. `text` is the document that the findings are about.
///
/// ```
/// let text = "openapi: 3.1.0\n";
/// let tree = codegen::load::load("api.yaml", text.as_bytes()).unwrap();
/// let commands = codegen::report::github(&codegen::lint::lint(&tree), text);
/// assert!(commands.starts_with("::error file=api.yaml,line=1,col=10,endLine=1,endColumn=15,title="));
/// ```
pub fn github(findings: &[Finding], text: &str) -> String {
    findings
        .iter()
        .map(|finding| command(finding, text))
        .collect()
}

fn command(finding: &Finding, text: &str) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (end_line, end_column) = super::end(&finding.place, text);
    let mut message = finding.message.clone();
    for more in [&finding.label, &finding.help] {
        if !more.is_empty() {
            message.push('\n');
            message.push_str(more);
        }
    }
    format!(
        "::{level} file={file},line={line},col={column},endLine={end_line},endColumn={end_column},title={rule}::{message}\n",
        file = property(&finding.place.file),
        line = finding.place.line,
        column = finding.place.column,
        rule = property(finding.rule),
        message = data(&message),
    )
}

/// The runner undoes these three in the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property also ends at a comma and at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
