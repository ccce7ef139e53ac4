//! The verdict on callers is what the generator says: the own document is changed in many ways, each client is generated,
//! and a line that callers could have written is gone exactly where the comparison calls the change breaking.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

use codegen::diff::{Report, Verdict, diff};
use codegen::load::load;
use codegen::surface::{Signature, TypeShape, read};

/// Changes to the own document: what they are, and the first text that is replaced by another.
const CHANGES: &[(&str, &str, &str)] = &[
    (
        "a description",
        "How usage is charged",
        "How all usage is charged",
    ),
    ("a bound", "      maximum: 1000\n", "      maximum: 500\n"),
    ("a pattern", "^XB[0-9a-fA-F]{32}$", "^XB[0-9a-f]{32}$"),
    ("a default", "      default: 50\n", "      default: 20\n"),
    ("a value that is gone", "        - failed\n", ""),
    (
        "a value that is new",
        "        - failed\n",
        "        - failed\n        - lost\n",
    ),
    (
        "values in another order",
        "        - canceled\n        - completed\n",
        "        - completed\n        - canceled\n",
    ),
    ("a member of a reply that is gone", PRICING, ""),
    (
        "a member of a reply that is new",
        PRICING,
        "        pricing_type:\n          description: How.\n          type: string\n          nullable: true\n        stars:\n          description: How many.\n          type: integer\n          nullable: true\n",
    ),
    (
        "a member of a reply that is required",
        "        - sid\n      properties:\n        sid:\n          description: SID of this add-on.\n",
        "        - sid\n        - configuration_schema\n      properties:\n        sid:\n          description: SID of this add-on.\n",
    ),
    (
        "a member of a reply that is optional",
        "        - sid\n        - available_add_on_sid\n",
        "        - sid\n",
    ),
    (
        "a member of a reply that can be null",
        "          description: Billing item. Those in the published examples start with `BI`; no pattern is published.\n          type: string\n",
        "          description: Billing item. Those in the published examples start with `BI`; no pattern is published.\n          type: string\n          nullable: true\n",
    ),
    (
        "a member of a reply of another type",
        "          description: Short description of what the add-on does.\n          type: string\n",
        "          description: Short description of what the add-on does.\n          type: boolean\n",
    ),
    (
        "a member of a request that is new",
        "        UniqueName:\n",
        "        Region:\n          description: Where.\n          type: string\n        UniqueName:\n",
    ),
    (
        "a member of a request that is required",
        "        - AvailableAddOnSid\n        - AcceptTermsOfService\n",
        "        - AvailableAddOnSid\n        - AcceptTermsOfService\n        - UniqueName\n",
    ),
    (
        "a member of a request that is optional",
        "        - AvailableAddOnSid\n        - AcceptTermsOfService\n",
        "        - AvailableAddOnSid\n",
    ),
    (
        "a member of a type that callers build",
        "      required:\n        - sid\n        - quantity\n",
        "      required:\n        - quantity\n",
    ),
    (
        "required members in another order",
        "      required:\n        - AvailableAddOnSid\n        - AcceptTermsOfService\n",
        "      required:\n        - AcceptTermsOfService\n        - AvailableAddOnSid\n",
    ),
    (
        "a boolean that a call is named by",
        "        - Enabled\n      properties:\n        Enabled:\n",
        "        - Muted\n      properties:\n        Muted:\n",
    ),
    (
        "a boolean that no call can be named by",
        "        - Enabled\n      properties:\n        Enabled:\n",
        "        - Tidy\n      properties:\n        Tidy:\n",
    ),
    (
        "a boolean that a call is named by and can go without",
        "      required:\n        - Enabled\n",
        "",
    ),
    (
        "an optional field beside a boolean that a call is named by",
        "        - Enabled\n      properties:\n",
        "        - Enabled\n      properties:\n        Region:\n          description: Where.\n          type: string\n",
    ),
    (
        "a required field beside a boolean that a call is named by",
        "        - Enabled\n      properties:\n",
        "        - Enabled\n        - Region\n      properties:\n        Region:\n          description: Where.\n          type: string\n",
    ),
    (
        "the verb of an operation that is named by a boolean",
        "operationId: UpdateInstalledAddOnExtension",
        "operationId: ReplaceInstalledAddOnExtension",
    ),
    (
        "a boolean that is text",
        "What Twilio sends for `false` is not documented.\n          type: boolean\n",
        "What Twilio sends for `false` is not documented.\n          type: string\n",
    ),
    (
        "a boolean of another name",
        "        - AcceptTermsOfService\n      properties:\n        AvailableAddOnSid:\n",
        "        - AvailableAddOn\n      properties:\n        AvailableAddOn:\n          description: Yes.\n          type: boolean\n        AvailableAddOnSid:\n",
    ),
    (
        "an operation id",
        "operationId: ReportUsage",
        "operationId: SubmitUsage",
    ),
    (
        "an operation id of the same verb",
        "operationId: FetchListing",
        "operationId: FetchOwnListing",
    ),
    (
        "an operation that is deprecated",
        "operationId: FetchListing\n",
        "operationId: FetchListing\n      deprecated: true\n",
    ),
    (
        "a parameter of a query that is gone",
        "        - $ref: '#/components/parameters/PageSize'\n",
        "",
    ),
    (
        "a parameter of a query that is required",
        "Code 21481 means that it is not valid.\n      required: false\n",
        "Code 21481 means that it is not valid.\n      required: true\n",
    ),
    ("a path", "  /v1/Listings:\n", "  /v1/OwnListings:\n"),
    (
        "a version of a path",
        "  /v1/Listings:\n",
        "  /v2/Listings:\n",
    ),
    (
        "a host",
        "https://marketplace.twilio.com",
        "https://market.twilio.com",
    ),
    (
        "another host that there is",
        "      - url: https://marketplace.twilio.com\n",
        "      - url: https://api.twilio.com\n",
    ),
    (
        "a status without a body",
        "        '204':\n",
        "        '202':\n",
    ),
    (
        "a status that is a receipt",
        "        '202':\n          # source: published; usage-preview\n",
        "        '200':\n          # source: published; usage-preview\n",
    ),
];

