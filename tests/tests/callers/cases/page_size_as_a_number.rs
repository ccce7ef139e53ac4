//! A number whose bounds nobody has checked.

use generated_client::{BoundError, Client, PageSize};

pub fn call(client: &Client, size: i64) -> Result<(), BoundError> {
    let _call = client.installed_add_ons().list().page_size(size); //~ E0308
    let _call = client.installed_add_ons().list().page_size(PageSize::new(size)?); //~ right
    Ok(())
}
