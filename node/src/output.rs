//! What commands print: sentences for people, or one JSON value for programs.

use crate::failure::Failure;
use serde_json::Value;
use std::io::Write;

/// Standard output of one command.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    json: bool,
}

impl Output {
    /// Output for people, or as JSON.
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether JSON was asked for.
    pub fn is_json(self) -> bool {
        self.json
    }

    /// Prints what a command has done: the value where JSON was asked for, else the lines.
    pub fn say(self, value: &Value, lines: &[String]) -> Result<(), Failure> {
        if self.json {
            return self.line(&value.to_string());
        }
        lines.iter().try_for_each(|line| self.line(line))
    }

    /// Prints one line as it is. A reader who has gone away (`| head`) is no error.
    pub fn line(self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match writeln!(out, "{text}").and_then(|()| out.flush()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => Ok(other?),
        }
    }
}
