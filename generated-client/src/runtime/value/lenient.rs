//! The second way of reading a response, for one that the first way refuses: it knows where in the document it is, and
//! passes over what is odd where nothing depends on it. It goes over the text once more and not once for each oddity.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde_core::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, Unexpected};
use serde_json::{Map, Value};

use super::ReadValue;
use super::budget::{Budget, Exceeded, entry_of_map, sentence};
use super::cursor::Cursor;
use super::path::{Path, Step};
use super::skipped::Skipped;
use super::source::{Failed, Items, Need, Pairs, Slot, Source, State, Table, Text};
use super::tree::{Progress, Properties, Tree};
use super::undecodable::{Undecodable, syntax};

/// What may be passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leniency {
    /// Whatever is optional.
    Optional,
    /// Nothing.
    Nothing,
}

/// Reads one JSON document over a blank value, and returns what was passed over.
pub(super) fn read(
    text: &str,
    value: &mut dyn ReadValue,
    leniency: Leniency,
    budget: &Budget,
) -> Result<Vec<Skipped>, Undecodable> {
    // From here on the text is known to be JSON.
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| syntax(text, &error))?;
    let mut reader = Reader {
        text,
        cursor: Cursor::new(text),
        steps: Vec::new(),
        budget,
        leniency,
        items_are_optional: false,
        skipped: Vec::new(),
        fault: None,
    };
    match value.read(&mut reader) {
        Ok(()) => Ok(reader.skipped),
        Err(_) => Err(reader.undecodable()),
    }
}

struct Reader<'t, 'b> {
    text: &'t str,
    cursor: Cursor<'t>,
    /// The way to the value that is being read.
    steps: Vec<Step<'t>>,
    budget: &'b Budget,
    leniency: Leniency,
    /// Whether the next value, if it is an array, may lose items.
    items_are_optional: bool,
    skipped: Vec<Skipped>,
    fault: Option<Fault>,
}

/// Why reading failed.
struct Fault {
    path: String,
    reason: String,
    at: usize,
    /// Whether it costs the response, whatever the value is.
    is_fatal: bool,
}

/// Where a value that may be passed over begins.
struct Start {
    at: usize,
    depth: usize,
    /// The steps to the container that it is in.
    steps: usize,
    /// How much was passed over before it.
    skipped: usize,
}

