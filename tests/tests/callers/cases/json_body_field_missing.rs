//! Usage is reported, without saying of what.

use generated_client::types::BillableItem;
use generated_client::{Client, InstalledAddOnSid, Quantity};

pub fn call(client: &Client, sid: InstalledAddOnSid, quantity: Quantity) {
    let _items = [BillableItem::new("BI0", quantity)];
    let _call = client.installed_add_on(sid).usage().report(); //~ E0061
    let _call = client.installed_add_on(sid).usage().report(_items); //~ right
}
