//! What a plain scalar means, exactly as `serde_yaml` reads it (the core schema of YAML 1.2 plus binary integers).

use super::node::Kind;

/// The kind of a plain (unquoted) scalar.
pub(super) fn plain_kind(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Bool,
        _ => {
            // Numbers begin with one of few characters, and most scalars do not: look no further for those.
            if !text.starts_with(|first: char| {
                first.is_ascii_digit() || matches!(first, '+' | '-' | '.')
            }) {
                Kind::String
            } else if integer(text).is_some() {
                Kind::Integer
            } else if float(text).is_some() {
                Kind::Float
            } else {
                Kind::String
            }
        }
    }
}

/// The value of an integer scalar.
pub(super) fn integer(text: &str) -> Option<i128> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let signed = |digits: &str, radix: u32| {
        if digits.starts_with(['+', '-']) {
            return None;
        }
        let magnitude = u128::from_str_radix(digits, radix).ok()?;
        if negative {
            0i128.checked_sub_unsigned(magnitude)
        } else {
            i128::try_from(magnitude).ok()
        }
    };
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(rest) = digits.strip_prefix(prefix) {
            return signed(rest, radix);
        }
    }
    if has_leading_zero(digits) {
        None
    } else {
        signed(digits, 10)
    }
}

/// The value of an integer or float scalar.
pub(super) fn float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Some(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Some(f64::NAN),
        _ => {}
    }
    let magnitude = text.strip_prefix(['+', '-']).unwrap_or(text);
    if magnitude.starts_with(['+', '-']) || has_leading_zero(magnitude) {
        return None;
    }
    unsigned
        .parse::<f64>()
        .ok()
        .filter(|value| value.is_finite())
}

/// `0123` is text, not a number.
fn has_leading_zero(digits: &str) -> bool {
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}
