//! A progress bar on standard error for long work; silent where standard error is no terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// Work shorter than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(700);
const BEAT: Duration = Duration::from_millis(100);

/// A bar that follows a counter of bytes until it is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    ended: Arc<AtomicBool>,
    watcher: Option<JoinHandle<()>>,
}

impl Progress {
    /// Follows a counter up to `total` bytes; 0 where the total is not known.
    pub(super) fn follow(counter: Arc<AtomicU64>, total: u64, quiet: bool) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        if quiet || !io::stderr().is_terminal() {
            return Self { ended, watcher: None };
        }
        let until = Arc::clone(&ended);
        let watcher = std::thread::spawn(move || watch(&counter, total, &until));
        Self { ended, watcher: Some(watcher) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(watcher) = self.watcher.take() {
            // A bar that failed has nothing to tell.
            let _ = watcher.join();
        }
    }
}

fn watch(counter: &AtomicU64, total: u64, ended: &AtomicBool) {
    let mut waited = Duration::ZERO;
    let mut bar: Option<ProgressBar> = None;
    while !ended.load(Ordering::Relaxed) {
        std::thread::sleep(BEAT);
        waited += BEAT;
        if waited >= PATIENCE {
            bar.get_or_insert_with(|| new_bar(total)).set_position(counter.load(Ordering::Relaxed));
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn new_bar(total: u64) -> ProgressBar {
    let template = "read {bytes} of {total_bytes} [{bar:30}] {bytes_per_sec}, {eta} left";
    let (bar, template) = if total > 0 {
        (ProgressBar::new(total), template)
    } else {
        (ProgressBar::new_spinner(), "read {bytes}, {bytes_per_sec}")
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}
