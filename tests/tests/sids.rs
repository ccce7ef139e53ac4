//! The SID types against the document: the generated check and the document's pattern must give the same verdict on
//! everything, and every way in and out of a type must agree with it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, HashSet};
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use generated_client::{
    AccountSid, AddOnResultSid, AvailableAddOnSid, ExtensionSid, InstalledAddOnSid, PayloadSid,
    PhoneNumberSid, RecordingSid, SidError, SidErrorKind,
};
use proptest::prelude::*;
use regress::Regex;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tests::Document;

/// What every generated SID type offers.
trait Sid:
    Copy
    + Debug
    + Display
    + Ord
    + Hash
    + AsRef<str>
    + Serialize
    + DeserializeOwned
    + FromStr<Err = SidError>
    + for<'a> TryFrom<&'a str, Error = SidError>
    + TryFrom<String, Error = SidError>
    + Into<String>
    + Send
    + Sync
    + 'static
{
    const NAME: &'static str;
    const PREFIX: &'static str;
    const PATTERN: &'static str;
    const LENGTH: usize;
    fn parse(text: &str) -> Result<Self, SidError>;
    fn as_str(&self) -> &str;
}

macro_rules! sids {
    ($($name:ident),+ $(,)?) => {
        $(impl Sid for $name {
            const NAME: &'static str = stringify!($name);
            const PREFIX: &'static str = $name::PREFIX;
            const PATTERN: &'static str = $name::PATTERN;
            const LENGTH: usize = $name::LENGTH;
            fn parse(text: &str) -> Result<Self, SidError> {
                $name::parse(text)
            }
            fn as_str(&self) -> &str {
                $name::as_str(self)
            }
        })+

        /// The name, prefix, pattern and length of every type.
        const TYPES: &[(&str, &str, &str, usize)] =
            &[$((<$name as Sid>::NAME, <$name as Sid>::PREFIX, <$name as Sid>::PATTERN, <$name as Sid>::LENGTH)),+];

        /// Runs a check that is generic over the type for every type.
        macro_rules! for_every_sid {
            ($check:ident) => {
                $($check::<$name>();)+
            };
        }
    };
}

sids! {
    AccountSid, AddOnResultSid, AvailableAddOnSid, ExtensionSid, InstalledAddOnSid, PayloadSid, PhoneNumberSid,
    RecordingSid,
}

/// The 32 digits of a good SID, with every digit in both cases.
const DIGITS: &str = "0123456789abcdefABCDEF0123456789";

fn good<T: Sid>() -> String {
    format!("{}{DIGITS}", T::PREFIX)
}

/// The document's pattern for the type, not the one that the type itself tells.
fn pattern<T: Sid>() -> Regex {
    let document = Document::read().unwrap();
    let pattern = document.schema(T::NAME).unwrap()["pattern"]
        .as_str()
        .unwrap();
    Regex::new(pattern).unwrap()
}

/// The rule in plain words: first the length, then the letters, then the digits.
fn plainly<T: Sid>(text: &str) -> Result<(), SidErrorKind> {
    if text.len() != 34 {
        return Err(SidErrorKind::Length { found: text.len() });
    }
    if !text.starts_with(T::PREFIX) {
        return Err(SidErrorKind::Prefix);
    }
    match text
        .bytes()
        .skip(2)
        .position(|byte| !byte.is_ascii_hexdigit())
    {
        Some(index) => Err(SidErrorKind::Digit {
            position: index + 2,
        }),
        None => Ok(()),
    }
}

/// Check and pattern give the same verdict, and the error says which rule was broken.
fn agree<T: Sid>(pattern: &Regex, text: &str) {
    let checked = T::parse(text);
    assert_eq!(
        checked.is_ok(),
        pattern.find(text).is_some(),
        "{} and {text:?}",
        T::NAME
    );
    assert_eq!(
        checked.map(drop).map_err(|error| error.kind()),
        plainly::<T>(text),
        "{text:?}"
    );
    if let Ok(sid) = checked {
        assert_eq!(sid.as_str(), text);
    }
}

#[test]
fn the_types_are_the_documents_components() {
    let document = Document::read().unwrap();
    let components: BTreeMap<&str, (&str, u64, u64)> = document
        .schemas()
        .filter(|(_, schema)| schema.get("pattern").is_some())
        .map(|(name, schema)| {
            let pattern = schema["pattern"].as_str().unwrap();
            let (least, most) = (&schema["minLength"], &schema["maxLength"]);
            (
                name,
                (pattern, least.as_u64().unwrap(), most.as_u64().unwrap()),
            )
        })
        .collect();
    let types: BTreeMap<&str, (&str, u64, u64)> = TYPES
        .iter()
        .map(|(name, prefix, pattern, length)| {
            assert!(pattern.starts_with(&format!("^{prefix}")), "{name}");
            (*name, (*pattern, *length as u64, *length as u64))
        })
        .collect();
    assert_eq!(types, components);
}

