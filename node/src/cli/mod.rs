//! The command line, as people and scripts write it.

mod misuse;
mod setting_up;

pub use setting_up::{RoleName, Service, Site, Token, User, VisibilityName};

use crate::failure::Failure;
use clap::error::ErrorKind;
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Un nœud Maillage / one Maillage node.
#[derive(Debug, Parser)]
#[command(
    name = "maillage",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    about = "Un nœud Maillage : fiches relues, publiées et redistribuées entre maisons de l'emploi.\nA Maillage node: moderated items, published and redistributed between local employment centres.",
    after_help = "Exemple / example:\n  maillage init --help\n  maillage serve --data /var/lib/maillage\n  maillage doctor --data /var/lib/maillage --json\n\nCodes de sortie / exit codes: 0 fait/done, 1 base, réseau ou disque/database, network or disk, 2 commande ou configuration/command line or configuration, 3 demande refusée/refused, 4 doctor a trouvé un problème/doctor found a problem, 5 import partiel/partial import."
)]
pub struct Arguments {
    /// Résultat en JSON, erreurs comprises / result as JSON, errors too
    #[arg(long, global = true)]
    pub json: bool,
    /// Affiche cette aide / shows this help
    #[arg(short, long, global = true, action = ArgAction::Help)]
    pub help: Option<bool>,
    /// Affiche la version / shows the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    pub version: Option<bool>,
    /// Ce qu'il faut faire / what to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Why there are no arguments to work on.
#[derive(Debug)]
pub enum Unread {
    /// Help or the version was asked for: to be printed.
    Asked(clap::Error),
    /// The command line is wrong.
    Wrong(Failure),
}

impl Arguments {
    /// Reads a command line, the program's name first.
    ///
    /// # Errors
    /// [`Unread`].
    pub fn read(line: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Self, Unread> {
        let mut command = Self::command();
        command.build();
        let read = in_both_languages(command).try_get_matches_from(line);
        read.and_then(|matches| Self::from_arg_matches(&matches)).map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Unread::Asked(error),
            _ => Unread::Wrong(misuse::failure(&error)),
        })
    }
}

/// What clap says of itself in helps, in French too.
fn in_both_languages(command: clap::Command) -> clap::Command {
    let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let command = command.subcommand_help_heading("Commandes / commands");
    names.iter().fold(command, |command, name| {
        command.mut_subcommand(name, |below| match name.as_str() {
            "help" => below.about("Aide sur une commande / help on a command"),
            _ => in_both_languages(below),
        })
    })
}

/// Where the node is.
#[derive(Debug, Clone, Args)]
pub struct Data {
    /// Dossier du nœud : configuration, base SQLite / the node's folder
    #[arg(long = "data", value_name = "DIR", env = "MAILLAGE_DATA", default_value = ".")]
    pub data: PathBuf,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Crée un nœud et son administrateur / makes a node and its administrator
    #[command(
        after_help = "Exemple / example:\n  echo 'un long mot de passe' | maillage init --data /var/lib/maillage --url https://mef58.example.fr \\\n    --name 'MEF de la Nièvre' --territory 58 --admin admin@mef58.example.fr --password-stdin"
    )]
    Init(Init),
    /// Fait marcher le nœud / runs the node
    #[command(
        after_help = "Exemple / example:\n  maillage serve --data /var/lib/maillage\nLa ligne « Listening on http://… » dit que le nœud est prêt / says that the node is ready."
    )]
    Serve {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
    },
    /// Met la base à jour / brings the database up to date
    #[command(after_help = "Exemple / example:\n  maillage migrate --data /var/lib/maillage --pending")]
    Migrate {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Dit seulement ce qui reste à faire / only says what is left to do
        #[arg(long)]
        pending: bool,
    },
    /// Montre la configuration en vigueur, ou la vérifie / shows the configuration in force, or checks it
    #[command(
        after_help = "Exemple / example:\n  maillage config --data /var/lib/maillage\n  maillage config --data /var/lib/maillage --check\n  maillage config --print-default > maillage.toml\nSans option : ce qui vaut, d'où cela vient, mots de passe cachés / without an option: what holds, where it comes from, passwords hidden."
    )]
    Config {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Toutes les clés, expliquées, avec leur valeur par défaut / every key, explained
        #[arg(long)]
        print_default: bool,
        /// Vérifie seulement la configuration du dossier / only checks the configuration of the folder
        #[arg(long, conflicts_with = "print_default")]
        check: bool,
    },
    /// Comptes des personnes / accounts of people
    #[command(subcommand, after_help = "Exemple / example:\n  maillage user list --data /var/lib/maillage")]
    User(User),
    /// Jetons de l'API / API tokens
    #[command(
        subcommand,
        after_help = "Exemple / example:\n  maillage token create --data /var/lib/maillage --user redaction@mef58.example.fr"
    )]
    Token(Token),
    /// Sites et rubriques / sites and what they show
    #[command(subcommand, after_help = "Exemple / example:\n  maillage site list --data /var/lib/maillage")]
    Site(Site),
    /// Services
    #[command(
        subcommand,
        after_help = "Exemple / example:\n  maillage service types\n  maillage service list --data /var/lib/maillage"
    )]
    Service(Service),
    /// Abonne un service à un autre, d'ici ou d'ailleurs / has a service follow another
    #[command(
        after_help = "Exemple / example:\n  maillage subscribe --data /var/lib/maillage --to agenda @agenda@mef21.example.fr \\\n    --trust hold --theme emploi --territory departement:58"
    )]
    Subscribe(Subscribe),
    /// Importe un flux (RSS, Atom) ou un tableau (CSV) dans la file de modération / imports a feed or a table
    #[command(
        after_help = "Exemple / example:\n  maillage import --data /var/lib/maillage --service revue-de-presse --theme emploi https://journal.example/rss.xml\n  maillage import --data /var/lib/maillage --service agenda agenda.csv\nCode 5 : des lignes ont été refusées, le rapport dit lesquelles / rows were left out, the report says which."
    )]
    Import(Import),
    /// Vérifie le nœud et dit quoi faire / checks the node and says what to do
    #[command(
        after_help = "Exemple / example:\n  maillage doctor --data /var/lib/maillage\nCode 4 : quelque chose est à réparer / something needs mending."
    )]
    Doctor {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
    },
    /// Envoie un message d'essai / sends a trial message
    #[command(
        after_help = "Exemple / example:\n  maillage mail --data /var/lib/maillage --to moi@exemple.fr"
    )]
    Mail {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Destinataire / to whom
        #[arg(long, value_name = "EMAIL")]
        to: String,
    },
}

