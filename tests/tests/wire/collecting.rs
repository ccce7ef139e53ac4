//! All items of a list as one value, and one page as its items.

use generated_client::ErrorKind;
use generated_client::types::InstalledAddOn;
use serde_json::{Value, json};
use tests::{Reply, Server};

use crate::support::{AC, XB, client};

fn add_on(number: usize) -> Value {
    json!({
        "sid": format!("XE{number:032}"),
        "account_sid": AC,
        "available_add_on_sid": XB,
        "friendly_name": "Words",
        "url": "https://marketplace.twilio.com/x",
    })
}

/// A list whose pages have so many items each.
fn list(pages: &'static [usize]) -> Server {
    Server::start(move |request| {
        let query = request.query.clone().unwrap_or_default();
        let page: usize = query.rsplit('=').next().unwrap().parse().unwrap_or(0);
        let before: usize = pages[..page].iter().sum();
        let items: Vec<Value> = (before..before + pages[page]).map(add_on).collect();
        let next = page + 1;
        let next = (next < pages.len())
            .then(|| format!("/v1/InstalledAddOns?PageToken=PT{next}&Page={next}"));
        let body = json!({"installed_add_ons": items, "meta": {"next_page_url": next}});
        Reply::json(200, body.to_string())
    })
    .unwrap()
}

/// Every bound from nothing to beyond the end: all items or an error, and never a part of them.
#[tokio::test]
async fn all_items_are_collected_or_the_bound_is_an_error() {
    for pages in [&[0][..], &[2, 2, 1], &[2, 0, 0], &[0, 2, 2, 0], &[3]] {
        let total: usize = pages.iter().sum();
        for max in (0..=total + 1).chain([usize::MAX]) {
            let server = list(pages);
            let collected = client(&server)
                .installed_add_ons()
                .list()
                .collect_all(max)
                .await;
            match collected {
                Ok(items) => {
                    let sids: Vec<String> = items.iter().map(|item| item.sid.to_string()).collect();
                    let all: Vec<String> =
                        (0..total).map(|number| format!("XE{number:032}")).collect();
                    assert_eq!(sids, all, "{pages:?} {max}");
                    assert!(total <= max, "{pages:?} {max}");
                    assert_eq!(server.requests().len(), pages.len());
                }
                Err(error) => {
                    assert!(total > max, "{pages:?} {max}: {error}");
                    assert_eq!(error.kind(), ErrorKind::Paging);
                    assert_eq!(error.operation(), Some("ListInstalledAddOns"));
                    assert!(error.to_string().contains(&max.to_string()), "{error}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_limit_takes_the_first_items_and_is_no_error() {
    let server = list(&[2, 2, 1]);
    let items = client(&server).installed_add_ons().list().all_items();
    assert_eq!(items.limit(3).collect_all(3).await.unwrap().len(), 3);
    assert_eq!(server.requests().len(), 2);
    let mut items = client(&server).installed_add_ons().list().all_items();
    items.next().await.unwrap().unwrap();
    assert_eq!(items.collect_all(4).await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_fetched_page_is_its_items() {
    let server = list(&[2, 1]);
    let list = || client(&server).installed_add_ons().list();
    let mut sids = Vec::new();
    for add_on in list().await.unwrap() {
        let InstalledAddOn { sid, .. } = add_on;
        sids.push(sid);
    }
    let page = list().await.unwrap();
    for (add_on, sid) in (&page).into_iter().zip(&sids) {
        assert_eq!(add_on.sid, *sid);
    }
    assert_eq!((page.len(), page.is_empty(), sids.len()), (2, false, 2));
    let items: Vec<InstalledAddOn> = page.into_items();
    let [first, _] = <[InstalledAddOn; 2]>::try_from(items).unwrap();
    let name: Option<String> = first.friendly_name;
    assert_eq!(name.as_deref(), Some("Words"));
}
