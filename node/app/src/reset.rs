//! Forgotten passwords: a link by mail, for an hour and once.

use crate::App;
use crate::error::AppError;
use crate::login::Attempt;
use crate::mail::{Letter, MailKind, post};
use crate::secret;
use crate::setup::check_password;
use maillage_domain::message::Locale;
use maillage_store::rows::{AccountRow, PasswordResetRow};
use maillage_store::{StoreError, Tx};

const MINUTE: i64 = 60 * 1_000;
/// How long a link may be used.
const USABLE: i64 = 60 * MINUTE;
/// A link is not sent again before.
const AGAIN: i64 = 2 * MINUTE;

impl App {
    /// Sends a link to the account of this address, where there is one. The answer is the same
    /// whether there is or not.
    ///
    /// # Errors
    /// [`AppError::TooMany`] when it was asked for too often, for the address or from the network
    /// address; [`AppError::Conflict`] where the node sends no mail.
    pub async fn ask_for_reset(&self, email: &str, network_address: &str) -> Result<(), AppError> {
        self.needs_mail()?;
        let folded = email.trim().to_lowercase();
        let now = self.now().timestamp_millis();
        // Counted apart from logins, and never taken back: each may send a mail.
        let attempt = Attempt::new(&format!("reset:{folded}"), &format!("reset:{network_address}"), now);
        let app = self.clone();
        self.writer()
            .run(move |tx| {
                attempt.begin(tx)?;
                match tx.reads().account_by_email(&folded) {
                    Ok(account) if account.disabled_at.is_none() => app.send_reset(tx, &account, now),
                    Ok(_) | Err(StoreError::NotFound) => Ok(()),
                    Err(error) => Err(error.into()),
                }
            })
            .await
    }

    fn send_reset(&self, tx: &mut Tx<'_>, account: &AccountRow, now: i64) -> Result<(), AppError> {
        if tx.reads().has_asked_for_reset(account.id, now - AGAIN)? {
            return Ok(());
        }
        let row = PasswordResetRow {
            id: 0,
            account_id: account.id,
            token_hash: None,
            created_at: now,
            expires_at: now + USABLE,
            used_at: None,
        };
        let id = tx.insert_password_reset(&row)?;
        let locale = Locale::from_code(&account.locale);
        let node = tx.reads().node()?.map(|node| node.name).unwrap_or_default();
        let letter = Letter::reset(locale, &node, self.addresses().base().as_str());
        post(tx, MailKind::Reset, Some(id), (&account.email, locale), letter, now)
    }

    /// Whether a link still leads to a new password.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is none of ours, was used, or an hour has passed.
    pub async fn check_reset(&self, token: &str) -> Result<(), AppError> {
        let (hash, now) = (secret::digest(token), self.now().timestamp_millis());
        let row = self.system().run(move |reads| reads.password_reset(&hash)).await?;
        if row.used_at.is_none() && row.expires_at > now { Ok(()) } else { Err(AppError::NotFound) }
    }

    /// Sets a new password, for who has the link. All sessions of the account end, every other link
    /// too, and its owner is told. Nobody is signed in by this: what else the account asks for when
    /// signing in, it asks for still.
    ///
    /// # Errors
    /// [`AppError::Invalid`]; [`AppError::NotFound`] as [`App::check_reset`].
    pub async fn reset_password(&self, token: &str, password: &str) -> Result<(), AppError> {
        self.check_reset(token).await?;
        check_password(password)?;
        let hash = secret::hash_password(password.to_owned()).await?;
        let (app, link, now) = (self.clone(), secret::digest(token), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| {
                tx.take_turn("password resets")?;
                let row = tx.reads().password_reset(&link)?;
                if row.used_at.is_some() || row.expires_at <= now {
                    return Err(AppError::NotFound);
                }
                let mut account = tx.reads().account_by_id(row.account_id)?;
                if account.disabled_at.is_some() {
                    return Err(AppError::NotFound);
                }
                tx.acts_for(Some(account.id));
                account.password_hash = Some(hash.clone());
                tx.save_account(&account)?;
                tx.end_sessions_of(account.id)?;
                tx.end_password_resets(account.id)?;
                tx.end_login_steps(account.id)?;
                tx.forget_login_failures(&format!("account:{}", account.email_folded))?;
                app.tell_owner(tx, &account, Letter::password_changed, now)
            })
            .await
    }
}
