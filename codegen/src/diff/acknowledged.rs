//! Breaks that were decided on: a list of fingerprints, each with the reason and the version that it goes out with. An
//! accepted break fails no check; the version still has to cover it. An entry for a version to come that fits nothing is
//! an error, so that the list cannot hide a break that nobody thought of. Once its version is released, an entry is
//! history: it may stay, and it lets nothing pass any more.

use std::collections::HashMap;

use toml_edit::{Document, Table};

use super::change::Report;
use super::verdict::Promise;
use super::version::Version;
use crate::decisions::{self, Reader};
use crate::finding::{Finding, Place, Rule, Severity};

/// The list cannot be read.
pub const ACKNOWLEDGEMENT_UNREADABLE: Rule = Rule {
    id: "ACKNOWLEDGEMENT_UNREADABLE",
    severity: Severity::Error,
    summary: "An entry of acknowledged.toml has a fingerprint, a reason and a version.",
};

/// An entry fits no change.
pub const ACKNOWLEDGEMENT_STALE: Rule = Rule {
    id: "ACKNOWLEDGEMENT_STALE",
    severity: Severity::Error,
    summary: "An entry of acknowledged.toml for a version to come fits a change since the last release.",
};

/// An entry names another version than the one that its change goes out with.
pub const ACKNOWLEDGEMENT_VERSION: Rule = Rule {
    id: "ACKNOWLEDGEMENT_VERSION",
    severity: Severity::Error,
    summary: "An entry of acknowledged.toml names the version that its change goes out with.",
};

/// The words of an entry.
const MEMBERS: [&str; 3] = ["fingerprint", "reason", "version"];

/// A break that was decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The change.
    pub fingerprint: String,
    /// Why it is worth it.
    pub reason: String,
    /// The version that it goes out with.
    pub version: Version,
    place: Place,
    version_place: Place,
}

/// The breaks that were decided on, in the order in which they are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Acknowledged {
    entries: Vec<Acknowledgement>,
}