#[test]
fn every_character_at_every_position_is_judged_as_the_pattern_does() {
    fn check<T: Sid>() {
        let (pattern, good) = (pattern::<T>(), good::<T>());
        let strange = ['é', '０', 'Ａ', 'ſ', '\u{212a}', '🎉', '\u{7f}', '\u{80}'];
        for position in 0..good.len() {
            for character in (0..=127u8).map(char::from).chain(strange) {
                let mut text = good.clone();
                text.replace_range(position..=position, character.encode_utf8(&mut [0; 4]));
                agree::<T>(&pattern, &text);
            }
            let mut shorter = good.clone();
            shorter.remove(position);
            agree::<T>(&pattern, &shorter);
            let mut longer = good.clone();
            longer.insert(position, 'a');
            agree::<T>(&pattern, &longer);
        }
    }
    for_every_sid!(check);
}

#[test]
fn what_only_looks_like_a_sid_is_refused() {
    fn check<T: Sid>() {
        let (pattern, good) = (pattern::<T>(), good::<T>());
        let (prefix, tail) = (T::PREFIX, &DIGITS[1..]);
        let mut refused = vec![
            String::new(),
            prefix.to_owned(),
            good[..33].to_owned(),
            good[1..].to_owned(),
            good.to_lowercase(),
            prefix.to_lowercase() + DIGITS,
            format!("{good}0"),
            format!("{good}\n"),
            format!("{good}\0"),
            format!("{good}\r\n"),
            format!("{good} "),
            format!(" {good}"),
            format!("\n{good}"),
            format!("{good}\n{good}"),
            format!("{prefix}{tail}\n"),
            format!("{prefix}{tail}\0"),
            format!("{prefix}\0{tail}"),
            format!("{prefix}-{tail}"),
            // As many bytes as a SID, but fewer characters.
            format!("{prefix}é{}", &DIGITS[2..]),
            format!("{prefix}{}é", &DIGITS[2..]),
            format!("{prefix}０{}", &DIGITS[3..]),
            format!("é{DIGITS}"),
        ];
        refused.extend(
            TYPES
                .iter()
                .filter(|(_, other, ..)| *other != prefix)
                .map(|(_, other, ..)| format!("{other}{DIGITS}")),
        );
        for text in refused {
            assert!(T::parse(&text).is_err(), "{} takes {text:?}", T::NAME);
            agree::<T>(&pattern, &text);
        }
        for text in [
            good.clone(),
            prefix.to_owned() + &DIGITS.to_lowercase(),
            prefix.to_owned() + &DIGITS.to_uppercase(),
        ] {
            assert!(T::parse(&text).is_ok(), "{} refuses {text:?}", T::NAME);
            agree::<T>(&pattern, &text);
        }
    }
    for_every_sid!(check);
}

#[test]
fn any_text_is_judged_as_the_pattern_does() {
    fn check<T: Sid>() {
        let pattern = pattern::<T>();
        let prefix = T::PREFIX;
        let near = (Just(prefix), "[0-9a-fA-F]{31,33}")
            .prop_map(|(prefix, digits)| format!("{prefix}{digits}"));
        let other = "[A-Za-z]{2}[0-9a-fA-F]{32}".prop_map(String::from);
        let nearly = (Just(prefix), "[0-9a-fA-F]{0,20}\\PC{0,4}[0-9a-fA-F]{0,20}")
            .prop_map(|(prefix, rest)| format!("{prefix}{rest}"));
        let anything = any::<String>();
        proptest!(ProptestConfig::with_cases(256), |(text in prop_oneof![near, other, nearly, anything])| {
            agree::<T>(&pattern, &text);
        });
    }
    for_every_sid!(check);
}

#[test]
fn a_good_sid_comes_through_every_way_in_and_out() {
    fn check<T: Sid>() {
        proptest!(ProptestConfig::with_cases(64), |(one in "[0-9a-fA-F]{32}", two in "[0-9a-fA-F]{32}")| {
            let texts = [T::PREFIX.to_owned() + &one, T::PREFIX.to_owned() + &two];
            let [one, two] = &texts;
            let sid = T::parse(one).unwrap();
            prop_assert_eq!(sid, one.parse().unwrap());
            prop_assert_eq!(sid, T::try_from(one.as_str()).unwrap());
            prop_assert_eq!(sid, T::try_from(one.clone()).unwrap());
            let json = format!("\"{one}\"");
            prop_assert_eq!(sid, serde_json::from_str(&json).unwrap());
            prop_assert_eq!(sid, serde_json::from_reader(json.as_bytes()).unwrap());
            prop_assert_eq!(sid, serde_json::from_value(serde_json::Value::String(one.clone())).unwrap());
            prop_assert_eq!(sid, serde_json::from_str(&format!("\"\\u{:04x}{}\"", one.as_bytes()[0], &one[1..])).unwrap());
            prop_assert_eq!(serde_json::to_string(&sid).unwrap(), json);
            prop_assert_eq!(&sid.to_string(), one);
            prop_assert_eq!(sid.as_ref(), one.as_str());
            prop_assert_eq!(&Into::<String>::into(sid), one);
            let shown = format!("{sid:?}");
            prop_assert!(shown.contains(one.as_str()), "{}", shown);
            prop_assert_eq!(format!("{sid:>40}").len(), 40);

            let other = T::parse(two).unwrap();
            prop_assert_eq!(sid.cmp(&other), one.cmp(two));
            prop_assert_eq!(sid == other, one == two);
            prop_assert_eq!(HashSet::from([sid, other, sid]).len(), if one == two { 1 } else { 2 });
        });
    }
    for_every_sid!(check);
}

