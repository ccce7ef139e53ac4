//! `Debug` of types with properties that are not to be shown: JSON of no declared type, which can hold anything, and
//! texts that the document marks as secret. Such a property shows how much there is of it, and nothing of what it is.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

/// Implements `Debug` for a type of which some fields are hidden.
macro_rules! partial_debug {
    (@shown $field:expr) => {
        $field
    };
    (@hidden $field:expr) => {
        &$crate::runtime::Hidden($field)
    };
    ($name:ident, $($field:ident $kind:ident,)*) => {
        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::show(f, stringify!($name), &[
                    $((
                        stringify!($field),
                        $crate::runtime::partial_debug!(@$kind &self.$field),
                    )),*
                ])
            }
        }
    };
}

pub(crate) use partial_debug;

/// Writes what `derive(Debug)` would write of these fields.
pub(crate) fn show(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, &dyn fmt::Debug)],
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in fields {
        shown.field(name.trim_start_matches("r#"), value);
    }
    shown.finish()
}

/// A value that shows only how much there is of it.
pub(crate) struct Hidden<'a>(pub(crate) &'a dyn Conceal);

impl fmt::Debug for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.conceal(f)
    }
}

/// What can be hidden.
pub(crate) trait Conceal {
    /// Writes how much there is of the value.
    fn conceal(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

fn properties(f: &mut fmt::Formatter<'_>, number: usize) -> fmt::Result {
    let noun = if number == 1 {
        "property"
    } else {
        "properties"
    };
    write!(f, "{{{number} {noun}}}")
}

impl Conceal for String {
    #[inline]
    fn conceal(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<hidden>")
    }
}

impl Conceal for Map<String, Value> {
    #[inline]
    fn conceal(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        properties(f, self.len())
    }
}

impl<T> Conceal for BTreeMap<String, T> {
    #[inline]
    fn conceal(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        properties(f, self.len())
    }
}

impl<T> Conceal for Vec<T> {
    #[inline]
    fn conceal(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.len() == 1 { "item" } else { "items" };
        write!(f, "[{} {noun}]", self.len())
    }
}

impl Conceal for Value {
    #[inline]
    fn conceal(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(object) => object.conceal(f),
            Self::Array(array) => array.conceal(f),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => {
                f.write_str("<hidden>")
            }
        }
    }
}

impl<T: Conceal> Conceal for Option<T> {
    #[inline]
    fn conceal(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => f.debug_tuple("Some").field(&Hidden(value)).finish(),
            None => f.write_str("None"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    struct Thing {
        id: u8,
        r#type: Option<String>,
        configuration: Option<Map<String, Value>>,
        values: Vec<Option<Value>>,
        anything: Value,
        secrets: Vec<String>,
        rest: BTreeMap<String, Value>,
    }

    partial_debug! {
        Thing,
        id shown,
        r#type hidden,
        configuration hidden,
        values hidden,
        anything hidden,
        secrets hidden,
        rest hidden,
    }

    fn thing(anything: Value) -> Thing {
        let configuration = json!({"s3cret": "s3cret"});
        Thing {
            id: 7,
            r#type: Some("s3cret".to_owned()),
            configuration: configuration.as_object().cloned(),
            values: vec![None, Some(json!("s3cret"))],
            anything,
            secrets: vec!["s3cret".to_owned()],
            rest: BTreeMap::new(),
        }
    }

    #[test]
    fn a_hidden_value_shows_how_much_there_is_of_it() {
        assert_eq!(
            format!("{:?}", thing(json!(["s3cret", {"s3cret": 1}]))),
            "Thing { id: 7, type: Some(<hidden>), configuration: Some({1 property}), values: [2 items], \
             anything: [2 items], secrets: [1 item], rest: {0 properties} }"
        );
    }

    #[test]
    fn no_form_of_a_value_is_shown() {
        for value in [
            json!("s3cret"),
            json!(4711),
            json!({"s3cret": "s3cret"}),
            json!(["s3cret"]),
            json!(true),
        ] {
            let thing = thing(value);
            let shown = format!("{thing:?} {thing:#?}");
            for secret in ["s3cret", "4711", "true"] {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
    }
}
