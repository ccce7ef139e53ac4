//! Alternatives: which name stands for which, and which one of a list goes with which.

use super::*;

const CHOICE: &str = "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind MAPPING}}";
const CAT: &str =
    "{type: object, required: [kind], properties: {kind: {type: string}, purrs: {type: boolean}}}";
const DOG: &str =
    "{type: object, required: [kind], properties: {kind: {type: string}, barks: {type: boolean}}}";

/// A choice between two components in a body or in a reply.
fn choice(gap: &str, mapping: &str, cat: &str) -> String {
    let choice = CHOICE
        .replace(" MAPPING", mapping)
        .replace("/Cat", &format!("/{cat}"));
    let schemas = format!("{cat}: {CAT}, Dog: {DOG}");
    document(&[
        (
            gap,
            &format!("{{type: object, properties: {{a: {choice}}}}}"),
        ),
        ("SCHEMAS", &schemas),
    ])
}

#[test]
fn the_name_of_an_alternative_is_a_value_on_the_wire() {
    let has = |found: &[(&str, Verdict)], rule: &str| found.iter().any(|(id, _)| *id == rule);
    for (gap, direction) in [("REQUEST", "REQUEST"), ("REPLY", "RESPONSE")] {
        let added = format!("{direction}_DISCRIMINATOR_VALUE_ADDED");
        let removed = format!("{direction}_DISCRIMINATOR_VALUE_REMOVED");
        let renamed = found(&choice(gap, "", "Cat"), &choice(gap, "", "Lion"));
        assert!(
            has(&renamed, &added) && has(&renamed, &removed),
            "{renamed:?}"
        );
        let more = found(
            &choice(gap, ", mapping: {c: Cat}", "Cat"),
            &choice(gap, ", mapping: {c: Cat, d: Dog}", "Cat"),
        );
        assert!(has(&more, &added) && !has(&more, &removed), "{more:?}");
        let moved = found(
            &choice(gap, ", mapping: {c: Cat}", "Cat"),
            &choice(gap, ", mapping: {c: Dog}", "Cat"),
        );
        assert!(
            has(&moved, &format!("{direction}_DISCRIMINATOR_CHANGED")),
            "{moved:?}"
        );
        for (one, other) in [
            (
                ", mapping: {c: Cat}",
                ", mapping: {c: '#/components/schemas/Cat'}",
            ),
            (", mapping: {Cat: Cat}", ""),
            (
                ", mapping: {Dog: '#/components/schemas/Dog'}",
                ", mapping: {Cat: Cat}",
            ),
        ] {
            for (from, to) in [(one, other), (other, one)] {
                let same = found(&choice(gap, from, "Cat"), &choice(gap, to, "Cat"));
                assert!(
                    same.iter().all(|(_, wire)| *wire == Verdict::None),
                    "{same:?}"
                );
            }
        }
    }
}

#[test]
fn what_builds_on_a_component_with_a_discriminator_is_what_a_value_can_be() {
    let with = |rest: &str| {
        let schemas = format!(
            "Pet: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}, discriminator: {{propertyName: kind}}}}, {rest}"
        );
        document(&[
            ("REPLY", "{$ref: '#/components/schemas/Pet'}"),
            ("SCHEMAS", &schemas),
        ])
    };
    let child = |name: &str, member: &str| {
        format!(
            "{name}: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, properties: {{{member}: {{type: string}}}}}}]}}"
        )
    };
    let one = with(&child("Cat", "purrs"));
    let two = with(&format!(
        "{}, {}",
        child("Cat", "purrs"),
        child("Dog", "barks")
    ));
    let other = with(&child("Cat", "purrs").replace("string", "integer"));
    let wire = |found: Vec<(&'static str, Verdict)>, rule: &str| {
        found
            .into_iter()
            .find(|(id, _)| *id == rule)
            .map(|(_, wire)| wire)
    };
    let breaking = Some(Verdict::Breaking);
    assert_eq!(
        wire(found(&one, &two), "RESPONSE_DISCRIMINATOR_VALUE_ADDED"),
        breaking
    );
    assert_eq!(
        wire(found(&two, &one), "RESPONSE_DISCRIMINATOR_VALUE_REMOVED"),
        Some(Verdict::Additive)
    );
    assert_eq!(wire(found(&one, &other), "RESPONSE_TYPE_CHANGED"), breaking);
}

