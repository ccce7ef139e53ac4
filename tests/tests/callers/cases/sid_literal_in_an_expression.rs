//! A SID of 33 characters.

use generated_client::{Client, sid};

pub fn call(client: &Client) {
    let _call = client.listing(sid!(AvailableAddOnSid, "XB0123456789abcdef0123456789abcde")).fetch(); //~ E0080
    let _call = client.listing(sid!(AvailableAddOnSid, "XB0123456789abcdef0123456789abcdef")).fetch(); //~ right
}
