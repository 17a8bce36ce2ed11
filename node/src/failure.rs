//! What a command answers when it cannot do what was asked, with its exit code.

use maillage_app::AppError;
use maillage_domain::message::Message;
use maillage_store::StoreError;
use serde_json::json;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

/// A command that did not end well. Exit codes are part of the command line's contract: 1 the
/// surroundings (database, network, port, a fault of ours), 2 the command line or the
/// configuration, 3 what was asked is refused, 4 `doctor` found something, 5 an import left rows out.
#[derive(Debug)]
pub enum Failure {
    /// The surroundings do not allow it now.
    Failed(Message),
    /// The command line or the configuration is wrong.
    Misused(Message),
    /// What was asked is refused: said point by point.
    Refused(Vec<Message>),
    /// `doctor` found something; it has said what.
    Unhealthy,
    /// Some rows of an import were left out; the report has said which.
    Partial,
}

impl Failure {
    /// The surroundings do not allow it.
    pub fn failed(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Failed(Message::new(fr, en))
    }

    /// The command line or the configuration is wrong.
    pub fn misused(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Misused(Message::new(fr, en))
    }

    /// The status that the program ends with.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code())
    }

    fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Misused(_) => 2,
            Self::Refused(_) => 3,
            Self::Unhealthy => 4,
            Self::Partial => 5,
        }
    }

    /// What is to be said.
    pub fn messages(&self) -> Vec<&Message> {
        match self {
            Self::Failed(message) | Self::Misused(message) => vec![message],
            Self::Refused(messages) => messages.iter().collect(),
            Self::Unhealthy | Self::Partial => Vec::new(),
        }
    }

    /// Says it on standard error, in French and English; as JSON where that was asked for.
    pub fn tell(&self, as_json: bool) {
        let messages = self.messages();
        if messages.is_empty() {
            return;
        }
        let mut err = std::io::stderr().lock();
        // Nobody is left to tell when standard error is closed.
        let _ = if as_json {
            let list: Vec<_> = messages.iter().map(|m| json!({ "fr": m.fr, "en": m.en })).collect();
            writeln!(err, "{}", json!({ "exit_code": self.code(), "errors": list }))
        } else {
            messages.iter().try_for_each(|m| writeln!(err, "Erreur : {}\nError: {}", m.fr, m.en))
        };
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Invalid { problems } => Self::Refused(
                problems
                    .into_iter()
                    .map(|p| {
                        Message::new(
                            format!("{} : {}", p.field, p.message.fr),
                            format!("{}: {}", p.field, p.message.en),
                        )
                    })
                    .collect(),
            ),
            AppError::NotFound => Self::Refused(vec![Message::new(
                "Il n'y a rien de ce nom : vérifiez l'orthographe.",
                "There is nothing of that name: check the spelling.",
            )]),
            AppError::Unavailable(error) => error.into(),
            AppError::Internal(cause) => with_cause(cause.as_ref()),
            AppError::Remote(message) => Self::Failed(message),
            error => Self::Refused(vec![error.message()]),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Unreachable { advice, cause } | StoreError::Migration { advice, cause } => {
                Self::failed(format!("{} ({cause})", advice.fr), format!("{} ({cause})", advice.en))
            }
            _ => with_cause(&error),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        with_cause(&error)
    }
}

/// A fault with what caused it, in one line: who runs the node has to be able to act on it.
fn with_cause(error: &dyn Error) -> Failure {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let said = cause.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        source = cause.source();
    }
    Failure::failed(format!("L'opération a échoué ({text})."), format!("The operation failed ({text})."))
}
