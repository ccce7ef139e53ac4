//! Replies that are more than plain success: changed or left as it was, done or only accepted.

/// What became of an update: the server answers 200 with the resource, or 304 without a body.
///
/// ```
/// use generated_client::Update;
///
/// let update = Update::Updated("a listing");
/// assert_eq!(update.value(), Some(&"a listing"));
/// assert_eq!(Update::<&str>::NotModified.into_value(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Update<T> {
    /// The resource as it is now (200).
    Updated(T),
    /// The resource already was as asked for (304); the reply holds no copy of it. Where an earlier attempt of the call
    /// got no answer, it may have been that attempt which made it so.
    NotModified,
}

impl<T> Update<T> {
    /// The resource as it is now, if the reply holds it.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Updated(value) => Some(value),
            Self::NotModified => None,
        }
    }

    /// The same, by value.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Updated(value) => Some(value),
            Self::NotModified => None,
        }
    }

    /// Whether the update changed anything.
    pub fn is_modified(&self) -> bool {
        matches!(self, Self::Updated(_))
    }
}

/// What became of a request that the server may carry out at once or later.
///
/// Accepted (202) is not done: look into the value, where there is one, for what was taken and what
/// was not.
///
/// ```
/// use generated_client::Acceptance;
///
/// let acceptance = Acceptance::Accepted("a report");
/// assert_eq!(acceptance.value(), Some(&"a report"));
/// assert!(!acceptance.is_completed());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "accepted is not done: look at what was taken"]
pub enum Acceptance<T> {
    /// It is done (200 or 201).
    Completed(T),
    /// It was accepted (202), and this is what the server says about it.
    Accepted(T),
    /// It was accepted (202), and the server says nothing about it.
    AcceptedEmpty,
}

impl<T> Acceptance<T> {
    /// What the server says about it, if anything.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Completed(value) | Self::Accepted(value) => Some(value),
            Self::AcceptedEmpty => None,
        }
    }

    /// The same, by value.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Completed(value) | Self::Accepted(value) => Some(value),
            Self::AcceptedEmpty => None,
        }
    }

    /// Whether the server answered 200 or 201.
    pub fn is_completed(&self) -> bool {
        matches!(self, Self::Completed(_))
    }
}
