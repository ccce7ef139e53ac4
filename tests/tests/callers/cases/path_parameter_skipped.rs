//! An extension, without the add-on that it belongs to.

use generated_client::{Client, ExtensionSid, InstalledAddOnSid};

pub fn call(client: &Client, sid: InstalledAddOnSid, extension: ExtensionSid) {
    let _call = client.installed_add_ons().extension(extension).fetch(); //~ E0599
    let _call = client.installed_add_on(sid).extension(extension).fetch(); //~ right
}
