//! Documents of a type as a server, or a caller's file, may have them: in any order, with texts and numbers spelled in any
//! way, with what the type does not declare, and now and then with what does not belong there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use codegen::surface::{self, Surface, TypeShape};

/// What the committed code says of the types.
pub(crate) static SURFACE: LazyLock<Surface> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src/generated");
    let files: BTreeMap<String, String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    surface::read(&files).unwrap()
});

/// Draws of a seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(bound).unwrap()).unwrap()
    }

    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const TEXTS: [&str; 14] = [
    "",
    "a",
    "Call Transcriber",
    "1",
    "1e2",
    "null",
    "true",
    "é",
    "\u{1F600}",
    "a\"b\\c/d",
    "line\r\n\tend",
    "\u{7f}\u{80}",
    "2010-08-18T20:01:40Z",
    "Wed, 18 Aug 2010 20:01:40 +0000",
];

const INTEGERS: [&str; 10] = [
    "0",
    "-1",
    "50",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "1.0",
    "1e2",
    "-0",
];

/// Of at most 15 digits, which a derived type keeps.
const DECIMALS: [&str; 16] = [
    "0",
    "5",
    "0.10",
    "1.0",
    "1e2",
    "5E-1",
    "1.5e+3",
    "-2.5",
    "0.000001",
    "123456789012345",
    "0.123456789012345",
    "9007199254740993",
    "\"0.10\"",
    "\" 7 \"",
    "\"1e2\"",
    "\"x\"",
];

/// The text of a document of the type.
pub(crate) fn object(name: &str, dice: &mut Dice) -> String {
    let TypeShape::Object(members) = &SURFACE.types[name].shape else {
        return value(name, dice);
    };
    if dice.percent(2) {
        // What serde derives also reads a list of all properties, unless there may be others.
        let values = members.iter().map(|member| value(&member.rust_type, dice));
        let values: Vec<String> = values.collect();
        return format!("[{}]", values.join(","));
    }
    let mut properties = Vec::new();
    for member in members {
        let Some(wire) = &member.wire else {
            continue;
        };
        if dice.percent(if member.required { 98 } else { 60 }) {
            properties.push((wire.clone(), value(&member.rust_type, dice)));
            if dice.percent(1) {
                properties.push((wire.clone(), value(&member.rust_type, dice)));
            }
        }
    }
    for _ in 0..dice.below(3) {
        let name = *dice.pick(&["unknown", "Sid", "", "é", "sid ", "extra"]);
        properties.push((name.to_owned(), any(3, dice)));
    }
    let mut text = "{".to_owned();
    while !properties.is_empty() {
        // Mostly in the order of the table, as servers have it.
        let next = if dice.percent(70) {
            0
        } else {
            dice.below(properties.len())
        };
        let (name, value) = properties.remove(next);
        space(&mut text, dice);
        text += &string(&name, dice);
        space(&mut text, dice);
        text.push(':');
        space(&mut text, dice);
        text += &value;
        space(&mut text, dice);
        if !properties.is_empty() {
            text.push(',');
        }
    }
    text.push('}');
    text
}

/// A value of a type as the code declares it.
fn value(declared: &str, dice: &mut Dice) -> String {
    if dice.percent(1) {
        return any(2, dice);
    }
    if let Some(inner) = inside(declared, "Option<") {
        return if dice.percent(15) {
            "null".to_owned()
        } else {
            value(inner, dice)
        };
    }
    if let Some(inner) = inside(declared, "Vec<") {
        let items: Vec<String> = (0..dice.below(3)).map(|_| value(inner, dice)).collect();
        return format!("[{}]", items.join(", "));
    }
    if let Some(inner) = inside(declared, "BTreeMap<String, ") {
        let items: Vec<String> = (0..dice.below(3))
            .map(|_| format!("{}:{}", word(dice), value(inner, dice)))
            .collect();
        return format!("{{{}}}", items.join(","));
    }
    match declared {
        "bool" => (*dice.pick(&["true", "false"])).to_owned(),
        "String" | "Timestamp" => word(dice),
        "i32" | "i64" | "u32" | "u64" => {
            let odd = dice.percent(20);
            let choice = if odd { &INTEGERS[..] } else { &INTEGERS[..3] };
            (*dice.pick(choice)).to_owned()
        }
        "Amount" | "Quantity" => (*dice.pick(&DECIMALS)).to_owned(),
        "serde_json::Value" => any(3, dice),
        "serde_json::Map<String, serde_json::Value>" => map(3, dice),
        name => named(name, dice),
    }
}

