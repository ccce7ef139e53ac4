//! What the compiler says: callers that use everything which one client offers are compiled against another.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{LazyLock, Mutex};

use crate::caller::{Pieces, library, literals, pieces};
use crate::outcome::Outcome;
use crate::pairs::{Pair, all, generate};
use crate::version::Client;
use crate::workshop::{Made, Workshop};

/// The packages of all clients and callers, and which belong to what.
pub(crate) struct Source {
    /// The package of a client, by its code.
    pub(crate) clients: HashMap<String, String>,
    pub(crate) shop: Mutex<Workshop>,
    outcomes: BTreeMap<String, Outcome>,
}

/// What the compiler said, once for all tests.
pub(crate) static SOURCE: LazyLock<Source> = LazyLock::new(Source::new);

/// The packages that call for one change.
#[derive(Default)]
struct Callers {
    /// Must compile, or nothing is breaking.
    whole: Option<String>,
    /// Writes values into the program.
    literal: Option<String>,
}

impl Source {
    fn new() -> Self {
        let mut shop = Workshop::new();
        let mut clients = HashMap::new();
        let mut asked = BTreeSet::new();
        let mut callers: Vec<(String, Callers)> = Vec::new();
        let mut surfaces: HashMap<String, Pieces> = HashMap::new();
        generate();
        for pair in all() {
            let (Ok(base), Ok(revision)) = (pair.base.client(), pair.revision.client()) else {
                continue;
            };
            for (kind, client) in [("client-before", base), ("client", revision)] {
                enroll(&mut shop, &mut clients, client, &package(kind, &pair.name));
                surfaces
                    .entry(client.code())
                    .or_insert_with(|| pieces(&client.surface));
            }
            if base.code() == revision.code() {
                callers.push((pair.name.clone(), Callers::default()));
                continue;
            }
            callers.push((
                pair.name.clone(),
                furnish(
                    &mut shop, &clients, &surfaces, pair, base, revision, &mut asked,
                ),
            ));
        }
        let made = shop.make("build", &asked);
        let broken: Vec<_> = made
            .failed
            .iter()
            .filter(|(name, _)| name.starts_with("client") || name.starts_with("own"))
            .collect();
        assert!(
            broken.is_empty(),
            "what is generated has to compile: {broken:#?}"
        );
        let outcomes = callers
            .into_iter()
            .map(|(name, callers)| (name, outcome(&made, &callers)))
            .collect();
        Self {
            clients,
            shop: Mutex::new(shop),
            outcomes,
        }
    }

    /// What came of a change; nothing where one side has no client.
    pub(crate) fn outcome(&self, pair: &Pair) -> Option<&Outcome> {
        self.outcomes.get(&pair.name)
    }
}

/// A name that cargo takes for a package.
pub(crate) fn package(kind: &str, name: &str) -> String {
    format!("{kind}-{}", name.replace("<- ", "back-").replace('_', "-"))
}

fn enroll(shop: &mut Workshop, clients: &mut HashMap<String, String>, client: &Client, name: &str) {
    let count = clients.len();
    clients.entry(client.code()).or_insert_with(|| {
        let name = if count == 0 { "client-document" } else { name };
        shop.client(name, &client.files);
        name.to_owned()
    });
}

fn furnish(
    shop: &mut Workshop,
    clients: &HashMap<String, String>,
    surfaces: &HashMap<String, Pieces>,
    pair: &Pair,
    base: &Client,
    revision: &Client,
    asked: &mut BTreeSet<String>,
) -> Callers {
    let (old, new) = (base.code(), revision.code());
    let mut add = |kind: &str, client: &str, text: &str| {
        let name = package(kind, &pair.name);
        shop.caller(&name, client, "lib.rs", text);
        asked.insert(name.clone());
        name
    };
    // Going forth, the caller is the whole one. Going back, what both sides offer has been compiled going forth.
    let (known, wanted) = (&surfaces[&new], &surfaces[&old]);
    let is_back = pair.name.starts_with("<- ");
    let used: Pieces = wanted
        .iter()
        .filter(|(name, code)| !is_back || known.get(*name) != Some(*code))
        .map(|(name, code)| (name.clone(), code.clone()))
        .collect();
    let mut callers = Callers::default();
    if !used.is_empty() {
        let text = library(&used);
        callers.whole = Some(add("caller", &clients[&new], &text));
        if is_back {
            // It is the change that it does not survive, and not the caller that is wrong.
            add("own", &clients[&old], &text);
        }
    }
    let checked = ["sids.rs", "bounded.rs"]
        .iter()
        .any(|file| base.files[*file] != revision.files[*file]);
    if checked {
        callers.literal = Some(add("literal", &clients[&new], &literals(&base.surface)));
        add("own-literal", &clients[&old], &literals(&base.surface));
    }
    callers
}

fn outcome(made: &Made, callers: &Callers) -> Outcome {
    let said = |name: &String| -> Outcome {
        if let Some(error) = made.failed.get(name) {
            return Outcome::Fails(error.lines().next().unwrap_or_default().to_owned());
        }
        assert!(
            made.done.contains_key(name),
            "{name} was not compiled: {}",
            made.log
        );
        match made.warned.contains(name) {
            true => Outcome::Depends("the compiler warns: it is deprecated".to_owned()),
            false => Outcome::Works,
        }
    };
    let whole = callers.whole.as_ref().map_or(Outcome::Works, said);
    whole.and(|| match callers.literal.as_ref().map(said) {
        Some(Outcome::Fails(why)) => Outcome::Depends(format!("a literal: {why}")),
        Some(other) => other,
        None => Outcome::Works,
    })
}
