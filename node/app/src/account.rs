//! Accounts of the node and their roles in services.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use crate::login::Session;
use crate::secret;
use crate::setup::{AccountForm, check_password, new_account};
use maillage_domain::role::{Action, Role};
use maillage_domain::validation::is_email;
use maillage_store::Tx;
use maillage_store::rows::AccountRow;

/// What changes of an account; empty parts stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountChange {
    /// Whether it may be used.
    pub enabled: Option<bool>,
    /// A new password.
    pub password: Option<String>,
    /// Another name shown to others.
    pub display_name: Option<String>,
    /// Another e-mail address.
    pub email: Option<String>,
    /// Another organisation, by its public id.
    pub organisation: Option<String>,
    /// Whether it administers the node.
    pub administrator: Option<bool>,
}

impl AccountChange {
    /// Whether somebody who is signed in with this account has to sign in again.
    fn ends_sessions(&self, before: &AccountRow) -> bool {
        self.password.is_some()
            || self.enabled == Some(false)
            || self.administrator.is_some_and(|wanted| wanted != before.administrator)
    }

    fn check(&self) -> Result<(), AppError> {
        if let Some(password) = &self.password {
            check_password(password)?;
        }
        if self.email.as_deref().is_some_and(|email| !is_email(email.trim())) {
            return Err(AppError::invalid(
                "email",
                "not_an_email",
                "Écrivez une adresse électronique, par exemple accueil@exemple.fr.",
                "Write an e-mail address, such as desk@example.org.",
            ));
        }
        if self.display_name.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return Err(AppError::invalid("display_name", "required", "Donnez un nom.", "Give a name."));
        }
        Ok(())
    }

    /// Puts everything but the password into a row.
    fn put(&self, tx: &mut Tx<'_>, row: &mut AccountRow, now: i64) -> Result<(), AppError> {
        let stops = self.enabled == Some(false) || self.administrator == Some(false);
        if stops && row.administrator && row.disabled_at.is_none() {
            another_administrator(tx)?;
        }
        match self.enabled {
            Some(false) => {
                row.disabled_at.get_or_insert(now);
            }
            Some(true) => row.disabled_at = None,
            None => {}
        }
        if let Some(administrator) = self.administrator {
            row.administrator = administrator;
        }
        if let Some(name) = &self.display_name {
            row.display_name = name.trim().to_owned();
        }
        if let Some(email) = &self.email {
            row.email = email.trim().to_owned();
            row.email_folded = row.email.to_lowercase();
        }
        if let Some(uid) = &self.organisation {
            let bodies = tx.reads().organisations()?;
            let body = bodies.iter().find(|body| &body.uid == uid).ok_or_else(|| {
                AppError::invalid(
                    "organisation",
                    "unknown_organisation",
                    "Cet organisme n'existe pas.",
                    "There is no such organisation.",
                )
            })?;
            row.organisation_id = body.id;
        }
        Ok(())
    }
}

