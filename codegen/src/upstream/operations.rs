//! The operations of a description, by method and by the path that is really requested. It finds them and what they are
//! sent to; it compares nothing.

use crate::diff::side::{METHODS, Side};
use crate::diff::site::bare_path;
use crate::load::Node;

/// An operation, with what holds for it.
#[derive(Debug, Clone)]
pub(super) struct Operation<'t> {
    /// The method, in capitals.
    pub(super) method: String,
    pub(super) path: &'t str,
    pub(super) item: &'t Node,
    pub(super) node: &'t Node,
    /// Scheme and host of every server.
    pub(super) origins: Vec<&'t str>,
    /// What lists the servers.
    pub(super) servers: &'t Node,
    /// The path from the root of the server, without the names of its parameters.
    pub(super) key: (String, String),
}

impl Operation<'_> {
    /// Method and path, as people write them.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether one of these origins is among the operation's.
    pub(super) fn is_at(&self, origins: &[&str]) -> bool {
        self.origins.iter().any(|origin| origins.contains(origin))
    }

    /// The path with the base path of its server.
    pub(super) fn whole_path(&self) -> &str {
        &self.key.1
    }
}

/// All operations of a description, in their order.
pub(super) fn operations<'t>(side: &Side<'t>) -> Vec<Operation<'t>> {
    let mut found = Vec::new();
    let paths = side.root().get("paths").map(Node::entries);
    for entry in paths.unwrap_or_default() {
        let path = entry.key.text.as_str();
        let Some(item) = side.follow(&entry.value).filter(|_| path.starts_with('/')) else {
            continue;
        };
        for method in item.entries() {
            if METHODS.contains(&method.key.text.as_str()) {
                found.push(operation(
                    side,
                    path,
                    item,
                    (&method.key.text, &method.value),
                ));
            }
        }
    }
    found
}

fn operation<'t>(
    side: &Side<'t>,
    path: &'t str,
    item: &'t Node,
    (method, node): (&str, &'t Node),
) -> Operation<'t> {
    let method = method.to_uppercase();
    let lists = [node, item, side.root()];
    let servers = lists
        .into_iter()
        .filter_map(|around| around.get("servers"))
        .find(|list| !list.items().is_empty());
    let urls = servers.map(Node::items).unwrap_or_default().iter();
    let split: Vec<(&str, &str)> = urls
        .filter_map(|server| server.get("url").and_then(Node::as_text))
        .map(split)
        .collect();
    let base = split.first().map_or("", |(_, base)| base);
    let key = (method.clone(), bare_path(&format!("{base}{path}")));
    Operation {
        method,
        path,
        item,
        node,
        origins: split.into_iter().map(|(origin, _)| origin).collect(),
        servers: servers.unwrap_or(side.root()),
        key,
    }
}

/// The origin of a server's URL and the path behind it, without a slash at its end.
fn split(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |at| at + 3);
    let path = url
        .get(host..)
        .and_then(|rest| rest.find('/'))
        .map_or(url.len(), |at| host + at);
    let (origin, base) = url.split_at_checked(path).unwrap_or((url, ""));
    (origin, base.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    #[test]
    fn a_server_is_an_origin_and_a_path() {
        for (url, origin, base) in [
            ("https://api.example.com", "https://api.example.com", ""),
            ("https://api.example.com/", "https://api.example.com", ""),
            (
                "https://api.example.com/2010-04-01/",
                "https://api.example.com",
                "/2010-04-01",
            ),
            ("/v1", "", "/v1"),
            ("", "", ""),
        ] {
            assert_eq!(split(url), (origin, base), "{url}");
        }
    }

    #[test]
    fn an_operation_takes_the_nearest_servers_and_no_name_of_a_parameter() {
        let text = "servers: [{url: 'https://a.example.com'}]\npaths:\n  /v1/{Sid}:\n    servers: [{url: 'https://b.example.com/base/'}]\n    get: {}\n    post: {servers: [{url: 'https://c.example.com'}]}\n  /v2:\n    put: {servers: []}\n  x-other: {get: {}}\n";
        let tree = load("a.yaml", text.as_bytes()).unwrap();
        let found = operations(&Side::new(&tree));
        let shown: Vec<(String, &str, &str)> = found
            .iter()
            .map(|operation| {
                (
                    operation.name(),
                    operation.origins[0],
                    operation.whole_path(),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                (
                    "GET /v1/{Sid}".to_owned(),
                    "https://b.example.com",
                    "/base/v1/{}"
                ),
                (
                    "POST /v1/{Sid}".to_owned(),
                    "https://c.example.com",
                    "/v1/{}"
                ),
                ("PUT /v2".to_owned(), "https://a.example.com", "/v2"),
            ]
        );
    }
}
