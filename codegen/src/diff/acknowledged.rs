//! Breaks that were decided on: a list of fingerprints, each with the reason and the version that it goes out with. An
//! accepted break fails no check; the version still has to cover it. An entry that fits nothing is an error, so that the
//! list cannot hide a break that nobody thought of.

use std::collections::HashMap;

use toml_edit::{Document, Table};

use super::change::Report;
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
    summary: "An entry of acknowledged.toml fits a change that was made since the last release.",
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

    /// Notes in a report what was decided on.
    pub fn apply(&self, report: &mut Report) {
        for change in &mut report.changes {
            let entry = self
                .entries
                .iter()
                .find(|entry| entry.fingerprint == change.fingerprint);
            change.acknowledged = entry.map(|entry| entry.reason.clone());
        }
    }

    /// Every entry that fits no change of the report. One that the base lists too belongs to a change that was made
    /// before; it stays until its version is out, which is when `current` is different.
    pub fn stale(&self, report: &Report, current: Version, base: &Self) -> Vec<Finding> {
        let stays = |entry: &Acknowledgement| {
            entry.version == current
                && base
                    .entries
                    .iter()
                    .any(|known| known.fingerprint == entry.fingerprint)
        };
        let stale = self
            .entries
            .iter()
            .filter(|entry| !entry.fits(report) && !stays(entry));
        stale
            .map(|entry| {
                let message = format!("no change has the fingerprint {}", entry.fingerprint);
                Finding::new(&ACKNOWLEDGEMENT_STALE, entry.place.clone(), message).help(
                    "remove the entry; `cargo xtask diff` shows the fingerprints of what there is",
                )
            })
            .collect()
    }

    /// Every entry whose change goes out with `current`, and which says another version.
    pub fn misdated(&self, report: &Report, current: Version) -> Vec<Finding> {
        let entries = self.entries.iter();
        entries
            .filter(|entry| entry.version != current && entry.fits(report))
            .map(|entry| {
                let message = format!(
                    "the change goes out with {current} and not with {}",
                    entry.version
                );
                Finding::new(
                    &ACKNOWLEDGEMENT_VERSION,
                    entry.version_place.clone(),
                    message,
                )
                .help(format!("write `version = \"{current}\"`"))
            })
            .collect()
    }
}

impl Acknowledgement {
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
    let mut known = HashMap::new();
    for entry in &entries {
        if let Some(line) = known.insert(&entry.fingerprint, entry.place.line) {
            let message = format!(
                "the fingerprint {} stands twice, first in line {line}",
                entry.fingerprint
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

    #[test]
    fn an_accepted_break_breaks_no_promise_and_still_counts_for_the_version() {
        let mut report = report();
        assert!(report.is_breaking(Promise::All));
        list(&report.changes[0].fingerprint.clone()).apply(&mut report);
        assert!(!report.is_breaking(Promise::All));
        assert_eq!(report.semver(Promise::All), crate::diff::Semver::Major);
        assert_eq!(
            report.changes[0].acknowledged.as_deref(),
            Some("Nobody called it.")
        );
    }

    #[test]
    fn an_entry_that_fits_nothing_is_stale_until_the_base_has_it_for_the_version_to_come() {
        let report = report();
        let fitting = list(&report.changes[0].fingerprint);
        let other = list("0123456789abcdef");
        let none = Acknowledged::default();
        assert_eq!(fitting.stale(&report, version("0.2.0"), &none), []);
        let stale = other.stale(&report, version("0.2.0"), &none);
        assert_eq!(
            stale
                .iter()
                .map(|finding| (finding.rule, finding.place.line))
                .collect::<Vec<_>>(),
            [("ACKNOWLEDGEMENT_STALE", 2)]
        );
        assert_eq!(other.stale(&report, version("0.2.0"), &other), []);
        assert_eq!(other.stale(&report, version("0.3.0"), &other).len(), 1);
    }

    #[test]
    fn an_entry_names_the_version_that_its_change_goes_out_with() {
        let report = report();
        let fitting = list(&report.changes[0].fingerprint);
        assert_eq!(fitting.misdated(&report, version("0.2.0")), []);
        let found = fitting.misdated(&report, version("0.3.0"));
        let places: Vec<_> = found
            .iter()
            .map(|finding| (finding.rule, finding.place.line))
            .collect();
        assert_eq!(places, [("ACKNOWLEDGEMENT_VERSION", 4)]);
        // One that fits nothing is stale, and that is enough to say.
        assert_eq!(
            list("0123456789abcdef").misdated(&report, version("0.3.0")),
            []
        );
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
