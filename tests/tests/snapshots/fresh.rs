//! The committed code is what the committed document gives, on any machine and under any path.

use crate::shared::{DOCUMENT, FRESH, committed_files, document, generate};

#[test]
fn the_committed_code_is_what_the_document_gives() {
    let committed = committed_files();
    let fresh = &*FRESH;
    let stale: Vec<&String> = fresh
        .keys()
        .chain(committed.keys().filter(|file| !fresh.contains_key(*file)))
        .filter(|file| fresh.get(*file) != committed.get(*file))
        .collect();
    assert!(
        stale.is_empty(),
        "the generated code is not what {DOCUMENT} gives, in {stale:?}: run `cargo xtask regen` and commit what it writes"
    );
}

#[test]
fn the_same_document_gives_the_same_bytes_every_time() {
    assert_eq!(generate(DOCUMENT, &document()), *FRESH);
}

#[test]
fn the_folder_of_the_document_leaves_no_trace() {
    for name in [
        "/elsewhere/marketplace.v1.yaml",
        r"C:\api\marketplace.v1.yaml",
    ] {
        assert_eq!(generate(name, &document()), *FRESH, "{name}");
    }
}

#[test]
fn the_name_of_the_document_stands_in_the_header_alone() {
    let other = generate("spec/other.yaml", &document());
    for (file, text) in &*FRESH {
        let (header, rest) = text.split_once('\n').unwrap();
        let (other_header, other_rest) = other.get(file).unwrap().split_once('\n').unwrap();
        assert_eq!(
            header.replace("marketplace.v1.yaml", "other.yaml"),
            other_header
        );
        assert_eq!(rest, other_rest, "{file}");
        assert!(!text.contains('\r') && text.ends_with("\n"), "{file}");
    }
}