const INNER: [&str; 3] = [
    "{type: object, required: [k], properties: {k: {type: string}}}",
    "{type: object, required: [m], properties: {m: {type: string}}}",
    "{type: object, required: [z], properties: {z: {type: string}}}",
];

/// A document with a member of a body or of a reply.
pub(crate) fn inside(gap: &str, schema: &str) -> String {
    document(&[(
        gap,
        &format!("{{type: object, properties: {{a: {schema}}}}}"),
    )])
}

#[test]
fn an_alternative_is_known_by_what_it_holds_not_by_its_place() {
    let [k, m, z] = INNER;
    let other = m.replace("string", "integer");
    let with = |items: &[&str]| inside("REPLY", &format!("{{oneOf: [{}]}}", items.join(", ")));
    let base = with(&[k, m]);
    let prints = |revision: &str| -> Vec<(&'static str, String)> {
        let changes = report(&base, revision).changes;
        changes
            .iter()
            .map(|change| (change.id(), change.fingerprint.clone()))
            .collect()
    };
    let plain = prints(&with(&[k, &other]));
    assert_eq!(plain.len(), 1);
    assert_eq!(plain[0].0, "RESPONSE_TYPE_CHANGED");
    assert_eq!(prints(&with(&[&other, k])), plain);
    let front = prints(&with(&[z, k, &other]));
    assert_eq!(front.len(), 2, "{front:?}");
    assert!(front.contains(&plain[0]), "{front:?}");
    assert!(
        front
            .iter()
            .any(|(id, _)| *id == "RESPONSE_ALTERNATIVE_ADDED")
    );
    let titled = |first: &str| {
        let one = format!("{{type: object, title: T, properties: {{a: {{type: {first}}}}}}}");
        let two = format!(
            "{{type: object, title: T, properties: {{a: {{type: {first}}}, b: {{type: string}}}}}}"
        );
        with(&[&one, &two])
    };
    let changes = report(&titled("string"), &titled("integer")).changes;
    assert_eq!(changes.len(), 2);
    assert_ne!(changes[0].fingerprint, changes[1].fingerprint);
}

#[test]
fn one_list_of_alternatives_hides_nothing_of_another() {
    let with = |one: &str, other: &str| {
        let lists = format!(
            "{{allOf: [{{oneOf: [{one}, {{type: integer}}]}}, {{oneOf: [{other}, {{type: number}}]}}]}}"
        );
        inside("REQUEST", &lists)
    };
    let (short, long) = (
        "{type: string, maxLength: 2}",
        "{type: string, maxLength: 9}",
    );
    let changes = found(&with(long, long), &with(short, long));
    assert_eq!(changes, [("REQUEST_LENGTH_TIGHTENED", Verdict::Breaking)]);
    let changes = found(&with(short, long), &with(long, short));
    assert!(
        changes.iter().all(|(id, _)| *id != "COMPOSITION_CHANGED"),
        "{changes:?}"
    );
    let two = "{oneOf: [{type: string}, {type: integer}], anyOf: [{type: string}, {type: integer, maximum: 9}]}";
    let tight = two.replace("maximum: 9", "maximum: 5");
    assert_eq!(
        found(&inside("REQUEST", two), &inside("REQUEST", &tight)),
        [("REQUEST_RANGE_TIGHTENED", Verdict::Breaking)]
    );
    let one = "{oneOf: [{type: string}, {type: integer}]}";
    assert_eq!(
        found(&inside("REQUEST", two), &inside("REQUEST", one)),
        [("COMPOSITION_CHANGED", Verdict::Warning)]
    );
}
