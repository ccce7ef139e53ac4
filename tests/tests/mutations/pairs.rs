//! Every mutation in both directions, with the versions on both sides. Versions are made once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;

use codegen::diff::{Promise, Report, Verdict};
use serde_yaml::Value;

use crate::edit::edited;
use crate::table::{self, ENRICHED, Mutation, Start};
use crate::version::Version;

/// A change from one version to another.
#[derive(Clone)]
pub(crate) struct Pair {
    /// The mutation; an arrow back stands before the change that takes it back.
    pub(crate) name: String,
    pub(crate) base: Arc<Version>,
    pub(crate) revision: Arc<Version>,
}

impl Pair {
    /// What the comparison says.
    pub(crate) fn report(&self) -> Report {
        codegen::diff::diff(&self.base.tree, &self.revision.tree)
    }
}

/// A mutation with its two versions.
pub(crate) struct Case {
    pub(crate) mutation: Mutation,
    pub(crate) forth: Pair,
    pub(crate) back: Pair,
}

/// All of them, in the order of the table.
pub(crate) static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let mutations = table::all();
    let document: Value = serde_yaml::from_str(tests::document::TEXT).unwrap();
    let enriched = edited(&document, ENRICHED);
    let same = [
        Arc::new(Version::of(&document)),
        Arc::new(Version::of(&enriched)),
    ];
    let versions = in_parallel(&mutations, |mutation| {
        let (before, version) = match mutation.start {
            Start::Document | Start::Beyond([]) => (document.clone(), Arc::clone(&same[0])),
            Start::Enriched => (enriched.clone(), Arc::clone(&same[1])),
            Start::Beyond(edits) => {
                let before = edited(&document, edits);
                let version = Arc::new(Version::of(&before));
                (before, version)
            }
        };
        (
            version,
            Arc::new(Version::of(&edited(&before, mutation.edits))),
        )
    });
    mutations
        .into_iter()
        .zip(versions)
        .map(|(mutation, (before, after))| {
            let pair = |name: String, base: &Arc<Version>, revision: &Arc<Version>| Pair {
                name,
                base: Arc::clone(base),
                revision: Arc::clone(revision),
            };
            Case {
                forth: pair(mutation.name.to_owned(), &before, &after),
                back: pair(format!("<- {}", mutation.name), &after, &before),
                mutation,
            }
        })
        .collect()
});

/// Every change, there and back.
pub(crate) fn all() -> impl Iterator<Item = &'static Pair> {
    CASES.iter().flat_map(|case| [&case.forth, &case.back])
}

/// Generates every client, as many at a time as there are processors.
pub(crate) fn generate() {
    let mut versions: Vec<&Arc<Version>> = CASES
        .iter()
        .flat_map(|case| [&case.forth.base, &case.forth.revision])
        .collect();
    versions.sort_by_key(|version| Arc::as_ptr(version));
    versions.dedup_by_key(|version| Arc::as_ptr(version));
    in_parallel(&versions, |version| version.client().is_ok());
}

/// Does the same with every item, on all processors, and keeps the order.
pub(crate) fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(2, usize::from);
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        while let Some((at, item)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            done.push((at, work(item)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The heaviest verdict of all changes.
pub(crate) fn verdict(report: &Report, promise: Promise) -> Verdict {
    let verdicts = report
        .changes
        .iter()
        .map(|change| change.verdicts.on(promise));
    verdicts.max().unwrap_or_default()
}

/// The rules of the changes that weigh as much, for a message.
pub(crate) fn rules(report: &Report, promise: Promise) -> String {
    let heaviest = verdict(report, promise);
    let changes = report
        .changes
        .iter()
        .filter(|change| change.verdicts.on(promise) == heaviest);
    let mut ids: Vec<&str> = changes.map(|change| change.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.join(", ")
}
