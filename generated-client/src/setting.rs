//! What every setting is checked for when a client is built: that it can mean something. A setting that cannot would make
//! every call fail later, for a reason that nobody could see from there. No message shows the value, which may be a secret,
//! or a secret that was put in the wrong place.

use std::time::Duration;

use crate::Error;
use crate::one_line::is_clean;

/// No setting is as long, but a whole file may be taken for one.
const LONGEST: usize = 2048;

/// The shortest time that is measured.
const SHORTEST: Duration = Duration::from_millis(1);

/// Checks a text that is a setting, or the value of an environment variable. `what` begins the message.
pub(crate) fn check_text(what: &str, text: &str) -> Result<(), Error> {
    match text_fault(text) {
        Some(fault) => Err(Error::configuration(format!("{what} {fault}"))),
        None => Ok(()),
    }
}

fn text_fault(text: &str) -> Option<&'static str> {
    let space = |character: char| character.is_whitespace();
    let unseen = |character: char| !is_clean(character) && !space(character);
    let quote = |character: char| {
        "\"'`\u{ab}\u{bb}\u{2018}\u{2019}\u{201a}\u{201c}\u{201d}\u{201e}".contains(character)
    };
    if text.is_empty() {
        Some("is empty; give it a value, or leave the setting out")
    } else if text.starts_with(space) || text.ends_with(space) {
        Some("begins or ends with white space, as what is read from a file often does; remove it")
    } else if text.contains(unseen) || text.contains(char::is_control) {
        Some("holds a control character or one that is not seen; copy it again without it")
    } else if text.starts_with(quote) || text.ends_with(quote) {
        Some("begins or ends with a quotation mark; give it without the marks")
    } else if text.len() > LONGEST {
        Some("is longer than any such setting; give the value alone")
    } else if !text.is_ascii() {
        Some("holds a character that is not ASCII; copy it again, or type it")
    } else {
        None
    }
}

/// Checks a time limit that is a setting.
pub(crate) fn check_time(what: &str, time: Duration) -> Result<(), Error> {
    match time_fault(time) {
        Some(fault) => Err(Error::configuration(format!("{what} {fault}"))),
        None => Ok(()),
    }
}

/// What is wrong with a time limit, if it is.
pub(crate) fn time_fault(time: Duration) -> Option<&'static str> {
    (time < SHORTEST).then_some(
        "is shorter than 1 millisecond, so that no call could succeed; use a longer one, or `Duration::MAX` for none",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_was_not_copied_well_is_refused_and_not_shown() {
        for text in [
            "",
            " hunter2",
            "hunter2 ",
            "hunter2\n",
            "hunter2\r\n",
            "\thunter2",
            "hunter2\u{a0}",
            "\u{3000}hunter2",
            "\u{feff}hunter2",
            "hunter2\u{200b}",
            "hun\u{200b}ter2",
            "hun\nter2",
            "hun\0ter2",
            "hun\u{1b}ter2",
            "hun\u{7f}ter2",
            "hun\u{202e}ter2",
            "\"hunter2\"",
            "'hunter2'",
            "\"hunter2",
            "hunter2'",
            "`hunter2`",
            "\u{201c}hunter2\u{201d}",
            "\u{ab}hunter2\u{bb}",
            "hünter2",
            &"hunter2".repeat(1000),
        ] {
            let error = check_text("TWILIO_AUTH_TOKEN", text).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(shown.starts_with("TWILIO_AUTH_TOKEN "), "{text:?}: {shown}");
            assert!(!shown.contains("ter2"), "{text:?}: {shown}");
        }
        for text in ["hunter2", "mock auth token", "s3cret&: %", "it's"] {
            assert!(check_text("it", text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_time_that_cannot_be_kept_is_refused() {
        for (time, right) in [
            (Duration::ZERO, false),
            (Duration::from_nanos(1), false),
            (Duration::from_micros(999), false),
            (Duration::from_millis(1), true),
            (Duration::MAX, true),
        ] {
            assert_eq!(check_time("the timeout", time).is_ok(), right, "{time:?}");
        }
    }
}
