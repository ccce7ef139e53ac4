//! A pattern that a new member in the document would break.

use generated_client::types::PageMeta;

pub fn key(meta: PageMeta) -> Option<String> {
    let PageMeta { key, first_page_url: _, next_page_url: _, previous_page_url: _, page: _, page_size: _, url: _ } = meta; //~ E0638
    let PageMeta { key, .. } = meta; //~ right
    key
}
