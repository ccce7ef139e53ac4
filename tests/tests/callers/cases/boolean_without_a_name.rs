//! The terms of service are accepted by a `true` that does not say so.

use generated_client::choices::AcceptTermsOfService;
use generated_client::{AvailableAddOnSid, Client};

pub fn call(client: &Client, sid: AvailableAddOnSid, _terms: AcceptTermsOfService) {
    let _call = client.installed_add_ons().create(sid, true); //~ E0308
    let _call = client.installed_add_ons().create(sid, AcceptTermsOfService::Yes); //~ right
}
