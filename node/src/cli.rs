//! The command line, as people and scripts write it.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Un nœud Maillage / one Maillage node.
#[derive(Debug, Parser)]
#[command(
    name = "maillage",
    version,
    about = "Un nœud Maillage : fiches relues, publiées et redistribuées entre maisons de l'emploi.\nA Maillage node: moderated items, published and redistributed between local employment centres.",
    after_help = "Codes de sortie / exit codes: 0 fait/done, 1 base, réseau ou disque/database, network or disk, 2 commande ou configuration/command line or configuration, 3 demande refusée/refused, 4 doctor a trouvé un problème/doctor found a problem, 5 import partiel/partial import."
)]
pub struct Arguments {
    /// Résultat en JSON, erreurs comprises / result as JSON, errors too
    #[arg(long, global = true)]
    pub json: bool,
    /// Ce qu'il faut faire / what to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the node is.
#[derive(Debug, Clone, Args)]
pub struct Data {
    /// Dossier du nœud : configuration, base SQLite, médias / the node's folder
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
    /// Montre la configuration / shows the configuration
    #[command(
        after_help = "Exemple / example:\n  maillage config --print-default > maillage.toml\n  maillage config --data /var/lib/maillage --check"
    )]
    Config {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Toutes les clés, expliquées, avec leur valeur par défaut / every key, explained
        #[arg(long, required_unless_present = "check")]
        print_default: bool,
        /// Vérifie la configuration du dossier / checks the configuration of the folder
        #[arg(long, conflicts_with = "print_default")]
        check: bool,
    },
    /// Comptes des personnes / accounts of people
    #[command(subcommand)]
    User(User),
    /// Jetons de l'API / API tokens
    #[command(subcommand)]
    Token(Token),
    /// Sites et rubriques / sites and what they show
    #[command(subcommand)]
    Site(Site),
    /// Services
    #[command(subcommand)]
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

/// `user`.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Crée un compte / makes an account
    #[command(
        after_help = "Exemple / example:\n  echo 'un long mot de passe' | maillage user add --data DIR --email redaction@mef58.example.fr --name 'Rédaction' --password-stdin"
    )]
    Add {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Adresse électronique / e-mail address
        #[arg(long)]
        email: String,
        /// Nom affiché / name shown
        #[arg(long, default_value = "")]
        name: String,
        /// Administre le nœud / administers the node
        #[arg(long)]
        administrator: bool,
        /// Lit le mot de passe sur l'entrée standard / reads the password from standard input
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// Liste les comptes / lists the accounts
    #[command(after_help = "Exemple / example:\n  maillage user list --data DIR --json")]
    List {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
    },
    /// Change un mot de passe ; les sessions se ferment / changes a password; sessions end
    #[command(
        after_help = "Exemple / example:\n  echo 'un nouveau mot de passe' | maillage user password --data DIR --email redaction@mef58.example.fr --password-stdin"
    )]
    Password {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Adresse électronique / e-mail address
        #[arg(long)]
        email: String,
        /// Lit le mot de passe sur l'entrée standard / reads the password from standard input
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// Ferme un compte, ou le rouvre / disables an account, or enables it again
    #[command(
        after_help = "Exemple / example:\n  maillage user disable --data DIR --email ancien@mef58.example.fr"
    )]
    Disable {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Adresse électronique / e-mail address
        #[arg(long)]
        email: String,
        /// Rouvre le compte / enables it again
        #[arg(long)]
        undo: bool,
    },
}

/// `token`.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Crée un jeton et l'affiche, seul, une fois / makes a token and prints it alone, once
    #[command(
        after_help = "Exemple / example:\n  TOKEN=$(maillage token create --data DIR --user redaction@mef58.example.fr)"
    )]
    Create {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Compte / account
        #[arg(long, value_name = "EMAIL")]
        user: String,
        /// À quoi il sert / what it is for
        #[arg(long, default_value = "cli")]
        label: String,
    },
}

