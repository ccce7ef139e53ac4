//! A page of a list that the document does not have: its items are under a name that the caller gives, and its links are
//! in either of Twilio's two styles, `meta` or flat.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{
    DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde_core::{Deserialize, Deserializer};

use super::{Page, PageLinks};
use crate::Error;
use crate::runtime::{Reply, Undecodable};

/// One page of a list whose operation names the property of its items.
pub(crate) fn raw_page<T: DeserializeOwned>(reply: &Reply) -> Result<Page<T>, Error> {
    let items = Document::<T> {
        items: reply.operation.items(),
        of: PhantomData,
    };
    let mut reader = serde_json::Deserializer::from_slice(&reply.body);
    let read = items
        .deserialize(&mut reader)
        .and_then(|page| reader.end().map(|()| page));
    match read {
        Ok((items, links)) => Ok(Page::new(items, links.0, reply, raw_page::<T>)),
        Err(error) => Err(reply.undecodable(&Undecodable::foreign(&reply.body, &error))),
    }
}

/// Reads a page with this property of items.
struct Document<'a, T> {
    items: &'a str,
    of: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Document<'_, T> {
    type Value = (Vec<T>, Links);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Document<'_, T> {
    type Value = (Vec<T>, Links);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut items, mut links) = (None, Links::default());
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                name if name == self.items => items = Some(map.next_value()?),
                "meta" => {
                    if let Some(meta) = map.next_value::<Option<Links>>()? {
                        links.take(meta);
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
struct Links(PageLinks);

impl Links {
    /// Reads the value of one property. A link that is no text is an error: without it the list would seem to end.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let links = &mut self.0;
        match name {
            "next_page_url" | "next_page_uri" => set(&mut links.next, map.next_value()?),
            "previous_page_url" | "previous_page_uri" => {
                set(&mut links.previous, map.next_value()?)
            }
            "page" => links.page = map.next_value::<serde_json::Value>()?.as_i64(),
            "page_size" => links.page_size = map.next_value::<serde_json::Value>()?.as_i64(),
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn take(&mut self, meta: Self) {
        set(&mut self.0.next, meta.0.next);
        set(&mut self.0.previous, meta.0.previous);
        self.0.page = meta.0.page.or(self.0.page);
        self.0.page_size = meta.0.page_size.or(self.0.page_size);
    }
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
