//! A test as a play: it runs on a small runtime, and the logs of its nodes are shown when it fails.

use anyhow::Result;
use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

thread_local! {
    /// Logs of the nodes that were started on this thread.
    static LOGS: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
}

/// Lines of each log that are shown.
const SHOWN: usize = 80;

/// Has this log shown when the play fails.
pub(crate) fn watch(log: &Path) {
    LOGS.with_borrow_mut(|logs| logs.push(log.to_owned()));
}

/// Plays a test to its end.
///
/// # Panics
/// With the error of the play, after the logs of its nodes.
pub fn play(scene: impl Future<Output = Result<()>>) {
    LOGS.with_borrow_mut(Vec::clear);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(scene)
    }));
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            show();
            panic!("{error:?}");
        }
        Err(panic) => {
            show();
            resume_unwind(panic);
        }
    }
}

fn show() {
    for log in LOGS.with_borrow(Clone::clone) {
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        eprintln!("---- {} (the last lines)", log.display());
        for line in lines.iter().skip(lines.len().saturating_sub(SHOWN)) {
            eprintln!("{line}");
        }
    }
}
