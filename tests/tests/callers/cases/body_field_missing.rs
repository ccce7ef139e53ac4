//! An extension is switched, without saying whether on or off.

use generated_client::{Client, ExtensionSid, InstalledAddOnSid};

pub fn call(client: &Client, sid: InstalledAddOnSid, extension: ExtensionSid) {
    let _call = client.installed_add_on(sid).extension(extension).update(); //~ E0061
    let _call = client.installed_add_on(sid).extension(extension).update(true); //~ right
}
