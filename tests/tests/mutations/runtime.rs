//! What callers that compile get: one program, built with the client of either side, makes the same calls, and the same
//! replies are given to it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::driver::program;
use crate::model::{Api, Operation};
use crate::outcome::Outcome;
use crate::pairs::{CASES, Pair, all, in_parallel};
use crate::reply::{Given, read, replies};
use crate::request::{Meaning, judge};
use crate::running::{Done, Step, arrived, run};
use crate::schema::{Reading, texts_of};
use crate::source::{SOURCE, package};
use crate::version::{Client, Version};
use crate::wire::touched;

/// What running showed, once for all tests.
pub(crate) static RUNTIME: LazyLock<Runtime> = LazyLock::new(Runtime::new);

/// What running showed.
pub(crate) struct Runtime {
    outcomes: BTreeMap<String, Outcome>,
    own: BTreeMap<String, Outcome>,
}

/// Programs by the name of their package.
type Programs = BTreeMap<String, Option<PathBuf>>;

impl Runtime {
    fn new() -> Self {
        let pairs: Vec<&Pair> = all().filter(|pair| compiles(pair)).collect();
        let mut shop = SOURCE.shop.lock().unwrap();
        let mut texts: HashMap<String, usize> = HashMap::new();
        let mut asked = BTreeSet::new();
        let mut names = Vec::new();
        for pair in &pairs {
            let (base, revision) = (pair.base.client().unwrap(), pair.revision.client().unwrap());
            let text = program(&base.surface);
            let count = texts.len();
            let number = *texts.entry(text.clone()).or_insert(count);
            let both = [base, revision].map(|client| {
                let client = &SOURCE.clients[&client.code()];
                let name = package(
                    &format!("run-{number}"),
                    client.trim_start_matches("client-"),
                );
                if asked.insert(name.clone()) {
                    shop.caller(&name, client, "main.rs", &text);
                }
                name
            });
            names.push(both);
        }
        let made = shop.make("build", &asked);
        assert!(
            made.failed.is_empty(),
            "a caller that compiles as a library is no program: {:#?}",
            made.failed
        );
        let work: Vec<(&Pair, [String; 2])> = pairs.into_iter().zip(names).collect();
        let outcomes = in_parallel(&work, |(pair, names)| {
            (pair.name.clone(), observe(pair, names, &made.done))
        });
        let document = CASES[0].forth.base.client().unwrap();
        let (_, first) = work
            .iter()
            .find(|(pair, _)| pair.name == CASES[0].forth.name || is_document(pair, document))
            .unwrap();
        let program = made.done[&first[0]].clone().unwrap();
        let cases: Vec<&Pair> = CASES
            .iter()
            .map(|case| &case.forth)
            .filter(|pair| is_document(pair, document))
            .collect();
        let own = in_parallel(&cases, |pair| {
            (pair.name.clone(), exchange(pair, document, &program))
        });
        Self {
            outcomes: outcomes.into_iter().collect(),
            own: own.into_iter().collect(),
        }
    }

    /// What came of a change for callers that compile; nothing where there are none.
    pub(crate) fn outcome(&self, pair: &Pair) -> Option<&Outcome> {
        self.outcomes.get(&pair.name)
    }

    /// What came of letting the client of the document talk to a server that keeps to the revision.
    pub(crate) fn own(&self, pair: &Pair) -> Option<&Outcome> {
        self.own.get(&pair.name)
    }
}

fn is_document(pair: &Pair, document: &Client) -> bool {
    pair.base
        .client()
        .is_ok_and(|client| std::ptr::eq(client, document))
}

fn compiles(pair: &Pair) -> bool {
    matches!(
        SOURCE.outcome(pair),
        Some(Outcome::Works | Outcome::Depends(_))
    )
}

/// Texts and numbers for the arguments of calls: what the document of the caller allows.
fn values(client: &Client) -> Vec<(String, String)> {
    let sids = client
        .surface
        .sids
        .values()
        .map(|sid| (sid.name.clone(), texts_of(&sid.pattern)[0].clone()));
    let numbers = client
        .surface
        .bounded
        .values()
        .map(|bounded| (bounded.name.clone(), bounded.maximum.to_string()));
    sids.chain(numbers).collect()
}

fn call(operation: Operation<'_>, how: &str, reply: &Given) -> Step {
    Step {
        line: format!("call {} {how}", operation.id()),
        reply: Some(reply.clone()),
    }
}

/// A reply as everybody expects it.
fn usual(api: &Api, operation: Operation<'_>) -> Given {
    let all = replies(api, operation, api, operation);
    all.into_iter().find(|given| given.status < 400).unwrap()
}

fn steps(pair: &Pair) -> Vec<Step> {
    let (base, revision) = (&pair.base.api, &pair.revision.api);
    let mut steps = Vec::new();
    for operation in base.operations() {
        let reply = usual(base, operation);
        steps.extend(["least", "full"].map(|how| call(operation, how, &reply)));
    }
    for (operation, counterpart) in touched(base, revision) {
        let Some(counterpart) = counterpart else {
            continue;
        };
        let (old, new) = (
            replies(base, operation, revision, counterpart),
            replies(revision, counterpart, base, operation),
        );
        steps.extend(
            old.iter()
                .chain(&new)
                .map(|reply| call(operation, "least", reply)),
        );
    }
    let clients = [&pair.base, &pair.revision].map(|version| version.client().unwrap());
    for sid in clients
        .iter()
        .flat_map(|client| client.surface.sids.values())
    {
        for text in texts_of(&sid.pattern) {
            steps.push(Step {
                line: format!("check {} {text}", sid.name),
                reply: None,
            });
        }
    }
    for bounded in clients
        .iter()
        .flat_map(|client| client.surface.bounded.values())
    {
        for bound in [bounded.minimum, bounded.maximum] {
            let around = [bound - 1, bound, bound + 1].into_iter();
            steps.extend(around.map(|number| Step {
                line: format!("check {} {number}", bounded.name),
                reply: None,
            }));
        }
    }
    steps
}

