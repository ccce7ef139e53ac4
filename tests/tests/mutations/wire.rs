//! What the wire shows: a client that keeps to one document talks to a server that keeps to another. Both are made of
//! nothing but their document.

use crate::model::{Api, Operation};
use crate::outcome::Outcome;
use crate::reply::{self, Seen};
use crate::request::{self, Meaning, Understood};
use crate::schema::Reading;

/// Lets a client of `base` talk to a server of `revision`.
pub(crate) fn observe(base: &Api, revision: &Api) -> Outcome {
    let theirs = revision.operations();
    touched(base, revision)
        .into_iter()
        .fold(Outcome::Works, |worst, (operation, counterpart)| {
            worst
                .and(|| requests(base, operation, revision, counterpart))
                .and(|| {
                    match counterpart
                        .filter(|one| theirs.iter().any(|other| other.name() == one.name()))
                    {
                        Some(counterpart) => replies(base, operation, revision, counterpart),
                        None => Outcome::Works,
                    }
                })
        })
}

/// The operations of `base` of which `revision` says something else, with what it has at the same place.
pub(crate) fn touched<'a>(
    base: &'a Api,
    revision: &'a Api,
) -> Vec<(Operation<'a>, Option<Operation<'a>>)> {
    let theirs = revision.operations();
    base.operations()
        .into_iter()
        .filter_map(|operation| {
            let place = blank(operation.path);
            let same = theirs
                .iter()
                .find(|one| one.method == operation.method && blank(one.path) == place)
                .copied();
            let is_same = same.is_some_and(|one| revision.whole(one) == base.whole(operation));
            (!is_same).then_some((operation, same))
        })
        .collect()
}

/// A path template without the names of its parameters.
fn blank(path: &str) -> String {
    let segments = path
        .split('/')
        .map(|segment| match segment.split_once('}') {
            Some((_, suffix)) => format!("{{}}{suffix}"),
            None => segment.to_owned(),
        });
    segments.collect::<Vec<_>>().join("/")
}

fn requests(
    base: &Api,
    operation: Operation<'_>,
    revision: &Api,
    counterpart: Option<Operation<'_>>,
) -> Outcome {
    let mut worst = Outcome::Works;
    for sent in request::requests(base, operation, revision, counterpart) {
        // Each request keeps to the base, or the server of the base would be no witness.
        let own = match sent.reading {
            Reading::Lenient => Reading::Strict,
            Reading::Strict => Reading::Lenient,
        };
        let before = request::judge(base, &sent, own).unwrap_or_else(|why| {
            panic!(
                "{} refuses its own request: {why}\n{sent:?}",
                operation.name()
            )
        });
        let told = |why: String| format!("{}: {why}", operation.name());
        let after = |reading| {
            request::judge(revision, &sent, reading)
                .and_then(|after| retained(&before, &after, reading))
        };
        worst = worst.and(|| match (after(Reading::Lenient), sent.reading) {
            (Err(why), Reading::Lenient) => Outcome::Fails(told(why)),
            (Err(why), Reading::Strict) => Outcome::Depends(told(why)),
            // What the server of the base would have refused too says nothing about the change.
            (Ok(()), Reading::Strict) => Outcome::Works,
            (Ok(()), Reading::Lenient) => after(Reading::Strict)
                .map_or_else(|why| Outcome::Depends(told(why)), |()| Outcome::Works),
        });
    }
    worst
}

/// Whether a request means the same to both servers.
fn retained(before: &Understood, after: &Understood, reading: Reading) -> Result<(), String> {
    for (place, old) in before {
        let why = |new: &str| Err(format!("{place} was {old:?} and is {new}"));
        match (old, after.get(place)) {
            (Meaning::Unsaid, None | Some(Meaning::Unsaid)) => {}
            (old, Some(new)) if old == new => {}
            // Writing a default down need not change what is taken, and a server can pass over what it does not know.
            (Meaning::Unsaid, Some(Meaning::Default(_))) if reading == Reading::Lenient => {}
            (_, None) if reading == Reading::Lenient => {}
            (_, None) => return why("passed over"),
            (_, Some(new)) => return why(&format!("{new:?}")),
        }
    }
    Ok(())
}

fn replies(
    base: &Api,
    operation: Operation<'_>,
    revision: &Api,
    counterpart: Operation<'_>,
) -> Outcome {
    let told = |why: String| format!("{}: {why}", operation.name());
    let offered = reply::media_types(revision, counterpart);
    for wanted in reply::media_types(base, operation) {
        if !offered.is_empty() && !offered.contains(&wanted) {
            return Outcome::Fails(told(format!("no reply comes as {wanted}")));
        }
    }
    let wanted = reply::media_types(base, operation);
    let mut seen = Seen::new();
    let mut worst = Outcome::Works;
    for given in reply::replies(revision, counterpart, base, operation) {
        // A client gets what it asked for.
        if given
            .body
            .as_ref()
            .is_some_and(|(name, _)| !wanted.is_empty() && !wanted.contains(name))
        {
            continue;
        }
        worst = worst.and(|| {
            let lenient = reply::read(base, operation, &given, Reading::Lenient);
            let strict = reply::read(base, operation, &given, Reading::Strict);
            match (lenient, strict) {
                (Err(why), _) if given.reading == Reading::Lenient => Outcome::Fails(told(why)),
                (Err(why), _) | (_, Err(why)) => Outcome::Depends(told(why)),
                (Ok(found), _) => {
                    seen.extend(found);
                    Outcome::Works
                }
            }
        });
    }
    worst.and(|| {
        let own = reply::replies(base, operation, revision, counterpart);
        let own = own.iter().flat_map(|given| {
            reply::read(base, operation, given, Reading::Lenient).unwrap_or_else(|why| {
                panic!(
                    "{} cannot read its own reply: {why}\n{given:?}",
                    operation.name()
                )
            })
        });
        match own.collect::<Seen>().difference(&seen).next() {
            Some(gone) => Outcome::Depends(told(format!("{gone} never comes any more"))),
            None => Outcome::Works,
        }
    })
}
