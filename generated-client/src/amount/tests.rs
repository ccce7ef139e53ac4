use std::hash::{BuildHasher, RandomState};

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

fn read(json: &str) -> serde_json::Result<Amount> {
    serde_json::from_str(json)
}

#[test]
fn digits_that_a_binary_fraction_would_lose_are_kept() {
    let json = "12345678901234567.8901";
    assert_eq!(serde_json::to_string(&read(json).unwrap()).unwrap(), json);
}

#[test]
fn exponents_texts_and_signs_are_read() {
    assert_eq!(read("1.5e2").unwrap(), Amount::from(150));
    assert_eq!(read("15E-1").unwrap().to_string(), "1.5");
    assert_eq!(read("\" -2.50 \"").unwrap().to_string(), "-2.50");
    assert_eq!(read("0").unwrap(), Amount::ZERO);
    assert_eq!("+.5".parse(), Ok(Amount::new(5, 1).unwrap()));
    assert_eq!("7.".parse(), Ok(Amount::from(7)));
}

#[test]
fn what_is_not_an_exact_decimal_is_an_error() {
    for json in [
        "null",
        "true",
        "{}",
        "\"\"",
        "\"x\"",
        "\".\"",
        "\"-\"",
        "\"1e\"",
        "\"1e1.5\"",
        "\"--1\"",
        "\"1.2.3\"",
        "\"1 2\"",
        "\"1_0\"",
        "\"NaN\"",
        "\"inf\"",
        "1e99",
        "1e-99",
        "1e99999999999999999999",
        "0.00000000000000000000000000001",
        "79228162514264337593543950336",
        "99999999999999999999999999999999999999999999999999999999",
    ] {
        assert!(read(json).is_err(), "{json}");
    }
    let largest = "79228162514264337593543950335";
    assert_eq!(read(largest).unwrap().to_string(), largest);
    assert_eq!(
        "1e30".parse::<Amount>().unwrap_err().to_string(),
        "expected a decimal number of at most 28 digits"
    );
    assert_eq!("x".parse::<Amount>(), Err(AmountError::NotADecimal));
}

#[test]
fn a_sum_that_is_too_long_is_none() {
    let largest = Amount::new(MANTISSA, 0).unwrap();
    assert_eq!(largest.checked_add(Amount::from(1)), None);
    assert_eq!(largest.checked_add(Amount::new(1, 28).unwrap()), None);
    assert_eq!(largest.checked_sub(largest), Some(Amount::ZERO));
    assert_eq!(Amount::new(MANTISSA + 1, 0), None);
    assert_eq!(Amount::new(i128::MIN, 0), None);
    assert_eq!(Amount::new(1, 29), None);
}

#[test]
fn it_is_read_inside_a_document_and_from_a_value() {
    #[derive(serde::Deserialize)]
    struct Report {
        total: Option<Amount>,
    }
    let report: Report = serde_json::from_str(r#"{"total": 1.10}"#).unwrap();
    assert_eq!(report.total.unwrap().to_string(), "1.10");
    let report: Report = serde_json::from_value(serde_json::json!({"total": null})).unwrap();
    assert!(report.total.is_none());
    let report: Report = serde_json::from_value(serde_json::json!({"total": 2.5})).unwrap();
    assert_eq!(report.total.unwrap().to_string(), "2.5");
}

/// serde keeps a value that is embedded like this as a number of its own until it knows what it is for.
#[test]
fn embedded_it_is_read_and_more_digits_than_a_binary_fraction_keeps_are_refused() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Outer {
        #[serde(flatten)]
        report: Report,
    }
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Report {
        total: Amount,
    }
    for (json, total) in [
        ("0.10", "0.1"),
        ("-7", "-7"),
        ("9223372036854775807", "9223372036854775807"),
        ("1e2", "100"),
        ("123456789.012345", "123456789.012345"),
        ("\"0.10\"", "0.10"),
    ] {
        let json = format!(r#"{{"total":{json}}}"#);
        let outer: Outer = serde_json::from_str(&json).unwrap();
        assert_eq!(outer.report.total.to_string(), total, "{json}");
        let written = serde_json::to_string(&outer).unwrap();
        assert_eq!(written, format!(r#"{{"total":{total}}}"#));
        let value = serde_json::to_value(&outer).unwrap();
        let back: Outer = serde_json::from_value(value).unwrap();
        assert_eq!(back.report.total, outer.report.total);
    }
    for json in [
        "1234567890.012345",
        "0.30000000000000004",
        "123456789012345678901",
    ] {
        let json = format!(r#"{{"total":{json}}}"#);
        let error = serde_json::from_str::<Outer>(&json).err().unwrap();
        assert!(error.to_string().contains("write it as text"), "{error}");
        let exact: Report = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&exact).unwrap(), json);
    }
}

fn decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (any::<i64>(), 0u32..=28).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        (-MANTISSA..=MANTISSA, 0u32..=28)
            .prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits, scale)),
        (-20i64..20, 0u32..=3).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
    ]
}