fn observe(pair: &Pair, names: &[String; 2], programs: &Programs) -> Outcome {
    let steps = steps(pair);
    let values = values(pair.base.client().unwrap());
    let transcript =
        |name: &String| run(programs[name].as_ref().unwrap(), &values, &steps, |_| None);
    let before = transcript(&names[0]);
    let after = if names[0] == names[1] {
        Vec::new()
    } else {
        transcript(&names[1])
    };
    let mut worst = Outcome::Works;
    let allows = allowance(&pair.base.api, &pair.revision.api);
    for (at, (step, old)) in steps.iter().zip(&before).enumerate() {
        worst = worst.and(|| defaults(&pair.base, &pair.revision, old));
        if let Some(new) = after.get(at) {
            worst = worst.and(|| compared(step, old, new, &allows));
        }
    }
    worst
}

/// Whether a server that keeps to the revision may give the reply of a step.
fn allowance<'a>(base: &'a Api, revision: &'a Api) -> impl Fn(&Step) -> bool + use<'a> {
    let touched: BTreeMap<&str, Option<Operation<'_>>> = touched(base, revision)
        .into_iter()
        .map(|(operation, counterpart)| (operation.id(), counterpart))
        .collect();
    move |step| {
        let Some(reply) = &step.reply else {
            return true;
        };
        let id = step.line.split(' ').nth(1).unwrap();
        match touched.get(id) {
            None => true,
            Some(counterpart) => counterpart.is_some_and(|operation| {
                read(revision, operation, reply, Reading::Lenient).is_ok()
            }),
        }
    }
}

/// The same call with the same reply: what was said may not change, and what was an answer may not become an error. A
/// reply that the revision rules out comes only from a server that still keeps to the base, which no document tells.
fn compared(step: &Step, old: &Done, new: &Done, allows: impl Fn(&Step) -> bool) -> Outcome {
    let line = &step.line;
    if old.sent != new.sent {
        return Outcome::Fails(format!(
            "{line} sends {:?} instead of {:?}",
            new.sent, old.sent
        ));
    }
    if old.answer == new.answer {
        return Outcome::Works;
    }
    let reply = step.reply.as_ref().map(|given| (given.status, &given.body));
    let told = format!(
        "{line} gives `{}` instead of `{}` for {reply:?}",
        new.answer, old.answer
    );
    if old.is_ok() && !new.is_ok() && allows(step) {
        Outcome::Fails(told)
    } else {
        Outcome::Depends(told)
    }
}

/// What servers take for what a request leaves out.
fn defaults(base: &Version, revision: &Version, done: &Done) -> Outcome {
    for request in &done.sent {
        let sent = arrived(request);
        let (Ok(before), Ok(after)) = (
            judge(&base.api, &sent, Reading::Lenient),
            judge(&revision.api, &sent, Reading::Lenient),
        ) else {
            continue;
        };
        for (place, old) in &before {
            if matches!(old, Meaning::Default(_)) && after.get(place) != Some(old) {
                return Outcome::Depends(format!(
                    "{place} was {old:?} and is {:?}",
                    after.get(place)
                ));
            }
        }
    }
    Outcome::Works
}

/// The client of the document and a server of the revision.
fn exchange(pair: &Pair, client: &Client, program: &std::path::Path) -> Outcome {
    let (base, revision) = (&pair.base.api, &pair.revision.api);
    let mut steps = Vec::new();
    for (operation, counterpart) in touched(base, revision) {
        let Some(counterpart) = counterpart else {
            let reply = usual(base, operation);
            steps.push(call(operation, "full", &reply));
            continue;
        };
        for reply in replies(revision, counterpart, base, operation) {
            if reply.reading == Reading::Lenient {
                steps.extend(["least", "full"].map(|how| call(operation, how, &reply)));
            }
        }
    }
    let kept = std::sync::Arc::clone(&pair.revision);
    let refuse = move |sent: &crate::request::Sent| judge(&kept.api, sent, Reading::Lenient).err();
    let done = run(program, &values(client), &steps, refuse);
    steps
        .iter()
        .zip(done)
        .fold(Outcome::Works, |worst, (step, done)| {
            worst.and(|| {
                for request in &done.sent {
                    if let Err(why) = judge(revision, &arrived(request), Reading::Lenient) {
                        return Outcome::Fails(format!("{} is refused: {why}", step.line));
                    }
                }
                let is_success = step.reply.as_ref().is_some_and(|given| given.status < 400);
                match is_success && !done.is_ok() {
                    true => Outcome::Fails(format!(
                        "{} gives {} for {:?}",
                        step.line, done.answer, step.reply
                    )),
                    false => Outcome::Works,
                }
            })
        })
}
