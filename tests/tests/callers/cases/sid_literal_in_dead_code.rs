//! A wrong SID in code that is never reached.

use generated_client::{Client, sid};

pub fn call(client: &Client) {
    if false {
        let _ = client.listing(sid!(AvailableAddOnSid, "XB0123456789abcdef0123456789abcdef0")); //~ E0080
        let _ = client.listing(sid!(AvailableAddOnSid, "XB0123456789abcdef0123456789abcdef")); //~ right
    }
}
