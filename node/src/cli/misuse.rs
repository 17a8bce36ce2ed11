//! A command line that is wrong, told in French and English.

use crate::failure::Failure;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use maillage_domain::message::Message;

/// What is said of a command line that cannot be read.
pub fn failure(error: &clap::Error) -> Failure {
    let usage = usage(error);
    let Message { fr, en } = fault(error);
    let command = command(&usage);
    Failure::Usage {
        message: Message::new(format!("{fr} Voir {command} --help."), format!("{en} See {command} --help.")),
        usage,
    }
}

/// How the command is written: what stands below `Usage:`, with the commands where one is missing.
fn usage(error: &clap::Error) -> String {
    let own = one(error, ContextKind::Usage);
    let text = if own.is_empty() { error.render().to_string() } else { own };
    let from = text.find("Usage:").unwrap_or_default();
    let end = text.find("Exemple / example:").filter(|end| *end > from).unwrap_or(text.len());
    text[from..end].trim_end().to_owned()
}

/// The command itself, `maillage service add`, out of its usage.
fn command(usage: &str) -> String {
    let words = usage.trim_start_matches("Usage:").split_whitespace();
    let names = words.take_while(|word| word.chars().all(|c| c.is_ascii_lowercase()));
    let path = names.collect::<Vec<_>>().join(" ");
    if path.is_empty() { "maillage".to_owned() } else { path }
}

fn fault(error: &clap::Error) -> Message {
    let (argument, value) = (one(error, ContextKind::InvalidArg), one(error, ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidValue => invalid_value(error, &argument, &value),
        ErrorKind::ValueValidation => Message::new(
            format!("« {value} » ne convient pas à {argument}."),
            format!("“{value}” does not suit {argument}."),
        ),
        ErrorKind::UnknownArgument => suggested(
            error,
            ContextKind::SuggestedArg,
            Message::new(
                format!("Option ou argument inconnu : « {argument} »."),
                format!("Unknown option or argument: “{argument}”."),
            ),
        ),
        ErrorKind::InvalidSubcommand => {
            let given = one(error, ContextKind::InvalidSubcommand);
            let unknown = Message::new(
                format!("Commande inconnue : « {given} »."),
                format!("Unknown command: “{given}”."),
            );
            suggested(error, ContextKind::SuggestedSubcommand, unknown)
        }
        ErrorKind::MissingRequiredArgument => {
            Message::new(format!("Il manque {argument}."), format!("Missing: {argument}."))
        }
        ErrorKind::MissingSubcommand => {
            let commands = one(error, ContextKind::ValidSubcommand);
            Message::new(
                format!("Il manque ce qu'il faut faire. Possibles : {commands}."),
                format!("What to do is missing. Possible: {commands}."),
            )
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Message::new(
            "Il manque ce qu'il faut faire : une des commandes ci-dessous.",
            "What to do is missing: one of the commands below.",
        ),
        ErrorKind::ArgumentConflict => conflict(error, &argument),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => Message::new(
            format!("{argument} n'a pas le bon nombre de valeurs."),
            format!("{argument} has the wrong number of values."),
        ),
        ErrorKind::InvalidUtf8 => Message::new(
            "La ligne de commande contient des octets qui ne sont pas du texte UTF-8.",
            "The command line has bytes that are no UTF-8 text.",
        ),
        kind => Message::new(
            format!("La ligne de commande ne peut pas être lue ({kind})."),
            format!("The command line cannot be read ({kind})."),
        ),
    }
}

fn invalid_value(error: &clap::Error, argument: &str, value: &str) -> Message {
    let (fr, en) = if value.is_empty() {
        (format!("{argument} demande une valeur."), format!("{argument} takes a value."))
    } else {
        (
            format!("« {value} » n'est pas une valeur de {argument}."),
            format!("“{value}” is no value of {argument}."),
        )
    };
    let possible = one(error, ContextKind::ValidValue);
    if possible.is_empty() {
        return Message::new(fr, en);
    }
    Message::new(format!("{fr} Possibles : {possible}."), format!("{en} Possible: {possible}."))
}

fn conflict(error: &clap::Error, argument: &str) -> Message {
    let other = one(error, ContextKind::PriorArg);
    if other == argument {
        return Message::new(
            format!("{argument} est donné plusieurs fois."),
            format!("{argument} is given several times."),
        );
    }
    Message::new(
        format!("{argument} ne va pas avec {other}."),
        format!("{argument} does not go with {other}."),
    )
}

/// A message, and what may have been meant.
fn suggested(error: &clap::Error, kind: ContextKind, message: Message) -> Message {
    let meant = match error.get(kind) {
        // The most alike comes last.
        Some(ContextValue::Strings(texts)) => texts.last().cloned().unwrap_or_default(),
        _ => one(error, kind),
    };
    if meant.is_empty() {
        return message;
    }
    Message::new(
        format!("{} Vouliez-vous écrire {meant} ?", message.fr),
        format!("{} Did you mean {meant}?", message.en),
    )
}

/// One piece of what clap knows of a mistake; empty where it says nothing.
fn one(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::{Arguments, Unread};
    use crate::failure::Failure;

    /// What is said of a wrong command line: French, English, usage.
    #[track_caller]
    fn told(words: &[&str]) -> (String, String, String) {
        let line = ["maillage"].iter().chain(words);
        match Arguments::read(line) {
            Err(Unread::Wrong(Failure::Usage { message, usage })) => (message.fr, message.en, usage),
            other => panic!("{words:?}: {other:?}"),
        }
    }

    #[test]
    fn every_mistake_is_told_in_both_languages_with_the_usage() {
        for (words, fr, en, usage) in [
            (&["foo"][..], "Commande inconnue : « foo ».", "Unknown command: “foo”.", "Usage: maillage "),
            (&["imprt"], "Vouliez-vous écrire import ?", "Did you mean import?", "Usage: maillage "),
            (
                &["import"],
                "Il manque --service <SERVICE>, <FILE_OR_URL>. Voir maillage import --help.",
                "Missing: --service <SERVICE>, <FILE_OR_URL>. See maillage import --help.",
                "Usage: maillage import ",
            ),
            (
                &["serve", "--port", "1"],
                "inconnu : « --port »",
                "Unknown option or argument: “--port”",
                "Usage: maillage serve",
            ),
            (&["serve", "--data"], "--data <DIR> demande une valeur", "--data <DIR> takes a value", ""),
            (
                &["subscribe", "--to", "a", "--trust", "max", "@a@b.fr"],
                "« max » n'est pas une valeur de --trust <TRUST>. Possibles : hold, publish, announce.",
                "“max” is no value of --trust <TRUST>. Possible: hold, publish, announce.",
                "",
            ),
            (
                &["config", "--check", "--print-default"],
                "ne va pas avec --",
                "does not go with --",
                "Usage: maillage config",
            ),
            (&["serve", "--data", "a", "--data", "b"], "plusieurs fois", "several times", ""),
            (&[], "Il manque ce qu'il faut faire", "What to do is missing", "serve"),
            (&["user"], "Voir maillage user --help.", "See maillage user --help.", "password"),
        ] {
            let (said_fr, said_en, said_usage) = told(words);
            assert!(said_fr.contains(fr), "{words:?}: {said_fr}");
            assert!(said_en.contains(en), "{words:?}: {said_en}");
            assert!(said_usage.contains(usage), "{words:?}: {said_usage}");
        }
    }
}
