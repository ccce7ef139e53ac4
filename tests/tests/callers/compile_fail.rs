//! Misuse that must not compile. Each file in `cases` is one kind of it: the line marked with `//~` and an error code
//! must be refused with that code, on that line, and nothing else; with the line marked `//~ right` in its place the
//! file compiles.

use std::fs;
use std::path::Path;

use crate::workshop::built;

/// One kind of misuse and its twin.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) wrong: String,
    pub(crate) right: String,
    code: String,
    line: u64,
}

impl Case {
    /// The name of the twin that compiles.
    pub(crate) fn twin(&self) -> String {
        format!("{}_right", self.name)
    }

    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let marked = |line: &&str| line.contains("//~ ");
        let is_right = |line: &&str| line.contains("//~ right");
        let (number, line) = text
            .lines()
            .enumerate()
            .find(|(_, line)| marked(line) && !is_right(line))
            .unwrap_or_else(|| panic!("{} marks no line as wrong", path.display()));
        assert!(
            text.lines().any(|line| is_right(&line)),
            "{} has no right line",
            path.display()
        );
        // A line that is left out stays as an empty one, so that the others keep their numbers.
        let without = |left_out: &dyn Fn(&str) -> bool| {
            let lines = text
                .lines()
                .map(|line| if left_out(line) { "" } else { line });
            lines.collect::<Vec<_>>().join("\n") + "\n"
        };
        Self {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            wrong: without(&|line| is_right(&line)),
            right: without(&|line| marked(&line) && !is_right(&line)),
            code: line.split("//~ ").nth(1).unwrap().trim().to_owned(),
            line: number as u64 + 1,
        }
    }
}

/// Every case, by name.
pub(crate) fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/callers/cases");
    let mut cases: Vec<Case> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| Case::read(&entry.unwrap().path()))
        .collect();
    cases.sort_unstable_by(|one, two| one.name.cmp(&two.name));
    cases
}

#[test]
fn each_kind_of_misuse_is_refused_on_its_line() {
    let built = built();
    let mut wrong = Vec::new();
    for case in cases() {
        let Case {
            name, code, line, ..
        } = &case;
        match built.errors(name) {
            [error] if error.code == *code && error.lines.first() == Some(line) => {}
            [] if built.has(name) => wrong.push(format!("{name} compiles")),
            _ => wrong.push(format!(
                "{name}: not {code} on line {line} alone, but\n{}",
                built.told(name)
            )),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_twin_compiles() {
    let built = built();
    let cases = cases();
    assert!(!cases.is_empty());
    for case in cases {
        let twin = case.twin();
        assert!(
            built.has(&twin),
            "{twin} does not compile:\n{}",
            built.told(&twin)
        );
    }
}
