//! A SID with a letter that is no hexadecimal digit.

use generated_client::{InstalledAddOnSid, sid};

pub static SID: InstalledAddOnSid = sid!(InstalledAddOnSid, "XE0123456789abcdef0123456789abcdeg"); //~ E0080
pub static SID: InstalledAddOnSid = sid!(InstalledAddOnSid, "XE0123456789abcdef0123456789ABCDEF"); //~ right
