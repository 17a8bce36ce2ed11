//! Signing in and out: sessions of browsers, tokens of programs, and the brake on guessing.

use crate::App;
use crate::caller::{Caller, SignedIn};
use crate::error::AppError;
use crate::secret;
use maillage_domain::message::Message;
use maillage_store::Tx;
use maillage_store::rows::{AccountRow, ApiTokenRow, SessionRow};

/// Failed logins after which an account or an address has to wait.
const FAILURES: i64 = 8;
/// The window in which they are counted: 15 minutes, in milliseconds.
pub(crate) const WINDOW: i64 = 15 * 60 * 1_000;
/// A session ends 14 days after it began, in milliseconds.
const SESSION: i64 = 14 * 24 * 3_600 * 1_000;
/// How often the last use of a session or token is written down: 5 minutes, in milliseconds.
const SEEN: i64 = 5 * 60 * 1_000;

/// A session that was just opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What the browser keeps in its cookie.
    pub token: String,
    /// When it ends, in milliseconds since the epoch.
    pub expires_at: i64,
}

/// What a right password, or being recognised by a provider, leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// A session.
    Open(Session),
    /// A code is asked for too: the token with which it is sent (see [`App::log_in_with_code`]).
    CodeAwaited(String),
}

/// A session in use.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenSession {
    /// Who is signed in.
    pub signed_in: SignedIn,
    /// The value that every form of this session repeats.
    pub csrf: String,
    /// Key of the session.
    pub id: i64,
}

impl App {
    /// Signs in with address and password. The answer is the same, and takes as long, whether the
    /// account exists or not.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`]; [`AppError::TooMany`] after repeated failures of the account
    /// or of the network address.
    pub async fn log_in(
        &self,
        email: &str,
        password: &str,
        network_address: &str,
    ) -> Result<SignIn, AppError> {
        let now = self.now().timestamp_millis();
        let folded = email.trim().to_lowercase();
        let attempt = Attempt::new(&format!("account:{folded}"), network_address, now);
        let begun = attempt.clone();
        // Counted as a failure before it is one: many at once get no more guesses than one by one.
        let account = self
            .writer()
            .run(move |tx| {
                begun.begin(tx)?;
                match tx.reads().account_by_email(&folded) {
                    Ok(account) => Ok(Some(account)),
                    Err(maillage_store::StoreError::NotFound) => Ok(None),
                    Err(error) => Err(AppError::from(error)),
                }
            })
            .await?;
        let usable = account.filter(|account| account.disabled_at.is_none());
        let hash = usable.as_ref().and_then(|account| account.password_hash.clone());
        let right = secret::verify_password(password.to_owned(), hash).await?;
        let Some(account) = usable.filter(|_| right) else {
            return Err(AppError::Unauthenticated(Message::new(
                "Adresse ou mot de passe incorrect.",
                "Wrong address or password.",
            )));
        };
        self.recognised(account.id, Some(attempt)).await
    }

    /// Signs in who has shown to be this account: a session, or the next step where a code is asked
    /// for too. An attempt that was counted has been no failure.
    pub(crate) async fn recognised(&self, id: i64, attempt: Option<Attempt>) -> Result<SignIn, AppError> {
        let (now, step) = (self.now().timestamp_millis(), secret::token());
        let hash = secret::digest(&step);
        let awaits_code = self.writer().run(move |tx| {
            if let Some(attempt) = &attempt {
                attempt.succeed(tx)?;
            }
            let factor = tx.reads().second_factor(id)?;
            let asked = factor.is_some_and(|factor| factor.confirmed_at.is_some());
            if asked {
                tx.await_code(id, &hash, now + crate::second_factor::STEP)?;
            }
            Ok::<_, AppError>(asked)
        });
        if awaits_code.await? {
            return Ok(SignIn::CodeAwaited(step));
        }
        Ok(SignIn::Open(self.open_session(id).await?))
    }

