//! A call where something wants a future: spawned, timed, joined, selected.

use std::time::Duration;

use futures_util::future::{join_all, try_join, try_join_all};
use generated_client::Error;
use serde_json::json;
use tests::Server;

use crate::support::{XE, XF, client, json};

fn server() -> Server {
    let extension = json!({"sid": XF, "installed_add_on_sid": XE, "url": "https://example.com/"});
    json(&extension.to_string())
}

#[tokio::test]
async fn a_call_goes_where_a_future_is_expected() -> Result<(), Error> {
    let server = server();
    let extension = client(&server).installed_add_on(XE).extension(XF);

    let spawned = tokio::spawn(extension.fetch().into_future());
    assert_eq!(spawned.await.unwrap()?.sid, XF);

    let timed = tokio::time::timeout(Duration::from_secs(60), extension.enable());
    assert_eq!(timed.await.unwrap()?.sid, XF);

    let all = [extension.fetch(), extension.fetch(), extension.fetch()];
    let all = join_all(all.into_iter().map(IntoFuture::into_future)).await;
    assert!(all.iter().all(Result::is_ok) && all.len() == 3);
    let all = (0..3).map(|_| extension.fetch().into_future());
    assert_eq!(try_join_all(all).await?.len(), 3);

    // Calls of different types.
    let pair = try_join(
        extension.fetch().into_future(),
        extension.enable().into_future(),
    );
    let (fetched, enabled) = pair.await?;
    assert_eq!(fetched.sid, enabled.sid);
    let (fetched, enabled) = tokio::try_join!(
        extension.fetch().into_future(),
        extension.disable().into_future()
    )?;
    assert_eq!(fetched.sid, enabled.sid);

    let selected = tokio::select! {
        outcome = extension.fetch() => outcome?,
        () = std::future::pending() => unreachable!(),
    };
    assert_eq!(selected.sid, XF);

    // A walk over a list can be spawned too.
    let list = client(&server).installed_add_ons().list();
    let collected = tokio::spawn(list.collect_all(1));
    assert!(collected.await.unwrap().is_err());
    Ok(())
}
