//! A boolean that a request must have is never a bare `bool` in the hands of a caller, whatever the document: where it is a
//! parameter, a field, a member of a JSON body or of a type that callers build, and whatever it is called.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::surface::{Surface, read};

const SMALL: &str = include_str!("documents/small.yaml");

/// The surface of the small document with texts in the place of others.
fn surface(changes: &[(&str, &str)]) -> Surface {
    read(
        &codegen::run("small.yaml", changed(changes).as_bytes())
            .unwrap()
            .files,
    )
    .unwrap()
}

fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(SMALL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

const UPDATE: &str = "    UpdateThingRequest:\n      type: object\n      properties:\n";

/// The request of the update with required booleans of these names.
fn update(required: &[&str]) -> (&'static str, String) {
    let fields = required
        .iter()
        .map(|name| format!("        {name}: {{type: boolean}}\n"));
    let text = format!(
        "    UpdateThingRequest:\n      type: object\n      required: [{}]\n      properties:\n{}",
        required.join(", "),
        fields.collect::<String>()
    );
    (UPDATE, text)
}

fn makers(surface: &Surface, operation: &str) -> Vec<String> {
    let makers = surface.operations[operation].makers.iter();
    makers.map(|maker| maker.text.clone()).collect()
}

/// What takes a `bool` without a name: a method of a handle, or the constructor of a type that callers build.
fn bare(surface: &Surface) -> Vec<String> {
    let methods = surface.handles.values().flat_map(|handle| &handle.methods);
    let constructors = surface.types.values().flat_map(|data| &data.functions);
    methods
        .map(|method| &method.signature)
        .chain(constructors.filter(|function| function.name == "new"))
        .filter(|signature| signature.text.contains(": bool"))
        .map(|signature| signature.text.clone())
        .collect()
}

#[test]
fn an_update_that_takes_one_boolean_is_named_by_it_or_takes_it_by_name() {
    let cases: [(&[&str], &[&str]); 7] = [
        (&["Enabled"], &["enable(&self)", "disable(&self)"]),
        (&["IsMuted"], &["mute(&self)", "unmute(&self)"]),
        (&["Paused"], &["pause(&self)", "resume(&self)"]),
        (&["Urgent"], &["update(&self, urgent: choices::Urgent)"]),
        // English words that only look like the others.
        (&["Speed"], &["update(&self, speed: choices::Speed)"]),
        (
            &["Enabled", "Muted"],
            &["update(&self, enabled: choices::Enabled, muted: choices::Muted)"],
        ),
        // Names that mean something to Rust.
        (&["From"], &["update(&self, from: choices::From)"]),
    ];
    for (required, expected) in cases {
        let (from, to) = update(required);
        let surface = surface(&[(from, &to)]);
        let expected: Vec<String> = expected
            .iter()
            .map(|maker| format!("fn {maker} -> calls::UpdateThing"))
            .collect();
        assert_eq!(makers(&surface, "UpdateThing"), expected, "{required:?}");
        assert_eq!(bare(&surface), Vec::<String>::new(), "{required:?}");
        // The list of things takes one of this name too.
        let has_type = |wire: &str| !expected[0].contains("(&self)") || wire == "Enabled";
        for wire in required {
            assert_eq!(
                surface.choices.contains_key(*wire),
                has_type(wire),
                "{wire}"
            );
        }
    }
}

#[test]
fn it_has_a_name_wherever_a_document_requires_it() {
    let surface = surface(&[
        (
            "      required: [sid, quantity]\n      properties:\n",
            "      required: [sid, quantity, ready]\n      properties:\n        ready: {type: boolean}\n        late: {type: boolean}\n",
        ),
        (
            "      required: [amount]\n      properties:\n",
            "      required: [amount, ready]\n      properties:\n        ready: {type: boolean}\n        late: {type: boolean}\n",
        ),
    ]);
    assert_eq!(bare(&surface), Vec::<String>::new());
    assert_eq!(
        makers(&surface, "ListThings"),
        ["fn list(&self, enabled: choices::Enabled) -> calls::ListThings"]
    );
    assert!(makers(&surface, "CreateThing")[0].contains("ready: choices::Ready"));
    let functions = &surface.types["Part"].functions;
    assert!(
        functions[0].text.contains("ready: choices::Ready"),
        "{functions:?}"
    );
    // A setter says by its own name what its value means.
    assert!(
        functions
            .iter()
            .any(|function| function.text == "fn late(self, late: bool) -> Self")
    );
    let setters = &surface.operations["CreateThing"].call.methods;
    assert!(
        setters
            .iter()
            .any(|setter| setter.text == "fn late(self, late: bool) -> Self")
    );
    // Booleans of one name have one type.
    assert_eq!(
        surface.choices.keys().collect::<Vec<_>>(),
        ["Enabled", "Ready"]
    );
    assert_eq!(
        surface.choices["Ready"].values,
        [("Yes".to_owned(), true), ("No".to_owned(), false)]
    );
}

#[test]
fn a_type_of_the_document_may_have_its_name() {
    let (from, to) = update(&["Colour", "Thing"]);
    let surface = surface(&[(from, &to)]);
    assert_eq!(
        makers(&surface, "UpdateThing"),
        ["fn update(&self, colour: choices::Colour, thing: choices::Thing) -> calls::UpdateThing"]
    );
    assert!(surface.types.contains_key("Colour") && surface.choices.contains_key("Colour"));
}

#[test]
fn a_call_of_the_same_name_is_a_finding() {
    let (from, to) = update(&["Enabled"]);
    let operation = "    post:\n      operationId: UpdateThing\n";
    let another = "    put:\n      operationId: EnableThing\n      responses:\n        '204':\n          description: Done.\n        4XX:\n          $ref: '#/components/responses/Error'\n        5XX:\n          $ref: '#/components/responses/Error'\n";
    let document = changed(&[(from, &to), (operation, &format!("{another}{operation}"))]);
    let findings = codegen::run("small.yaml", document.as_bytes()).unwrap_err();
    let found: Vec<_> = findings
        .iter()
        .map(|finding| (finding.rule, finding.message.as_str()))
        .collect();
    assert_eq!(
        found,
        [(
            "METHOD_NAME_COLLIDES",
            "`EnableThing` and `UpdateThing` both become the method `enable` of `ThingHandle`"
        )]
    );
}
