//! Every type that callers can read is held against what serde derives for it: both take a document with the same content, or
//! both refuse it.

mod documents;
mod forms;
#[rustfmt::skip]
#[allow(dead_code, reason = "a SID or a text may be in no type that can be read")]
mod generated;
mod scalars;

use proptest::prelude::*;
use serde_json::Value;

use documents::{Dice, mutate, object};
use forms::{Content, Form, Read, readers};
use generated::every_type;
use scalars::TOO_MANY_DIGITS;

/// A type and its twin.
struct Pair {
    name: &'static str,
    ours: [Read; 11],
    twin: [Read; 11],
}

fn pairs() -> Vec<Pair> {
    macro_rules! pair {
        ($name:ident) => {
            Pair {
                name: stringify!($name),
                ours: readers::<generated_client::types::$name>(),
                twin: readers::<generated::$name>(),
            }
        };
    }
    every_type!(pair)
}

impl Pair {
    /// Reads a document as both do, and what each of them writes of it. Whether they took it.
    fn hold(&self, form: Form, bytes: &[u8]) -> bool {
        let Some((one, two)) = self.agreed(form, bytes) else {
            return false;
        };
        for written in [&one.written, &two.written] {
            // A derived type cannot always read what it has written: a map of all that is left may hold what the type took.
            // And what was no item can be one once a property that was there twice is there once.
            if let Some((again, _)) = self.agreed(form, written)
                && form != Form::Untagged
            {
                assert!(
                    same(&again.value, &one.value),
                    "{} {form:?}\n{one:?}\n{again:?}",
                    self.name
                );
            }
        }
        true
    }

    /// What both read, where they do.
    fn agreed(&self, form: Form, bytes: &[u8]) -> Option<(Content, Content)> {
        let index = Form::ALL.iter().position(|one| *one == form)?;
        let (ours, twin) = (self.ours[index](bytes), self.twin[index](bytes));
        let shown = || format!("{} {form:?} {}", self.name, String::from_utf8_lossy(bytes));
        match (ours, twin) {
            (Ok(ours), Ok(twin)) => {
                assert!(
                    same(&ours.value, &twin.value),
                    "{}\n{ours:?}\n{twin:?}",
                    shown()
                );
                Some((ours, twin))
            }
            (Err(_), Err(_)) => None,
            // A text of JSON keeps all digits for the client's type, and 15 for what is derived.
            (Ok(_), Err(error)) if error.contains(TOO_MANY_DIGITS) => {
                assert!(matches!(form, Form::Itself | Form::Adjacent), "{}", shown());
                None
            }
            (ours, twin) => panic!("{}\nthe client: {ours:?}\nderived: {twin:?}", shown()),
        }
    }
}

/// Whether two contents are equal. A number is what it is worth: `5` and `5.0` are one.
fn same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len()
                && one
                    .iter()
                    .all(|(name, value)| two.get(name).is_some_and(|other| same(value, other)))
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (Value::Number(one), Value::Number(two)) => one == two || one.as_f64() == two.as_f64(),
        _ => one == two,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_type_takes_what_its_derived_twin_takes(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let (mut tried, mut taken) = (0, 0);
        for pair in pairs() {
            let document = object(pair.name, &mut dice);
            let value: Option<Value> = serde_json::from_str(&document).ok();
            for form in Form::ALL {
                let embedded = form.embed(&document, dice.percent(50));
                let converted = || value.as_ref().and_then(|value| form.convert(value));
                let text = embedded.is_some();
                let Some(mut bytes) = embedded.map(String::into_bytes).or_else(converted) else {
                    continue;
                };
                tried += 1;
                taken += usize::from(pair.hold(form, &bytes));
                if text {
                    mutate(&mut bytes, &mut dice);
                    pair.hold(form, &bytes);
                }
            }
        }
        // Ordinary documents are mostly taken, or else nothing was held against anything.
        prop_assert!(taken * 2 > tried, "{} of {}", taken, tried);
    }
}
