//! Asks the server at the URL in its argument for one listing.

use generated_client::{AccountSid, Client, Credentials, sid};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("no URL was given")?;
    let account: AccountSid = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".parse()?;
    let credentials = Credentials::auth_token(account, "mock auth token");
    let client = Client::builder(credentials).base_urls(url).build()?;
    let listing = sid!(AvailableAddOnSid, "XBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    let listing = client.listing(listing).fetch().await?;
    let name = listing
        .module_info
        .as_ref()
        .and_then(|info| info.name.as_deref());
    println!("{} {}", listing.sid, name.unwrap_or_default());
    Ok(())
}
