//! Reads what `calls.rs` hands to the runtime's `sendable!`: how a reply is read. What the runtime makes of that, the
//! same for every call of a kind, stands here as its callers see it.

use std::collections::BTreeMap;

use syn::ItemMacro;

use super::calls::Call;
use super::syntax::Source;
use super::tokens::Code;
use crate::surface::{Signature, SurfaceError};

/// What a list can do beside other calls.
const PAGING: [(&str, &str); 3] = [
    ("all_pages", "fn all_pages(self) -> PageStream<{item}>"),
    ("all_items", "fn all_items(self) -> ItemStream<{item}>"),
    (
        "collect_all",
        "async fn collect_all(self, max: usize) -> Result<Vec<{item}>, Error>",
    ),
];

/// What every call can do.
const OPTIONS: [(&str, &str); 4] = [
    ("timeout", ", timeout: Duration"),
    ("retry", ", policy: RetryPolicy"),
    (
        "header",
        ", name: impl AsRef<str>, value: impl TryInto<HeaderValue>",
    ),
    ("keep_json", ""),
];

/// Reads how one call is sent.
pub(super) fn sendable(
    source: &Source,
    item: &ItemMacro,
    calls: &mut BTreeMap<String, Call>,
) -> Result<(), SurfaceError> {
    let code = Code::of(item);
    let holes = code
        .read("crate::runtime::sendable! { $call, $*answer }")
        .ok_or_else(|| source.unknown_code("the calls", &code))?;
    let name = holes.text("call");
    let answer = Answer::read(&holes.code("answer"))
        .ok_or_else(|| source.unknown_code(&name, &holes.code("answer")))?;
    let call = calls
        .get_mut(&name)
        .ok_or_else(|| SurfaceError::disagrees(&name, "it is sent, and there is no such call"))?;
    if !call.decoder.is_empty() {
        return Err(SurfaceError::disagrees(name, "it is sent in two ways"));
    }
    let methods = answer.paging().chain(options());
    call.methods.extend(methods);
    call.output = answer.output();
    call.decoder = answer.decoder;
    call.reply = answer.reply;
    Ok(())
}

struct Answer {
    decoder: String,
    reply: Option<String>,
    item: Option<String>,
}

impl Answer {
    fn read(code: &Code) -> Option<Self> {
        const READS: [&str; 4] = ["json", "update", "acceptance", "location"];
        if code.is("empty") {
            return Some(Self {
                decoder: code.to_string(),
                reply: None,
                item: None,
            });
        }
        if let Some(holes) = code.read("page $*list => $*item") {
            return Some(Self {
                decoder: "page".to_owned(),
                reply: Some(holes.code("list").public()),
                item: Some(holes.code("item").public()),
            });
        }
        let decoder = READS
            .iter()
            .find(|decoder| code.is(&format!("{decoder} $*reply")))?;
        let holes = code.read("$decoder $*reply")?;
        Some(Self {
            decoder: (*decoder).to_owned(),
            reply: Some(holes.code("reply").public()),
            item: None,
        })
    }

    fn output(&self) -> String {
        let reply = self.reply.as_deref().unwrap_or("()");
        let output = match (self.decoder.as_str(), &self.item) {
            (_, Some(item)) => format!("Response<Page<{item}>>"),
            ("update", _) => format!("Response<Update<{reply}>>"),
            ("acceptance", _) => format!("Receipt<{reply}>"),
            _ => format!("Response<{reply}>"),
        };
        format!("Result<{output}, Error>")
    }

    fn paging(&self) -> impl Iterator<Item = Signature> {
        PAGING.iter().filter_map(|(name, text)| {
            let item = self.item.as_ref()?;
            Some(Signature {
                name: (*name).to_owned(),
                text: text.replace("{item}", item),
            })
        })
    }
}

fn options() -> impl Iterator<Item = Signature> {
    OPTIONS.iter().map(|(name, parameters)| Signature {
        name: (*name).to_owned(),
        text: format!("fn {name}(self{parameters}) -> Self"),
    })
}