#[test]
fn a_bad_sid_is_refused_by_every_way_in() {
    fn check<T: Sid>() {
        for text in [
            "",
            "XX0123456789abcdef0123456789abcdef",
            &good::<T>().replace('9', "g"),
        ] {
            let error = T::parse(text).unwrap_err();
            assert_eq!(text.parse::<T>().unwrap_err(), error);
            assert_eq!(T::try_from(text).unwrap_err(), error);
            assert_eq!(T::try_from(text.to_owned()).unwrap_err(), error);
            assert_eq!(error.prefix(), T::PREFIX);
            let json = serde_json::to_string(text).unwrap();
            let told = serde_json::from_str::<T>(&json).unwrap_err().to_string();
            let said = error.to_string();
            assert!(told.contains(&said), "{told} does not say {said}");
            assert!(serde_json::from_reader::<_, T>(json.as_bytes()).is_err());
        }
        for json in ["null", "1", "[]", "{}", "true"] {
            assert!(serde_json::from_str::<T>(json).is_err(), "{json}");
        }
    }
    for_every_sid!(check);
}

#[test]
fn an_error_says_which_rule_and_where_but_not_the_text() {
    let told = |text: &str| {
        let error = InstalledAddOnSid::parse(text).unwrap_err();
        assert!(
            !error.to_string().contains(text),
            "it may be a secret: {error}"
        );
        (error.kind(), error.to_string())
    };
    let (kind, words) = told("XE0123");
    assert_eq!(kind, SidErrorKind::Length { found: 6 });
    assert!(
        words.contains("34") && words.contains('6') && words.contains("XE"),
        "{words}"
    );

    let (kind, words) = told("XB0123456789abcdefABCDEF0123456789");
    assert_eq!(kind, SidErrorKind::Prefix);
    assert_eq!(
        words,
        "this is an available add-on SID, expected an installed add-on SID, which begins with `XE`"
    );

    let (kind, words) = told("XE0123456789abcdefABCDEF01234567-9");
    assert_eq!(kind, SidErrorKind::Digit { position: 32 });
    assert!(words.contains("32"), "{words}");
}

/// The words for a type, from its name, as the document's tags write them.
fn words(name: &str) -> String {
    let mut words = String::new();
    for character in name.strip_suffix("Sid").unwrap().chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words.replace("add on", "add-on")
}

#[test]
fn a_sid_of_another_kind_is_called_by_its_name() {
    fn check<T: Sid>() {
        let others = TYPES
            .iter()
            .map(|(name, prefix, ..)| (words(name), *prefix))
            .chain([("API key".to_owned(), "SK")])
            .filter(|(_, prefix)| *prefix != T::PREFIX);
        let article = |words: &str| match words.starts_with(['a', 'e', 'i', 'o', 'u', 'A']) {
            true => "an",
            false => "a",
        };
        let wanted = words(T::NAME);
        for (other, prefix) in others {
            let error = T::parse(&format!("{prefix}{DIGITS}")).unwrap_err();
            assert_eq!(error.expected(), wanted);
            let said = format!(
                "this is {} {other} SID, expected {} {wanted} SID, which begins with `{}`",
                article(&other),
                article(&wanted),
                T::PREFIX
            );
            assert_eq!(error.to_string(), said);
            assert_eq!(format!("{error:?}"), said);
            let json = format!("\"{prefix}{DIGITS}\"");
            let decoded = serde_json::from_str::<T>(&json).unwrap_err().to_string();
            assert!(decoded.starts_with(&said), "{decoded}");
        }
    }
    for_every_sid!(check);
}

#[test]
fn a_sid_is_small_and_copied() {
    fn check<T: Sid>() {
        assert_eq!(size_of::<T>(), 34);
        let sid = T::parse(&good::<T>()).unwrap();
        let copy = sid;
        assert_eq!(sid, copy);
    }
    for_every_sid!(check);
}
