//! What an interrupt does: a run ends with what it has.

use super::output;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that the first interrupt sets; the second ends the process as usual.
pub(super) fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let set = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            output::note("interrupted again: stopping at once");
            #[expect(clippy::exit, reason = "the user asked twice")]
            std::process::exit(130);
        }
        output::note("interrupted: writing what was screened so far (once more to stop at once)");
    });
    // Without a handler an interrupt ends the process, as it always did.
    let _ = set;
    stop
}
