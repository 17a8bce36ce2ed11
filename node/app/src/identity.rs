//! Signing in through an OpenID provider: somebody leaves for it, comes back, and is recognised.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use crate::login::{Attempt, SignIn, WINDOW};
use crate::mail::Letter;
use crate::ports::{Identity, IdentityProvider};
use crate::secret;
use maillage_domain::message::Message;
use maillage_store::rows::{AccountRow, IdentityRow, SignInRequestRow};
use maillage_store::{StoreError, Tx};
use std::sync::Arc;
use url::Url;

/// How long somebody may take at the provider: ten minutes, in milliseconds.
pub const AWAY: i64 = 10 * 60 * 1_000;
/// Departures from one network address within [`WINDOW`]: a whole office may share it.
const DEPARTURES: i64 = 120;

/// Somebody who has come back from the provider with the browser that left for it.
pub struct Returned {
    /// Where to go on: a path of this node.
    pub next: String,
    nonce: String,
    verifier: String,
}

/// Without nonce and verifier: what is printed may be logged.
impl std::fmt::Debug for Returned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Returned").field("next", &self.next).finish_non_exhaustive()
    }
}

fn refused(fr: impl Into<String>, en: impl Into<String>) -> AppError {
    AppError::Unauthenticated(Message::new(fr, en))
}

impl App {
    /// Says through which provider people may sign in; the first one that is said stays.
    pub fn set_identity_provider(&self, provider: Arc<dyn IdentityProvider>) {
        let _ = self.identities().set(provider);
    }

    /// The provider through which people may sign in, where there is one.
    #[must_use]
    pub fn identity_provider(&self) -> Option<&dyn IdentityProvider> {
        self.identities().get().map(AsRef::as_ref)
    }

    fn provider(&self) -> Result<&dyn IdentityProvider, AppError> {
        self.identity_provider().ok_or(AppError::NotFound)
    }

    /// Sends somebody to the provider; answers its address. `browser` is a secret that only this
    /// browser keeps, `next` the path of this node to go on to afterwards.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where there is no provider; [`AppError::Remote`] when it does not answer;
    /// [`AppError::TooMany`] when too many leave from this network address.
    pub async fn leave_for_provider(
        &self,
        browser: &str,
        next: &str,
        network_address: &str,
    ) -> Result<Url, AppError> {
        let provider = self.provider()?;
        let now = self.now().timestamp_millis();
        let from = format!("departure:{network_address}");
        self.writer().run(move |tx| counted(tx, &from, now)).await?;
        let departure = provider.begin().await?;
        let row = SignInRequestRow {
            id: 0,
            state_hash: secret::digest(&departure.state),
            browser_hash: secret::digest(browser),
            nonce: departure.nonce,
            verifier: departure.verifier,
            next: next.to_owned(),
            expires_at: now + AWAY,
        };
        self.writer().run(move |tx| Ok::<_, AppError>(tx.keep_sign_in_request(&row)?)).await?;
        Ok(departure.address)
    }

    /// Somebody comes back from the provider: the same browser, in time, and once.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] otherwise; [`AppError::TooMany`] after repeated failures of the
    /// network address.
    pub async fn return_from_provider(
        &self,
        state: &str,
        browser: &str,
        network_address: &str,
    ) -> Result<Returned, AppError> {
        let now = self.now().timestamp_millis();
        let attempt = Attempt::new(&format!("return:{network_address}"), network_address, now);
        let (state, browser) = (secret::digest(state), secret::digest(browser));
        let taken = self.writer().run(move |tx| {
            attempt.begin(tx)?;
            // What was wrong is committed as an attempt, so it is no error of the transaction.
            let taken = tx.take_sign_in_request(&state, &browser, now)?;
            if taken.is_some() {
                attempt.succeed(tx)?;
            }
            Ok::<_, AppError>(taken)
        });
        let row = taken.await?.ok_or_else(|| {
            refused(
                "Cette connexion n'a pas été commencée ici, a déjà servi ou a duré trop longtemps : recommencez.",
                "This was not begun here, was used already or took too long: begin again.",
            )
        })?;
        Ok(Returned { next: row.next, nonce: row.nonce, verifier: row.verifier })
    }