    pub(crate) async fn open_session(&self, account: i64) -> Result<Session, AppError> {
        let now = self.now().timestamp_millis();
        let session = Session { token: secret::token(), expires_at: now + SESSION };
        let row = SessionRow {
            id: 0,
            account_id: account,
            token_hash: secret::digest(&session.token),
            csrf: secret::token(),
            created_at: now,
            seen_at: now,
            expires_at: session.expires_at,
            device: String::new(),
        };
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                tx.insert_session(&row).map(drop).map_err(AppError::from)
            })
            .await?;
        Ok(session)
    }

    /// The session of a cookie, as rights stand now.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it has ended or its account is disabled.
    pub async fn session(&self, token: &str) -> Result<OpenSession, AppError> {
        let now = self.now().timestamp_millis();
        let hash = secret::digest(token);
        let (row, signed_in) = self
            .system()
            .run(move |reads| {
                let (row, account) = reads.session(&hash, now)?;
                let scope = reads.scope_of(&account)?;
                Ok((row, SignedIn { account, scope }))
            })
            .await?;
        if now - row.seen_at > SEEN {
            let id = row.id;
            self.writer().run(move |tx| -> Result<(), AppError> { Ok(tx.touch_session(id, now)?) }).await?;
        }
        Ok(OpenSession { signed_in, csrf: row.csrf, id: row.id })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn log_out(&self, token: &str) -> Result<(), AppError> {
        let hash = secret::digest(token);
        self.writer().run(move |tx| -> Result<(), AppError> { Ok(tx.end_session(&hash)?) }).await
    }

    /// Makes an API token for the caller's account, or, for the node, for any account by its
    /// address. The token is answered once and kept only as its hash.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a label; [`AppError::NotFound`] when there is no such account;
    /// [`AppError::Conflict`] when it is disabled.
    pub async fn make_token(
        &self,
        caller: &Caller,
        email: Option<&str>,
        label: &str,
    ) -> Result<MadeToken, AppError> {
        let label = label.trim();
        if label.is_empty() || label.chars().count() > 100 {
            return Err(AppError::invalid(
                "label",
                "required",
                "Dites à quoi sert ce jeton (100 signes au plus).",
                "Say what this token is for (at most 100 characters).",
            ));
        }
        let now = self.now().timestamp_millis();
        let token = format!("mlg_{}", secret::token());
        let hash = secret::digest(&token);
        let (caller, email, label) =
            (caller.clone(), email.map(|e| e.trim().to_lowercase()), label.to_owned());
        let made = self.writer().run(move |tx| {
            let account = match (&caller, &email) {
                (Caller::Account(signed_in), None) => {
                    enabled(tx.reads().account_by_id(signed_in.account.id)?)?.id
                }
                (Caller::Node, Some(email)) => enabled(tx.reads().account_by_email(email)?)?.id,
                _ => return Err(AppError::forbidden()),
            };
            let row = ApiTokenRow {
                id: 0,
                account_id: account,
                token_hash: hash.clone(),
                label: label.clone(),
                created_at: now,
                used_at: None,
                expires_at: None,
            };
            Ok(tx.insert_api_token(&row)?)
        });
        Ok(MadeToken { id: made.await?, token })
    }

    /// Deletes one of the caller's tokens.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is not theirs.
    pub async fn delete_token(&self, caller: &Caller, id: i64) -> Result<(), AppError> {
        let account = caller.account_id().ok_or_else(AppError::forbidden)?;
        self.writer().run(move |tx| -> Result<(), AppError> { Ok(tx.delete_api_token(id, account)?) }).await
    }

    /// The caller that an account's address stands for: for the command line, which acts in the name
    /// of somebody without their password.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such account; [`AppError::Conflict`] when it is disabled.
    pub async fn account_caller(&self, email: &str) -> Result<Caller, AppError> {
        let folded = email.trim().to_lowercase();
        let found = self.system().run(move |reads| {
            let account = reads.account_by_email(&folded)?;
            let scope = reads.scope_of(&account)?;
            Ok(SignedIn { account, scope })
        });
        let signed_in = found.await?;
        enabled(signed_in.account.clone())?;
        Ok(Caller::Account(Box::new(signed_in)))
    }

    /// The caller that a bearer token stands for.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] when it is none of ours or its account is disabled.
    pub async fn caller_of_token(&self, token: &str) -> Result<Caller, AppError> {
        let now = self.now().timestamp_millis();
        let hash = secret::digest(token);
        let found = self
            .system()
            .run(move |reads| {
                let (row, account) = reads.api_token(&hash, now)?;
                let scope = reads.scope_of(&account)?;
                Ok((row, SignedIn { account, scope }))
            })
            .await;
        let (row, signed_in) = match found {
            Err(maillage_store::StoreError::NotFound) => {
                return Err(AppError::Unauthenticated(Message::new(
                    "Jeton inconnu ou expiré : créez-en un avec `maillage token create`.",
                    "Unknown or expired token: make one with `maillage token create`.",
                )));
            }
            other => other?,
        };
        if row.used_at.is_none_or(|used| now - used > SEEN) {
            let id = row.id;
            self.writer().run(move |tx| -> Result<(), AppError> { Ok(tx.touch_api_token(id, now)?) }).await?;
        }
        Ok(Caller::Account(Box::new(signed_in)))
    }
}

/// An API token that was just made.
#[derive(Debug, Clone)]
pub struct MadeToken {
    /// Its key.
    pub id: i64,
    /// The token itself, which is not kept.
    pub token: String,
}

/// An attempt to sign in, as the brake on guessing counts it.
#[derive(Clone)]
pub(crate) struct Attempt {
    account: String,
    address: String,
    at: i64,
}

impl Attempt {
    /// An attempt on something (`account:…`), from a network address, at a moment in milliseconds.
    pub(crate) fn new(on: &str, network_address: &str, at: i64) -> Self {
        Self { account: on.to_owned(), address: format!("address:{network_address}"), at }
    }

    /// Counts the attempt, or refuses it when there were too many.
    pub(crate) fn begin(&self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        for subject in [&self.account, &self.address] {
            tx.take_turn(&format!("login:{subject}"))?;
            let counted = tx.reads().login_failure(subject, self.at - WINDOW, FAILURES)?;
            if let Some(first) = counted {
                let free_at = first + WINDOW;
                return Err(AppError::TooMany { retry_after: ((free_at - self.at) / 1_000).max(1) });
            }
        }
        tx.note_login_failure(&self.account, self.at)?;
        tx.note_login_failure(&self.address, self.at)?;
        Ok(())
    }

    /// It was no failure: the account begins anew, the network address, which others may share,
    /// has one less.
    pub(crate) fn succeed(&self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        tx.forget_login_failures(&self.account)?;
        tx.forget_one_login_failure(&self.address, self.at)?;
        Ok(())
    }
}

fn enabled(account: AccountRow) -> Result<AccountRow, AppError> {
    if account.disabled_at.is_none() {
        return Ok(account);
    }
    let email = &account.email;
    Err(AppError::conflict(
        format!("Le compte {email} est fermé : rouvrez-le (maillage user disable --email {email} --undo)."),
        format!(
            "The account {email} is disabled: enable it again (maillage user disable --email {email} --undo)."
        ),
    ))
}
