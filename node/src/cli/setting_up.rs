//! Commands that set a node up: accounts, tokens, sites, services.

use super::Data;
use clap::{Subcommand, ValueEnum};

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
    /// Ne demande plus de code à un compte dont l'appareil est perdu / stops asking an account for codes
    #[command(
        after_help = "Exemple / example:\n  maillage user reset-codes --data DIR --email redaction@mef58.example.fr"
    )]
    ResetCodes {
        /// Where the node is.
        #[command(flatten)]
        data: Data,
        /// Adresse électronique / e-mail address
        #[arg(long)]
        email: String,
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
        /// Type (voir / see `service types`)
        #[arg(long = "type", value_name = "TYPE")]
        type_slug: String,
        /// Nom court, dans l'adresse @nom@hôte / short name, in the address @name@host
        #[arg(long)]
        slug: String,
        /// Titre / title
        #[arg(long)]
        title: String,
        /// Qui le voit ; sans cela, ce que le type prévoit / who sees it
        #[arg(long)]
        visibility: Option<VisibilityName>,
        /// À quoi il sert / what it is for
        #[arg(long, default_value = "")]
        purpose: String,
        /// Licence / licence (etalab-2.0, CC-BY-4.0…)
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

/// Visibilities by their names.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "lowercase")]
pub enum VisibilityName {
    /// Tout le monde / everybody
    Public,
    /// Les nœuds partenaires / partner nodes
    Network,
    /// Les membres du service / members of the service
    Private,
}
