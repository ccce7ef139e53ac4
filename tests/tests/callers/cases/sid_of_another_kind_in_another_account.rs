//! A phone number where an account belongs.

use generated_client::{AccountSid, Client, PhoneNumberSid};

pub fn call(client: &Client, account: AccountSid, number: PhoneNumberSid) {
    let _client = client.for_account(number); //~ E0308
    let _client = client.for_account(account); //~ right
}
