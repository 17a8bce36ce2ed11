//! Saying on standard error that something long is under way.

use crate::output::Output;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// Work under way: a turning mark on a terminal, one line elsewhere, nothing where JSON was asked for.
/// It goes away with the value.
pub struct Progress(ProgressBar);

impl Progress {
    /// Says what is being done.
    pub fn begin(out: Output, text: &str) -> Self {
        if out.is_json() {
            return Self(ProgressBar::hidden());
        }
        if !std::io::stderr().is_terminal() {
            // Files and other programs get to know what takes long, and no more.
            let _ = writeln!(std::io::stderr(), "{text}");
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg} ({elapsed})")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        bar.set_message(text.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// What is being done now.
    pub fn now(&self, text: String) {
        self.0.set_message(text);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
