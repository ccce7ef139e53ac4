//! An extension is updated, without saying whether it is switched on or off.

use generated_client::{Client, ExtensionSid, InstalledAddOnSid};

pub fn call(client: &Client, sid: InstalledAddOnSid, extension: ExtensionSid) {
    let _call = client.installed_add_on(sid).extension(extension).update(); //~ E0599
    let _call = client.installed_add_on(sid).extension(extension).enable(); //~ right
}