/// `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Where the node is.
    #[command(flatten)]
    pub data: Data,
    /// Adresse publique, définitive / public address, for good
    #[arg(long)]
    pub url: String,
    /// Nom du nœud / name of the node
    #[arg(long)]
    pub name: String,
    /// Territoire : numéro de département ou code de lieu / number of a département, or a place code
    #[arg(long)]
    pub territory: String,
    /// Adresse électronique de l'administrateur / e-mail address of the administrator
    #[arg(long, value_name = "EMAIL")]
    pub admin: String,
    /// Lit le mot de passe sur l'entrée standard / reads the password from standard input
    #[arg(long, required = true)]
    pub password_stdin: bool,
}

/// Trust levels by their names.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "lowercase")]
pub enum Trust {
    /// Retenu pour la modération / held for moderation
    Hold,
    /// Publié aussitôt / published at once
    Publish,
    /// Publié et transmis à nos abonnés / published and re-announced
    Announce,
}

/// `subscribe`.
#[derive(Debug, Args)]
pub struct Subscribe {
    /// Where the node is.
    #[command(flatten)]
    pub data: Data,
    /// Notre service qui reçoit / our service that takes
    #[arg(long, value_name = "LOCAL")]
    pub to: String,
    /// Le service suivi, @service@hôte / the service that is followed
    #[arg(value_name = "@SERVICE@HOST")]
    pub source: String,
    /// Confiance / trust
    #[arg(long)]
    pub trust: Trust,
    /// Seulement ces thèmes, et ceux qu'ils contiennent / only these themes and narrower ones
    #[arg(long = "theme", value_name = "SLUG")]
    pub themes: Vec<String>,
    /// Seulement ces territoires, et ce qu'ils contiennent / only these areas and what is inside
    #[arg(long = "territory", value_name = "CODE")]
    pub territories: Vec<String>,
    /// Règles en JSON, à la place des deux précédents / rules as JSON instead
    #[arg(long, conflicts_with_all = ["themes", "territories"])]
    pub rules: Option<String>,
}

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Where the node is.
    #[command(flatten)]
    pub data: Data,
    /// Service qui reçoit / service that takes
    #[arg(long)]
    pub service: String,
    /// Fichier ou adresse / file or address
    #[arg(value_name = "FILE_OR_URL")]
    pub source: String,
    /// Thèmes ajoutés à chaque fiche / themes added to each item
    #[arg(long = "theme", value_name = "SLUG")]
    pub themes: Vec<String>,
    /// Lieux des fiches qui n'en disent pas / places of items that say none
    #[arg(long = "territory", value_name = "CODE")]
    pub places: Vec<String>,
    /// Compte au nom duquel importer ; il ne pourra pas valider / account in whose name to import
    #[arg(long = "as", value_name = "EMAIL")]
    pub account: Option<String>,
    /// Dit seulement ce qui serait fait / only says what would be done
    #[arg(long)]
    pub dry_run: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command with those below it: its words, and its examples.
    fn walk(command: &clap::Command, path: &str, seen: &mut Vec<(String, String)>) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let example = help.split("Exemple / example:\n").nth(1).unwrap_or_default();
        seen.push((path.to_owned(), example.to_owned()));
        for below in command.get_subcommands() {
            walk(below, &format!("{path} {}", below.get_name()), seen);
        }
    }

    /// The command lines of an example, as a shell would split them: those of other programs, what
    /// is piped in and where output goes to left out.
    fn command_lines(example: &str) -> Vec<Vec<String>> {
        let joined = example.replace("\\\n", " ");
        let lines = joined.lines().filter(|line| line.starts_with("  "));
        lines
            .filter_map(|line| line.find("maillage ").map(|at| &line[at..]))
            .map(|line| words(line.split(" > ").next().unwrap_or(line).trim_end_matches(')')))
            .collect()
    }

    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quoted = false;
        for letter in line.chars() {
            match letter {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                other => words.last_mut().unwrap().push(other),
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn every_command_shows_an_example_of_itself_that_is_right() {
        Arguments::command().debug_assert();
        let mut seen = Vec::new();
        walk(&Arguments::command(), "maillage", &mut seen);
        assert!(seen.len() >= 25, "{seen:?}");
        for (path, example) in seen {
            let lines = command_lines(&example);
            let own = lines
                .iter()
                .any(|line| line.join(" ").starts_with(&format!("{path} ")) || line.join(" ") == path);
            assert!(own, "`{path} --help` shows no example of itself: {example}");
            for line in lines {
                let read = Arguments::read(&line).map(drop);
                assert!(
                    matches!(read, Ok(()) | Err(Unread::Asked(_))),
                    "`{path} --help` shows {line:?}: {read:?}"
                );
            }
        }
    }
}
