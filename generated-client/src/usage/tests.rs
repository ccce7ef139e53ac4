//! Receipts against a model that counts by hand, and the cases that a biller fears.

use proptest::prelude::*;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::*;
use crate::runtime::Written;
use crate::types::{BillableItem, ReportUsageRequest};
use crate::{Acceptance, Quantity, Response};

fn receipt(reported: &[BillableItem], acceptance: Acceptance<UsageReport>) -> Receipt<UsageReport> {
    let request = ReportUsageRequest {
        billable_items: reported.to_vec(),
    };
    let body = serde_json::to_vec(&Written(&request)).unwrap();
    let response = Response::new(acceptance, StatusCode::ACCEPTED, HeaderMap::new());
    Receipt::new(response, body.into())
}

fn accepted(reported: &[(&str, &str)], json: &str) -> Receipt<UsageReport> {
    let reported: Vec<_> = reported
        .iter()
        .map(|(sid, quantity)| BillableItem::new(*sid, amount(quantity)))
        .collect();
    receipt(
        &reported,
        Acceptance::Accepted(serde_json::from_str(json).unwrap()),
    )
}

/// Items as a receipt tells them.
fn as_reported(items: &[BillableItem]) -> Vec<ReportedItem> {
    let item = |item: &BillableItem| ReportedItem {
        sid: item.sid.clone(),
        quantity: item.quantity.value(),
    };
    items.iter().map(item).collect()
}

fn amount(text: &str) -> Quantity {
    match text.strip_prefix('-') {
        Some(text) => Quantity::credit(text.parse().unwrap()).unwrap(),
        None => text.parse().unwrap(),
    }
}

/// A report, a response, whether everything was billed, and how many items are submitted, not submitted, unmentioned and
/// unreported.
type Case = (
    &'static [(&'static str, &'static str)],
    &'static str,
    bool,
    [usize; 4],
);

const ONE: &[(&str, &str)] = &[("a", "1")];
const THREE: &[(&str, &str)] = &[("a", "1"), ("b", "2"), ("a", "1")];

