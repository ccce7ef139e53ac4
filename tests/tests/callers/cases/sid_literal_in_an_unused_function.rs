//! A wrong SID in a private function that nobody calls.

#![allow(dead_code)]

use generated_client::{RecordingSid, sid};

fn unused() -> RecordingSid {
    sid!(RecordingSid, "re0123456789abcdef0123456789abcdef") //~ E0080
    sid!(RecordingSid, "RE0123456789abcdef0123456789abcdef") //~ right
}
