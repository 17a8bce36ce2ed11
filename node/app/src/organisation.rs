//! Organisations: the bodies that take part, with or without a node of their own.

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_store::rows::OrganisationRow;

/// What is known of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrganisationForm {
    /// Name.
    pub name: String,
    /// Web site, or empty.
    pub url: String,
    /// Territory: a place code or a département's number, or empty.
    pub territory: String,
}

/// What of a form is stored.
struct Checked {
    name: String,
    url: Option<String>,
    territory: Option<String>,
}

impl OrganisationForm {
    fn checked(&self) -> Result<Checked, AppError> {
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 200 {
            return Err(AppError::invalid(
                "name",
                "required",
                "Donnez un nom (200 signes au plus).",
                "Give a name (at most 200 characters).",
            ));
        }
        let territory = match self.territory.trim() {
            "" => None,
            text => Some(crate::setup::territory(text)?.to_string()),
        };
        let url = Some(self.url.trim().to_owned()).filter(|url| !url.is_empty());
        if url.as_deref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            return Err(AppError::invalid(
                "url",
                "not_a_url",
                "Écrivez une adresse complète (https://…).",
                "Write a full address (https://…).",
            ));
        }
        Ok(Checked { name, url, territory })
    }
}

impl App {
    /// Adds an organisation.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`].
    pub async fn add_organisation(
        &self,
        caller: &Caller,
        form: OrganisationForm,
    ) -> Result<OrganisationRow, AppError> {
        let Checked { name, url, territory } = form.checked()?;
        let (caller, now) = (caller.clone(), self.now());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let mut row = OrganisationRow {
                    id: 0,
                    uid: new_uid(now),
                    name: name.clone(),
                    url: url.clone(),
                    territory: territory.clone(),
                    created_at: now.timestamp_millis(),
                };
                row.id = tx.insert_organisation(&row)?;
                Ok(row)
            })
            .await
    }

    /// Changes an organisation, by its public id. Items published from now on carry the new name.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn change_organisation(
        &self,
        caller: &Caller,
        uid: &str,
        form: OrganisationForm,
    ) -> Result<OrganisationRow, AppError> {
        let Checked { name, url, territory } = form.checked()?;
        let (caller, uid) = (caller.clone(), uid.to_owned());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let mut bodies = tx.reads().organisations()?;
                bodies.retain(|body| body.uid == uid);
                let body = bodies.pop().ok_or(AppError::NotFound)?;
                let row = OrganisationRow {
                    name: name.clone(),
                    url: url.clone(),
                    territory: territory.clone(),
                    ..body
                };
                tx.save_organisation(&row)?;
                Ok(row)
            })
            .await
    }
}
