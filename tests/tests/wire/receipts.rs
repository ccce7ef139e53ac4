//! Receipts of usage reports, over the wire: what they say agrees with the bytes that were sent.

use generated_client::types::{BillableItem, UsageReport};
use generated_client::{Amount, Quantity, Receipt, ReportedItem};
use serde_json::{Value, json};
use tests::Reply;

use crate::support::{XE, always, client, only};

fn item(sid: &str, quantity: &str) -> BillableItem {
    BillableItem::new(sid, quantity.parse().unwrap())
}

/// What a receipt and a report have in common, to be compared.
fn pairs(items: &[BillableItem]) -> Vec<(&str, Amount)> {
    items
        .iter()
        .map(|item| (item.sid.as_str(), item.quantity.value()))
        .collect()
}

fn reported_pairs(items: &[ReportedItem]) -> Vec<(&str, Amount)> {
    items
        .iter()
        .map(|item| (item.sid.as_str(), item.quantity))
        .collect()
}

async fn report(items: Vec<BillableItem>, body: &Value) -> Receipt<UsageReport> {
    let server = always(Reply::json(202, body.to_string()).header("twilio-request-id", "RQ1"));
    let receipt = client(&server)
        .installed_add_on(XE)
        .usage()
        .report(items)
        .await
        .unwrap();
    let sent = serde_json::from_slice::<Value>(&only(&server).body).unwrap();
    let sent = sent["billable_items"].as_array().unwrap().len();
    assert_eq!(receipt.reported().len(), sent);
    receipt
}

#[tokio::test]
async fn a_response_that_names_one_of_three_has_not_billed_them() {
    let reported = vec![item("a", "1"), item("b", "2"), item("a", "1")];
    let body = json!({"billable_items": [{"sid": "a", "quantity": 1, "submitted": true}]});
    let receipt = report(reported.clone(), &body).await;
    assert!(!receipt.all_submitted());
    assert_eq!(receipt.submitted().count(), 1);
    assert_eq!(receipt.unmentioned().len(), 2);
    assert_eq!(reported_pairs(&receipt.reported()), pairs(&reported));
    assert_eq!(receipt.request_id(), Some("RQ1"));
    // The total alone does not make up for it, and neither does a second item of the other name.
    let body = json!({"total_submitted": 4, "billable_items": [
        {"sid": "a", "quantity": 1, "submitted": true},
        {"sid": "a", "quantity": 1, "submitted": true},
    ]});
    let receipt = report(reported.clone(), &body).await;
    assert!(!receipt.all_submitted());
    assert_eq!(
        reported_pairs(&receipt.unmentioned()),
        pairs(&[item("b", "2")])
    );
    let body = json!({"total_submitted": 4.0, "billable_items": [
        {"sid": "a", "quantity": 1.0, "submitted": true},
        {"sid": "a", "quantity": "1", "submitted": true},
        {"sid": "b", "quantity": 2, "submitted": true},
    ]});
    assert!(report(reported, &body).await.all_submitted());
}

#[tokio::test]
async fn a_credit_is_compared_as_what_was_sent() {
    let credit = Quantity::credit(Amount::new(15, 1).unwrap()).unwrap();
    let reported = vec![item("a", "3"), BillableItem::new("a", credit)];
    let body = |total: &str, quantity: &str| {
        let text = format!(
            r#"{{"total_submitted": {total}, "billable_items": [{{"sid": "a", "quantity": {quantity}, "submitted": true}},
            {{"sid": "a", "quantity": 3, "submitted": true}}]}}"#
        );
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let receipt = report(reported.clone(), &body("1.5", "-1.5")).await;
    assert!(receipt.all_submitted());
    assert_eq!(reported_pairs(&receipt.reported()), pairs(&reported));
    assert!(
        !report(reported.clone(), &body("4.5", "1.5"))
            .await
            .all_submitted()
    );
    assert!(!report(reported, &body("4.5", "-1.5")).await.all_submitted());
}
