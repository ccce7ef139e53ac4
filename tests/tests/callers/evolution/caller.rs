//! A caller that uses the client in every way that an addition to the document could disturb: it names types of calls
//! and handles, takes values apart, builds them, and tells values of an enum from each other.

#![deny(warnings)]

use generated_client::choices::AcceptTermsOfService;
use generated_client::types::{
    AddOnResultStatus, BillableItem, InstalledAddOn, InstalledAddOnExtension, ListingDescription, ListingHighlight,
};
use generated_client::{
    Client, Error, Host, InstalledAddOnSid, ItemStream, Page, Quantity, Response, bounded, calls, resources, sid,
};

pub async fn walk(client: &Client) -> Result<Vec<InstalledAddOnSid>, Error> {
    let handle: resources::InstalledAddOnsHandle = client.installed_add_ons();
    let call: calls::ListInstalledAddOns = handle.list().page_size(bounded!(PageSize, 50)).page_token("PT1").page(1);
    let page: Response<Page<InstalledAddOn>> = call.clone().await?;
    let mut items: ItemStream<InstalledAddOn> = call.all_items().limit(10);
    let mut sids: Vec<_> = page.items().iter().map(|item| item.sid).collect();
    while let Some(item) = items.next().await {
        let InstalledAddOn { sid, friendly_name, configuration, .. } = item?;
        assert!(friendly_name.is_some() || configuration.is_none());
        sids.push(sid);
    }
    Ok(sids)
}

pub async fn install(client: &Client) -> Result<InstalledAddOn, Error> {
    let listing = sid!(AvailableAddOnSid, "XBaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    let call: calls::CreateInstalledAddOn = client.installed_add_ons().create(listing, AcceptTermsOfService::Yes);
    let call = call.unique_name("a").configuration(&serde_json::json!({"a": 1}));
    Ok(call.await?.into_inner())
}

pub async fn enable(client: &Client, add_on: InstalledAddOnSid) -> Result<InstalledAddOnExtension, Error> {
    let extension = sid!(ExtensionSid, "XFaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    let handle: resources::InstalledAddOnExtensionHandle = client.installed_add_on(add_on).extension(extension);
    let InstalledAddOnExtension { .. } = *handle.fetch().await?;
    handle.enable().await.map(Response::into_inner)
}

pub async fn describe(client: &Client) -> Result<(), Error> {
    let listing = sid!(AvailableAddOnSid, "XBaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    let mut description: ListingDescription = ListingDescription::new().body("Body");
    description.highlights = Some(vec![ListingHighlight::new().title("One")]);
    let handle: resources::ListingHandle = client.listing(listing);
    handle.fetch().await?;
    handle.update().description(&description).await?;
    Ok(())
}

pub async fn bill(client: &Client, add_on: InstalledAddOnSid, quantity: Quantity) -> Result<(), Error> {
    let _receipt = client.installed_add_on(add_on).usage().report([BillableItem::new("BI1", quantity)]).await?;
    Ok(())
}

pub fn is_final(status: &AddOnResultStatus) -> bool {
    match status {
        AddOnResultStatus::Completed | AddOnResultStatus::Failed => true,
        AddOnResultStatus::Other(text) => &**text == "gone",
        _ => false,
    }
}

pub fn host_name(host: Host) -> &'static str {
    match host {
        Host::Marketplace => "marketplace",
        _ => "another",
    }
}
