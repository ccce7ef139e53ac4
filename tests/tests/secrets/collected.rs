//! Keeps every log line and every span of the process, from whichever crate.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, OnceLock};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// One span with the fields that it has by now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorded {
    pub(crate) name: String,
    pub(crate) fields: BTreeMap<String, String>,
}

/// What was kept.
#[derive(Default)]
pub(crate) struct Collected {
    lines: Mutex<String>,
    spans: Mutex<Vec<Recorded>>,
}

static COLLECTED: OnceLock<Collected> = OnceLock::new();

/// Begins to keep everything.
pub(crate) fn install() -> &'static Collected {
    let collected = COLLECTED.get_or_init(Collected::default);
    log::set_logger(collected).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(collected).unwrap();
    collected
}

impl Collected {
    pub(crate) fn spans(&self) -> Vec<Recorded> {
        self.spans.lock().unwrap().clone()
    }

    /// All of it as one text.
    pub(crate) fn everything(&self) -> String {
        format!("{}\n{:?}", self.lines.lock().unwrap(), self.spans())
    }

    fn line(&self, line: &str) {
        self.lines.lock().unwrap().push_str(line);
    }
}

impl log::Log for Collected {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.line(&format!("{} {}\n", record.target(), record.args()));
    }

    fn flush(&self) {}
}

impl Subscriber for &'static Collected {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut span = Recorded {
            name: attributes.metadata().name().to_owned(),
            ..Recorded::default()
        };
        attributes.record(&mut span);
        let mut spans = self.spans.lock().unwrap();
        spans.push(span);
        Id::from_u64(u64::try_from(spans.len()).unwrap())
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        values.record(&mut self.spans.lock().unwrap()[index]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Recorded::default();
        event.record(&mut fields);
        self.line(&format!(
            "{} {:?}\n",
            event.metadata().target(),
            fields.fields
        ));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Visit for Recorded {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.fields
            .insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields
            .insert(field.name().to_owned(), value.to_owned());
    }
}