/// `site`.
#[derive(Debug, Subcommand)]
pub enum Site {
    /// Crée un site / makes a site
    #[command(
        after_help = "Exemple / example:\n  maillage site add --data DIR --slug nievre --title 'Emploi et formation en Nièvre'"
    )]
    Add {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Nom court, dans l'adresse / short name, in the address
        #[arg(long)]
        slug: String,
        /// Titre / title
        #[arg(long)]
        title: String,
        /// Une phrase sous le titre / a sentence under the title
        #[arg(long, default_value = "")]
        intro: String,
        /// Couleur, #rrggbb / colour
        #[arg(long, default_value = "")]
        accent: String,
        /// Atelier de professionnels, toujours réservé / a workshop, always restricted
        #[arg(long)]
        workshop: bool,
        /// Réservé aux personnes du nœud / for people of the node alone
        #[arg(long)]
        restricted: bool,
    },
    /// Montre un service sur un site / shows a service on a site
    #[command(
        after_help = "Exemple / example:\n  maillage site place --data DIR --site nievre --service agenda --territory departement:58"
    )]
    Place {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Site
        #[arg(long)]
        site: String,
        /// Service
        #[arg(long)]
        service: String,
        /// Titre de la rubrique ; celui du service sans cela / title of the section
        #[arg(long, default_value = "")]
        title: String,
        /// Seulement ces thèmes / only these themes
        #[arg(long = "theme", value_name = "SLUG")]
        themes: Vec<String>,
        /// Seulement ces territoires / only these territories
        #[arg(long = "territory", value_name = "CODE")]
        territories: Vec<String>,
    },
    /// Liste les sites et leurs rubriques / lists the sites and what they show
    #[command(after_help = "Exemple / example:\n  maillage site list --data DIR")]
    List {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
    },
}

/// `service`.
#[derive(Debug, Subcommand)]
pub enum Service {
    /// Liste les types de services : nom et libellé / lists the service types: slug and label
    #[command(after_help = "Exemple / example:\n  maillage service types")]
    Types {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
    },
    /// Crée un service / makes a service
    #[command(
        after_help = "Exemple / example:\n  maillage service add --data DIR --type agenda --slug agenda --title 'Agenda de la Nièvre'"
    )]
    Add {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Type (voir `service types`)
        #[arg(long = "type", value_name = "TYPE")]
        type_slug: String,
        /// Nom court, dans l'adresse @nom@hôte / short name, in the address @name@host
        #[arg(long)]
        slug: String,
        /// Titre / title
        #[arg(long)]
        title: String,
        /// Qui le voit : public, network, private / who sees it
        #[arg(long)]
        visibility: Option<String>,
        /// À quoi il sert / what it is for
        #[arg(long, default_value = "")]
        purpose: String,
        /// Licence (etalab-2.0, CC-BY-4.0…)
        #[arg(long, default_value = "")]
        licence: String,
    },
    /// Donne un rôle à un compte, ou le retire / gives an account a role, or takes it away
    #[command(
        after_help = "Exemple / example:\n  maillage service role --data DIR --service agenda --user relecture@mef58.example.fr --role moderator"
    )]
    Role {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Service
        #[arg(long)]
        service: String,
        /// Compte / account
        #[arg(long, value_name = "EMAIL")]
        user: String,
        /// Rôle / role
        #[arg(long, required_unless_present = "remove")]
        role: Option<RoleName>,
        /// Retire le rôle / takes it away
        #[arg(long, conflicts_with = "role")]
        remove: bool,
    },
    /// Liste les services / lists the services
    #[command(after_help = "Exemple / example:\n  maillage service list --data DIR")]
    List {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
    },
}

/// Roles by their names.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum RoleName {
    /// Écrit et soumet / writes and submits
    Contributor,
    /// Publie, refuse, retire / publishes, declines, withdraws
    Moderator,
    /// Règle le service / sets the service up
    ServiceManager,
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
