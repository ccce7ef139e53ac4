//! A page without items, as a literal.

use generated_client::{PageSize, bounded};

pub fn size() -> PageSize {
    bounded!(PageSize, 0) //~ E0080
    bounded!(PageSize, 1) //~ right
}
