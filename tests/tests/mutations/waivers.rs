//! Where a verdict is not what is seen, and why it stands all the same. A waiver that nothing needs is an error.

use codegen::diff::Promise;

/// One waiver.
pub(crate) struct Waiver {
    /// The change, as its pair is called.
    pub(crate) change: &'static str,
    pub(crate) promise: Promise,
    /// Why the verdict is right although nothing shows it.
    pub(crate) reason: &'static str,
}

/// All of them.
pub(crate) const WAIVERS: &[Waiver] = &[];
