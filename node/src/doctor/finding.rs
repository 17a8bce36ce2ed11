//! What a check has found.

use crate::failure::Failure;
use maillage_domain::message::Message;
use serde_json::{Value, json};
use std::fmt;

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// As it should be.
    Good,
    /// To be looked at.
    Warning,
    /// To be mended.
    Problem,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What was checked.
    pub check: &'static str,
    /// How grave.
    pub level: Level,
    /// What was found, and what to do.
    pub message: Message,
}

impl Finding {
    /// As it should be.
    pub fn good(check: &'static str, fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { check, level: Level::Good, message: Message::new(fr, en) }
    }

    /// To be looked at.
    pub fn warning(check: &'static str, fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { check, level: Level::Warning, message: Message::new(fr, en) }
    }

    /// To be mended.
    pub fn problem(check: &'static str, fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { check, level: Level::Problem, message: Message::new(fr, en) }
    }

    /// What a step said when it failed, in one line.
    pub fn of_failure(check: &'static str, failure: &Failure) -> Self {
        let messages = failure.messages();
        let fr = messages.iter().map(|message| message.fr.as_str()).collect::<Vec<_>>().join(" ");
        let en = messages.iter().map(|message| message.en.as_str()).collect::<Vec<_>>().join(" ");
        Self::problem(check, fr, en)
    }

    /// `{"check", "level": "good|warning|problem", "fr", "en"}`.
    pub fn json(&self) -> Value {
        json!({ "check": self.check, "level": self.word(), "fr": self.message.fr, "en": self.message.en })
    }

    fn word(&self) -> &'static str {
        match self.level {
            Level::Good => "good",
            Level::Warning => "warning",
            Level::Problem => "problem",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.level {
            Level::Good => "bon/good",
            Level::Warning => "à voir/look",
            Level::Problem => "À RÉPARER/MEND",
        };
        write!(f, "[{mark}] {}: {}", self.check, self.message)
    }
}
