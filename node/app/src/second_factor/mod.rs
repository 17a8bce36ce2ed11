//! One-time codes beside the password: set up, asked for when signing in, replaced by recovery codes
//! where the device is lost.

mod totp;

#[cfg(test)]
pub(crate) use totp::code_at;

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use crate::login::{Attempt, Session};
use crate::mail::Letter;
use crate::secret;
use data_encoding::BASE32_NOPAD;
use maillage_domain::message::Message;
use maillage_store::rows::{AccountRow, SecondFactorRow};
use maillage_store::{StoreError, Tx};

/// Recovery codes of an account.
const RECOVERY: usize = 10;
/// How long somebody who has given the password may take for the code: ten minutes, in milliseconds.
pub(crate) const STEP: i64 = 10 * 60 * 1_000;

/// What a person's device needs to make codes.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFactor {
    /// The shared secret, base 32, to type.
    pub secret: String,
    /// The same as an address (`otpauth://totp/…`), to scan.
    pub address: String,
}

/// Without the secret: what is printed may be logged.
impl std::fmt::Debug for NewFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewFactor").finish_non_exhaustive()
    }
}

fn not_the_code() -> AppError {
    AppError::invalid(
        "code",
        "wrong_code",
        "Ce code n'est pas le bon, ou a déjà servi : tapez celui que votre appareil affiche maintenant.",
        "This code is not right, or was used already: type the one that your device shows now.",
    )
}

fn brake(account: i64, now: i64) -> Attempt {
    Attempt::new(&format!("code:{account}"), &format!("code:{account}"), now)
}

/// Whether a code is right: one of the device that was not used, or a recovery code, which is used up.
fn takes(tx: &mut Tx<'_>, account: i64, typed: &str, now: i64) -> Result<bool, AppError> {
    let Some(mut factor) = tx.reads().second_factor(account)? else { return Ok(false) };
    let typed: String = typed.split_whitespace().collect::<String>().to_lowercase();
    if typed.len() == totp::DIGITS && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        let key = BASE32_NOPAD.decode(factor.secret.as_bytes()).map_err(AppError::internal)?;
        let Some(step) = totp::step_of(&key, &typed, now, factor.last_step) else { return Ok(false) };
        factor.last_step = step;
        tx.keep_second_factor(&factor)?;
        return Ok(true);
    }
    if factor.confirmed_at.is_none() {
        return Ok(false);
    }
    Ok(tx.use_recovery_code(account, &secret::digest(&typed), now)?)
}

fn recovery_codes(tx: &mut Tx<'_>, account: i64) -> Result<Vec<String>, AppError> {
    let codes: Vec<String> = (0..RECOVERY).map(|_| secret::spoken_code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| secret::digest(code)).collect();
    tx.keep_recovery_codes(account, &hashes)?;
    Ok(codes)
}

fn noted(tx: &mut Tx<'_>, caller: &Caller, account: &AccountRow, action: &str) -> Result<(), AppError> {
    tx.acts_for(caller.account_id());
    let (of, states) =
        (("second_factor", account.uid.as_str(), account.display_name.as_str()), ("{}".into(), "{}".into()));
    Ok(tx.write_down(of, None, action, states)?)
}

impl App {
    /// Counts an attempt at a code of an account and answers whether it is right; `then` goes on in
    /// the same transaction where it is.
    async fn with_code<T: Send + 'static>(
        &self,
        account: i64,
        code: &str,
        then: impl Fn(&mut Tx<'_>, i64) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let (code, now) = (code.to_owned(), self.now().timestamp_millis());
        let outcome = self.writer().run(move |tx| {
            let attempt = brake(account, now);
            attempt.begin(tx)?;
            // A wrong code is committed as an attempt, so it is no error of the transaction.
            if !takes(tx, account, &code, now)? {
                return Ok(None);
            }
            attempt.succeed(tx)?;
            then(tx, now).map(Some)
        });
        outcome.await?.ok_or_else(not_the_code)
    }

    /// Begins to set codes up for the caller: a secret that does not count before a first code was
    /// typed. The same secret until then.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when codes are asked for already.
    pub async fn begin_second_factor(&self, caller: &Caller) -> Result<NewFactor, AppError> {
        let Caller::Account(signed_in) = caller else { return Err(AppError::forbidden()) };
        let (id, email) = (signed_in.account.id, signed_in.account.email.clone());
        let (now, fresh) = (self.now().timestamp_millis(), BASE32_NOPAD.encode(&totp::new_key()));
        let begun = self.writer().run(move |tx| {
            match tx.reads().second_factor(id)? {
                Some(factor) if factor.confirmed_at.is_some() => return Err(set_up_already()),
                Some(factor) => return Ok(factor.secret),
                None => {}
            }
            let row = SecondFactorRow {
                account_id: id,
                secret: fresh.clone(),
                confirmed_at: None,
                last_step: 0,
                created_at: now,
            };
            tx.keep_second_factor(&row)?;
            Ok(row.secret)
        });
        let secret = begun.await?;
        let address = totp::address(&secret, &self.addresses().host(), &email);
        Ok(NewFactor { secret, address })
    }

