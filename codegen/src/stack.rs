//! A stack that is large enough for any document: `openapiv3`, progenitor and typify recurse over nested schemas and
//! take many kilobytes for each level. How deep a document may be is decided in [`crate::load`], not here.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Enough for [`MAX_DEPTH`](crate::load::MAX_DEPTH) levels.
const SIZE: usize = 64 << 20;

thread_local! {
    static IS_LARGE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` on a large stack: on this thread if it has one, else on a thread of its own. `None` when there is no
/// thread to be had. A panic in `work` goes on in the caller.
pub(crate) fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    if IS_LARGE.get() {
        return Some(work());
    }
    scope(|scope| {
        let thread = Builder::new().stack_size(SIZE).spawn_scoped(scope, || {
            IS_LARGE.set(true);
            work()
        });
        let done = thread.ok()?.join();
        Some(done.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;
    use std::thread::current;

    use super::*;

    #[test]
    fn work_within_work_stays_on_the_large_stack() {
        let (outer, inner) = on_large_stack(|| {
            let inner = on_large_stack(|| current().id()).unwrap();
            (current().id(), inner)
        })
        .unwrap();
        assert_eq!(outer, inner);
        assert_ne!(outer, current().id());
    }

    #[test]
    fn a_panic_reaches_the_caller_with_its_reason() {
        let panic = catch_unwind(|| on_large_stack(|| panic!("too deep"))).unwrap_err();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"too deep"));
    }
}