/// A value of a type of the client's.
fn named(name: &str, dice: &mut Dice) -> String {
    if let Some(sid) = SURFACE.sids.get(name) {
        let digits: String = (0..sid.length - 2)
            .map(|_| *dice.pick(&['0', '9', 'a', 'f']))
            .collect();
        let text = format!("{}{digits}", sid.check.prefix);
        return string(if dice.percent(1) { &text[1..] } else { &text }, dice);
    }
    match SURFACE.types.get(name).map(|part| &part.shape) {
        Some(TypeShape::Object(_)) => object(name, dice),
        Some(TypeShape::Enum { values, .. }) if dice.percent(70) => {
            let (text, _) = dice.pick(values);
            string(text, dice)
        }
        Some(TypeShape::Enum { .. }) => word(dice),
        None => panic!("documents of {name} are not known here: add it to `value`"),
    }
}

fn inside<'a>(declared: &'a str, generic: &str) -> Option<&'a str> {
    declared.strip_prefix(generic)?.strip_suffix('>')
}

/// Any JSON.
fn any(depth: usize, dice: &mut Dice) -> String {
    match dice.below(if depth == 0 { 5 } else { 7 }) {
        0 => "null".to_owned(),
        1 => "true".to_owned(),
        2 => (*dice.pick(&INTEGERS)).to_owned(),
        3 => (*dice.pick(&["0.10", "1e2", "-2.5", "1E-7"])).to_owned(),
        4 => word(dice),
        5 => map(depth - 1, dice),
        _ => {
            let items: Vec<String> = (0..dice.below(3)).map(|_| any(depth - 1, dice)).collect();
            format!("[{}]", items.join(","))
        }
    }
}

fn map(depth: usize, dice: &mut Dice) -> String {
    let items: Vec<String> = (0..dice.below(3))
        .map(|_| format!("{}:{}", word(dice), any(depth, dice)))
        .collect();
    format!("{{{}}}", items.join(","))
}

/// Any text.
fn word(dice: &mut Dice) -> String {
    let text = *dice.pick(&TEXTS);
    string(text, dice)
}

/// A text of JSON, with escapes where there must be some and where there may be.
fn string(text: &str, dice: &mut Dice) -> String {
    let mut json = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\n' => json += "\\n",
            '/' if dice.percent(50) => json += "\\/",
            _ if character < ' ' || dice.percent(3) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(json, "\\u{unit:04x}").unwrap();
                }
            }
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

fn space(text: &mut String, dice: &mut Dice) {
    if dice.percent(10) {
        *text += *dice.pick(&[" ", "\n", "\t", "\r\n  "]);
    }
}

/// Changes some bytes of a document.
pub(crate) fn mutate(document: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(3) {
        let place = dice.below(document.len() + 1);
        let put = *dice.pick(b"\"\\{}[]:,.-+0123456789eEu ntf\x00\x7f\xff\xc3");
        match dice.below(4) {
            0 => document.insert(place, put),
            1 if place < document.len() => document[place] = put,
            2 if place < document.len() => {
                document.remove(place);
            }
            _ => {
                let end = (place + dice.below(12)).min(document.len());
                let piece = document[place..end].to_vec();
                document.splice(place..place, piece);
            }
        }
    }
}
