//! One installed add-on, without saying which.

use generated_client::{Client, InstalledAddOnSid};

pub fn call(client: &Client, sid: InstalledAddOnSid) {
    let _call = client.installed_add_on().fetch(); //~ E0061
    let _call = client.installed_add_on(sid).fetch(); //~ right
}
