//! The bounds that hold for every call of a client: how long it may take and how much it may read.

use std::time::Duration;

/// How much of the body of a reply that became an error is kept.
pub(crate) const ERROR_BYTES: usize = 64 << 10;

/// How long a call may take and how much of a reply is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// From the first byte of the request to the last one of the reply.
    pub(crate) timeout: Duration,
    /// The longest body of a reply that is a value.
    pub(crate) reply_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            reply_bytes: 8 << 20,
        }
    }
}
