//! `upstream` as people run it: the published files it takes, what it says, its exit code, and that it writes nothing.

use std::fs;

use crate::world::{Done, SPEC, World, assert_same};

const DEVIATIONS: &str = "spec/deviations.toml";

/// A published description with one operation, which upstream lists without its status 404.
const PUBLISHED: &str = "openapi: 3.0.1
servers: [{url: 'https://boats.example.com'}]
paths:
  /v1/Boats:
    get: {responses: {'200': {description: ''}}}
";

/// The differences of `world` in a form that is easy to decide on.
fn entry(place: &str) -> String {
    format!(
        "[[deviation]]\nid = \"no-boat\"\nat = [\"{place}\"]\nkind = \"status\"\npublished = \"not listed\"\ncurated = \"404\"\nvalues = [\"absent -> present\"]\nreason = \"A boat may have sunk.\"\nsource = \"The log of the harbour\"\n"
    )
}

/// A workspace whose document says one status more than upstream does.
fn world() -> World {
    let world = World::new();
    let curated = PUBLISHED.replace("}}}\n", "}, '404': {description: ''}}}\n");
    assert_ne!(curated, PUBLISHED);
    fs::write(world.path(SPEC), curated).unwrap();
    fs::write(world.path("published.yaml"), PUBLISHED).unwrap();
    world
}

fn upstream(world: &World, arguments: &[&str]) -> Done {
    let before = world.state();
    let mut all = vec!["upstream"];
    all.extend(arguments);
    let done = world.run(&all);
    assert_same(&world.state(), &before);
    done
}

