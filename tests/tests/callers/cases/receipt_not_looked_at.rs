//! Usage that is reported without a look at what was taken.

#![deny(unused_must_use)]

use generated_client::types::BillableItem;
use generated_client::{Client, Error, InstalledAddOnSid};

pub async fn call(client: &Client, sid: InstalledAddOnSid, item: BillableItem) -> Result<(), Error> {
    let report = client.installed_add_on(sid).usage().report([item]);
    report.await?; //~ unused_must_use
    let _all = report.await?.all_submitted(); //~ right
    Ok(())
}
