//! What a failed request may have done. This is decided here and nowhere else; whether a call is sent again and what
//! [`Error::is_retryable`] and [`Error::is_outcome_unknown`] say follow from it, so that they never contradict each
//! other.

use reqwest::StatusCode;

use super::{Error, ErrorKind};
use crate::codes;
use crate::runtime::Repeat;

/// The status with which a proxy notes that its client left before the response; the standard has no name for it.
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// What is known about the request that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did nothing, and the same request can succeed.
    NotProcessed,
    /// What became of it is known, and the same request would end the same way.
    Definite,
    /// It may or may not have been carried out.
    Unclear,
}

/// What a failure consists of, as far as its outcome depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    pub(super) kind: ErrorKind,
    pub(super) status: Option<StatusCode>,
    /// The code in the body.
    pub(super) code: Option<u32>,
    /// Whether the cause stays until somebody changes a setting, such as a certificate.
    pub(super) is_permanent: bool,
}

impl Failure {
    /// What the request that failed may have done, where `repeat` is its operation's.
    ///
    /// For what creates or bills, only status 429 and a request that was never sent mean that nothing was done. The code in a
    /// body proves nothing there: it comes from behind the point where the work is done.
    pub(super) fn outcome(self, repeat: Repeat) -> Outcome {
        let once = repeat == Repeat::Never;
        match self.kind {
            ErrorKind::Connect if self.is_permanent => Outcome::Definite,
            ErrorKind::Connect => Outcome::NotProcessed,
            ErrorKind::Timeout | ErrorKind::Transport if once || !self.is_permanent => {
                Outcome::Unclear
            }
            ErrorKind::Api => match self.status {
                Some(StatusCode::TOO_MANY_REQUESTS) => Outcome::NotProcessed,
                Some(status) if gave_up(status) => Outcome::Unclear,
                Some(_) if once => Outcome::Definite,
                Some(StatusCode::TOO_EARLY) => Outcome::NotProcessed,
                _ if self.code == Some(codes::TOO_MANY_REQUESTS) => Outcome::NotProcessed,
                _ => Outcome::Definite,
            },
            // What may be repeated would only be met by the same response.
            ErrorKind::Decode | ErrorKind::TooLarge if once => Outcome::Unclear,
            // These two ask for the request to be made elsewhere. Any other may be a way to say that it is done.
            ErrorKind::UnexpectedStatus
                if once
                    && !matches!(
                        self.status,
                        Some(StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT)
                    ) =>
            {
                Outcome::Unclear
            }
            _ => Outcome::Definite,
        }
    }
}

/// Whether a server says with an error status that it did not get to the end of its work, or nothing about that.
pub(super) fn gave_up(status: StatusCode) -> bool {
    status.is_server_error()
        || status == StatusCode::REQUEST_TIMEOUT
        || status.as_u16() == CLIENT_CLOSED_REQUEST
}

impl Error {
    /// What the call may have done. Without a call, as for a setting, nothing is unclear.
    pub(crate) fn outcome(&self) -> Outcome {
        let failure = Failure {
            kind: self.0.kind,
            status: self.status(),
            code: self.code(),
            is_permanent: self.0.is_permanent,
        };
        match &self.0.call {
            Some(call) => failure.outcome(call.operation.repeat),
            // Only what holds for every operation holds for none.
            None => match failure.outcome(Repeat::Never) {
                Outcome::Unclear => Outcome::Definite,
                outcome => outcome,
            },
        }
    }

    /// Whether the operation creates or bills.
    pub(super) fn is_once(&self) -> bool {
        self.0
            .call
            .as_ref()
            .is_some_and(|call| call.operation.repeat == Repeat::Never)
    }
}

#[cfg(test)]
mod tests;
