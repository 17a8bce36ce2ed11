//! The answers that a node and its accounts are made from, and what is wrong with them.

use crate::error::AppError;
use maillage_domain::place::PlaceCode;
use maillage_domain::validation::is_email;

/// What a node needs to know of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeForm {
    /// Name, such as "Maison de l'Emploi de la Nièvre".
    pub name: String,
    /// Territory: a place code, or the bare number of a département.
    pub territory: String,
}

impl NodeForm {
    /// The territory of the form, whose name is one.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with all that is wrong.
    pub(crate) fn checked(&self) -> Result<PlaceCode, AppError> {
        let named = match self.name.trim().chars().count() {
            1..=140 => Ok(()),
            _ => Err(AppError::invalid(
                "name",
                "required",
                "Donnez un nom au nœud (140 signes au plus).",
                "Give the node a name (at most 140 characters).",
            )),
        };
        all_of([named, territory(&self.territory).map(drop)])?;
        territory(&self.territory)
    }
}

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountForm {
    /// E-mail address.
    pub email: String,
    /// Name shown to others.
    pub display_name: String,
    /// Password, at least 12 characters.
    pub password: String,
}

impl AccountForm {
    /// Checks address and password.
    ///
    /// # Errors
    /// [`AppError::Invalid`].
    pub fn check(&self) -> Result<(), AppError> {
        self.check_email()?;
        check_password(&self.password)
    }

    fn check_email(&self) -> Result<(), AppError> {
        check_email(&self.email)
    }
}

/// Refuses what is no e-mail address.
pub(crate) fn check_email(email: &str) -> Result<(), AppError> {
    if is_email(email.trim()) {
        return Ok(());
    }
    Err(AppError::invalid(
        "email",
        "not_an_email",
        "Écrivez une adresse électronique, par exemple accueil@exemple.fr.",
        "Write an e-mail address, such as desk@example.org.",
    ))
}

/// Refuses a password that is too short, or absurdly long.
pub(crate) fn check_password(password: &str) -> Result<(), AppError> {
    if (12..=512).contains(&password.chars().count()) {
        return Ok(());
    }
    Err(AppError::invalid(
        "password",
        "password_length",
        "Choisissez un mot de passe de 12 signes au moins : quelques mots suffisent.",
        "Choose a password of at least 12 characters: a few words will do.",
    ))
}

/// Refuses what is wrong with the first answers, all of it at once.
pub(crate) fn checked(node: &NodeForm, admin: &AccountForm) -> Result<(), AppError> {
    all_of([node.checked().map(drop), admin.check_email(), check_password(&admin.password)])
}

/// Everything that is wrong, in one error.
pub(crate) fn all_of<const N: usize>(answers: [Result<(), AppError>; N]) -> Result<(), AppError> {
    let mut all = Vec::new();
    for answer in answers {
        match answer {
            Err(AppError::Invalid { mut problems }) => all.append(&mut problems),
            other => other?,
        }
    }
    if all.is_empty() { Ok(()) } else { Err(AppError::Invalid { problems: all }) }
}

/// The place code of what was typed as a territory.
pub(crate) fn territory(text: &str) -> Result<PlaceCode, AppError> {
    PlaceCode::parse_input(text.trim()).map_err(|_| unknown_territory(text))
}

/// What a territory that is none is told.
pub(crate) fn unknown_territory(text: &str) -> AppError {
    if text.trim().is_empty() {
        return AppError::invalid(
            "territory",
            "required",
            "Choisissez un territoire.",
            "Choose a territory.",
        );
    }
    AppError::invalid(
        "territory",
        "unknown_place",
        format!(
            "Territoire inconnu : « {text} ». Écrivez un numéro de département (58) ou un code (region:27)."
        ),
        format!("Unknown territory: “{text}”. Write the number of a département (58) or a code (region:27)."),
    )
}

const WRONG_CODE: &str = "wrong_code";

/// Whether what is wrong is the code.
pub(crate) fn is_wrong_code(error: &AppError) -> bool {
    matches!(error, AppError::Invalid { problems } if problems.iter().any(|one| one.code == WRONG_CODE))
}

/// What a wrong code is told.
pub(crate) fn wrong_code() -> AppError {
    AppError::invalid(
        "code",
        WRONG_CODE,
        "Ce code n'est pas le bon. Il est affiché par le programme à chaque démarrage.",
        "This is not the code. The program prints it whenever it starts.",
    )
}
