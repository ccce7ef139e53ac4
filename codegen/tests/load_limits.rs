//! No input, however large, deep, tangled or broken, does more than give a finding with a place.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::finding::Finding;
use codegen::load::{MAX_BYTES, load, openapi};

fn refused(bytes: &[u8]) -> Finding {
    let findings = load("input", bytes).map(|_| ()).unwrap_err();
    let report = codegen::report::render(&findings, &String::from_utf8_lossy(bytes), false);
    assert!(report.contains(findings[0].rule));
    findings[0].clone()
}

fn rule(bytes: &[u8]) -> (&'static str, usize, usize) {
    let finding = refused(bytes);
    (finding.rule, finding.place.line, finding.place.column)
}

#[test]
fn a_file_of_50_megabytes_is_refused_by_its_size() {
    let mut bytes = b"openapi: 3.0.3\n".to_vec();
    bytes.resize(50 * 1024 * 1024, b'#');
    assert_eq!(rule(&bytes), ("TEXT_TOO_LARGE", 1, 1));
}

#[test]
fn the_largest_file_is_read() {
    let mut text = String::from("openapi: 3.0.3\n#");
    text.push_str(&"x".repeat(MAX_BYTES - text.len()));
    assert!(load("input", text.as_bytes()).is_ok());
    text.push('x');
    assert_eq!(rule(text.as_bytes()).0, "TEXT_TOO_LARGE");
}

#[test]
fn what_is_not_text_is_refused_at_its_first_byte() {
    assert_eq!(rule(b""), ("TEXT_EMPTY", 1, 1));
    assert_eq!(rule(b" \n\n"), ("TEXT_EMPTY", 1, 1));
    assert_eq!(rule(b"a: b\nc: \xff"), ("TEXT_NOT_UTF8", 2, 4));
    assert_eq!(rule(b"a: \xc3"), ("TEXT_NOT_UTF8", 1, 4));
    assert_eq!(
        rule(
            "a: b"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>()
                .as_slice()
        )
        .0,
        "TEXT_CONTROL_CHARACTER"
    );
    assert_eq!(rule(b"\xff\xfea\0"), ("TEXT_NOT_UTF8", 1, 1));
    assert_eq!(rule(b"\xef\xbb\xbfa: b"), ("TEXT_BYTE_ORDER_MARK", 1, 1));
    assert_eq!(rule(b"a: b\nc: \0"), ("TEXT_CONTROL_CHARACTER", 2, 4));
    assert_eq!(rule(b"a: b\rc: d"), ("TEXT_CONTROL_CHARACTER", 1, 5));
    assert_eq!(
        rule("a: b\u{2028}c: d".as_bytes()),
        ("TEXT_CONTROL_CHARACTER", 1, 5)
    );
    assert_eq!(
        rule(b"\x7fELF\x02\x01\x01\0\0\0").0,
        "TEXT_CONTROL_CHARACTER"
    );
    assert_eq!(rule(b"\x89PNG\r\n\x1a\n").0, "TEXT_NOT_UTF8");
}

#[test]
fn what_is_not_one_mapping_is_refused() {
    assert_eq!(rule(b"hello"), ("YAML_ROOT_NOT_MAPPING", 1, 1));
    assert_eq!(
        rule(b"# a comment\n\n- a\n- b\n"),
        ("YAML_ROOT_NOT_MAPPING", 3, 1)
    );
    assert_eq!(
        rule(b"# nothing but a comment\n").0,
        "YAML_ROOT_NOT_MAPPING"
    );
    assert_eq!(rule(b"null"), ("YAML_ROOT_NOT_MAPPING", 1, 1));
    assert_eq!(rule(b"a: b\n---\nc: d\n"), ("YAML_DOCUMENT_REPEATED", 2, 1));
    assert_eq!(
        rule(b"<html><body>502 Bad Gateway</body></html>").0,
        "YAML_ROOT_NOT_MAPPING"
    );
}

#[test]
fn what_is_not_yaml_is_refused_where_it_breaks() {
    assert_eq!(rule(b"a: [1, 2"), ("YAML_SYNTAX", 1, 9));
    assert_eq!(rule(b"a: 'b\n").0, "YAML_SYNTAX");
    assert_eq!(rule(b"a: b: c\n").0, "YAML_SYNTAX");
    assert_eq!(rule(b"a: *nowhere\n"), ("YAML_SYNTAX", 1, 4));
    assert_eq!(rule(b"a:\n\tb: c\n"), ("YAML_INDENT_TABBED", 2, 1));
    assert_eq!(rule(b"a:\n  b: c\n \td: e\n"), ("YAML_INDENT_TABBED", 3, 2));
    assert_eq!(rule(b"{\"a\": 1,\n\t\"b\" 2}").0, "YAML_SYNTAX");
}