    /// Signs in who has come back with a code: the account that is linked to this identity, or the one
    /// that has the e-mail address which the provider has verified, and which is linked from then on.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] when the provider does not confirm who it is, when there is no
    /// such account, or when it is disabled; [`AppError::Remote`] when the provider does not answer.
    pub async fn log_in_through_provider(&self, returned: &Returned, code: &str) -> Result<SignIn, AppError> {
        let provider = self.provider()?;
        let identity = provider.finish(code, &returned.nonce, &returned.verifier).await?;
        let (app, name, now) = (self.clone(), provider.name().to_owned(), self.now().timestamp_millis());
        let account = self.writer().run(move |tx| {
            let account = match known(tx, &identity, now)? {
                Some(account) => account,
                None => app.link(tx, &identity, &name, now)?,
            };
            if account.disabled_at.is_some() { Err(disabled()) } else { Ok(account.id) }
        });
        self.recognised(account.await?, None).await
    }

    /// Links an identity to the account with its verified address.
    fn link(
        &self,
        tx: &mut Tx<'_>,
        identity: &Identity,
        name: &str,
        now: i64,
    ) -> Result<AccountRow, AppError> {
        let email = identity.email.as_deref().unwrap_or_default().trim();
        if email.is_empty() || !identity.email_verified {
            return Err(refused(
                format!(
                    "{name} ne confirme pas votre adresse électronique : ce nœud ne sait pas quel compte est le vôtre."
                ),
                format!(
                    "{name} does not confirm your e-mail address: this node does not know which account is yours."
                ),
            ));
        }
        let account = match tx.reads().account_by_email(&email.to_lowercase()) {
            Ok(account) if account.disabled_at.is_none() => account,
            Ok(_) => return Err(disabled()),
            Err(StoreError::NotFound) => return Err(unknown(email)),
            Err(error) => return Err(error.into()),
        };
        // An address that was given to somebody else at the provider does not open the account.
        if tx.reads().identity_of(account.id, &identity.issuer)?.is_some() {
            return Err(refused(
                format!(
                    "Ce compte est déjà relié à une autre identité chez {name} : connectez-vous avec le mot de passe, et retirez-la de la page « Ma sécurité »."
                ),
                format!(
                    "This account is linked to another identity at {name} already: sign in with the password, and remove it on the page “My security”."
                ),
            ));
        }
        tx.acts_for(Some(account.id));
        tx.insert_identity(&IdentityRow {
            id: 0,
            account_id: account.id,
            issuer: identity.issuer.clone(),
            subject: identity.subject.clone(),
            email: email.to_owned(),
            created_at: now,
            used_at: Some(now),
        })?;
        let letter = |locale, node: &str, base: &str| Letter::identity_linked(locale, name, node, base);
        self.tell_owner(tx, &account, letter, now)?;
        Ok(account)
    }

    /// Unlinks one identity of the caller's own account.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is not theirs.
    pub async fn unlink_identity(&self, caller: &Caller, id: i64) -> Result<(), AppError> {
        let account = caller.account_id().ok_or_else(AppError::forbidden)?;
        self.writer()
            .run(move |tx| {
                tx.acts_for(Some(account));
                Ok::<_, AppError>(tx.remove_identity(account, id)?)
            })
            .await
    }
}

/// Counts a departure, or refuses it when there were too many.
fn counted(tx: &mut Tx<'_>, from: &str, now: i64) -> Result<(), AppError> {
    tx.take_turn(&format!("login:{from}"))?;
    if let Some(first) = tx.reads().login_failure(from, now - WINDOW, DEPARTURES)? {
        return Err(AppError::TooMany { retry_after: ((first + WINDOW - now) / 1_000).max(1) });
    }
    Ok(tx.note_login_failure(from, now)?)
}

/// The account that is linked to an identity, which is used now.
fn known(tx: &mut Tx<'_>, identity: &Identity, now: i64) -> Result<Option<AccountRow>, AppError> {
    tx.take_turn(&format!("identity:{} {}", identity.issuer, identity.subject))?;
    let Some(mut row) = tx.reads().identity(&identity.issuer, &identity.subject)? else { return Ok(None) };
    row.used_at = Some(now);
    tx.save_identity(&row)?;
    Ok(Some(tx.reads().account_by_id(row.account_id)?))
}

fn disabled() -> AppError {
    refused(
        "Votre compte est fermé : écrivez à la personne qui administre ce nœud.",
        "Your account is disabled: write to who administers this node.",
    )
}

fn unknown(email: &str) -> AppError {
    refused(
        format!(
            "Aucun compte n'a l'adresse {email} ici : demandez une invitation à la personne qui administre ce nœud."
        ),
        format!("No account has the address {email} here: ask who administers this node for an invitation."),
    )
}
