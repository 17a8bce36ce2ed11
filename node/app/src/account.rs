//! Accounts of the node and their roles in services.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use crate::secret;
use crate::setup::{AccountForm, new_account};
use maillage_domain::role::{Action, Role};
use maillage_store::rows::AccountRow;

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
        let (caller, uid, now) = (caller.clone(), uid.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let mut account = tx.reads().account(&uid)?;
                if !enabled && account.administrator && tx.reads().count_administrators()? <= 1 {
                    return Err(AppError::conflict(
                        "C'est le dernier administrateur : nommez-en un autre d'abord.",
                        "This is the last administrator: name another one first.",
                    ));
                }
                account.disabled_at = (!enabled).then(|| now.timestamp_millis());
                tx.save_account(&account)?;
                tx.end_sessions_of(account.id)?;
                Ok(())
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