    /// Codes count from now on, for who has typed a first one. Answers the recovery codes, which are
    /// not shown again.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a wrong code, [`AppError::TooMany`] after repeated ones;
    /// [`AppError::Conflict`] when codes are asked for already.
    pub async fn confirm_second_factor(&self, caller: &Caller, code: &str) -> Result<Vec<String>, AppError> {
        let id = caller.account_id().ok_or_else(AppError::forbidden)?;
        let (app, caller) = (self.clone(), caller.clone());
        self.with_code(id, code, move |tx, now| {
            let mut factor = tx.reads().second_factor(id)?.ok_or(AppError::NotFound)?;
            if factor.confirmed_at.is_some() {
                return Err(set_up_already());
            }
            factor.confirmed_at = Some(now);
            tx.keep_second_factor(&factor)?;
            let account = tx.reads().account_by_id(id)?;
            noted(tx, &caller, &account, "create")?;
            app.tell_owner(tx, &account, Letter::second_factor_on, now)?;
            recovery_codes(tx, id)
        })
        .await
    }

    /// New recovery codes in place of the old ones, for who types a code.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a wrong code, [`AppError::TooMany`] after repeated ones.
    pub async fn renew_recovery_codes(&self, caller: &Caller, code: &str) -> Result<Vec<String>, AppError> {
        let id = caller.account_id().ok_or_else(AppError::forbidden)?;
        self.with_code(id, code, move |tx, _| {
            confirmed(tx, id)?;
            recovery_codes(tx, id)
        })
        .await
    }

    /// The password is enough from now on, for who types a code.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a wrong code, [`AppError::TooMany`] after repeated ones.
    pub async fn end_second_factor(&self, caller: &Caller, code: &str) -> Result<(), AppError> {
        let id = caller.account_id().ok_or_else(AppError::forbidden)?;
        let (app, caller) = (self.clone(), caller.clone());
        self.with_code(id, code, move |tx, now| {
            confirmed(tx, id)?;
            app.remove_factor(tx, &caller, id, now)
        })
        .await
    }

    /// Takes the second factor of an account away that has lost its device, by its address: for who
    /// administers the node.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`] where there is no such account, or it has none.
    pub async fn reset_second_factor(&self, caller: &Caller, email: &str) -> Result<(), AppError> {
        let (app, caller, folded) = (self.clone(), caller.clone(), email.trim().to_lowercase());
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let account = tx.reads().account_by_email(&folded)?;
                app.remove_factor(tx, &caller, account.id, now)?;
                tx.end_sessions_of(account.id)?;
                Ok(())
            })
            .await
    }

    fn remove_factor(&self, tx: &mut Tx<'_>, caller: &Caller, id: i64, now: i64) -> Result<(), AppError> {
        if !tx.remove_second_factor(id)? {
            return Err(AppError::NotFound);
        }
        tx.end_login_steps(id)?;
        let account = tx.reads().account_by_id(id)?;
        noted(tx, caller, &account, "remove")?;
        self.tell_owner(tx, &account, Letter::second_factor_off, now)
    }

    /// Signs in with a code, for who has given the password. `token` is what that was answered with.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] when ten minutes have passed; [`AppError::Invalid`] for a wrong
    /// code; [`AppError::TooMany`] after repeated ones.
    pub async fn log_in_with_code(&self, token: &str, code: &str) -> Result<Session, AppError> {
        let (hash, now) = (secret::digest(token), self.now().timestamp_millis());
        let owed = hash.clone();
        let account = match self.system().run(move |reads| reads.login_step(&owed, now)).await {
            Err(StoreError::NotFound) => return Err(too_late()),
            other => other?,
        };
        self.with_code(account, code, move |tx, now| {
            // Two requests with one token: the first ends it.
            if tx.reads().login_step(&hash, now).is_err() {
                return Err(too_late());
            }
            let row = tx.reads().account_by_id(account)?;
            tx.end_login_steps(account)?;
            if row.disabled_at.is_some() { Err(too_late()) } else { Ok(()) }
        })
        .await?;
        self.open_session(account).await
    }
}

fn confirmed(tx: &mut Tx<'_>, account: i64) -> Result<(), AppError> {
    let factor = tx.reads().second_factor(account)?;
    if factor.is_some_and(|factor| factor.confirmed_at.is_some()) { Ok(()) } else { Err(AppError::NotFound) }
}

fn too_late() -> AppError {
    AppError::Unauthenticated(Message::new(
        "Trop de temps a passé : donnez de nouveau votre mot de passe.",
        "Too much time has passed: give your password again.",
    ))
}

fn set_up_already() -> AppError {
    AppError::conflict("Votre compte demande déjà un code.", "Your account asks for a code already.")
}