#[test]
fn a_difference_that_nobody_decided_on_is_shown_with_both_places_and_the_entry_for_it() {
    let world = world();
    let done = upstream(&world, &["published.yaml"]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
    assert_eq!(
        done.stdout,
        "GET /v1/Boats

#1 extra[status]: the status 404 of `GET /v1/Boats` is here, and not upstream
 --> spec/marketplace.v1.yaml:5:49
5 | +     get: {responses: {'200': {description: ''}, '404': {description: ''}}}
  |                                                   ^^^^^
 ::: published.yaml:5:11
5 | -     get: {responses: {'200': {description: ''}}}
  |             ^^^^^^^^^
  = place: GET /v1/Boats /responses/404
  = decided on? add this to spec/deviations.toml, with a reason and a source:
    [[deviation]]
    id = \"status-get-v1-boats-responses-404\"
    at = [\"GET /v1/Boats /responses/404\"]
    kind = \"status\"
    published = \"absent\"
    curated = \"present\"
    values = [\"absent -> present\"]
    reason = \"\"
    source = \"\"

upstream: 1 operation compared, 1 difference (0 decided on in 0 entries, 1 not), 0 findings about entries
"
    );
}

#[test]
fn a_difference_that_was_decided_on_passes_until_it_is_gone() {
    let world = world();
    fs::write(
        world.path(DEVIATIONS),
        entry("GET /v1/Boats /responses/404"),
    )
    .unwrap();
    let done = upstream(&world, &["published.yaml"]);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        done.stdout,
        "upstream: 1 operation compared, 1 difference (1 decided on in 1 entry, 0 not), 0 findings about entries\n"
    );
    fs::copy(world.path(SPEC), world.path("published.yaml")).unwrap();
    let done = upstream(&world, &["published.yaml"]);
    assert_eq!(done.code, Some(100));
    assert!(
        done.stderr.contains("error[DEVIATION_STALE]")
            && done.stderr.contains("spec/deviations.toml:3:7"),
        "{}",
        done.stderr
    );
    assert!(done.stdout.ends_with("0 not), 1 finding about an entry\n"));
}

#[test]
fn an_entry_without_a_reason_decides_nothing() {
    let world = world();
    let text = entry("GET /v1/Boats /responses/404").replace("\"A boat may have sunk.\"", "\"\"");
    fs::write(world.path(DEVIATIONS), text).unwrap();
    let done = upstream(&world, &["published.yaml"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(
        done.stderr.contains("`reason` is empty")
            && done.stderr.contains("spec/deviations.toml:8:10")
            && done
                .stderr
                .ends_with("error: spec/deviations.toml cannot be used\n"),
        "{}",
        done.stderr
    );
}

#[test]
fn files_can_be_named_and_the_report_can_be_read_by_programs() {
    let world = world();
    fs::rename(world.path(SPEC), world.path("other.yaml")).unwrap();
    fs::write(
        world.path("list.toml"),
        entry("POST /v1/Boats /responses/404"),
    )
    .unwrap();
    let named = [
        "published.yaml",
        "--spec",
        "other.yaml",
        "--deviations",
        "list.toml",
        "--format",
        "json",
    ];
    let done = upstream(&world, &named);
    assert_eq!((done.code, done.stderr.as_str()), (Some(100), ""));
    for part in [
        "\"clean\": false",
        "\"compared\": 1",
        "\"not_compared\": []",
        "\"kind\": \"status\"",
        "\"way\": \"extra\"",
        "\"decided\": false",
        "\"at\": \"GET /v1/Boats /responses/404\"",
        "\"file\": \"other.yaml\"",
        "\"file\": \"published.yaml\"",
        "\"rule\": \"DEVIATION_STALE\"",
        "\"file\": \"list.toml\"",
    ] {
        assert!(done.stdout.contains(part), "{part}: {}", done.stdout);
    }
}

#[test]
fn a_document_is_true_to_itself_and_to_one_description_of_each_host() {
    let world = World::new();
    let text = fs::read_to_string(world.path(SPEC)).unwrap();
    fs::write(world.path("published.yaml"), text).unwrap();
    let done = upstream(&world, &["published.yaml"]);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
    let json = "{\"openapi\": \"3.0.1\", \"paths\": {\"/v1/AvailableAddOns\": {\"servers\": [{\"url\": \"https://marketplace.twilio.com\"}]}}}";
    fs::write(world.path("published.json"), json).unwrap();
    let done = upstream(&world, &["published.json"]);
    assert_eq!(
        done.code,
        Some(1),
        "a description without operations is about no host"
    );
    let done = upstream(&world, &["published.yaml", "published.yaml"]);
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.contains("is described twice"),
        "{}",
        done.stderr
    );
}

#[test]
fn what_cannot_be_read_is_a_failure_that_names_the_file() {
    let world = world();
    fs::write(world.path("broken.yaml"), "a: [").unwrap();
    fs::write(world.path("other.yaml"), "openapi: 3.0.1\npaths: {}\n").unwrap();
    fs::write(world.path("broken.toml"), "[[deviation]\n").unwrap();
    fs::write(world.path("binary.toml"), [0xff, 0xfe]).unwrap();
    for (arguments, words) in [
        (&["nowhere.yaml"][..], "nowhere.yaml cannot be read"),
        (&["broken.yaml"], "broken.yaml:1:"),
        (&["other.yaml"], "other.yaml:2:"),
        (&["published.yaml", "other.yaml"], "other.yaml:2:"),
        (
            &["published.yaml", "--spec", "nowhere.yaml"],
            "nowhere.yaml cannot be read",
        ),
        (
            &["published.yaml", "--spec", "broken.yaml"],
            "broken.yaml:1:",
        ),
        (
            &["published.yaml", "--deviations", "nowhere.toml"],
            "nowhere.toml cannot be read",
        ),
        (
            &["published.yaml", "--deviations", "broken.toml"],
            "broken.toml:1:",
        ),
        (
            &["published.yaml", "--deviations", "binary.toml"],
            "binary.toml is not UTF-8",
        ),
        (&["published.yaml", "--format", "xml"], "none of text, json"),
        (&[], "Usage"),
    ] {
        let done = upstream(&world, arguments);
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (Some(1), ""),
            "{arguments:?}"
        );
        assert!(
            done.stderr.contains(words),
            "{arguments:?}: {}",
            done.stderr
        );
    }
}
