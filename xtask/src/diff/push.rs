//! The push that a workflow runs for. GitHub writes the event to a file and says in the environment where it is.

use std::env;
use std::fs;

use serde_json::Value;

use crate::git::{Missing, Repository, short};

const NAME: &str = "GITHUB_EVENT_NAME";
const FILE: &str = "GITHUB_EVENT_PATH";

/// What was there before a push.
pub enum Before {
    /// The full name of the commit that the branch was at.
    Commit(String),
    /// No commit that can be compared with, for this reason.
    Unknown(String),
}

/// What was there before the push that this runs for; `None` where it does not run for one.
pub fn before(repository: &Repository) -> Result<Option<Before>, Missing> {
    if env::var_os(NAME).is_none_or(|name| name != "push") {
        return Ok(None);
    }
    let file = env::var_os(FILE)
        .ok_or_else(|| format!("{NAME} is `push`, and {FILE} does not say where the event is"))?;
    let unreadable = |reason: String| format!("the event of the push ({FILE}) {reason}");
    let text = fs::read(&file).map_err(|error| unreadable(format!("cannot be read: {error}")))?;
    let event: Value = serde_json::from_slice(&text)
        .map_err(|error| unreadable(format!("is no JSON: {error}")))?;
    let before = event.get("before").and_then(Value::as_str);
    let before = before.ok_or_else(|| unreadable("names no commit as `before`".to_owned()))?;
    let is_name = before.len() >= 40 && before.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_name {
        return Err(unreadable(
            "has a `before` that is no name of a commit".to_owned(),
        ));
    }
    Ok(Some(if before.bytes().all(|byte| byte == b'0') {
        Before::Unknown("the branch is new with this push".to_owned())
    } else {
        repository.commit(before).map_or_else(
            |_| {
                Before::Unknown(format!(
                    "{}, the commit before this push, is not here, as after a force push",
                    short(before)
                ))
            },
            Before::Commit,
        )
    }))
}
