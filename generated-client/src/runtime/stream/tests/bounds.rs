//! How far a walk goes at most.

use super::*;

/// A page of so many items, and a link to the page of this number.
fn numbered(items: usize, next: usize) -> Vec<u8> {
    page(
        &vec![1; items],
        Some(&format!("/v1/Things?Page={next}&PageToken=PT{next}")),
    )
}

fn all_pages(server: &Loopback) -> PageStream<u32> {
    pages(
        CallOptions::new(server.client()),
        first(),
        decode::page::<Things>,
    )
}

#[tokio::test]
async fn a_list_that_goes_on_after_many_empty_pages_is_an_error() {
    // (how many items each page has, the limit, how many pages are read, whether an error ends it)
    for (sizes, limit, read, fails) in [
        (&[1, 0, 0, 0, 0][..], Some(3), 4, true),
        (&[1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0], Some(3), 10, true),
        (&[0, 0], Some(0), 1, true),
        (&[0, 0], Some(1), 1, true),
        (&[0; 101], None, 100, true),
        (&[1; 150], None, 150, false),
    ] {
        for prefetch in [false, true] {
            let end = page(&[], None);
            let server = Loopback::serve(
                (1..)
                    .zip(sizes)
                    .map(|(next, size)| numbered(*size, next))
                    .chain([end])
                    .collect(),
            );
            let mut things = walk(&server);
            things.pages.prefetch = prefetch;
            if let Some(limit) = limit {
                things = things.empty_page_limit(limit);
            }
            let total: usize = sizes[..read.min(sizes.len())].iter().sum();
            match things.collect_all(1000).await {
                Ok(things) => assert!(!fails && things.len() == total, "{sizes:?}"),
                Err(error) => {
                    assert!(fails, "{sizes:?}: {error}");
                    assert_eq!(error.kind(), ErrorKind::Paging);
                    assert!(error.to_string().contains("empty_page_limit"), "{error}");
                }
            }
            let last = usize::from(!fails);
            assert_eq!(server.finished().len(), read + last, "{sizes:?}");
        }
    }
}

#[tokio::test]
async fn empty_pages_at_the_end_are_no_error() {
    let server = Loopback::serve(vec![numbered(1, 1), numbered(0, 2), page(&[], None)]);
    let things = walk(&server).empty_page_limit(2);
    assert_eq!(things.collect_all(1).await.unwrap(), [1]);
}

#[tokio::test]
async fn a_limit_on_pages_ends_a_walk_and_asks_for_no_page_beyond() {
    for limit in 0..5 {
        for prefetch in [false, true] {
            let responses = || {
                (1..3)
                    .map(|next| numbered(2, next))
                    .chain([page(&[1, 1], None)])
                    .collect()
            };
            let server = Loopback::serve(responses());
            let mut all = all_pages(&server).page_limit(limit);
            all.prefetch = prefetch;
            let mut token = None;
            let mut count = 0;
            while let Some(page) = all.next().await {
                token = page.unwrap().next_page_token();
                count += 1;
            }
            assert_eq!(count, limit.min(3));
            assert_eq!(server.finished().len(), limit.min(3), "limit {limit}");
            let goes_on = (1..3).contains(&limit).then(|| format!("PT{limit}"));
            assert_eq!(token, goes_on, "limit {limit}");

            let server = Loopback::serve(responses());
            let mut things = walk(&server).page_limit(limit);
            things.pages.prefetch = prefetch;
            let things: Vec<u32> = things.try_collect().await.unwrap();
            assert_eq!(things.len(), 2 * limit.min(3));
            assert_eq!(server.finished().len(), limit.min(3), "limit {limit}");
        }
    }
}

/// The same token under ever new page numbers, spellings and sizes.
#[tokio::test]
async fn a_token_that_comes_again_is_a_circle_whatever_else_the_link_says() {
    for again in [
        "/v1/Things?Page=2&PageToken=PT%2F1",
        "/v1/Things?PageToken=PT%2f1&Page=2",
        "/v1/Things?PageSize=3&Page=2&PageToken=PT/1",
        "/v1/Things?Page=2&Page%54oken=%50T%2F1",
        "https://marketplace.twilio.com/v1/Things?Page=2&PageToken=PT/1#x",
        "?PageToken=PT/1",
    ] {
        let server = Loopback::serve(vec![
            page(&[1], Some("/v1/Things?Page=1&PageToken=PT%2F1")),
            page(&[2], Some(again)),
            page(&[3], None),
        ]);
        let mut things = walk(&server);
        assert_eq!(things.next().await.unwrap().unwrap(), 1);
        assert_eq!(things.next().await.unwrap().unwrap(), 2);
        let error = things.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{again}");
        assert_eq!(server.finished().len(), 2, "{again}");
    }
}

#[tokio::test]
async fn a_link_to_another_path_is_an_error_and_not_followed() {
    for link in [
        "/v1/Other?PageToken=PT1",
        "/v1/Things/1?PageToken=PT1",
        "/v1/Thing?PageToken=PT1",
        "/v1/Things/?PageToken=PT1",
        "/v2/Things?PageToken=PT1",
        "/v1/things?PageToken=PT1",
        "/v1/Things%2F?PageToken=PT1",
        "/?PageToken=PT1",
        "https://marketplace.twilio.com/v1/Things/../Other?PageToken=PT1",
        "https://marketplace.twilio.com?PageToken=PT1",
        "Things/1?PageToken=PT1",
        "../?PageToken=PT1",
    ] {
        let server = Loopback::serve(vec![page(&[1], Some(link)), page(&[2], None)]);
        let mut things = walk(&server);
        assert_eq!(things.next().await.unwrap().unwrap(), 1);
        let error = things.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{link}");
        assert!(error.url().unwrap().ends_with("/v1/Things"), "{error}");
        assert!(!error.to_string().contains("PT1"), "{error}");
        assert_eq!(server.finished().len(), 1, "{link}");
    }
}
