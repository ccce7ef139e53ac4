use std::time::Instant;

use super::*;
use crate::runtime::ReadValue;
use crate::runtime::value;

/// A page of a list, with properties of every need and shape.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Things {
    things: Vec<Item>,
    next: Option<String>,
    meta: Option<Meta>,
    size: Option<i64>,
}

object! {
    Things,
    "things" => things required,
    "next" => next paging,
    "meta" => meta paging,
    "size" => size optional,
}

#[derive(Clone, Debug, PartialEq)]
struct Meta {
    next: Option<String>,
    page: Option<i64>,
}

object! {
    Meta,
    "next" => next paging,
    "page" => page optional,
}

#[derive(Clone, Debug, PartialEq)]
struct Item {
    sid: InstalledAddOnSid,
    small: Option<i32>,
    enabled: Option<bool>,
    made: Option<Timestamp>,
    total: Option<Amount>,
    state: Option<State>,
    tags: Option<Vec<String>>,
    parts: Option<Vec<Inner>>,
    links: Option<BTreeMap<String, String>>,
    inner: Option<Inner>,
    any: Option<Value>,
    configuration: Option<Map<String, Value>>,
    rest: Map<String, Value>,
}

object! {
    Item,
    "sid" => sid required,
    "small" => small optional,
    "enabled" => enabled optional,
    "made" => made optional,
    "total" => total optional,
    "state" => state optional,
    "tags" => tags optional,
    "parts" => parts optional,
    "links" => links optional,
    "inner" => inner optional,
    "any" => any optional,
    "configuration" => configuration optional,
    ..rest,
}

#[derive(Clone, Debug, PartialEq)]
struct Counts {
    counts: Option<BTreeMap<String, Vec<i64>>>,
}

object! {
    Counts,
    "counts" => counts optional,
}

pub(super) fn read_again<T: ReadValue>(
    json: &[u8],
    leniency: Leniency,
) -> Result<(T, Vec<String>), String> {
    let mut value = T::blank();
    match value::read_again(json, &mut value, leniency) {
        Ok(skipped) => Ok((value, skipped.iter().map(ToString::to_string).collect())),
        Err(why) => Err(format!("{} at {}:{}", why.text, why.place.0, why.place.1)),
    }
}

fn leniently(json: &str) -> Result<(Things, Vec<String>), String> {
    read_again(json.as_bytes(), Leniency::Optional)
}

pub(super) fn strictly(json: &str) -> Option<Things> {
    let mut things = Things::blank();
    value::read_response(json.as_bytes(), &mut things).then_some(things)
}

/// A page with one item of these properties beside its identity.
fn page(properties: &str) -> String {
    let comma = if properties.is_empty() { "" } else { "," };
    format!("{{\"things\":[{{\"sid\":\"{SID}\"{comma}{properties}}}]}}")
}