#[test]
fn a_hundred_thousand_levels_are_refused_without_a_stack() {
    let deep = 100_000;
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
        let text = format!("x: 1\ny:\n  {}{}", open.repeat(deep), close.repeat(deep));
        let found = refused(text.as_bytes());
        assert!(
            matches!(found.rule, "YAML_TOO_DEEP" | "YAML_SYNTAX"),
            "{open}: {found:?}"
        );
    }
    let indented: String = (0..2_000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert_eq!(rule(indented.as_bytes()), ("YAML_TOO_DEEP", 65, 65));
    assert_eq!(
        refused(format!("y: {}", "[".repeat(deep)).as_bytes()).rule,
        "YAML_TOO_DEEP"
    );
}

#[test]
fn the_deepest_document_is_handled_by_a_small_stack() {
    let schema = format!(
        "{}type: string{}",
        "type: array, items: {".repeat(56),
        "}".repeat(56)
    );
    let text = format!(
        "{{openapi: 3.0.3, info: {{title: a, version: '1'}}, paths: {{}}, \
         components: {{schemas: {{A: {{type: object, properties: {{a: {{{schema}}}}}}}}}}}}}"
    );
    std::thread::Builder::new()
        .stack_size(1024 * 1024)
        .spawn(move || {
            let tree = load("input", text.as_bytes()).unwrap();
            codegen::lint::lint(&tree);
            openapi(&tree).unwrap();
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn aliases_cannot_blow_up() {
    let mut text = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (before, name) in "abcdefghij".chars().zip("bcdefghijk".chars()) {
        text.push_str(&format!(
            "{name}: &{name} [{}]\n",
            vec![format!("*{before}"); 10].join(", ")
        ));
    }
    assert_eq!(rule(text.as_bytes()).0, "YAML_ALIAS_EXPLODED");

    let long = "x".repeat(100_000);
    let text = format!("a: &a {long}\nb: [{}]\n", vec!["*a"; 1_000].join(", "));
    assert_eq!(rule(text.as_bytes()).0, "YAML_ALIAS_EXPLODED");

    let nested: String = (0..60).map(|level| format!("&a{level} [")).collect();
    let text = format!("a: {nested}{}{}\n", "y".repeat(1_000_000), "]".repeat(60));
    assert_eq!(rule(text.as_bytes()).0, "YAML_ALIAS_EXPLODED");

    let mut text = String::from("a0: &a0 [x]\n");
    for level in 1..100 {
        text.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert_eq!(rule(text.as_bytes()).0, "YAML_TOO_DEEP");
    assert_eq!(rule(b"a: &a [*a]\n"), ("YAML_ALIAS_RECURSIVE", 1, 8));
}

#[test]
fn the_typed_model_is_given_nothing_that_it_would_panic_on() {
    for text in [
        "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: 5\n",
        "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {/a: {get: {operationId: a, operationId: b, responses: {}}}}\n",
        "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {/a: {get: {responses: {200: {description: a}}}}}\n",
        "openapi: 3.0.3\n",
        "a: b\n",
    ] {
        let tree = load("input", text.as_bytes()).unwrap();
        let findings = openapi(&tree).map(|_| ()).unwrap_err();
        assert!(!findings.is_empty() && findings[0].place.line > 0, "{text}");
    }
    // Each level is read twice when the innermost one fails, so this would take longer than anyone waits.
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {}{{type: [5]}}{}}}}}\n",
        "{type: array, items: ".repeat(55),
        "}".repeat(55)
    );
    assert!(openapi(&load("input", text.as_bytes()).unwrap()).is_err());
}

#[test]
fn what_only_the_typed_model_refuses_has_a_place_too() {
    let text = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n        - name: a\n          in: nowhere\n          schema: {}\n      responses: {}\n";
    let findings = openapi(&load("input", text.as_bytes()).unwrap()).unwrap_err();
    assert_eq!(findings[0].rule, "DOCUMENT_UNREADABLE");
    assert!(findings[0].message.contains("nowhere"), "{findings:?}");
    assert!(findings[0].place.line >= 3, "{findings:?}");
}