#[rustfmt::skip]
const CASES: &[Case] = &[
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":1,"submitted":true}]}"#, true, [1, 0, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":"1.00","submitted":true}],"total_submitted":1.0}"#, true, [1, 0, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":1,"submitted":false}]}"#, false, [0, 1, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":1}]}"#, false, [0, 1, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":1,"submitted":null}]}"#, false, [0, 1, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":2,"submitted":true}]}"#, false, [1, 0, 1, 1]),
    (ONE, r#"{"billable_items":[{"sid":"b","quantity":1,"submitted":true}]}"#, false, [1, 0, 1, 1]),
    // Silence about the quantity, with and without a total that vouches for it.
    (ONE, r#"{"billable_items":[{"sid":"a","submitted":true}]}"#, false, [1, 0, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","submitted":true}],"total_submitted":1}"#, true, [1, 0, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","submitted":true}],"total_submitted":2}"#, false, [1, 0, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":1,"submitted":true}],"total_submitted":2}"#, false, [1, 0, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":1,"submitted":true}],"total_submitted":null}"#, true, [1, 0, 0, 0]),
    (ONE, r#"{"billable_items":[]}"#, false, [0, 0, 1, 0]),
    (ONE, r#"{"billable_items":null,"total_submitted":1}"#, false, [0, 0, 1, 0]),
    (ONE, "{}", false, [0, 0, 1, 0]),
    // The response names only one of two kinds, and one of them once too rarely.
    (THREE, r#"{"billable_items":[{"sid":"a","quantity":1,"submitted":true}]}"#, false, [1, 0, 2, 0]),
    (THREE, r#"{"billable_items":[{"sid":"a","quantity":1,"submitted":true},{"sid":"b","quantity":2,"submitted":true}]}"#,
        false, [2, 0, 1, 0]),
    (THREE, r#"{"billable_items":[{"sid":"a","quantity":2,"submitted":true},{"sid":"b","quantity":2,"submitted":true}],
        "total_submitted":4}"#, false, [2, 0, 2, 1]),
    (THREE, r#"{"billable_items":[{"sid":"b","quantity":2,"submitted":true},{"sid":"a","quantity":1,"submitted":true},
        {"sid":"a","quantity":1,"submitted":true}],"total_submitted":4}"#, true, [3, 0, 0, 0]),
    (THREE, r#"{"billable_items":[{"sid":"b","quantity":2,"submitted":true},{"sid":"a","quantity":1,"submitted":true},
        {"sid":"a","quantity":1,"submitted":false}],"total_submitted":3}"#, false, [2, 1, 0, 0]),
    (ONE, r#"{"billable_items":[{"sid":"a","quantity":1,"submitted":true},{"sid":"a","quantity":1,"submitted":true}]}"#,
        false, [2, 0, 0, 1]),
    (&[("a", "3"), ("a", "-1.5")], r#"{"billable_items":[{"sid":"a","quantity":-1.50,"submitted":true},
        {"sid":"a","quantity":3,"submitted":true}],"total_submitted":1.5}"#, true, [2, 0, 0, 0]),
    (&[("a", "3"), ("a", "-1.5")], r#"{"billable_items":[{"sid":"a","quantity":1.5,"submitted":true},
        {"sid":"a","quantity":3,"submitted":true}]}"#, false, [2, 0, 1, 1]),
];

#[test]
fn all_means_every_item_as_often_and_as_much_as_it_was_reported() {
    for (reported, json, all, [yes, no, unmentioned, unreported]) in CASES {
        let receipt = accepted(reported, json);
        let place = format!("{reported:?} {json}");
        assert_eq!(receipt.reported().len(), reported.len(), "{place}");
        assert_eq!(receipt.all_submitted(), *all, "{place}");
        assert_eq!(receipt.submitted().count(), *yes, "{place}");
        assert_eq!(receipt.not_submitted().count(), *no, "{place}");
        assert_eq!(receipt.unmentioned().len(), *unmentioned, "{place}");
        assert_eq!(receipt.unreported().len(), *unreported, "{place}");
    }
}

#[test]
fn a_response_without_a_body_leaves_everything_open() {
    let reported = ["a", "b"].map(|sid| BillableItem::new(sid, amount("1")));
    let silent = receipt(&reported, Acceptance::AcceptedEmpty);
    assert!(!silent.all_submitted());
    assert_eq!(silent.unmentioned(), as_reported(&reported));
    assert_eq!(
        (silent.submitted().count(), silent.not_submitted().count()),
        (0, 0)
    );
    assert!(!format!("{silent:?}").contains("request_body"));
}

#[test]
fn many_items_are_compared_soon() {
    let reported: Vec<_> = (0..20_000)
        .map(|number| BillableItem::new(format!("BI{}", number % 7), amount("0.01")))
        .collect();
    let named = reported
        .iter()
        .rev()
        .map(|item| billed(item, Some(true), true));
    let report = UsageReport {
        total_submitted: Some("200".parse().unwrap()),
        billable_items: Some(named.collect()),
    };
    assert!(receipt(&reported, Acceptance::Accepted(report)).all_submitted());
}

fn billed(item: &BillableItem, submitted: Option<bool>, with_quantity: bool) -> BilledItem {
    BilledItem {
        sid: item.sid.clone(),
        quantity: with_quantity.then(|| item.quantity.value()),
        submitted,
    }
}

/// Items of which many are alike: few SIDs, few quantities, in several spellings.
fn item() -> impl Strategy<Value = BillableItem> {
    let quantity = prop::sample::select(&["1", "1.0", "1.00", "2", "-1", "-1.0", "0.5"][..]);
    ("[ab]", quantity).prop_map(|(sid, quantity)| BillableItem::new(sid, amount(quantity)))
}

/// Takes away one equal element, if there is one.
fn take(from: &mut Vec<BillableItem>, sid: &str, quantity: Option<Amount>) -> bool {
    let found = from.iter().position(|item| {
        item.sid == sid && quantity.is_none_or(|quantity| item.quantity.value() == quantity)
    });
    found.map(|index| from.remove(index)).is_some()
}

/// The rule as it is written down, counted by hand.
fn model(reported: &[BillableItem], report: &UsageReport) -> bool {
    let named = report.billable_items.clone().unwrap_or_default();
    let mut left = reported.to_vec();
    let (with, without): (Vec<_>, Vec<_>) = named.iter().partition(|item| item.quantity.is_some());
    for item in with.iter().chain(&without) {
        if item.submitted != Some(true) || !take(&mut left, &item.sid, item.quantity) {
            return false;
        }
    }
    let mut total = Amount::ZERO;
    for item in reported {
        total = total.checked_add(item.quantity.value()).unwrap();
    }
    !reported.is_empty()
        && left.is_empty()
        && report
            .total_submitted
            .map_or(without.is_empty(), |given| given == total)
}

proptest! {
    #[test]
    fn it_judges_as_somebody_does_who_counts_by_hand(
        reported in prop::collection::vec(item(), 0..5),
        other in prop::collection::vec(item(), 0..2),
        kept in prop::collection::vec(prop::bool::weighted(0.9), 5),
        words in prop::collection::vec(prop::sample::select(
            &[Some(true), Some(true), Some(true), Some(true), Some(false), None][..]), 7),
        quantities in prop::collection::vec(prop::bool::weighted(0.9), 7),
        total in prop::sample::select(&[0, 1, 2, 2][..]),
        with_other in prop::bool::weighted(0.2),
    ) {
        let mut named: Vec<_> = reported
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| **kept)
            .map(|(item, _)| item.clone())
            .rev()
            .collect();
        if with_other {
            named.extend(other);
        }
        let named: Vec<_> = named
            .iter()
            .zip(words.iter().zip(&quantities))
            .map(|(item, (submitted, quantity))| billed(item, *submitted, *quantity))
            .collect();
        let sum = sum(&as_reported(&reported)).unwrap();
        let report = UsageReport {
            total_submitted: match total {
                0 => None,
                1 => sum.checked_add(Amount::from(1)),
                _ => Some(sum),
            },
            billable_items: Some(named),
        };
        let wanted = model(&reported, &report);
        let receipt = receipt(&reported, Acceptance::Accepted(report));
        prop_assert_eq!(receipt.reported(), as_reported(&reported));
        prop_assert_eq!(receipt.all_submitted(), wanted);
        if wanted {
            prop_assert!(receipt.unmentioned().is_empty() && receipt.unreported().is_empty());
            prop_assert_eq!(receipt.not_submitted().count(), 0);
        }
    }
}
