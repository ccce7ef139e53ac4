//! What a call was decoded to, whatever its type, in a form that can be compared with the document.

use std::fmt::Debug;
use std::pin::Pin;

use generated_client::{Error, Page, Receipt, Response, Update};
use serde::Serialize;

/// A call on its way to being compared.
pub(crate) type Outcome = Pin<Box<dyn Future<Output = Result<Decoded, Error>>>>;

/// A value as JSON, with what came beside it.
pub(crate) struct Decoded {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    /// The value, encoded again; nothing for an answer without a body.
    pub(crate) json: Option<String>,
    /// For a page: the member of the answer that `json` is.
    pub(crate) list: Option<&'static str>,
    /// How the call and what came of it show themselves.
    pub(crate) shown: String,
    /// The paths of what was passed over.
    pub(crate) skipped: Vec<String>,
}

/// A resource.
pub(super) fn one<C, T>(call: C) -> Outcome
where
    C: IntoFuture<Output = Result<Response<T>, Error>> + Debug + 'static,
    T: Serialize + Debug,
{
    let shown = format!("{call:?}");
    Box::pin(async move { Ok(decoded(shown, call.await?, |value| Some(json(value)))) })
}

/// A page of a list whose items are under `key`.
pub(super) fn page<C, T>(key: &'static str, call: C) -> Outcome
where
    C: IntoFuture<Output = Result<Response<Page<T>>, Error>> + Debug + 'static,
    T: Serialize + Debug,
{
    let shown = format!("{call:?}");
    Box::pin(async move {
        let page = decoded(shown, call.await?, |page| Some(json(page.items())));
        Ok(Decoded {
            list: Some(key),
            ..page
        })
    })
}

/// An answer without a value.
pub(super) fn nothing<C>(call: C) -> Outcome
where
    C: IntoFuture<Output = Result<Response<()>, Error>> + Debug + 'static,
{
    let shown = format!("{call:?}");
    Box::pin(async move { Ok(decoded(shown, call.await?, |()| None)) })
}

/// A resource that was changed, or not.
pub(super) fn update<C, T>(call: C) -> Outcome
where
    C: IntoFuture<Output = Result<Response<Update<T>>, Error>> + Debug + 'static,
    T: Serialize + Debug,
{
    let shown = format!("{call:?}");
    Box::pin(async move {
        Ok(decoded(shown, call.await?, |update| {
            update.value().map(json)
        }))
    })
}

/// Something that was done or taken in.
pub(super) fn acceptance<C, T>(call: C) -> Outcome
where
    C: IntoFuture<Output = Result<Receipt<T>, Error>> + Debug + 'static,
    T: Serialize + Debug,
{
    let mut shown = format!("{call:?}");
    Box::pin(async move {
        let receipt = call.await?;
        shown.push_str(&format!("{receipt:?}"));
        let response = receipt.into_response();
        Ok(decoded(shown, response, |acceptance| {
            acceptance.value().map(json)
        }))
    })
}

fn decoded<T: Debug>(
    call: String,
    response: Response<T>,
    json: impl FnOnce(&T) -> Option<String>,
) -> Decoded {
    Decoded {
        shown: format!("{call} {response:?} {response:#?}"),
        status: response.status().as_u16(),
        request_id: response.request_id().map(str::to_owned),
        skipped: response
            .skipped()
            .iter()
            .map(|skipped| skipped.path().to_owned())
            .collect(),
        json: json(&response),
        list: None,
    }
}

fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}
