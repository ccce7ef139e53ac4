//! What became of a usage report, compared with what was reported: the questions that a biller has.

use std::collections::HashMap;

use serde_core::{Deserialize, Serialize};
use serde_json::Value;

use crate::types::{BilledItem, UsageReport};
use crate::{Amount, Receipt};

/// An item as it was reported. It is read from the body of the request that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportedItem {
    /// The billing item.
    pub sid: String,
    /// The amount, negative for a credit.
    pub quantity: Amount,
}

/// Accepted is not billed: a response of 202 can leave items out, and can have no body. The receipt knows what was
/// reported. It compares items by SID and by quantity (`1.0` equals `1`), and counts equal items.
///
/// ```no_run
/// # async fn example(client: generated_client::Client) -> Result<(), Box<dyn std::error::Error>> {
/// # let sid: generated_client::InstalledAddOnSid = "XE00000000000000000000000000000000".parse()?;
/// use generated_client::types::BillableItem;
///
/// let item = |sid: &str, quantity: &str| Ok::<_, generated_client::QuantityError>(BillableItem::new(sid, quantity.parse()?));
/// let report = [item("BI1", "1.25")?, item("BI2", "3")?, item("BI1", "1.25")?];
/// let receipt = client.installed_add_on(sid).usage().report(report).await?;
/// if receipt.all_submitted() {
///     println!("billed");
/// } else {
///     println!("not billed: {:?}", receipt.not_submitted().collect::<Vec<_>>());
///     println!("nothing is known of: {:?}", receipt.unmentioned());
///     println!("was not reported: {:?}", receipt.unreported());
/// }
/// # Ok(())
/// # }
/// ```
impl Receipt<UsageReport> {
    /// Whether the response says of every reported item that it was submitted for billing, and says nothing that
    /// contradicts it.
    ///
    /// It is true only if all of this holds:
    /// - each reported item is named with an equal quantity, as often as it was reported, and no other item is;
    /// - each of them is submitted;
    /// - `total_submitted`, where it is given, equals the sum of what was reported.
    ///
    /// An item without its quantity counts as equal only if `total_submitted` is given, which then vouches for it. A response
    /// without a body says nothing of any item, so this is false.
    ///
    /// Where it is false, [`not_submitted`], [`unmentioned`] and [`unreported`] tell why; if all of them are empty, it
    /// is the total that differs, or that is missing where an item has no quantity. An item that is not in [`not_submitted`]
    /// may have been billed. Do not report it again: ask Twilio, with the [`request_id`](Self::request_id).
    ///
    /// [`not_submitted`]: Self::not_submitted
    /// [`unmentioned`]: Self::unmentioned
    /// [`unreported`]: Self::unreported
    #[inline]
    pub fn all_submitted(&self) -> bool {
        let reported = self.reported();
        let comparison = Comparison::new(&reported, self.items());
        let report = self.value().map(json).unwrap_or_default();
        let is_vouched_for = match amount(&report, "total_submitted") {
            Some(total) => sum(&reported) == Some(total),
            None => !comparison.lacks_a_quantity,
        };
        !reported.is_empty()
            && comparison.unmentioned.is_empty()
            && comparison.unreported.is_empty()
            && self.items().iter().all(is_submitted)
            && is_vouched_for
    }

    /// The items that the response says were submitted for billing, whether or not they were reported.
    #[inline]
    pub fn submitted(&self) -> impl Iterator<Item = &BilledItem> {
        self.items().iter().filter(|item| is_submitted(item))
    }

    /// The items that the response names without saying that they were submitted for billing.
    #[inline]
    pub fn not_submitted(&self) -> impl Iterator<Item = &BilledItem> {
        self.items().iter().filter(|item| !is_submitted(item))
    }

    /// The reported items that the response does not name, or names with another quantity or less often, in the order of the
    /// report. After a response without a body it is all of them.
    #[inline]
    pub fn unmentioned(&self) -> Vec<ReportedItem> {
        let reported = self.reported();
        let left = Comparison::new(&reported, self.items()).unmentioned;
        left.into_iter()
            .filter_map(|index| reported.get(index).cloned())
            .collect()
    }

