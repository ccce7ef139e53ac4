//! A match that a new value in the document would break.

use generated_client::types::AddOnResultStatus::{
    self, Canceled, Completed, Deleted, Failed, InProgress, Init, Other, Processing, Queued,
};

pub fn is_final(status: &AddOnResultStatus) -> bool {
    match status { //~ E0004
    match status { //~ right
        Completed | Failed | Canceled | Deleted => true,
        Init | Processing | Queued | InProgress | Other(_) => false,
        _ => false, //~ right
    }
}
