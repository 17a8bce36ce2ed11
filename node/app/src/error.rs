//! What a use case answers when it cannot do what was asked.

use maillage_domain::message::Message;
use maillage_domain::validation::FieldProblem;
use maillage_domain::workflow::WorkflowError;
use maillage_store::StoreError;

/// The one error of use cases; each face maps it to a status in one place.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Something given is wrong; said field by field. Nothing was changed.
    #[error("invalid input: {}", problems.iter().map(|p| format!("{} ({})", p.field, p.code)).collect::<Vec<_>>().join(", "))]
    Invalid {
        /// What is wrong, in the order of the form.
        problems: Vec<FieldProblem>,
    },
    /// Nobody is signed in, or the credentials are wrong.
    #[error("not signed in")]
    Unauthenticated(Message),
    /// The caller has no right to this.
    #[error("not allowed")]
    Forbidden(Message),
    /// There is no such thing, or the caller may not know of it.
    #[error("not found")]
    NotFound,
    /// It cannot be done in the present state.
    #[error("conflict: {0}")]
    Conflict(Message),
    /// Too often; again after this many seconds.
    #[error("too many attempts")]
    TooMany {
        /// Seconds to wait.
        retry_after: i64,
    },
    /// The database is busy or away; nothing was changed, and the same request may be made again.
    #[error("unavailable")]
    Unavailable(#[source] StoreError),
    /// Another server could not be reached or answered something unusable.
    #[error("remote: {0}")]
    Remote(Message),
    /// A fault of ours: logged, never shown.
    #[error("internal")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AppError {
    /// One wrong field.
    pub fn invalid(field: &str, code: &'static str, fr: impl Into<String>, en: impl Into<String>) -> Self {
        let problem = FieldProblem { field: field.to_owned(), code, message: Message::new(fr, en) };
        Self::Invalid { problems: vec![problem] }
    }

    /// A conflict with this explanation.
    pub fn conflict(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Conflict(Message::new(fr, en))
    }

    /// A fault of ours.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// No right to this, and whom to ask.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::Forbidden(Message::new(
            "Votre rôle ne permet pas cette action. Demandez à un responsable du service.",
            "Your role does not allow this. Ask a manager of the service.",
        ))
    }

    /// What to tell the user.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Invalid { problems } => match problems.as_slice() {
                [one] => one.message.clone(),
                many => Message::new(
                    format!("{} champs sont à corriger.", many.len()),
                    format!("{} fields need correcting.", many.len()),
                ),
            },
            Self::Unauthenticated(message)
            | Self::Forbidden(message)
            | Self::Conflict(message)
            | Self::Remote(message) => message.clone(),
            Self::NotFound => Message::new("Cette page n'existe pas ou plus.", "There is no such page."),
            Self::TooMany { retry_after } if *retry_after > 90 => Message::new(
                format!("Trop d'essais. Recommencez dans {} minutes.", (retry_after + 59) / 60),
                format!("Too many attempts. Try again in {} minutes.", (retry_after + 59) / 60),
            ),
            Self::TooMany { retry_after } => Message::new(
                format!("Trop d'essais. Recommencez dans {retry_after} secondes."),
                format!("Too many attempts. Try again in {retry_after} seconds."),
            ),
            Self::Unavailable(_) => Message::new(
                "Le nœud est occupé : rien n'a été perdu ni changé. Recommencez dans un instant.",
                "The node is busy: nothing was lost or changed. Try again in a moment.",
            ),
            Self::Internal(_) => Message::new(
                "Une erreur s'est produite de notre côté. Elle est notée au journal du nœud.",
                "Something went wrong on our side. It is noted in the node's log.",
            ),
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Conflict { constraint } => {
                tracing::debug!(constraint, "unique value taken");
                Self::conflict("Cette valeur est déjà prise.", "This value is already taken.")
            }
            error if error.is_retryable() => Self::Unavailable(error),
            error => Self::internal(error),
        }
    }
}

impl From<WorkflowError> for AppError {
    fn from(error: WorkflowError) -> Self {
        match error {
            WorkflowError::OwnItem => Self::Forbidden(error.message()),
            WorkflowError::NotFrom { .. } => Self::Conflict(error.message()),
            WorkflowError::ReasonMissing => {
                let message = error.message();
                Self::invalid("reason", "required", message.fr, message.en)
            }
        }
    }
}