impl App {
    /// Makes an account in an organisation (by its public id; the node's own when none).
    ///
    /// # Errors
    /// [`AppError::Invalid`], [`AppError::Forbidden`]; [`AppError::Conflict`] when the address is taken.
    pub async fn add_account(
        &self,
        caller: &Caller,
        form: AccountForm,
        organisation: Option<String>,
        administrator: bool,
    ) -> Result<AccountRow, AppError> {
        form.check()?;
        let hash = secret::hash_password(form.password.clone()).await?;
        let (caller, now) = (caller.clone(), self.now());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let bodies = tx.reads().organisations()?;
                let body = match &organisation {
                    Some(uid) => bodies.iter().find(|body| &body.uid == uid),
                    None => bodies.iter().min_by_key(|body| body.id),
                };
                let mut row = new_account(&form, hash.clone(), body.ok_or(AppError::NotFound)?.id, now);
                row.administrator = administrator;
                row.id = match tx.insert_account(&row) {
                    Err(maillage_store::StoreError::Conflict { .. }) => return Err(address_taken()),
                    other => other?,
                };
                Ok(row)
            })
            .await
    }

    /// Disables an account, or enables it again. Its sessions and tokens stop at once.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Conflict`] for the last administrator.
    pub async fn set_account_enabled(
        &self,
        caller: &Caller,
        uid: &str,
        enabled: bool,
    ) -> Result<(), AppError> {
        let change = AccountChange { enabled: Some(enabled), ..AccountChange::default() };
        self.change_account(caller, uid, change).await.map(drop)
    }

    /// Changes an account by its public id, all of it at once. Its sessions end where its password or
    /// its rights have changed.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`];
    /// [`AppError::Conflict`] for the last administrator.
    pub async fn change_account(
        &self,
        caller: &Caller,
        uid: &str,
        change: AccountChange,
    ) -> Result<AccountRow, AppError> {
        change.check()?;
        let hash = match &change.password {
            Some(password) => Some(secret::hash_password(password.clone()).await?),
            None => None,
        };
        let (app, caller, uid, now) = (self.clone(), caller.clone(), uid.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                // One after the other, or two could each leave the other as the last administrator.
                tx.take_turn("administrators")?;
                caller.administers(tx)?;
                let mut account = tx.reads().account(&uid)?;
                let ends = change.ends_sessions(&account);
                change.put(tx, &mut account, now.timestamp_millis())?;
                if let Some(hash) = &hash {
                    account.password_hash = Some(hash.clone());
                }
                match tx.save_account(&account) {
                    Err(maillage_store::StoreError::Conflict { .. }) => return Err(address_taken()),
                    other => other?,
                }
                if ends {
                    tx.end_sessions_of(account.id)?;
                }
                if hash.is_some() {
                    tx.end_password_resets(account.id)?;
                    let letter = crate::mail::Letter::password_changed;
                    app.tell_owner(tx, &account, letter, now.timestamp_millis())?;
                }
                Ok(account)
            })
            .await
    }

    /// Changes the caller's own password, for who knows the present one. Every session of the
    /// account ends and a new one is opened, for the browser in which it was changed.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the present password is wrong or the new one too short.
    pub async fn change_own_password(
        &self,
        caller: &Caller,
        present: &str,
        new: &str,
    ) -> Result<Session, AppError> {
        let Caller::Account(signed_in) = caller else { return Err(AppError::forbidden()) };
        let account = &signed_in.account;
        if !secret::verify_password(present.to_owned(), account.password_hash.clone()).await? {
            return Err(AppError::invalid(
                "present",
                "wrong_password",
                "Ce n'est pas votre mot de passe actuel.",
                "This is not your present password.",
            ));
        }
        check_password(new)?;
        self.set_password(caller, &account.email, new).await?;
        self.open_session(account.id).await
    }

    /// Sets a new password for an account. All of its sessions end.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn set_password(&self, caller: &Caller, email: &str, password: &str) -> Result<(), AppError> {
        let form = AccountForm {
            email: email.to_owned(),
            display_name: String::new(),
            password: password.to_owned(),
        };
        form.check()?;
        let hash = secret::hash_password(form.password).await?;
        let (caller, folded) = (caller.clone(), email.trim().to_lowercase());
        let (app, now) = (self.clone(), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| {
                // Who may not set it does not learn either whether there is such an account.
                if !caller.is_account(tx, &folded)? {
                    caller.administers(tx)?;
                }
                let mut account = tx.reads().account_by_email(&folded)?;
                account.password_hash = Some(hash.clone());
                tx.save_account(&account)?;
                tx.end_sessions_of(account.id)?;
                tx.end_password_resets(account.id)?;
                app.tell_owner(tx, &account, crate::mail::Letter::password_changed, now)
            })
            .await
    }

    /// Gives an account (by its address) a role in a service, or takes it away. Its sessions end,
    /// since their rights have changed.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn set_role(
        &self,
        caller: &Caller,
        service: &str,
        email: &str,
        role: Option<Role>,
    ) -> Result<(), AppError> {
        let (caller, slug, folded) = (caller.clone(), service.to_owned(), email.trim().to_lowercase());
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| {
                let service = tx.reads().service(&slug)?;
                caller.may(tx, service.id, Action::Manage)?;
                let account = match tx.reads().account_by_email(&folded) {
                    Err(maillage_store::StoreError::NotFound) => {
                        return Err(AppError::invalid(
                            "email",
                            "unknown_account",
                            format!("Aucun compte n'a l'adresse « {folded} » : créez-le d'abord."),
                            format!("No account has the address “{folded}”: make one first."),
                        ));
                    }
                    other => other?,
                };
                tx.set_role(account.id, service.id, role.map(Role::as_str), now)?;
                // A change of one's own rights keeps the session in which it was made.
                if caller.account_id() != Some(account.id) {
                    tx.end_sessions_of(account.id)?;
                }
                Ok(())
            })
            .await
    }

    /// Sets the language in which an account is spoken to.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_locale(
        &self,
        caller: &Caller,
        locale: maillage_domain::message::Locale,
    ) -> Result<(), AppError> {
        let id = caller.account_id().ok_or_else(AppError::forbidden)?;
        self.writer()
            .run(move |tx| {
                let mut account = tx.reads().account_by_id(id)?;
                account.locale = locale.code().to_owned();
                Ok(tx.save_account(&account)?)
            })
            .await
    }
}

fn address_taken() -> AppError {
    AppError::invalid(
        "email",
        "taken",
        "Un compte a déjà cette adresse.",
        "An account already has this address.",
    )
}

/// Refuses when no administrator would be left.
fn another_administrator(tx: &mut Tx<'_>) -> Result<(), AppError> {
    if tx.reads().count_administrators()? > 1 {
        return Ok(());
    }
    Err(AppError::conflict(
        "C'est le dernier administrateur : nommez-en un autre d'abord.",
        "This is the last administrator: name another one first.",
    ))
}
