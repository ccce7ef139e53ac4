//! An add-on is assigned to a phone number, without saying which.

use generated_client::{Client, InstalledAddOnSid, PhoneNumberSid};

pub fn call(client: &Client, number: PhoneNumberSid, _sid: InstalledAddOnSid) {
    let _call = client.incoming_phone_number(number).assigned_add_ons().assign(); //~ E0061
    let _call = client.incoming_phone_number(number).assigned_add_ons().assign(_sid); //~ right
}
