//! A wrong SID in a generic function that nobody calls.

use generated_client::{InstalledAddOnSid, sid};

pub fn uncalled<T: Default>() -> (T, InstalledAddOnSid) {
    (T::default(), sid!(InstalledAddOnSid, "XE")) //~ E0080
    (T::default(), sid!(InstalledAddOnSid, "XE0123456789abcdef0123456789abcdef")) //~ right
}
