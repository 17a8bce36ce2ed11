//! What was measured, printed at the end in one table.

use std::io::Write;

/// The figures of one run.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<(String, String, String)>,
}

impl Report {
    /// A ratio, with the goal it is held against and what it was made of.
    pub fn ratio(&mut self, what: &str, ratio: f64, goal: &str, made_of: String) {
        self.figure(what, format!("{ratio:.2}"), goal, made_of);
    }

    /// Any figure in words.
    pub fn figure(&mut self, what: &str, figure: String, goal: &str, made_of: String) {
        let line = (what.to_owned(), figure, format!("goal {goal}; {made_of}"));
        say(&line);
        self.lines.push(line);
    }

    /// Prints the table.
    pub fn print(&self) {
        let mut out = std::io::stdout().lock();
        // A reader who has gone away is no error.
        let _ = writeln!(out, "\n== figures of this run ==");
        for (what, figure, rest) in &self.lines {
            let _ = writeln!(out, "{what:<58} {figure:>12}   {rest}");
        }
    }
}

/// Tells a figure as soon as it is known.
fn say((what, figure, rest): &(String, String, String)) {
    let _ = writeln!(std::io::stdout().lock(), "{what}: {figure} ({rest})");
}

/// The value below which this part (0 to 1) of the values lies.
pub fn percentile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    // An index of a list that fits in memory: exact in an f64.
    values.get((last as f64 * part).round() as usize).copied().unwrap_or_default()
}
