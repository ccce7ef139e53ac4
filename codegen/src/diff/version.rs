//! Which version a change asks for, by Cargo's rules: below 1.0.0 the first number that is not zero is the one that a
//! break raises, and what only adds raises the one after it.

use std::fmt;
use std::str::FromStr;

use super::verdict::Semver;

/// Three numbers. A pre-release is no version to promise anything with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The first number.
    pub major: u64,
    /// The second number.
    pub minor: u64,
    /// The third number.
    pub patch: u64,
}

impl Version {
    /// The lowest version that a change of this one may have.
    ///
    /// ```
    /// use codegen::diff::{Semver, Version};
    ///
    /// let version = |text: &str| text.parse::<Version>().unwrap();
    /// assert_eq!(version("0.1.0").after(Semver::Major), version("0.2.0"));
    /// assert_eq!(version("0.1.0").after(Semver::Minor), version("0.1.1"));
    /// assert_eq!(version("1.2.3").after(Semver::Minor), version("1.3.0"));
    /// ```
    #[must_use]
    pub fn after(self, change: Semver) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        let next = u64::saturating_add;
        let third = Self {
            patch: next(patch, 1),
            ..self
        };
        let second = Self {
            major,
            minor: next(minor, 1),
            patch: 0,
        };
        let first = Self {
            major: next(major, 1),
            minor: 0,
            patch: 0,
        };
        match (change, major, minor) {
            // Prose alone needs no release.
            (Semver::None | Semver::Patch, ..) => self,
            (_, 0, 0) | (Semver::Minor, 0, _) => third,
            (Semver::Major, 0, _) | (Semver::Minor, ..) => second,
            (Semver::Major, ..) => first,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let unreadable = || VersionError::Unreadable {
            text: text.to_owned(),
        };
        let mut numbers = text.split('.').map(|part| {
            let plain = part.bytes().all(|byte| byte.is_ascii_digit())
                && (part == "0" || !part.is_empty() && !part.starts_with('0'));
            plain
                .then(|| part.parse::<u64>().ok())
                .flatten()
                .ok_or_else(unreadable)
        });
        let mut number = || numbers.next().unwrap_or_else(|| Err(unreadable()));
        let version = Self {
            major: number()?,
            minor: number()?,
            patch: number()?,
        };
        if numbers.next().is_none() {
            Ok(version)
        } else {
            Err(unreadable())
        }
    }
}

/// What is wrong with a version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// It is not three numbers.
    #[error("`{text}` is not a version of three numbers; write it like 0.2.0")]
    Unreadable {
        /// What was written.
        text: String,
    },
    /// It is lower than the last release.
    #[error("the version goes back from the released {released} to {current}; write {needed}")]
    Back {
        /// The version as it is.
        current: Version,
        /// The last version that was released.
        released: Version,
        /// The lowest version that would do.
        needed: Version,
    },
    /// It is lower than what a change asks for.
    #[error(
        "the version {current} is too low: what changed is {change}, which asks for {needed} after {released}"
    )]
    TooLow {
        /// The version as it is.
        current: Version,
        /// The last version that was released.
        released: Version,
        /// The lowest version that would do.
        needed: Version,
        /// What the change asks for.
        change: Semver,
    },
}

/// Checks that a version covers everything that changed since the last release. All of it is released together, so one
/// bump covers all of it, whichever commits it came with.
///
/// # Errors
/// [`VersionError::TooLow`] or [`VersionError::Back`], with the version that would do.
///
/// ```
/// use codegen::diff::{Semver, Version, covers};
///
/// let version = |text: &str| text.parse::<Version>().unwrap();
/// let released = version("0.1.0");
/// assert!(covers(version("0.2.0"), released, Semver::Major).is_ok());
/// assert!(covers(version("0.1.1"), released, Semver::Major).is_err());
/// ```
pub fn covers(current: Version, released: Version, change: Semver) -> Result<(), VersionError> {
    let needed = released.after(change);
    if current < released {
        Err(VersionError::Back {
            current,
            released,
            needed,
        })
    } else if current < needed {
        Err(VersionError::TooLow {
            current,
            released,
            needed,
            change,
        })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn a_change_asks_for_the_version_that_cargo_expects() {
        for (from, change, to) in [
            ("0.1.0", Semver::None, "0.1.0"),
            ("0.1.0", Semver::Patch, "0.1.0"),
            ("0.1.0", Semver::Minor, "0.1.1"),
            ("0.1.7", Semver::Major, "0.2.0"),
            ("0.0.3", Semver::Minor, "0.0.4"),
            ("0.0.3", Semver::Major, "0.0.4"),
            ("1.2.3", Semver::Minor, "1.3.0"),
            ("1.2.3", Semver::Major, "2.0.0"),
        ] {
            assert_eq!(version(from).after(change), version(to), "{from} {change}");
        }
    }

    #[test]
    fn one_bump_covers_whatever_changed_since_the_release() {
        let (old, new, newer) = (version("0.1.0"), version("0.2.0"), version("0.3.0"));
        assert!(covers(old, old, Semver::None).is_ok());
        assert!(covers(old, old, Semver::Major).is_err());
        assert!(covers(new, old, Semver::Major).is_ok());
        assert!(covers(new, new, Semver::Major).is_err());
        assert!(covers(newer, new, Semver::Major).is_ok());
    }

    #[test]
    fn a_version_never_goes_back_whatever_changed() {
        for change in [Semver::None, Semver::Minor, Semver::Major] {
            let error = covers(version("0.1.0"), version("0.2.0"), change).unwrap_err();
            assert!(
                matches!(error, VersionError::Back { needed, .. } if needed == version("0.2.0").after(change)),
                "{error}"
            );
        }
    }

    #[test]
    fn only_three_numbers_are_a_version() {
        for text in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "1.2.x",
            "1.2.3-rc.1",
            "1.2.3+4",
            "01.2.3",
            "1.2.03",
            "+1.2.3",
            "1..3",
            "1.2.99999999999999999999",
        ] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
        assert_eq!(version("10.20.30").to_string(), "10.20.30");
    }
}
