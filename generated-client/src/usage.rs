//! What became of a usage report, compared with what was reported: the questions that a biller has.

use std::collections::HashMap;

use crate::types::{BillableItem, BilledItem, UsageReport};
use crate::{Amount, Quantity, Receipt};

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
        let total = self.value().and_then(|report| report.total_submitted);
        let is_vouched_for = match total {
            Some(total) => sum(&reported) == Some(total),
            None => self.items().iter().all(|item| item.quantity.is_some()),
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
    pub fn unmentioned(&self) -> Vec<BillableItem> {
        let mut reported = self.reported();
        let left = Comparison::new(&reported, self.items()).unmentioned;
        let mut index = 0;
        reported.retain(|_| {
            index += 1;
            left.binary_search(&(index - 1)).is_ok()
        });
        reported
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
    pub fn reported(&self) -> Vec<BillableItem> {
        // What was sent has the form of what comes back, but for what became of it.
        let sent: Option<UsageReport> = serde_json::from_slice(self.request_body()).ok();
        let items = sent.and_then(|sent| sent.billable_items);
        let item = |item: BilledItem| {
            let quantity = item.quantity?;
            let quantity = match quantity.is_negative() {
                true => Quantity::credit(quantity.negated()),
                false => Quantity::new(quantity),
            };
            Some(BillableItem::new(item.sid, quantity.ok()?))
        };
        items
            .unwrap_or_default()
            .into_iter()
            .filter_map(item)
            .collect()
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
}

impl Comparison {
    #[inline]
    fn new(reported: &[BillableItem], named: &[BilledItem]) -> Self {
        let mut open: HashMap<(&str, Amount), Vec<usize>> = HashMap::new();
        for (index, item) in reported.iter().enumerate() {
            let key = (item.sid.as_str(), item.quantity.value());
            open.entry(key).or_default().push(index);
        }
        let mut unreported: Vec<usize> = Vec::new();
        for (index, item) in named.iter().enumerate() {
            let met = item
                .quantity
                .and_then(|quantity| open.get_mut(&(item.sid.as_str(), quantity))?.pop());
            if met.is_none() {
                unreported.push(index);
            }
        }
        // What comes without its quantity takes what the others have left.
        let mut by_sid: HashMap<&str, Vec<usize>> = HashMap::new();
        for ((sid, _), indices) in open {
            by_sid.entry(sid).or_default().extend(indices);
        }
        unreported.retain(|index| {
            let item = named.get(*index).filter(|item| item.quantity.is_none());
            let met = item.and_then(|item| by_sid.get_mut(item.sid.as_str())?.pop());
            met.is_none()
        });
        let mut unmentioned: Vec<usize> = by_sid.into_values().flatten().collect();
        unmentioned.sort_unstable();
        Self {
            unmentioned,
            unreported,
        }
    }
}

/// The exact sum of what was reported, credits taken off; nothing where it has too many digits.
#[inline]
fn sum(reported: &[BillableItem]) -> Option<Amount> {
    reported.iter().try_fold(Amount::ZERO, |sum, item| {
        sum.checked_add(item.quantity.value())
    })
}

/// An item that lacks the word was not billed as far as is known.
#[inline]
fn is_submitted(item: &BilledItem) -> bool {
    item.submitted == Some(true)
}

#[cfg(test)]
mod tests;