    /// The items that the response names and that were not reported, or with another quantity or less often.
    #[inline]
    pub fn unreported(&self) -> Vec<&BilledItem> {
        let reported = self.reported();
        let items = self.items();
        let left = Comparison::new(&reported, items).unreported;
        left.into_iter()
            .filter_map(|index| items.get(index))
            .collect()
    }

    /// The items that were reported, as they were sent.
    #[inline]
    pub fn reported(&self) -> Vec<ReportedItem> {
        let sent: Value = serde_json::from_slice(self.request_body()).unwrap_or_default();
        let items = sent.get("billable_items").and_then(Value::as_array);
        let item = |item: &Value| {
            let sid = item.get("sid")?.as_str()?.to_owned();
            let quantity = amount(item, "quantity")?;
            Some(ReportedItem { sid, quantity })
        };
        items.into_iter().flatten().filter_map(item).collect()
    }

    #[inline]
    fn items(&self) -> &[BilledItem] {
        self.value()
            .and_then(|report| report.billable_items.as_deref())
            .unwrap_or_default()
    }
}

/// What a report and the response to it do not have in common, as indices in rising order.
struct Comparison {
    unmentioned: Vec<usize>,
    unreported: Vec<usize>,
    /// Whether the response names an item without a quantity.
    lacks_a_quantity: bool,
}

impl Comparison {
    #[inline]
    fn new(reported: &[ReportedItem], named: &[BilledItem]) -> Self {
        // As JSON, so that this code does not depend on which Rust types the document gives the properties.
        let named: Vec<Value> = named.iter().map(json).collect();
        let sid = |item: &Value| Some(item.get("sid")?.as_str()?.to_owned());
        let mut open: HashMap<(String, Amount), Vec<usize>> = HashMap::new();
        for (index, item) in reported.iter().enumerate() {
            let key = (item.sid.clone(), item.quantity);
            open.entry(key).or_default().push(index);
        }
        let mut unreported: Vec<usize> = Vec::new();
        let mut without_quantity: Vec<usize> = Vec::new();
        for (index, item) in named.iter().enumerate() {
            let Some(quantity) = amount(item, "quantity") else {
                without_quantity.push(index);
                continue;
            };
            let met = sid(item).and_then(|sid| open.get_mut(&(sid, quantity))?.pop());
            if met.is_none() {
                unreported.push(index);
            }
        }
        // What comes without its quantity takes what the others have left.
        let mut by_sid: HashMap<String, Vec<usize>> = HashMap::new();
        for ((sid, _), indices) in open {
            by_sid.entry(sid).or_default().extend(indices);
        }
        let lacks_a_quantity = !without_quantity.is_empty();
        unreported.extend(without_quantity.into_iter().filter(|index| {
            let sid = named.get(*index).and_then(sid);
            sid.and_then(|sid| by_sid.get_mut(&sid)?.pop()).is_none()
        }));
        unreported.sort_unstable();
        let mut unmentioned: Vec<usize> = by_sid.into_values().flatten().collect();
        unmentioned.sort_unstable();
        Self {
            unmentioned,
            unreported,
            lacks_a_quantity,
        }
    }
}

/// A value as JSON; null where it cannot be written as such, which no value that was read is.
fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The amount that a property of an object is, if it is one.
fn amount(object: &Value, property: &str) -> Option<Amount> {
    Amount::deserialize(object.get(property)?).ok()
}

/// The exact sum of what was reported, credits taken off; nothing where it has too many digits.
#[inline]
fn sum(reported: &[ReportedItem]) -> Option<Amount> {
    reported
        .iter()
        .try_fold(Amount::ZERO, |sum, item| sum.checked_add(item.quantity))
}

/// An item that lacks the word was not billed as far as is known.
#[inline]
fn is_submitted(item: &BilledItem) -> bool {
    item.submitted == Some(true)
}

#[cfg(test)]
mod tests;