#[test]
fn an_odd_optional_value_is_absent_and_listed() {
    let bare = strictly(&page("")).unwrap();
    for (properties, skipped) in [
        (
            r#""small":"7""#,
            "small: expected an integer, found a string",
        ),
        (
            r#""small":7.5"#,
            "small: expected an integer, found a fraction",
        ),
        (
            r#""small":5000000000"#,
            "small: expected i32, found a number out of range",
        ),
        (
            r#""small":99999999999999999999"#,
            "small: expected an integer, found a number out of range",
        ),
        (
            r#""small":1,"small":2"#,
            "small: expected once, found twice",
        ),
        (
            r#""small":"1","small":2,"small":3"#,
            "small: expected an integer, found a string",
        ),
        (
            r#""enabled":"true""#,
            "enabled: expected a boolean, found a string",
        ),
        (
            r#""made":1282161700"#,
            "made: expected a date and time as text, found a number",
        ),
        (
            r#""made":"\ud800""#,
            "made: expected a string, found one that is not Unicode text",
        ),
        (r#""total":"much""#, "total: not a decimal number"),
        (
            r#""total":[1]"#,
            "total: expected a decimal number, found an array",
        ),
        (r#""state":{}"#, "state: expected a string, found an object"),
        (r#""tags":"a""#, "tags: expected an array, found a string"),
        (r#""inner":{"size":3}"#, "inner: name: missing"),
        (
            r#""inner":{"name":3}"#,
            "inner: name: expected a string, found a number",
        ),
        (r#""inner":[]"#, "inner: expected an object, found an array"),
        (r#""links":[]"#, "links: expected an object, found an array"),
        (
            r#""configuration":7"#,
            "configuration: expected an object, found a number",
        ),
        (
            r#""any":1e999"#,
            "any: it cannot be kept: number out of range",
        ),
        (
            r#""new":[[1e999]]"#,
            "new: it cannot be kept: number out of range",
        ),
        (
            r#""a b\u0009\"c":1e999"#,
            "[\"a b \"c\"]: it cannot be kept: number out of range",
        ),
    ] {
        let json = page(properties);
        assert_eq!(strictly(&json), None, "{json}");
        let (things, list) = leniently(&json).unwrap();
        assert_eq!(things, bare, "{json}");
        let [only] = list.as_slice() else {
            panic!("{json}: {list:?}");
        };
        let wanted = skipped
            .strip_prefix('[')
            .map_or(format!("things[0].{skipped}"), |rest| {
                format!("things[0][{rest}")
            });
        if skipped.starts_with("total: not") {
            assert!(only.starts_with("things[0].total: "), "{only}");
        } else {
            assert_eq!(*only, wanted);
        }
    }
}

#[test]
fn an_odd_entry_or_item_costs_itself_alone() {
    for (properties, kept, skipped) in [
        (
            r#""links":{"a":"1","b":null,"c":"3"}"#,
            r#""links":{"a":"1","c":"3"}"#,
            "links.b: expected a string, found null",
        ),
        (
            r#""tags":["a",1,"b"]"#,
            r#""tags":["a","b"]"#,
            "tags[1]: expected a string, found a number",
        ),
        (
            r#""parts":[{"name":"a"},{"size":[{"deep":[1]}]},{"name":"c","size":-1}]"#,
            r#""parts":[{"name":"a"},{"name":"c"}]"#,
            "parts[1]: name: missing|parts[2].size: expected an integer that is not negative, found a number out of range",
        ),
        (
            r#""configuration":{"a":1},"made":{"x":[{}]},"tags":["x"]"#,
            r#""configuration":{"a":1},"tags":["x"]"#,
            "made: expected a date and time as text, found an object",
        ),
    ] {
        let (things, list) = leniently(&page(properties)).unwrap();
        assert_eq!(things, strictly(&page(kept)).unwrap(), "{properties}");
        let wanted: Vec<_> = skipped
            .split('|')
            .map(|line| format!("things[0].{line}"))
            .collect();
        assert_eq!(list, wanted);
    }
}

#[test]
fn an_odd_identity_or_paging_link_is_an_error_with_its_path() {
    let item = page("");
    let with = |properties: &str| format!("{},{properties}}}", item.strip_suffix('}').unwrap());
    for (json, error) in [
        ("{}".to_owned(), "things: missing at 1:3"),
        ("[]".to_owned(), "expected an object, found an array at 1:1"),
        (
            r#"{"things":null}"#.to_owned(),
            "things: expected an array, found null at 1:11",
        ),
        (
            r#"{"things":[{}]}"#.to_owned(),
            "things[0].sid: missing at 1:14",
        ),
        (
            r#"{"things":[null]}"#.to_owned(),
            "things[0]: expected an object, found null at 1:12",
        ),
        (
            "{\"things\":[\n{\"sid\":7}]}".to_owned(),
            "things[0].sid: expected an installed add-on SID, which begins with `XE`, found a number at 2:8",
        ),
        (
            item.replace("\"sid\"", &format!("\"sid\":\"{SID}\",\"sid\"")),
            "things[0].sid: expected once, found twice at 1:62",
        ),
        (
            with(r#""next":7"#),
            "next: expected a string, found a number",
        ),
        (
            with(r#""next":"a","next":"b""#),
            "next: expected once, found twice",
        ),
        (
            with(r#""meta":["n",1]"#),
            "meta: expected an object, found an array",
        ),
        (
            with(r#""meta":[]"#),
            "meta: expected an object, found an array",
        ),
        (
            with(r#""meta":["n",1]"#),
            "meta: expected an object, found an array",
        ),
        (
            with(r#""meta":{"next":{}}"#),
            "meta.next: expected a string, found an object",
        ),
        (
            with(r#""meta":{},"meta":{}"#),
            "meta: expected once, found twice",
        ),
    ] {
        assert_eq!(strictly(&json), None, "{json}");
        let found = leniently(&json).unwrap_err();
        assert!(found.starts_with(error), "{json}: {found}, not {error}");
    }
    for json in [
        with(r#""next":null,"meta":null"#),
        with(r#""meta":{"next":null}"#),
    ] {
        let things = strictly(&json).unwrap();
        assert_eq!(leniently(&json), Ok((things, vec![])));
    }
    let (things, list) = leniently(&with(r#""size":"x","meta":{"page":"x","next":"n"}"#)).unwrap();
    assert_eq!(things.meta.unwrap().next.as_deref(), Some("n"));
    assert_eq!(list.len(), 2, "{list:?}");
}

#[test]
fn where_nothing_may_be_passed_over_an_odd_value_is_an_error_with_its_path() {
    let odd = page(r#""links":{"a b":null}"#);
    let error = read_again::<Things>(odd.as_bytes(), Leniency::Nothing).unwrap_err();
    assert!(
        error.starts_with("things[0].links[\"a b\"]: expected a string, found null"),
        "{error}"
    );
}

#[test]
fn what_is_no_json_is_told_with_the_path_as_far_as_it_is_known() {
    for (json, error) in [
        ("", "the JSON ends before it is complete at 1:1"),
        (
            "<html><body>sign in",
            "expected JSON, found markup such as HTML at 1:1",
        ),
        (
            " \n<!DOCTYPE html>",
            "expected JSON, found markup such as HTML at 2:1",
        ),
        (
            "{\"things\":[{\"sid\":",
            "things[0].sid: the JSON ends before it is complete at 1:19",
        ),
        (
            "{\"things\":[1,{\"links\":{\"a\":1,\n\"b\":x",
            "things[1].links.b: expected JSON, found an error in it: expected value at 2:5",
        ),
        (
            "{\"things\":[]} x",
            "expected JSON, found an error in it: trailing characters at 1:15",
        ),
        (
            "{\"things\":[],\"a\\u001b[2J\\u202e\": ?",
            "[\"a [2J \"]: expected JSON, found an error in it: expected value at 1:34",
        ),
    ] {
        let found = leniently(json).unwrap_err();
        assert_eq!(found, error, "{json}");
    }
}

#[test]
fn no_key_of_a_configuration_is_special() {
    for key in [
        "$serde_json::private::RawValue",
        "$serde_json::private::Number",
    ] {
        for value in ["1", "\"1\"", "\"{\"", "{\"a\":[]}", "null"] {
            for json in [
                format!("{{\"{key}\":{value}}}"),
                format!("{{\"{key}\":{value},\"b\":2}}"),
                format!("{{\"a\":{{\"{key}\":{value}}}}}"),
            ] {
                for property in ["configuration", "any", "new"] {
                    let json = page(&format!("\"{property}\":{json}"));
                    let things = strictly(&json).unwrap_or_else(|| panic!("{json}"));
                    let again = serde_json::to_string(&things).unwrap();
                    assert!(again.contains(&format!("\"{key}\":{value}")), "{again}");
                    assert_eq!(leniently(&json), Ok((things, vec![])));
                }
            }
        }
    }
}

#[test]
fn depth_is_bounded_in_both_ways() {
    let deep = |depth: usize| {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        page(&format!("\"any\":{nested}"))
    };
    for depth in [1, 100, 124] {
        let things = strictly(&deep(depth)).unwrap();
        assert_eq!(leniently(&deep(depth)), Ok((things, vec![])));
    }
    for depth in [125, 1000, 500_000] {
        assert_eq!(strictly(&deep(depth)), None);
        let (things, list) = leniently(&deep(depth)).unwrap();
        assert_eq!(things.things[0].any, None);
        assert_eq!(list.len(), 1, "{list:?}");
    }
}

#[test]
fn much_that_is_odd_is_read_in_one_go() {
    let begun = Instant::now();
    let many = page("\"small\":\"x\",".repeat(200_000).trim_end_matches(','));
    assert_eq!(leniently(&many).unwrap().1.len(), 1);
    let links: Vec<String> = (0..5_000)
        .map(|index| format!("\"{index}\":null"))
        .collect();
    let many = page(&format!("\"links\":{{{}}}", links.join(",")));
    assert_eq!(leniently(&many).unwrap().1.len(), 5_000);
    let items = vec!["{\"size\":[[[[]]]]}"; 5_000].join(",");
    let many = page(&format!("\"parts\":[{items}]"));
    assert_eq!(leniently(&many).unwrap().1.len(), 5_000);
    // What is under a long key names it each time.
    let items = vec!["\"x\""; 5_000].join(",");
    for character in ["k", "\\ud83d\\ude00", "\\ud83d"] {
        let key = character.repeat(400_000);
        let odd = format!("{{\"counts\":{{\"{key}\":[{items}]}}}}");
        let list = match read_again::<Counts>(odd.as_bytes(), Leniency::Optional) {
            Ok((_, list)) => list,
            Err(error) => panic!("{}", error.chars().take(300).collect::<String>()),
        };
        assert!(list.iter().all(|line| line.len() < 700), "{:?}", list[0]);
    }
    assert!(begun.elapsed().as_secs() < 40, "{:?}", begun.elapsed());
}
