//! Pages of a list as Twilio hands them out: a slice of the items, and links to the slices around it. The position
//! of a page is in its token, `PA` and the SID of the item before; `Page` alone is refused.

use serde_json::{Value, json};

/// Why no page is handed out: Twilio's code and its words.
pub(crate) type Refusal = (u32, &'static str);

/// How many items a page has unless the request says so.
const DEFAULT_SIZE: usize = 50;

/// Which page of a list is asked for.
pub(crate) struct Wanted<'a> {
    /// Where the list is: the address of a page without its query.
    pub(crate) place: &'a str,
    /// The decoded query.
    pub(crate) query: &'a [(String, String)],
}

/// Puts the wanted page into `document`, the reply of a list whose items are under `key`.
pub(crate) fn fill(
    document: &mut Value,
    key: &str,
    items: &[Value],
    wanted: &Wanted<'_>,
) -> Result<(), Refusal> {
    let size = wanted.size()?;
    let start = wanted.start(items)?;
    let page = start.div_ceil(size);
    let end = items.len().min(start.saturating_add(size));
    let link = |page: usize, start: usize| {
        let token = start
            .checked_sub(1)
            .and_then(|before| sid(items.get(before)?));
        let token = token
            .map(|sid| format!("&PageToken=PA{sid}"))
            .unwrap_or_default();
        format!("{}?PageSize={size}&Page={page}{token}", wanted.place)
    };
    let next = (end < items.len()).then(|| link(page + 1, end));
    let previous = (start > 0).then(|| link(page.saturating_sub(1), start.saturating_sub(size)));
    let (first, this) = (link(0, 0), link(page, start));
    let shown = items.get(start..end).unwrap_or_default();
    let Some(reply) = document.as_object_mut() else {
        return Ok(());
    };
    reply.insert(key.to_owned(), json!(shown));
    if reply.contains_key("meta") {
        let meta = json!({
            "key": key, "first_page_url": first, "next_page_url": next, "previous_page_url": previous,
            "page": page, "page_size": size, "url": this,
        });
        reply.insert("meta".to_owned(), meta);
    } else {
        for (name, value) in [
            ("first_page_uri", json!(first)),
            ("next_page_uri", json!(next)),
            ("previous_page_uri", json!(previous)),
            ("page", json!(page)),
            ("page_size", json!(size)),
            ("start", json!(start)),
            ("end", json!(end.saturating_sub(1).max(start))),
            ("uri", json!(this)),
        ] {
            reply.insert(name.to_owned(), value);
        }
    }
    Ok(())
}

impl Wanted<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        let (_, value) = self.query.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    fn size(&self) -> Result<usize, Refusal> {
        match self.value("PageSize").map(str::parse) {
            None => Ok(DEFAULT_SIZE),
            Some(Ok(size)) if (1..=1000).contains(&size) => Ok(size),
            Some(_) => Err((20001, "PageSize must be between 1 and 1000")),
        }
    }

    /// The position of the first item.
    fn start(&self, items: &[Value]) -> Result<usize, Refusal> {
        let Some(token) = self.value("PageToken") else {
            return match self.value("Page").unwrap_or("0") {
                "0" => Ok(0),
                _ => Err((70002, "Page above 0 needs a PageToken")),
            };
        };
        token
            .strip_prefix("PA")
            .and_then(|wanted| {
                items
                    .iter()
                    .position(|item| sid(item).is_some_and(|sid| sid == wanted))
            })
            .map(|before| before + 1)
            .ok_or((21481, "Invalid PageToken"))
    }
}

fn sid(item: &Value) -> Option<&str> {
    item.get("sid")?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &[(&str, &str)]) -> Result<Value, Refusal> {
        let items: Vec<Value> = (0..5).map(|n| json!({"sid": format!("XE{n}")})).collect();
        let query: Vec<(String, String)> = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let mut document = json!({"things": [], "meta": {}});
        let wanted = Wanted {
            place: "https://a.test/v1/Things",
            query: &query,
        };
        fill(&mut document, "things", &items, &wanted)?;
        Ok(document)
    }

    #[test]
    fn the_links_lead_through_all_items_and_back() {
        let first = page(&[("PageSize", "2")]).unwrap();
        assert_eq!(first["things"], json!([{"sid": "XE0"}, {"sid": "XE1"}]));
        assert_eq!(first["meta"]["previous_page_url"], Value::Null);
        let next = "https://a.test/v1/Things?PageSize=2&Page=1&PageToken=PAXE1";
        assert_eq!(first["meta"]["next_page_url"], next);

        let last = page(&[("PageSize", "2"), ("Page", "2"), ("PageToken", "PAXE3")]).unwrap();
        assert_eq!(last["things"], json!([{"sid": "XE4"}]));
        assert_eq!(last["meta"]["next_page_url"], Value::Null);
        assert_eq!(last["meta"]["previous_page_url"], next);
        assert_eq!(last["meta"]["page"], 2);
    }

    #[test]
    fn what_twilio_refuses_is_refused_with_its_code() {
        assert_eq!(page(&[("Page", "1")]).unwrap_err().0, 70002);
        assert_eq!(page(&[("PageToken", "PAXE9")]).unwrap_err().0, 21481);
        assert_eq!(page(&[("PageSize", "1001")]).unwrap_err().0, 20001);
    }
}
