//! A page of a list that the document does not have: its items are under a name that the caller gives, and its links are
//! in either of Twilio's two styles, `meta` or flat.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{
    DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde_core::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{Page, PageLinks};
use crate::Error;
use crate::runtime::value::{Budget, Within};
use crate::runtime::{ReadValue, Reply, Undecodable};

/// One page of a list whose operation names the property of its items.
pub(crate) fn raw_page<T: DeserializeOwned + 'static>(reply: &Reply) -> Result<Page<T>, Error> {
    let budget = Budget::of(reply.body.len());
    let items = Document::<T> {
        items: reply.operation.items(),
        budget: &budget,
        of: PhantomData,
    };
    let mut reader = serde_json::Deserializer::from_slice(&reply.body);
    let read = items
        .deserialize(&mut reader)
        .and_then(|page| reader.end().map(|()| page));
    match read {
        Ok((items, links)) => Ok(Page::new(items, links.page, reply, raw_page::<T>)),
        Err(error) => {
            let mut why = Undecodable::foreign(&reply.body, &error);
            why.is_too_large = budget.is_exceeded();
            Err(reply.undecodable(&why))
        }
    }
}

/// A list of untyped JSON, which is read within the same bound on memory as every response.
fn untyped(items: &mut dyn Any) -> Option<&mut dyn ReadValue> {
    if items.is::<Vec<Value>>() {
        let items = items.downcast_mut::<Vec<Value>>()?;
        return Some(items);
    }
    let items = items.downcast_mut::<Vec<Map<String, Value>>>()?;
    Some(items)
}

/// Reads a page with this property of items.
struct Document<'a, T> {
    items: &'a str,
    budget: &'a Budget,
    of: PhantomData<T>,
}

impl<'de, T: DeserializeOwned + 'static> DeserializeSeed<'de> for Document<'_, T> {
    type Value = (Vec<T>, Links);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned + 'static> Visitor<'de> for Document<'_, T> {
    type Value = (Vec<T>, Links);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut items, mut links) = (None, Links::default());
        let mut has_meta = false;
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                // Of two lists, or two places of the next page, one would be lost.
                name if name == self.items && items.is_some() => return Err(twice(name)),
                "meta" if has_meta => return Err(twice("meta")),
                name if name == self.items => {
                    let mut list: Vec<T> = Vec::new();
                    match untyped(&mut list) {
                        Some(list) => map.next_value_seed(Within(list, self.budget))?,
                        None => list = map.next_value()?,
                    }
                    items = Some(list);
                }
                "meta" => {
                    has_meta = true;
                    if let Some(meta) = map.next_value::<Option<Links>>()? {
                        links.take(meta.page);
                    }
                }
                name => links.read(name, &mut map)?,
            }
        }
        match items {
            Some(items) => Ok((items, links)),
            None => Err(A::Error::custom(format_args!(
                "missing field `{}`",
                self.items
            ))),
        }
    }
}

/// What a page says about its neighbours and itself.
#[derive(Default)]
struct Links {
    page: PageLinks,
    /// Which of the [`LINKS`] were there.
    found: [bool; 4],
}

/// The names of links to other pages.
const LINKS: [&str; 4] = [
    "next_page_url",
    "next_page_uri",
    "previous_page_url",
    "previous_page_uri",
];

fn twice<E: serde_core::de::Error>(name: &str) -> E {
    E::custom(format_args!("`{name}` is expected once, found twice"))
}

impl Links {
    /// Reads the value of one property. A link that is no text is an error: without it the list would seem to end.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        for (link, found) in LINKS.iter().zip(&mut self.found) {
            if *link == name && std::mem::replace(found, true) {
                return Err(twice(name));
            }
        }
        let links = &mut self.page;
        match name {
            "next_page_url" | "next_page_uri" => set(&mut links.next, map.next_value()?),
            "previous_page_url" | "previous_page_uri" => {
                set(&mut links.previous, map.next_value()?)
            }
            "page" => links.page = whole(map.next_value()?),
            "page_size" => links.page_size = whole(map.next_value()?),
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn take(&mut self, meta: PageLinks) {
        set(&mut self.page.next, meta.next);
        set(&mut self.page.previous, meta.previous);
        self.page.page = meta.page.or(self.page.page);
        self.page.page_size = meta.page_size.or(self.page.page_size);
    }
}

/// The whole number that a value is, if it is one. Any other value takes no memory.
fn whole(json: &RawValue) -> Option<i64> {
    json.get().parse().ok()
}

/// Keeps a link that leads somewhere.
fn set(kept: &mut Option<String>, link: Option<String>) {
    if let Some(link) = link.filter(|link| !link.is_empty()) {
        *kept = Some(link);
    }
}

impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Meta;

        impl<'de> Visitor<'de> for Meta {
            type Value = Links;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("what a page says about itself")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Links, A::Error> {
                let mut links = Links::default();
                while let Some(name) = map.next_key::<String>()? {
                    links.read(&name, &mut map)?;
                }
                Ok(links)
            }
        }

        deserializer.deserialize_map(Meta)
    }
}