/// The same number by way of its text, so that the conversions of the feature are not needed.
fn ours(decimal: Decimal) -> Amount {
    Amount::new(decimal.mantissa(), decimal.scale()).unwrap()
}

proptest! {
    #[test]
    fn every_decimal_survives_json(decimal in decimal()) {
        let amount = ours(decimal);
        let json = serde_json::to_string(&amount).unwrap();
        prop_assert_eq!(&json, &amount.to_string());
        let back = read(&json).unwrap();
        prop_assert_eq!((back.mantissa(), back.scale()), (amount.mantissa(), amount.scale()));
    }

    #[test]
    fn it_prints_and_compares_as_the_library_of_decimals_does(one in decimal(), two in decimal()) {
        prop_assume!(!one.is_zero() || one.is_sign_positive());
        prop_assert_eq!(ours(one).to_string(), one.to_string());
        prop_assert_eq!(format!("{:+9}|{:<9}|", ours(one), ours(one)), format!("{one:+9}|{one:<9}|"));
        prop_assert_eq!(ours(one).cmp(&ours(two)), one.cmp(&two));
        prop_assert_eq!(ours(one) == ours(two), one == two);
        let hasher = RandomState::new();
        if one == two {
            prop_assert_eq!(hasher.hash_one(ours(one)), hasher.hash_one(ours(two)));
        }
    }

    #[test]
    fn zeros_at_the_end_change_neither_order_nor_hash(one in decimal(), scale in 0u32..=28, other in decimal()) {
        let mut two = one;
        two.rescale(scale);
        let hasher = RandomState::new();
        prop_assert_eq!(ours(one) == ours(two), one == two);
        if one == two {
            prop_assert_eq!(hasher.hash_one(ours(one)), hasher.hash_one(ours(two)));
            prop_assert_eq!(ours(one).cmp(&ours(other)), ours(two).cmp(&ours(other)));
        }
    }

    #[test]
    fn sums_are_exact(one in any::<i64>(), two in any::<i64>(), scales in (0u32..=9, 0u32..=9)) {
        let (one, two) = (Decimal::new(one, scales.0), Decimal::new(two, scales.1));
        prop_assert_eq!(ours(one).checked_add(ours(two)), Some(ours(one + two)));
        prop_assert_eq!(ours(one).checked_sub(ours(two)), Some(ours(one - two)));
    }

    #[test]
    fn any_text_is_read_as_the_library_of_decimals_reads_it(text in "[+-]?[0-9]{0,31}([.][0-9]{0,30})?") {
        let theirs = Decimal::from_str_exact(&text);
        match (text.parse::<Amount>(), theirs) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours.to_string(), theirs.to_string().replace("-0", if theirs.is_zero() { "0" } else { "-0" })),
            (Err(_), Err(_)) => {}
            (ours, theirs) => prop_assert!(false, "{:?}: {:?} {:?}", text, ours, theirs),
        }
    }

    #[test]
    fn an_exponent_moves_the_point(digits in -9999i64..9999, scale in 0u32..4, exponent in -20i32..20) {
        let text = format!("{}e{exponent}", Decimal::new(digits, scale));
        let theirs = Decimal::from_scientific(&text).unwrap();
        prop_assert_eq!(text.parse::<Amount>().unwrap(), ours(theirs));
    }
}
