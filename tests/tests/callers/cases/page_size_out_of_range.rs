//! A page of more items than the API allows, as a literal.

use generated_client::{Client, bounded};

pub fn call(client: &Client) {
    let list = client.installed_add_ons().list();
    let _call = list.page_size(bounded!(PageSize, 1001)); //~ E0080
    let _call = list.page_size(bounded!(PageSize, 1000)); //~ right
}