impl Acknowledged {
    /// Reads a list. `name` is how findings name the file.
    ///
    /// ```
    /// use codegen::diff::Acknowledged;
    ///
    /// let text = "[[acknowledged]]\nfingerprint = '0123456789abcdef'\nreason = 'Nobody called it.'\nversion = '0.2.0'\n";
    /// assert_eq!(Acknowledged::parse("a.toml", text).unwrap().entries().len(), 1);
    /// assert!(Acknowledged::parse("a.toml", "[[acknowledged]]\n").is_err());
    /// ```
    ///
    /// # Errors
    /// Every entry that is not of the form, with its line.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Finding>> {
        let help = "an entry is `[[acknowledged]]` with `fingerprint`, `reason` and `version`, each a text";
        decisions::read(name, text, &ACKNOWLEDGEMENT_UNREADABLE, help, list)
    }

    /// The entries.
    pub fn entries(&self) -> &[Acknowledgement] {
        &self.entries
    }

    /// Notes in a report what was decided on. An entry whose version has been released is history and lets nothing pass,
    /// because what changed since then is a change of its own.
    pub fn apply(&self, report: &mut Report, released: Option<Version>) {
        for change in &mut report.changes {
            let mut entries = self.entries.iter();
            let entry = entries
                .find(|entry| entry.is_open(released) && entry.fingerprint == change.fingerprint);
            change.acknowledged = entry.map(|entry| entry.reason.clone());
        }
    }

    /// Every entry for a version to come that fits no change since the release. `since` is how the release is called.
    pub fn stale(&self, report: &Report, released: Version, since: &str) -> Vec<Finding> {
        let open = self.open(released);
        open.filter(|entry| !entry.fits(report))
            .map(|entry| {
                let message = format!(
                    "no change since {since} has the fingerprint {}",
                    entry.fingerprint
                );
                Finding::new(&ACKNOWLEDGEMENT_STALE, entry.place.clone(), message).help(format!(
                    "remove the entry; `cargo xtask diff --base {since}` shows the fingerprints of what there is"
                ))
            })
            .collect()
    }

    /// Every entry of a released version for a change that was made again since, and that no other entry is about.
    pub fn released(&self, report: &Report, released: Version, next: Version) -> Vec<Finding> {
        let missing = missing(report);
        let history = self
            .entries
            .iter()
            .filter(|entry| !entry.is_open(Some(released)));
        history
            .filter(|entry| missing.contains(&entry.fingerprint.as_str()))
            .map(|entry| {
                let message = format!(
                    "{} has been released, so this entry lets nothing pass that changed since {released}",
                    entry.version
                );
                Finding::new(
                    &ACKNOWLEDGEMENT_VERSION,
                    entry.version_place.clone(),
                    message,
                )
                .help(format!(
                    "if the change is meant, add an entry with `version = \"{next}\"`"
                ))
            })
            .collect()
    }

    /// Every entry that names another version than the one that its change goes out with. While `current` is lower than
    /// what the changes ask for, that is any version from `needed` on: the entry waits for the bump.
    pub fn misdated(
        &self,
        report: &Report,
        released: Version,
        current: Version,
        needed: Version,
    ) -> Vec<Finding> {
        let fits = |entry: &&Acknowledgement| {
            let awaited = if current < needed {
                entry.version >= needed
            } else {
                entry.version == current
            };
            !awaited && entry.fits(report)
        };
        self.open(released)
            .filter(fits)
            .map(|entry| {
                let next = current.max(needed);
                let message = format!(
                    "the change goes out with {next} and not with {}",
                    entry.version
                );
                let mut help = format!("write `version = \"{next}\"`");
                if entry.version > next {
                    help.push_str(&format!(
                        ", or raise the version of the client to {}",
                        entry.version
                    ));
                }
                Finding::new(
                    &ACKNOWLEDGEMENT_VERSION,
                    entry.version_place.clone(),
                    message,
                )
                .help(help)
            })
            .collect()
    }

    fn open(&self, released: Version) -> impl Iterator<Item = &Acknowledgement> {
        self.entries
            .iter()
            .filter(move |entry| entry.is_open(Some(released)))
    }
}

/// The fingerprints of the breaks without an acknowledgement, each once and in the order of the report.
///
/// ```
/// use codegen::diff::{diff, missing};
/// use codegen::load::load;
///
/// let base = load("a.yaml", b"paths:\n  /a:\n    get: {}\n").unwrap();
/// let revision = load("b.yaml", b"paths: {}\n").unwrap();
/// assert_eq!(missing(&diff(&base, &revision)).len(), 1);
/// assert!(missing(&diff(&base, &base)).is_empty());
/// ```
pub fn missing(report: &Report) -> Vec<&str> {
    let mut missing = Vec::new();
    for change in report.unacknowledged(Promise::All) {
        if !missing.contains(&change.fingerprint.as_str()) {
            missing.push(change.fingerprint.as_str());
        }
    }
    missing
}

impl Acknowledgement {
    /// Whether its version is still to come.
    fn is_open(&self, released: Option<Version>) -> bool {
        released.is_none_or(|released| self.version > released)
    }

    fn fits(&self, report: &Report) -> bool {
        let mut changes = report.changes.iter();
        changes.any(|change| change.fingerprint == self.fingerprint)
    }
}

