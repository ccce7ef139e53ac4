//! The way from the client to a call: the handles that a path gives, and the method on the last of them.

use crate::names;

/// The path parameter that comes from the credentials and so is part of no handle.
const AMBIENT: &str = "AccountSid";

/// A way from the client to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::diff) struct Way {
    /// The methods on the way, as a caller writes them: `installed_add_on(..).extensions()`.
    pub(in crate::diff) steps: Vec<String>,
    /// The names of the handles on the way.
    pub(in crate::diff) handles: Vec<String>,
    /// The method that makes the call.
    pub(in crate::diff) verb: String,
    /// The name of the call.
    pub(in crate::diff) call: String,
}

impl Way {
    /// The way as a caller writes it, with the methods that make the call.
    pub(in crate::diff) fn line(&self, makers: &[String]) -> String {
        let steps: String = self.steps.iter().map(|step| format!("{step}.")).collect();
        format!(
            "client.{steps}{} -> calls::{}",
            makers.join(" or "),
            self.call
        )
    }
}

/// The way to the call of an operation.
pub(in crate::diff) fn way(path: &str, operation_id: &str) -> Way {
    let mut steps: Vec<(String, String, bool)> = Vec::new();
    let mut titles = String::new();
    for (position, raw) in path.split('/').skip(1).enumerate() {
        let segment = raw.strip_suffix(".json").unwrap_or(raw);
        match segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            // The version.
            None if position == 0 => {}
            None => steps.push((segment.to_owned(), format!("{titles}{segment}"), false)),
            Some(AMBIENT) => {
                steps.pop();
            }
            Some(_) => {
                let Some(collection) = steps.last().map(|(segment, ..)| segment.clone()) else {
                    continue;
                };
                titles.push_str(&names::type_name(&names::singular(&collection)));
                steps.push((collection, titles.clone(), true));
            }
        }
    }
    let last = steps.len();
    // A collection that is only passed through gets no handle.
    let handles = steps
        .iter()
        .enumerate()
        .filter(|(at, (_, _, one))| *one || at + 1 == last);
    let (steps, handles) = handles
        .map(|(_, (segment, title, one))| {
            let method = if *one {
                format!("{}(..)", names::field(&names::singular(segment)))
            } else {
                format!("{}()", names::field(segment))
            };
            (method, format!("{}Handle", names::type_name(title)))
        })
        .unzip();
    Way {
        steps,
        handles,
        verb: names::verb(operation_id),
        call: names::type_name(operation_id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_the_chain_that_a_caller_writes() {
        let way = way(
            "/v1/InstalledAddOns/{InstalledAddOnSid}/Extensions/{Sid}",
            "FetchInstalledAddOnExtension",
        );
        assert_eq!(
            way.line(&["fetch()".to_owned()]),
            "client.installed_add_on(..).extension(..).fetch() -> calls::FetchInstalledAddOnExtension"
        );
        assert_eq!(
            way.handles,
            ["InstalledAddOnHandle", "InstalledAddOnExtensionHandle"]
        );
    }

    #[test]
    fn the_account_of_a_path_is_no_step() {
        let path = "/2010-04-01/Accounts/{AccountSid}/Recordings/{ReferenceSid}/AddOnResults.json";
        assert_eq!(
            way(path, "ListAddOnResults").line(&["list()".to_owned()]),
            "client.recording(..).add_on_results().list() -> calls::ListAddOnResults"
        );
    }
}
