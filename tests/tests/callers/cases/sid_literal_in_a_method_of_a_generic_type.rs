//! A wrong SID in a method of a generic type that nobody makes.

use generated_client::{InstalledAddOnSid, sid};

pub struct Holder<T>(pub T);

impl<T> Holder<T> {
    pub fn uncalled(&self) -> InstalledAddOnSid {
        sid!(InstalledAddOnSid, "") //~ E0080
        sid!(InstalledAddOnSid, "XE0123456789abcdef0123456789abcdef") //~ right
    }
}
