//! How a caller gives a boolean that a request must have. `update(true)` says nothing at the call, so that such a boolean
//! is never a bare `bool` there: it is a value of a type of its own, `AcceptTermsOfService::Yes`, or the whole call is
//! named by what it does, `enable()` and `disable()`. One rule for every reader of a document: the generator, which
//! writes it, and the differ, which says what becomes of callers.

use crate::names;

/// The words that say that something is so, each with the method that makes it so and the method that undoes it. It is
/// a list because English has no rule for them: `Paused` is undone by `resume`, `Blocked` is no form of `blocke`, and
/// `Speed` is none at all. A word that is missing here gives a type, which reads no worse.
const SWITCHES: [(&str, &str, &str); 29] = [
    ("Activated", "activate", "deactivate"),
    ("Active", "activate", "deactivate"),
    ("Allowed", "allow", "disallow"),
    ("Archived", "archive", "unarchive"),
    ("Blocked", "block", "unblock"),
    ("Closed", "close", "reopen"),
    ("Connected", "connect", "disconnect"),
    ("Deactivated", "deactivate", "activate"),
    ("Disabled", "disable", "enable"),
    ("Enabled", "enable", "disable"),
    ("Encrypted", "encrypt", "decrypt"),
    ("Flagged", "flag", "unflag"),
    ("Followed", "follow", "unfollow"),
    ("Hidden", "hide", "unhide"),
    ("Installed", "install", "uninstall"),
    ("Linked", "link", "unlink"),
    ("Locked", "lock", "unlock"),
    ("Muted", "mute", "unmute"),
    ("Paused", "pause", "resume"),
    ("Pinned", "pin", "unpin"),
    ("Published", "publish", "unpublish"),
    ("Registered", "register", "unregister"),
    ("Selected", "select", "deselect"),
    ("Shared", "share", "unshare"),
    ("Starred", "star", "unstar"),
    ("Started", "start", "stop"),
    ("Stopped", "stop", "start"),
    ("Subscribed", "subscribe", "unsubscribe"),
    ("Suspended", "suspend", "resume"),
];

/// The type of a boolean by its name on the wire: `AcceptTermsOfService`.
pub(crate) fn type_name(wire: &str) -> String {
    names::type_name(wire)
}

/// The two methods that stand for a call whose only argument is the boolean of that name, first the one that sends
/// `true`. Only an update has them: whoever creates something does not merely switch it on.
pub(crate) fn methods(operation_id: &str, wire: &str) -> Option<[&'static str; 2]> {
    let noun = operation_id.strip_prefix("Update")?;
    if noun.starts_with(|c: char| c.is_lowercase()) {
        return None;
    }
    let name = type_name(wire);
    let word = name.strip_prefix("Is").unwrap_or(&name);
    let (_, on, off) = SWITCHES.iter().find(|(known, ..)| *known == word)?;
    Some([on, off])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_that_only_switches_is_named_by_what_it_does() {
        for (id, wire, expected) in [
            ("UpdateThing", "Enabled", Some(["enable", "disable"])),
            ("UpdateThing", "is_enabled", Some(["enable", "disable"])),
            ("UpdateThing", "Muted", Some(["mute", "unmute"])),
            ("UpdateThing", "paused", Some(["pause", "resume"])),
            ("UpdateThing", "AcceptTermsOfService", None),
            ("UpdateThing", "Speed", None),
            ("UpdateThing", "Is", None),
            ("CreateThing", "Enabled", None),
            ("UpdatedThing", "Enabled", None),
        ] {
            assert_eq!(methods(id, wire), expected, "{id} {wire}");
        }
    }

    #[test]
    fn every_word_is_listed_once_in_order_and_can_be_called() {
        assert!(SWITCHES.is_sorted_by(|(one, ..), (next, ..)| one < next));
        for (word, on, off) in SWITCHES {
            assert_ne!(on, off, "{word}");
            assert_eq!(type_name(word), word);
            for method in [on, off] {
                assert_eq!(names::field(method), method);
            }
        }
    }
}
