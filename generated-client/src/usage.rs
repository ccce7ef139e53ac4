//! What became of a usage report, item by item: the questions that a biller has. It judges nothing that
//! the reply does not say.

use crate::Acceptance;
use crate::types::{BillableItem, BilledItem, UsageReport};

/// Accepted is not billed: a reply of 202 can leave items out, and can say nothing at all.
///
/// ```
/// use generated_client::Acceptance;
/// use generated_client::types::UsageReport;
///
/// let report: UsageReport = serde_json::from_str(
///     r#"{"billable_items": [{"sid": "BI1", "submitted": true}, {"sid": "BI2", "submitted": false}]}"#,
/// )?;
/// let acceptance = Acceptance::Accepted(report);
/// assert!(!acceptance.all_submitted());
/// assert_eq!(acceptance.not_submitted().count(), 1);
///
/// let silent = Acceptance::<UsageReport>::AcceptedEmpty;
/// assert!(!silent.all_submitted());
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Acceptance<UsageReport> {
    /// Whether the reply names items, and says of each that it was submitted for billing.
    ///
    /// A reply without a body says so of none: then this is false, and [`not_submitted`] is empty,
    /// because nothing is known. Compare with [`Acceptance::AcceptedEmpty`] to tell the two apart.
    ///
    /// [`not_submitted`]: Self::not_submitted
    #[inline]
    pub fn all_submitted(&self) -> bool {
        let items = self.items();
        !items.is_empty() && items.iter().all(is_submitted)
    }

    /// The items that the reply says were submitted for billing.
    #[inline]
    pub fn submitted(&self) -> impl Iterator<Item = &BilledItem> {
        self.items().iter().filter(|item| is_submitted(item))
    }

    /// The items that the reply names without saying that they were submitted for billing.
    #[inline]
    pub fn not_submitted(&self) -> impl Iterator<Item = &BilledItem> {
        self.items().iter().filter(|item| !is_submitted(item))
    }

    /// Those of the `reported` items that the reply does not mention at all.
    #[inline]
    pub fn unmentioned<'a>(
        &'a self,
        reported: &'a [BillableItem],
    ) -> impl Iterator<Item = &'a BillableItem> {
        reported
            .iter()
            .filter(|item| self.items().iter().all(|billed| billed.sid != item.sid))
    }

    #[inline]
    fn items(&self) -> &[BilledItem] {
        self.value()
            .and_then(|report| report.billable_items.as_deref())
            .unwrap_or_default()
    }
}

/// Silence is not consent: an item that lacks the word was not billed as far as is known.
#[inline]
fn is_submitted(item: &BilledItem) -> bool {
    item.submitted == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(json: &str) -> Acceptance<UsageReport> {
        Acceptance::Accepted(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn all_means_every_item_and_at_least_one() {
        for (json, all, yes, no) in [
            (
                r#"{"billable_items":[{"sid":"a","submitted":true}]}"#,
                true,
                1,
                0,
            ),
            (
                r#"{"billable_items":[{"sid":"a","submitted":true},{"sid":"b","submitted":false}]}"#,
                false,
                1,
                1,
            ),
            (r#"{"billable_items":[{"sid":"a"}]}"#, false, 0, 1),
            (
                r#"{"billable_items":[{"sid":"a","submitted":null}]}"#,
                false,
                0,
                1,
            ),
            (r#"{"billable_items":[]}"#, false, 0, 0),
            (r#"{"billable_items":null}"#, false, 0, 0),
            ("{}", false, 0, 0),
        ] {
            let acceptance = accepted(json);
            assert_eq!(acceptance.all_submitted(), all, "{json}");
            assert_eq!(acceptance.submitted().count(), yes, "{json}");
            assert_eq!(acceptance.not_submitted().count(), no, "{json}");
        }
        assert!(!Acceptance::<UsageReport>::AcceptedEmpty.all_submitted());
    }

    #[test]
    fn an_item_that_the_reply_passes_over_is_found() {
        let reported = ["a", "b"].map(|sid| BillableItem::new(sid, "1".parse().unwrap()));
        let acceptance = accepted(r#"{"billable_items":[{"sid":"a","submitted":true}]}"#);
        let left: Vec<_> = acceptance.unmentioned(&reported).collect();
        assert_eq!(left, [&reported[1]]);
        let silent = Acceptance::<UsageReport>::AcceptedEmpty;
        assert_eq!(silent.unmentioned(&reported).count(), 2);
    }
}
