//! What a command names, and what is said when the node does not have it.

use crate::failure::Failure;
use maillage_app::AppError;
use maillage_domain::message::Message;

/// A thing of the node, by the name that was given.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    /// A service, by its slug.
    Service(&'a str),
    /// A site, by its slug.
    Site(&'a str),
    /// An account, by its address.
    Account(&'a str),
}

impl Named<'_> {
    /// An error of a use case that names this alone: what is not found is this.
    pub fn or(self, error: AppError) -> Failure {
        match error {
            AppError::NotFound => self.missing(),
            other => other.into(),
        }
    }

    /// There is no such thing: its kind, its name, and how to see those there are.
    pub fn missing(self) -> Failure {
        let (fr, en, name, list) = match self {
            Self::Service(slug) => ("Aucun service", "No service", slug, "maillage service list"),
            Self::Site(slug) => ("Aucun site", "No site", slug, "maillage site list"),
            Self::Account(email) => ("Aucun compte", "No account", email, "maillage user list"),
        };
        Failure::Refused(vec![Message::new(
            format!("{fr} « {name} » sur ce nœud : vérifiez l'orthographe. Pour voir la liste : {list}."),
            format!("{en} “{name}” on this node: check the spelling. To see the list: {list}."),
        )])
    }
}
