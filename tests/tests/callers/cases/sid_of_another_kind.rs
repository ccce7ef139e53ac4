//! An available add-on where an installed one belongs.

use generated_client::{AvailableAddOnSid, Client, InstalledAddOnSid};

pub fn call(client: &Client, installed: InstalledAddOnSid, available: AvailableAddOnSid) {
    let _call = client.installed_add_on(available).fetch(); //~ E0308
    let _call = client.installed_add_on(installed).fetch(); //~ right
}
