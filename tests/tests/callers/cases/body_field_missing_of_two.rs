//! An add-on is installed, without a word on its terms of service.

use generated_client::{AvailableAddOnSid, Client};

pub fn call(client: &Client, sid: AvailableAddOnSid) {
    let _call = client.installed_add_ons().create(sid); //~ E0061
    let _call = client.installed_add_ons().create(sid, true); //~ right
}
