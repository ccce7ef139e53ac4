use allocation_counter::measure;

use super::super::budget::Budget;
use super::super::lenient;
use super::super::streamed::read_within;
use super::*;
use crate::runtime::cases::cases;
use crate::runtime::{ReadValue, value};
use crate::types::AvailableAddOnList;

/// A type that costs much memory and needs no text.
#[derive(Clone, Debug, PartialEq)]
struct Loose {
    one: Option<String>,
    two: Option<Vec<String>>,
    three: Option<BTreeMap<String, String>>,
    four: Option<BTreeMap<String, Vec<i64>>>,
    more: Option<Vec<Loose>>,
    numbers: Option<Vec<u8>>,
    dates: Option<Vec<Timestamp>>,
    amounts: Option<Vec<Amount>>,
    any: Option<Value>,
    map: Option<Map<String, Value>>,
    rest: Map<String, Value>,
}

object! {
    Loose,
    "one" => one optional,
    "two" => two optional,
    "three" => three optional,
    "four" => four optional,
    "more" => more optional,
    "numbers" => numbers optional,
    "dates" => dates optional,
    "amounts" => amounts optional,
    "any" => any optional,
    "map" => map optional,
    ..rest,
}

/// The most memory that reading it takes at a time, in either way, with its length. The budget is that of a long document,
/// so that a short one, which is read sooner, shows as much.
fn peak(json: &str) -> (usize, usize) {
    let budget = || Budget::at_least(json.len(), 0);
    let streamed = measure(|| {
        let mut loose = Loose::blank();
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let _ = std::hint::black_box(read_within(&mut deserializer, &mut loose, &budget()));
    });
    let again = measure(|| {
        let mut loose = Loose::blank();
        let read = lenient::read(json, &mut loose, Leniency::Optional, &budget());
        let _ = std::hint::black_box(read);
    });
    let peak = streamed.bytes_max.max(again.bytes_max);
    (usize::try_from(peak).unwrap(), json.len())
}

fn is_bounded(json: &str) -> Result<(), String> {
    let (peak, length) = peak(json);
    if peak <= 16 * length.max(LENGTH) {
        return Ok(());
    }
    let begins: String = json.chars().take(80).collect();
    Err(format!(
        "{peak} bytes for {length}, {} times, of {begins}",
        peak / length
    ))
}

/// So many pieces, numbered where they say so.
fn many(piece: &str, count: usize) -> String {
    let pieces: Vec<String> = (0..count)
        .map(|index| piece.replace('#', &index.to_string()))
        .collect();
    pieces.join(",")
}

const LENGTH: usize = 8 << 10;

#[test]
fn no_shape_takes_more_than_16_times_its_length() {
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let deep_maps = format!("{}0{}", "{\"\":".repeat(100), "}".repeat(100));
    let items = [
        "{\"\":0}",
        "0",
        "\"\"",
        "{}",
        "[]",
        "null",
        "1.5",
        "true",
        "\"a\"",
        "[0]",
        "[[0]]",
        "[\"\"]",
        "{\"\":{\"\":0}}",
        "{\"a\":0,\"b\":0}",
        "{\"a\":[{}]}",
        "[0,0,0,0,0]",
        "\"\\n\"",
        &deep,
        &deep_maps,
        "{\"one\":\"\"}",
        "{\"two\":[\"\"]}",
        "{\"three\":{\"\":\"\"}}",
        "{\"four\":{\"\":[0]}}",
        "{\"more\":[{}]}",
        "{\"numbers\":[0]}",
        "{\"any\":{\"\":0}}",
        "{\"map\":{\"\":0}}",
        "{\"new\":0}",
        "{\"one\":0}",
        "-1",
        "1e9",
    ];
    let mut bodies = Vec::new();
    for item in items {
        let count = LENGTH / (item.len() + 1);
        for property in ["any", "two", "more", "numbers", "dates", "amounts", "new"] {
            bodies.push(format!("{{\"{property}\":[{}]}}", many(item, count)));
        }
        for property in ["map", "three", "four"] {
            let entry = format!("\"#\":{item}");
            let entries = many(&entry, LENGTH / (entry.len() + 6));
            bodies.push(format!("{{\"{property}\":{{{entries}}}}}"));
            bodies.push(format!("{{{entries}}}"));
        }
        let same = many(&format!("\"any\":{item}"), LENGTH / (item.len() + 7));
        bodies.push(format!("{{{same}}}"));
    }
    let escapes = "\\n".repeat(LENGTH / 2);
    for text in ["x".repeat(LENGTH), escapes] {
        bodies.push(format!("{{\"one\":\"{text}\"}}"));
        bodies.push(format!("{{\"any\":\"{text}\"}}"));
        bodies.push(format!("{{\"any\":{{\"{text}\":0}}}}"));
        bodies.push(format!("{{\"three\":{{\"{text}\":\"{text}\"}}}}"));
        bodies.push(format!("{{\"three\":{{\"{text}\":null}}}}"));
        bodies.push(format!("{{\"{text}\":0}}"));
        bodies.push(format!("{{\"one\":\"{text}\",\"one\":0}}"));
        bodies.push(format!("{{\"one\":{text}"));
    }
    for start in ["[", "{\"a\":", "{\"any\":[", "{\"any\":{\"a\":["] {
        bodies.push(start.repeat(LENGTH / start.len()));
        bodies.push(format!("{{\"any\":{}", start.repeat(LENGTH / start.len())));
    }
    let unbounded: Vec<String> = bodies
        .iter()
        .filter_map(|json| is_bounded(json).err())
        .collect();
    assert!(unbounded.is_empty(), "{unbounded:#?}");
}

