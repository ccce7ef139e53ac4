//! An installed add-on where a form field takes an available one.

use generated_client::choices::AcceptTermsOfService::Yes;
use generated_client::{AvailableAddOnSid, Client, InstalledAddOnSid};

pub fn call(client: &Client, installed: InstalledAddOnSid, available: AvailableAddOnSid) {
    let _call = client.installed_add_ons().create(installed, Yes); //~ E0308
    let _call = client.installed_add_ons().create(available, Yes); //~ right
}
