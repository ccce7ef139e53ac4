//! An add-on is installed, without a word on its terms of service.

use generated_client::choices::AcceptTermsOfService;
use generated_client::{AvailableAddOnSid, Client};

pub fn call(client: &Client, sid: AvailableAddOnSid, _terms: AcceptTermsOfService) {
    let _call = client.installed_add_ons().create(sid); //~ E0061
    let _call = client.installed_add_ons().create(sid, AcceptTermsOfService::Yes); //~ right
}