impl<'t> Reader<'t, '_> {
    fn fail(&mut self, reason: impl Display) -> Failed {
        self.fault = Some(Fault {
            path: Path(&self.steps).to_string(),
            reason: reason.to_string(),
            at: self.cursor.at(),
            is_fatal: false,
        });
        Failed::new()
    }

    /// The same for a value that was gone over already, and began there.
    fn refuse(&mut self, start: usize, reason: impl Display) -> Failed {
        let failed = self.fail(reason);
        if let Some(fault) = &mut self.fault {
            fault.at = start;
        }
        failed
    }

    fn exceeded(&mut self) -> Failed {
        let failed = self.fail(sentence());
        if let Some(fault) = &mut self.fault {
            fault.is_fatal = true;
        }
        failed
    }

    fn undecodable(self) -> Undecodable {
        let fault = self.fault.unwrap_or_else(|| Fault {
            path: String::new(),
            reason: "the value was not read".to_owned(),
            at: 0,
            is_fatal: false,
        });
        Undecodable::new(
            self.text,
            fault.at,
            &fault.path,
            fault.reason,
            self.budget.is_exceeded(),
        )
    }

    /// The error for a value of another kind.
    fn unexpected(&mut self, expected: impl Display) -> Failed {
        let found = match self.cursor.peek() {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        };
        self.fail(format_args!("expected {expected}, found {found}"))
    }

    fn start(&self) -> Start {
        Start {
            at: self.cursor.at(),
            depth: self.cursor.depth(),
            steps: self.steps.len(),
            skipped: self.skipped.len(),
        }
    }

    /// Goes behind a value that could not be read and notes it, if nothing depends on it.
    fn pass_over(&mut self, start: &Start, is_optional: bool) -> Result<(), Failed> {
        if !is_optional || self.leniency == Leniency::Nothing {
            return Err(Failed::new());
        }
        let Some(fault) = self.fault.take_if(|fault| !fault.is_fatal) else {
            return Err(Failed::new());
        };
        if self.cursor.at() == start.at {
            self.cursor.value();
        } else {
            self.cursor.leave(start.depth);
        }
        // What was passed over inside of it is gone with it.
        self.skipped.truncate(start.skipped);
        self.steps.truncate(start.steps + 1);
        let path = Path(&self.steps).to_string();
        let inside = fault.path.strip_prefix(&path).unwrap_or_default();
        let reason = match inside.trim_start_matches('.') {
            "" => fault.reason,
            inside => format!("{inside}: {}", fault.reason),
        };
        self.steps.truncate(start.steps);
        let skipped = Skipped::new(path, reason);
        let (old, new) = (self.skipped.capacity(), self.skipped.len() + 1);
        let size = size_of::<Skipped>();
        let grown = if new > old { 2 * new.max(2) * size } else { 0 };
        let kept = if grown > 0 { old * size } else { 0 };
        if self.budget.replace(kept, grown + skipped.size()).is_err() {
            return Err(self.exceeded());
        }
        self.skipped.push(skipped);
        Ok(())
    }

    fn enter(&mut self, byte: u8, expected: &dyn Display) -> Result<(), Failed> {
        if self.cursor.peek() != Some(byte) {
            return Err(self.unexpected(expected));
        }
        if !self.cursor.enter() {
            return Err(self.fail("too many objects and arrays inside of each other"));
        }
        Ok(())
    }

    /// The text of a string, which may be a key.
    fn unquoted(&mut self, quoted: &'t str) -> Result<Cow<'t, str>, Failed> {
        match quoted.get(1..quoted.len().saturating_sub(1)) {
            Some(text) if !text.contains('\\') => Ok(Cow::Borrowed(text)),
            _ => match serde_json::from_str(quoted) {
                Ok(text) => Ok(Cow::Owned(text)),
                Err(_) => Err(self.fail("expected a string, found one that is not Unicode text")),
            },
        }
    }

    fn quoted(&mut self, expected: &dyn Display) -> Result<Cow<'t, str>, Failed> {
        if self.cursor.peek() != Some(b'"') {
            return Err(self.unexpected(expected));
        }
        let quoted = self.cursor.value();
        self.unquoted(quoted)
    }

    fn whole<T: DeserializeOwned>(&mut self, expected: &str) -> Result<T, Failed> {
        if !matches!(self.cursor.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.unexpected(expected));
        }
        let number = self.cursor.value();
        serde_json::from_str(number).map_err(|_| {
            let found = match number
                .bytes()
                .all(|byte| byte == b'-' || byte.is_ascii_digit())
            {
                true => "a number out of range",
                false => "a fraction",
            };
            self.fail(format_args!("expected {expected}, found {found}"))
        })
    }

    fn any<'d, S: DeserializeSeed<'d>>(
        &mut self,
        json: &'d str,
        seed: S,
    ) -> Result<S::Value, Failed> {
        let outcome = seed.deserialize(&mut serde_json::Deserializer::from_str(json));
        outcome.map_err(|error| match self.budget.is_exceeded() {
            true => self.exceeded(),
            false => {
                // It ends with a place in this value alone.
                let text = error.to_string();
                let reason = text.split(" at line ").next().unwrap_or_default();
                self.fail(format_args!("it cannot be kept: {reason}"))
            }
        })
    }

    fn property(
        &mut self,
        slot: &mut Slot<'_>,
        name: &'static str,
        need: Need,
    ) -> Result<(), Failed> {
        let start = self.start();
        let is_optional = need == Need::Optional;
        self.steps.push(Step::Property(name));
        self.items_are_optional = is_optional;
        let is_first = slot.state == State::Unseen;
        let outcome = match slot.state {
            State::Unseen => slot.value.read(self),
            State::Read => Err(self.fail("expected once, found twice")),
            // It is noted already.
            State::PassedOver => {
                self.cursor.value();
                Ok(())
            }
        };
        match outcome {
            Ok(()) if is_first => slot.state = State::Read,
            Ok(()) => {}
            Err(_) => {
                self.pass_over(&start, is_optional)?;
                slot.value.clear();
                slot.state = State::PassedOver;
            }
        }
        self.steps.truncate(start.steps);
        Ok(())
    }

    /// Keeps a property that the type does not declare.
    fn keep(&mut self, key: &'t str, rest: &mut Map<String, Value>) -> Result<(), Failed> {
        let start = self.start();
        self.steps.push(Step::Key(key));
        let kept = self.unquoted(key).and_then(|name| {
            let value = self.json()?;
            if self
                .budget
                .replace(0, entry_of_map::<String, Value>(rest.len()))
                .is_err()
            {
                return Err(self.exceeded());
            }
            rest.insert(name.into_owned(), value);
            Ok(())
        });
        if kept.is_err() {
            self.pass_over(&start, true)?;
        }
        self.steps.truncate(start.steps);
        Ok(())
    }
}