fn list(reader: &mut Reader, document: &Document<&str>) -> Acknowledged {
    let mut entries: Vec<Acknowledgement> = Vec::new();
    for (key, item) in document.iter() {
        match (key, item.as_array_of_tables()) {
            ("acknowledged", Some(tables)) => {
                entries.extend(tables.iter().filter_map(|table| entry(reader, table)));
            }
            ("acknowledged", None) => reader.refuse(
                item.span(),
                "`acknowledged` is no list of tables: write `[[acknowledged]]`".to_owned(),
            ),
            _ => reader.refuse(item.span(), format!("`{key}` is no word of this file")),
        }
    }
    // The same break can be made, undone and made again, each time for another version.
    let mut known = HashMap::new();
    for entry in &entries {
        let key = (&entry.fingerprint, entry.version);
        if let Some(line) = known.insert(key, entry.place.line) {
            let message = format!(
                "the fingerprint {} is listed twice for {}, first in line {line}",
                entry.fingerprint, entry.version
            );
            reader.refuse_at(entry.place.clone(), message);
        }
    }
    Acknowledged { entries }
}

fn entry(reader: &mut Reader, table: &Table) -> Option<Acknowledgement> {
    reader.words(table, &MEMBERS, "an entry");
    let fingerprint = reader.text(table, "fingerprint");
    let is_plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if let Some((text, stretch)) = fingerprint
        .as_ref()
        .filter(|(text, _)| text.len() != 16 || !text.bytes().all(is_plain))
    {
        let message = format!("`{text}` is not a fingerprint of sixteen hexadecimal digits");
        reader.refuse(stretch.clone(), message);
    }
    let reason = reader.text(table, "reason");
    let version = reader.text(table, "version").and_then(|(text, stretch)| {
        let version: Result<Version, super::VersionError> = text.parse();
        version
            .map_err(|error| reader.refuse(stretch.clone(), error.to_string()))
            .ok()
            .map(|version| (version, stretch))
    });
    let ((fingerprint, stretch), (reason, _)) = (fingerprint?, reason?);
    let (version, version_stretch) = version?;
    Some(Acknowledgement {
        fingerprint,
        reason,
        version,
        place: reader.place(stretch),
        version_place: reader.place(version_stretch),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Promise, diff};
    use crate::load::load;

    const ENTRY: &str = "[[acknowledged]]\nfingerprint = \"FINGERPRINT\"\nreason = \"Nobody called it.\"\nversion = \"0.2.0\"\n";

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    fn list(fingerprint: &str) -> Acknowledged {
        Acknowledged::parse("a.toml", &ENTRY.replace("FINGERPRINT", fingerprint)).unwrap()
    }

    fn report() -> Report {
        let base = load("a.yaml", b"paths:\n  /a:\n    get: {}\n").unwrap();
        let revision = load("b.yaml", b"paths: {}\n").unwrap();
        diff(&base, &revision)
    }

    fn places(findings: &[Finding]) -> Vec<(&str, usize)> {
        let places = findings
            .iter()
            .map(|finding| (finding.rule, finding.place.line));
        places.collect()
    }

    #[test]
    fn an_accepted_break_breaks_no_promise_and_still_counts_for_the_version() {
        let mut report = report();
        assert!(report.is_breaking(Promise::All));
        let list = list(&report.changes[0].fingerprint.clone());
        for released in [None, Some(version("0.1.0"))] {
            list.apply(&mut report, released);
            assert!(!report.is_breaking(Promise::All));
            assert_eq!(report.semver(Promise::All), crate::diff::Semver::Major);
            assert_eq!(
                report.changes[0].acknowledged.as_deref(),
                Some("Nobody called it.")
            );
        }
    }

    #[test]
    fn an_entry_of_a_released_version_is_history_and_lets_nothing_pass() {
        let mut report = report();
        let fingerprint = report.changes[0].fingerprint.clone();
        let next = version("0.3.0");
        for released in ["0.2.0", "0.2.1", "1.0.0"].map(version) {
            let list = list(&fingerprint);
            list.apply(&mut report, Some(released));
            assert!(report.is_breaking(Promise::All));
            assert_eq!(
                places(&list.released(&report, released, next)),
                [("ACKNOWLEDGEMENT_VERSION", 4)]
            );
            assert_eq!(list.misdated(&report, released, released, next), []);
        }
        // One that fits nothing is no fault, and neither is one beside an entry for the version to come.
        let other = list("0123456789abcdef");
        let released = version("0.2.0");
        assert_eq!(other.stale(&report, released, "v0.2.0"), []);
        assert_eq!(other.released(&report, released, next), []);
        let entry = ENTRY.replace("FINGERPRINT", &fingerprint);
        let both = format!("{entry}{}", entry.replace("0.2.0", "0.3.0"));
        let both = Acknowledged::parse("a.toml", &both).unwrap();
        both.apply(&mut report, Some(released));
        assert!(!report.is_breaking(Promise::All));
        assert_eq!(both.released(&report, released, next), []);
    }

    #[test]
    fn an_entry_for_a_version_to_come_fits_a_change() {
        let report = report();
        let released = version("0.1.0");
        let fitting = list(&report.changes[0].fingerprint);
        assert_eq!(fitting.stale(&report, released, "v0.1.0"), []);
        let other = list("0123456789abcdef");
        assert_eq!(
            places(&other.stale(&report, released, "v0.1.0")),
            [("ACKNOWLEDGEMENT_STALE", 2)]
        );
    }

    #[test]
    fn an_entry_waits_for_the_bump_and_names_the_version_that_comes() {
        let report = report();
        let fitting = list(&report.changes[0].fingerprint);
        let (released, needed) = (version("0.1.0"), version("0.2.0"));
        for (current, entry, help) in [
            // It waits for the bump.
            ("0.1.0", "0.2.0", None),
            ("0.1.5", "0.3.0", None),
            // The bump waited for it.
            ("0.2.0", "0.2.0", None),
            ("0.3.0", "0.3.0", None),
            ("0.1.0", "0.1.5", Some("write `version = \"0.2.0\"`")),
            ("0.3.0", "0.2.0", Some("write `version = \"0.3.0\"`")),
            (
                "0.2.0",
                "0.3.0",
                Some("write `version = \"0.2.0\"`, or raise the version of the client to 0.3.0"),
            ),
        ] {
            let text = ENTRY.replace("FINGERPRINT", &report.changes[0].fingerprint);
            let list = Acknowledged::parse("a.toml", &text.replace("0.2.0", entry)).unwrap();
            let found = list.misdated(&report, released, version(current), needed);
            let shown: Vec<_> = found
                .iter()
                .map(|finding| (finding.rule, finding.place.line, finding.help.as_str()))
                .collect();
            let expected = help.map(|help| ("ACKNOWLEDGEMENT_VERSION", 4, help));
            assert_eq!(shown, Vec::from_iter(expected), "{current} {entry}");
        }
        // One that fits nothing is stale, and that is enough to say.
        let other = list("0123456789abcdef");
        let current = version("0.3.0");
        assert_eq!(other.misdated(&report, released, current, needed), []);
        assert_eq!(fitting.entries().len(), 1);
    }

    #[test]
    fn an_entry_of_another_form_is_refused_with_its_line() {
        let good = ENTRY.replace("FINGERPRINT", "0123456789abcdef");
        for (text, lines) in [
            ("[[acknowledged]\n".to_owned(), vec![1]),
            ("[other]\n".to_owned(), vec![1]),
            ("acknowledged = 1\n".to_owned(), vec![1]),
            ("[[acknowledged]]\n".to_owned(), vec![1; 3]),
            (ENTRY.to_owned(), vec![2]),
            (good.replace("Nobody called it.", " "), vec![3]),
            (good.replace("0.2.0", "next"), vec![4]),
            (format!("{good}why = \"x\"\n"), vec![5]),
            (format!("{good}{good}"), vec![6]),
        ] {
            let findings = Acknowledged::parse("a.toml", &text).unwrap_err();
            assert_eq!(
                findings
                    .iter()
                    .map(|finding| finding.place.line)
                    .collect::<Vec<_>>(),
                lines,
                "{text}"
            );
        }
    }
}
