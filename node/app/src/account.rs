//! Accounts of the node and their roles in services.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use crate::secret;
use crate::setup::{AccountForm, check_password, new_account};
use maillage_domain::role::{Action, Role};
use maillage_store::Tx;
use maillage_store::rows::AccountRow;

/// What changes of an account; empty parts stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountChange {
    /// Whether it may be used.
    pub enabled: Option<bool>,
    /// A new password.
    pub password: Option<String>,
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
                    Err(maillage_store::StoreError::Conflict { .. }) => {
                        return Err(AppError::invalid(
                            "email",
                            "taken",
                            "Un compte a déjà cette adresse.",
                            "An account already has this address.",
                        ));
                    }
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
        let change = AccountChange { enabled: Some(enabled), password: None };
        self.change_account(caller, uid, change).await.map(drop)
    }

    /// Changes an account by its public id: a new password, enabled or not, or both at once. All of
    /// its sessions end.
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
        let hash = match change.password {
            Some(password) => {
                check_password(&password)?;
                Some(secret::hash_password(password).await?)
            }
            None => None,
        };
        let (caller, uid, now) = (caller.clone(), uid.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let mut account = tx.reads().account(&uid)?;
                match change.enabled {
                    Some(false) if account.administrator && account.disabled_at.is_none() => {
                        another_administrator(tx)?;
                        account.disabled_at = Some(now.timestamp_millis());
                    }
                    Some(false) => {
                        account.disabled_at.get_or_insert(now.timestamp_millis());
                    }
                    Some(true) => account.disabled_at = None,
                    None => {}
                }
                if let Some(hash) = &hash {
                    account.password_hash = Some(hash.clone());
                }
                tx.save_account(&account)?;
                tx.end_sessions_of(account.id)?;
                Ok(account)
            })
            .await
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
        self.writer()
            .run(move |tx| {
                let mut account = tx.reads().account_by_email(&folded)?;
                if caller.account_id() != Some(account.id) {
                    caller.administers(tx)?;
                }
                account.password_hash = Some(hash.clone());
                tx.save_account(&account)?;
                tx.end_sessions_of(account.id)?;
                Ok(())
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
                            "Aucun compte n'a cette adresse : créez-le d'abord.",
                            "No account has this address: make one first.",
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
