//! A SID of another kind.

use generated_client::{InstalledAddOnSid, sid};

pub const SID: InstalledAddOnSid = sid!(InstalledAddOnSid, "XB0123456789abcdef0123456789abcdef"); //~ E0080
pub const SID: InstalledAddOnSid = sid!(InstalledAddOnSid, "XE0123456789abcdef0123456789abcdef"); //~ right