impl Source for Reader<'_, '_> {
    fn object(
        &mut self,
        table: &'static Table,
        slots: &mut [Slot<'_>],
        mut rest: Option<&mut Map<String, Value>>,
    ) -> Result<(), Failed> {
        self.enter(b'{', &"an object")?;
        let mut next = 0;
        while let Some(key) = self.cursor.next_key() {
            // A key that is no text is that of no declared property.
            let name = self.unquoted(key).ok();
            let found = name.and_then(|name| table.find(&name, next));
            match (found, rest.as_deref_mut()) {
                (Some(index), _) => {
                    next = index + 1;
                    if let (Some(slot), Some(name)) = (slots.get_mut(index), table.names.get(index))
                    {
                        self.property(slot, name, table.need(index))?;
                    }
                }
                (None, Some(rest)) => self.keep(key, rest)?,
                (None, None) => {
                    self.cursor.value();
                }
            }
        }
        match table.missing(slots) {
            Some(name) => {
                self.steps.push(Step::Property(name));
                Err(self.fail("missing"))
            }
            None => Ok(()),
        }
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Failed> {
        let is_optional = std::mem::take(&mut self.items_are_optional);
        self.enter(b'[', &"an array")?;
        let mut index = 0;
        while self.cursor.next_item() {
            let start = self.start();
            self.steps.push(Step::Item(index));
            self.items_are_optional = is_optional;
            if items.push(self).is_err() {
                self.pass_over(&start, is_optional)?;
            }
            self.steps.truncate(start.steps);
            index += 1;
        }
        Ok(())
    }

    fn pairs(&mut self, pairs: &mut dyn Pairs) -> Result<(), Failed> {
        self.enter(b'{', &"an object")?;
        while let Some(key) = self.cursor.next_key() {
            let start = self.start();
            self.steps.push(Step::Key(key));
            self.items_are_optional = true;
            let name = self.unquoted(key);
            if name
                .and_then(|name| pairs.insert(name.into_owned(), self))
                .is_err()
            {
                self.pass_over(&start, true)?;
            }
            self.steps.truncate(start.steps);
        }
        Ok(())
    }

    fn optional(&mut self, value: &mut dyn ReadValue) -> Result<bool, Failed> {
        if self.cursor.peek() == Some(b'n') {
            self.cursor.value();
            return Ok(false);
        }
        value.read(self).map(|()| true)
    }

    fn text(&mut self, text: &mut dyn Text) -> Result<(), Failed> {
        let start = self.cursor.at();
        let found = self.quoted(&Expecting(text))?;
        text.take(&found).map_err(|why| self.refuse(start, why))
    }

    fn digits(&mut self, digits: &mut dyn Text) -> Result<(), Failed> {
        let start = self.cursor.at();
        let found = match self.cursor.peek() {
            Some(b'"') => self.quoted(&"")?,
            Some(b'-' | b'0'..=b'9') => Cow::Borrowed(self.cursor.value()),
            _ => return Err(self.unexpected(Expecting(digits))),
        };
        digits
            .take(found.trim())
            .map_err(|why| self.refuse(start, why))
    }

    fn string(&mut self) -> Result<String, Failed> {
        self.quoted(&"a string").map(Cow::into_owned)
    }

    fn boolean(&mut self) -> Result<bool, Failed> {
        match self.cursor.peek() {
            Some(byte @ (b't' | b'f')) => {
                self.cursor.value();
                Ok(byte == b't')
            }
            _ => Err(self.unexpected("a boolean")),
        }
    }

    fn integer(&mut self) -> Result<i64, Failed> {
        self.whole("an integer")
    }

    fn unsigned(&mut self) -> Result<u64, Failed> {
        self.whole("an integer that is not negative")
    }

    fn json(&mut self) -> Result<Value, Failed> {
        let depth = self.cursor.depth();
        let json = self.cursor.value();
        self.any(json, Tree(&Progress::new(self.budget, depth)))
    }

    fn map(&mut self) -> Result<Map<String, Value>, Failed> {
        if self.cursor.peek() != Some(b'{') {
            return Err(self.unexpected("an object"));
        }
        let depth = self.cursor.depth();
        let json = self.cursor.value();
        self.any(json, Properties(&Progress::new(self.budget, depth)))
    }

    fn room(&mut self, old: usize, new: usize) -> Result<(), Failed> {
        let outcome = self.budget.replace(old, new);
        outcome.map_err(|Exceeded| self.exceeded())
    }

    fn out_of_range(&mut self, _: Unexpected<'_>, expected: &str) -> Failed {
        self.fail(format_args!(
            "expected {expected}, found a number out of range"
        ))
    }
}

/// What a text should have been.
struct Expecting<'a>(&'a dyn Text);

impl Display for Expecting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}