#[test]
fn the_error_says_what_to_do() {
    let json = format!("{{\"any\":[{}]}}", many("{\"\":0}", 100_000));
    let mut loose = Loose::blank();
    assert!(!value::read_response(json.as_bytes(), &mut loose));
    let why = value::read_again(json.as_bytes(), &mut loose, Leniency::Optional).unwrap_err();
    assert!(why.is_too_large);
    assert_eq!(
        why.text,
        "any: decoding it would take more than 16 times its size in memory; ask for smaller pages"
    );
}

/// A page of a thousand add-ons, each with a schema of a dozen properties.
#[test]
fn a_large_page_of_real_resources_is_read() {
    let property = r#""property_#":{"type":"string","title":"Property","enum":["a","b"]}"#;
    let item = format!(
        r#"{{"sid":"XB0123456789abcdef0123456789abcdef","friendly_name":"Name #","description":"What it does.",
        "pricing_type":"per minute","configuration_schema":{{"$schema":"http://json-schema.org/draft-07/schema#","type":"object",
        "properties":{{{}}},"required":["property_1"]}},"url":"https://marketplace.twilio.com/v1/AvailableAddOns/XB0123456789abcdef",
        "links":{{"extensions":"https://marketplace.twilio.com/v1/AvailableAddOns/XB0123456789abcdef/Extensions"}}}}"#,
        many(property, 12)
    );
    let json = format!("{{\"available_add_ons\":[{}]}}", many(&item, 1000));
    let mut list = AvailableAddOnList::blank();
    let info = measure(|| assert!(value::read_response(json.as_bytes(), &mut list)));
    assert_eq!(list.available_add_ons.len(), 1000);
    let times = usize::try_from(info.bytes_max).unwrap() / json.len();
    // The bound leaves room for twice as much.
    assert!((1..=11).contains(&times), "{times}");
}

fn hostile() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "0",
        "\"\"",
        "\"a\"",
        "null",
        "{}",
        "[]",
        "1.5",
        "\"\\u0041\\n\"",
        "true",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 12, 4, |inner| {
        let key = prop::sample::select(vec![
            "", "#", "one", "two", "three", "any", "map", "more", "\\n",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..5)
                .prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((key, inner), 1..4).prop_map(|entries| {
                let entries: Vec<String> = entries
                    .into_iter()
                    .map(|(key, value)| format!("\"{key}\":{value}"))
                    .collect();
                format!("{{{}}}", entries.join(","))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn no_random_shape_takes_more_than_16_times_its_length(
        pieces in prop::collection::vec(hostile(), 1..4),
        property in prop::sample::select(vec!["any", "more", "two", "new", "amounts"]),
    ) {
        let piece = pieces.join(",");
        let json = format!("{{\"{property}\":[{}]}}", many(&piece, (LENGTH * 5 / 4) / piece.len()));
        let bounded = is_bounded(&json);
        prop_assert!(bounded.is_ok(), "{bounded:?}");
    }
}
