//! A call that is made and never sent.

#![deny(unused_must_use)]

use generated_client::{Client, Error, InstalledAddOnSid};

pub async fn call(client: &Client, sid: InstalledAddOnSid) -> Result<(), Error> {
    client.installed_add_on(sid).delete(); //~ unused_must_use
    client.installed_add_on(sid).delete().await?; //~ right
    Ok(())
}
