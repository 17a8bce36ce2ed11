//! What a command answers when it cannot do what was asked, with its exit code.

use maillage_app::AppError;
use maillage_domain::message::Message;
use maillage_domain::validation::FieldProblem;
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
    /// The command line is none: with how it is written.
    Usage {
        /// What is wrong with it, and where to read more.
        message: Message,
        /// `Usage: maillage …`, without a language.
        usage: String,
    },
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
            Self::Misused(_) | Self::Usage { .. } => 2,
            Self::Refused(_) => 3,
            Self::Unhealthy => 4,
            Self::Partial => 5,
        }
    }

    /// What is to be said, each in one line.
    pub fn messages(&self) -> Vec<Message> {
        let said = match self {
            Self::Failed(message) | Self::Misused(message) | Self::Usage { message, .. } => {
                std::slice::from_ref(message)
            }
            Self::Refused(messages) => messages.as_slice(),
            Self::Unhealthy | Self::Partial => &[],
        };
        said.iter().map(|message| Message::new(one_line(&message.fr), one_line(&message.en))).collect()
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
            writeln!(err, "{}", self.json(&messages))
        } else {
            messages
                .iter()
                .try_for_each(|m| writeln!(err, "Erreur : {}\nError: {}", m.fr, m.en))
                .and_then(|()| self.usage().map_or(Ok(()), |usage| writeln!(err, "\n{usage}")))
        };
    }

    /// `{"exit_code", "errors": [{"fr", "en"}]}`, and `"usage"` where the command line is none.
    fn json(&self, messages: &[Message]) -> serde_json::Value {
        let list: Vec<_> = messages.iter().map(|m| json!({ "fr": m.fr, "en": m.en })).collect();
        match self.usage() {
            Some(usage) => json!({ "exit_code": self.code(), "errors": list, "usage": usage }),
            None => json!({ "exit_code": self.code(), "errors": list }),
        }
    }

    fn usage(&self) -> Option<&str> {
        match self {
            Self::Usage { usage, .. } => Some(usage),
            _ => None,
        }
    }
}

/// A text in one line: client libraries and parsers answer in several, with pieces of the text that
/// they have read behind a gutter (`3 | …`), which are left out.
fn one_line(text: &str) -> String {
    let gutter =
        |line: &str| line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').starts_with('|');
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let rest = lines.filter(|line| !gutter(line));
    std::iter::once(first)
        .chain(rest)
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Invalid { problems } => Self::Refused(problems.into_iter().map(of_option).collect()),
            AppError::Unavailable(error) => error.into(),
            AppError::Internal(cause) => with_cause(cause.as_ref()),
            AppError::Remote(message) => Self::Failed(message),
            // Commands say what is not there; this is for what none of them has named.
            AppError::NotFound => Self::Refused(vec![Message::new(
                "Ce qui est demandé n'est pas sur ce nœud.",
                "What is asked for is not on this node.",
            )]),
            error => Self::Refused(vec![error.message()]),
        }
    }
}

/// What is wrong with a field, behind the option that it was given with, and where to look.
fn of_option(problem: FieldProblem) -> Message {
    let Message { fr, en } = problem.message;
    let (fr, en) = match option(&problem.field) {
        Some(option) => (format!("{option} : {fr}"), format!("{option}: {en}")),
        None => (fr, en),
    };
    match list_of(problem.code) {
        Some(list) => Message::new(
            format!("{fr} Pour voir la liste : {list}."),
            format!("{en} To see the list: {list}."),
        ),
        None => Message::new(fr, en),
    }
}

/// The option that a field of a form is given with; none where the field has no name of its own on the
/// command line.
fn option(field: &str) -> Option<&'static str> {
    let options = [
        "--url",
        "--name",
        "--territory",
        "--slug",
        "--type",
        "--title",
        "--accent",
        "--intro",
        "--label",
        "--licence",
        "--purpose",
        "--service",
        "--theme",
    ];
    match field {
        "place" => Some("--territory"),
        field => options.into_iter().find(|option| option.trim_start_matches('-') == field),
    }
}

/// The command that lists what there is, for what is unknown.
fn list_of(code: &str) -> Option<&'static str> {
    match code {
        "unknown_service" => Some("maillage service list"),
        "unknown_account" => Some("maillage user list"),
        "unknown_type" => Some("maillage service types"),
        "unknown_theme" => Some("GET /api/v1/themes"),
        _ => None,
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let told = |fr: &str, en: &str, cause: &str| {
            Self::failed(format!("{fr} ({cause})"), format!("{en} ({cause})"))
        };
        match &error {
            StoreError::Unreachable { advice, cause } | StoreError::Migration { advice, cause } => {
                told(&advice.fr, &advice.en, cause)
            }
            StoreError::Busy(cause) => told(
                "La base est occupée, rien n'a été changé : recommencez dans un instant.",
                "The database is busy, nothing was changed: try again in a moment.",
                cause,
            ),
            StoreError::Full(cause) => told(
                "Le disque de la base est plein, rien n'a été changé : faites de la place.",
                "The database's disk is full, nothing was changed: make room.",
                cause,
            ),
            StoreError::Lost(cause) => told(
                "La connexion à la base s'est rompue : vérifiez qu'elle marche, puis recommencez.",
                "The connection to the database was lost: check that it runs, then try again.",
                cause,
            ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libraries_say_in_several_lines_is_told_in_one() {
        let libpq = "connection to server failed: Connection refused\n\tIs the server running?\n";
        let messages = Failure::failed(libpq, libpq).messages();
        let expected = "connection to server failed: Connection refused Is the server running?";
        assert_eq!((messages[0].fr.as_str(), messages[0].en.as_str()), (expected, expected));
        let toml =
            "maillage.toml: TOML parse error at line 3, column 5\n  |\n3 | bind 8\n  |     ^\nexpected `=`\n";
        assert_eq!(one_line(toml), "maillage.toml: TOML parse error at line 3, column 5 expected `=`");
    }

    #[test]
    fn fields_are_told_by_their_options() {
        let told = |field: &str| {
            let failure =
                Failure::from(AppError::invalid(field, "unknown_theme", "Thème inconnu.", "Unknown theme."));
            failure.messages()[0].fr.clone()
        };
        assert_eq!(told("theme"), "--theme : Thème inconnu. Pour voir la liste : GET /api/v1/themes.");
        assert!(told("place").starts_with("--territory : "));
        // No option is called so: the sentence stands alone.
        assert!(told("filter").starts_with("Thème inconnu."));
    }
}
