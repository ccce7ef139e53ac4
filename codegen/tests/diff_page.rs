//! The page that shows a comparison, as a browser shows it. Where there is no Chromium the test says so and passes; the
//! variable `CHROMIUM` names one that is not on the path.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and says on its error output that it has nothing to test with"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::diff::render::{Format, View, render};
use codegen::diff::{Promise, Report, Verdict, diff};
use codegen::load::load;

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let found = || {
        let folders = std::env::var_os("PATH")?;
        let names = ["chromium", "chromium-browser", "google-chrome"];
        std::env::split_paths(&folders)
            .flat_map(|folder| names.map(|name| folder.join(name)))
            .find(|path| path.is_file())
    };
    named.or_else(found)
}

/// The own document and a few changes of every weight to it.
fn page() -> (Report, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/marketplace.v1.yaml");
    let text = fs::read_to_string(path).unwrap();
    let mut revised = text.clone();
    for (from, to) in [
        ("maximum: 1000", "maximum: 500"),
        ("^XB[0-9a-fA-F]{32}$", "^XB[0-9a-f]{32}$"),
        ("        pricing_type:\n", "        pricing:\n"),
        (
            "        - failed\n",
            "        - failed\n        - <img src=x>\n",
        ),
        ("operationId: ReportUsage", "operationId: SubmitUsage"),
        ("  version: ", "  x-stage: beta\n  version: "),
    ] {
        let next = revised.replacen(from, to, 1);
        assert_ne!(next, revised, "nothing was changed by {to}");
        revised = next;
    }
    let base = load("before.yaml", text.as_bytes()).unwrap();
    let revision = load("after.yaml", revised.as_bytes()).unwrap();
    let report = diff(&base, &revision);
    let view = View {
        report: &report,
        base: &base,
        revision: &revision,
        promise: Promise::All,
        color: false,
    };
    let html = render(&view, Format::Html);
    (report, html)
}

/// Collects errors before anything else on the page runs.
const WATCH: &str = "<script>
const errors = [];
addEventListener('error', (event) => errors.push(event.message));
addEventListener('securitypolicyviolation', (event) => errors.push(event.violatedDirective));
for (const level of ['error', 'warn']) console[level] = (...words) => errors.push(words.join(' '));
</script>";

/// Uses the page as a reader would, and writes down what is seen.
const READ: &str = "<script>{
const cards = [...document.querySelectorAll('article')];
const shown = () => cards.filter((card) => card.getClientRects().length > 0).length;
const note = (name, value) => document.documentElement.setAttribute('data-' + name, value);
const type = (words) => { search.value = words; search.dispatchEvent(new Event('input')); };
const press = (key, at = document.body) => at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
const at = () => document.activeElement.closest('article')?.id ?? document.activeElement.tagName;
note('all', shown());
for (const box of boxes) {
  for (const other of boxes) other.checked = other === box;
  box.dispatchEvent(new Event('change'));
  note('only-' + box.value, shown());
  note('count-' + box.value, box.nextElementSibling.textContent);
}
for (const box of boxes) box.checked = true;
promise.value = 'wire';
promise.dispatchEvent(new Event('change'));
note('wire-breaking', boxes[0].nextElementSibling.textContent);
promise.value = 'all';
promise.dispatchEvent(new Event('change'));
type('PageSize RANGE_tightened');
note('found', shown());
note('status', count.textContent);
press('Escape', search);
note('cleared', shown());
press('j'); note('first', at());
press('j'); note('second', at());
press('k'); note('back', at());
press('/'); note('search', at());
note('pictures', document.querySelectorAll('img').length);
note('changed', cards.every((card) => card.querySelector('.changed mark')) ? 'yes' : 'no');
const sides = [...cards[0].querySelectorAll('figure')].slice(0, 2).map((side) => side.getBoundingClientRect());
note('beside', sides[0].right <= sides[1].left && sides[0].top === sides[1].top ? 'yes' : 'no');
note('wide', document.documentElement.scrollWidth > innerWidth ? 'yes' : 'no');
note('errors', errors.join('; '));
}</script>";

#[test]
fn a_browser_shows_every_change_and_filters_them() {
    let Some(chromium) = chromium() else {
        eprintln!("skipped: there is no Chromium");
        return;
    };
    let (report, html) = page();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff-page");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("page.html");
    let watched = html.replacen("<head>", &format!("<head>{WATCH}"), 1);
    fs::write(&file, watched.replace("</body>", &format!("{READ}</body>"))).unwrap();
    let output = Command::new(&chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--window-size=1400,900",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8(output.stdout).unwrap();
    let root = dom
        .split_once("<html")
        .and_then(|(_, rest)| rest.split_once('>'));
    let root = root
        .unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
        .0;
    let noted: BTreeMap<&str, &str> = root
        .split("data-")
        .filter_map(|part| part.trim_end().strip_suffix('"')?.split_once("=\""))
        .collect();

    let counts = report.counts(Promise::All);
    let total = report.changes.len();
    let number = |name: &str| noted.get(name).and_then(|text| text.parse::<usize>().ok());
    assert_eq!(noted.get("errors"), Some(&""), "{noted:?}");
    assert_eq!(number("all"), Some(total), "{noted:?}");
    for (name, count) in [
        ("breaking", counts.breaking),
        ("warning", counts.warnings),
        ("additive", counts.additive),
        ("none", counts.none),
    ] {
        assert_eq!(number(&format!("only-{name}")), Some(count), "{noted:?}");
        assert_eq!(number(&format!("count-{name}")), Some(count), "{noted:?}");
    }
    assert!(counts.breaking > 2 && counts.warnings > 0 && counts.additive > 0 && counts.none > 0);
    let on_wire = report.counts(Promise::Wire).breaking;
    assert_eq!(number("wire-breaking"), Some(on_wire));
    let ranges = report
        .changes
        .iter()
        .filter(|change| change.id().contains("RANGE_TIGHTENED"));
    assert_eq!(number("found"), Some(ranges.count()));
    assert_eq!(
        noted.get("status").copied(),
        Some(format!("1 of {total} shown").as_str())
    );
    assert_eq!(number("cleared"), Some(total));
    for (name, expected) in [
        ("first", "c1"),
        ("second", "c2"),
        ("back", "c1"),
        ("search", "INPUT"),
    ] {
        assert_eq!(noted.get(name), Some(&expected), "{name}");
    }
    // What a document says is never markup.
    assert_eq!(number("pictures"), Some(0));
    for (name, expected) in [("changed", "yes"), ("beside", "yes"), ("wide", "no")] {
        assert_eq!(noted.get(name), Some(&expected), "{name}");
    }
    let heaviest = report.changes.first().map(|change| change.weight());
    assert_eq!(heaviest, Some(Verdict::Breaking));
}