const PRICING: &str = "        pricing_type:\n          description: How usage is charged, in words such as `per minute`. Twilio publishes no list of values.\n          type: string\n          nullable: true\n";

/// A declaration without the names of its arguments, which no caller writes.
fn unnamed(declaration: &Signature) -> String {
    let text = declaration.text.as_str();
    let Some((head, rest)) = text.split_once('(') else {
        return text.to_owned();
    };
    let arguments = rest.split(", ");
    let arguments: Vec<&str> = arguments
        .map(|argument| argument.split_once(": ").map_or(argument, |(_, ty)| ty))
        .collect();
    format!("{head}({}", arguments.join(", "))
}

/// Every line of a client that callers can rely on; the generator's word for why there is none.
fn lines(text: &str) -> Result<BTreeSet<String>, String> {
    let files = codegen::run("a.yaml", text.as_bytes()).map_err(|findings| {
        let words = findings.iter().map(|finding| finding.message.clone());
        words.collect::<Vec<_>>().join("; ")
    })?;
    let surface = read(&files.files).unwrap();
    let mut lines: BTreeSet<String> = surface
        .hosts
        .keys()
        .map(|host| format!("Host::{host}"))
        .collect();
    let names = surface.sids.keys().chain(surface.bounded.keys());
    lines.extend(names.map(|name| format!("struct {name}")));
    let choices = surface.choices.keys();
    lines.extend(choices.map(|name| format!("choices::{name}")));
    for handle in surface.handles.values() {
        let methods = handle.methods.iter();
        lines
            .extend(methods.map(|method| {
                format!("{}.{} -> {:?}", handle.name, method.written, method.target)
            }));
    }
    for operation in surface.operations.values() {
        let call = &operation.call;
        lines.insert(format!("{} -> {}", call.name, call.output));
        let methods = call.methods.iter();
        lines.extend(methods.map(|method| format!("{}.{}", call.name, unnamed(method))));
    }
    for found in surface.types.values().filter(|found| found.public) {
        lines.insert(format!("type {}", found.name));
        let functions = found.functions.iter();
        lines.extend(functions.map(|function| format!("{}::{}", found.name, unnamed(function))));
        match &found.shape {
            TypeShape::Object(members) => {
                let members = members.iter();
                lines.extend(
                    members.map(|member| format!("{}.{}", found.name, member.declaration())),
                );
            }
            TypeShape::Enum { values, .. } => {
                let values = values.iter();
                lines.extend(values.map(|(_, variant)| format!("{}::{variant}", found.name)));
            }
        }
    }
    Ok(lines)
}

/// What is wrong with the verdict on one change, if anything.
fn wrong(before: &BTreeSet<String>, after: &BTreeSet<String>, report: &Report) -> Option<String> {
    let lost: Vec<&String> = before.difference(after).collect();
    let gained: Vec<&String> = after.difference(before).collect();
    let verdict = report
        .changes
        .iter()
        .map(|change| change.verdicts.source)
        .max()
        .unwrap_or_default();
    let is_right = match (lost.is_empty(), gained.is_empty()) {
        (false, _) => verdict == Verdict::Breaking,
        (true, false) => verdict == Verdict::Additive,
        // What stays in its place can still be deprecated, or refuse a literal.
        (true, true) => matches!(verdict, Verdict::None | Verdict::Warning),
    };
    (!is_right).then(|| format!("{verdict}, where {lost:#?} are gone and {gained:#?} are new"))
}

#[test]
fn what_is_called_breaking_is_what_callers_lose() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/marketplace.v1.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    let base = load("a.yaml", text.as_bytes()).unwrap();
    let before = lines(&text).unwrap();
    let judge = |(what, from, to): &(&str, &str, &str)| {
        assert!(text.contains(from), "{what}: the document has no {from}");
        let revised = text.replacen(from, to, 1);
        let revision = load("b.yaml", revised.as_bytes()).unwrap();
        let report = diff(&base, &revision);
        let after = match lines(&revised) {
            Ok(after) => after,
            Err(refused) => return Some(format!("{what}: refused: {refused}")),
        };
        wrong(&before, &after, &report).map(|wrong| format!("{what}: {wrong}"))
    };
    let half = CHANGES.len() / 2;
    let found: Vec<String> = thread::scope(|scope| {
        let other = scope.spawn(|| CHANGES[..half].iter().filter_map(judge).collect::<Vec<_>>());
        let mut found: Vec<String> = CHANGES[half..].iter().filter_map(judge).collect();
        found.extend(other.join().unwrap());
        found
    });
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}
