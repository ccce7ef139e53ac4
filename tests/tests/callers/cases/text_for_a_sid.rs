//! A text that nobody has checked where a SID belongs.

use generated_client::{AvailableAddOnSid, Client, SidError};

pub fn call(client: &Client, text: &str) -> Result<(), SidError> {
    let _call = client.listing(text).fetch(); //~ E0308
    let _call = client.listing(text.parse::<AvailableAddOnSid>()?).fetch(); //~ right
    Ok(())
}
