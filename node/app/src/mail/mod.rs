//! Mails: written down in the transaction that is their reason, sent by a worker, tried again.

mod notices;
mod words;

pub(crate) use notices::Told;
pub(crate) use words::{Invited, LINK, Letter, letter, plain};

use crate::App;
use crate::alert::stop_address;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ports::{OutgoingMail, Post, PostError};
use crate::secret;
use maillage_domain::message::Locale;
use maillage_store::rows::MailRow;
use maillage_store::{StoreError, Tx};

const MINUTE: i64 = 60 * 1_000;
/// Mails taken at once.
const TAKEN: i64 = 20;
/// How long a mail under way is left alone before it is tried again: longer than any server may take.
const UNDER_WAY: i64 = 10 * MINUTE;
/// Between two attempts, the last one again and again.
const PAUSES: [i64; 5] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 3 * 60 * MINUTE];
/// A mail that was not sent within three days is given up.
const GIVEN_UP: i64 = 3 * 24 * 60 * MINUTE;

/// What a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MailKind {
    /// An invitation; the link is that of the invitation.
    Invitation,
    /// A forgotten password; the link is that of the reset.
    Reset,
    /// What concerns somebody, of which they have chosen to be told.
    Notices,
    /// Something was changed about an account, of which its owner has to know.
    Account,
    /// An alert that is to be confirmed; the link is that of the alert.
    AlertAsked,
    /// What is new in the list of an alert.
    Alert,
}

impl MailKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
            Self::Notices => "notices",
            Self::Account => "account",
            Self::AlertAsked => "alert-asked",
            Self::Alert => "alert",
        }
    }
}

/// Queues a mail. `reference` is the key of what its link is made for.
pub(crate) fn post(
    tx: &mut Tx<'_>,
    kind: MailKind,
    reference: Option<i64>,
    (recipient, locale): (&str, Locale),
    letter: Letter,
    now: i64,
) -> Result<(), AppError> {
    // What is new is told once: no later mail stands for an earlier one.
    if let Some(reference) = reference.filter(|_| kind != MailKind::Alert) {
        tx.drop_mails(kind.as_str(), reference)?;
    }
    tx.insert_mail(&MailRow {
        id: 0,
        kind: kind.as_str().to_owned(),
        reference,
        recipient: recipient.to_owned(),
        locale: locale.code().to_owned(),
        subject: letter.subject,
        body: letter.body,
        state: "due".to_owned(),
        attempts: 0,
        due_at: now,
        problem: None,
        created_at: now,
        ended_at: None,
    })?;
    Ok(())
}

/// A mail whose turn has come, with its link; none where nobody waits for it any more.
fn prepared(tx: &mut Tx<'_>, row: MailRow, base: &str, now: i64) -> Result<Option<OutgoingMail>, AppError> {
    let (mut body, mut stop) = (row.body.clone(), None);
    if row.kind == MailKind::Alert.as_str() {
        stop = match row.reference.map(|alert| tx.reads().alert_by_id(alert)) {
            Some(Ok(alert)) => Some(stop_address(base, &alert.stop_token)),
            Some(Err(StoreError::NotFound)) | None => {
                end(tx, row, Err("obsolete".to_owned()), now)?;
                return Ok(None);
            }
            Some(Err(error)) => return Err(error.into()),
        };
    } else if let Some(reference) = row.reference {
        let token = secret::token();
        let hash = secret::digest(&token);
        let usable = match row.kind.as_str() {
            "invitation" => {
                let invitation = tx.reads().invitation_by_id(reference)?;
                tx.link_invitation(reference, &hash)?;
                invitation.used_at.is_none() && invitation.revoked_at.is_none() && invitation.expires_at > now
            }
            "reset" => {
                let reset = tx.reads().password_reset_by_id(reference)?;
                tx.link_password_reset(reference, &hash)?;
                reset.used_at.is_none() && reset.expires_at > now
            }
            "alert-asked" => match tx.reads().alert_by_id(reference) {
                Ok(alert) => {
                    tx.link_alert(reference, &hash)?;
                    alert.confirmed_at.is_none() && alert.due_at > now
                }
                Err(StoreError::NotFound) => false,
                Err(error) => return Err(error.into()),
            },
            _ => false,
        };
        if !usable {
            end(tx, row, Err("obsolete".to_owned()), now)?;
            return Ok(None);
        }
        let path = match row.kind.as_str() {
            "reset" => "reset",
            "alert-asked" => "alerts",
            _ => "invitation",
        };
        body = body.replace(LINK, &format!("{base}{path}/{token}"));
    }
    let (recipient, subject, locale) = (row.recipient, row.subject, Locale::from_code(&row.locale));
    Ok(Some(OutgoingMail { id: row.id, recipient, locale, subject, body, stop }))
}

/// A mail has ended: its text is kept only where it can be tried again by hand.
fn end(tx: &mut Tx<'_>, mut row: MailRow, outcome: Result<(), String>, now: i64) -> Result<(), AppError> {
    row.ended_at = Some(now);
    row.due_at = now;
    match outcome {
        Ok(()) => {
            row.state = "sent".to_owned();
            row.body = String::new();
            row.problem = None;
        }
        Err(problem) => {
            row.state = "failed".to_owned();
            row.problem = Some(problem);
        }
    }
    Ok(tx.save_mail(&row)?)
}

fn settle(tx: &mut Tx<'_>, id: i64, outcome: &Result<(), PostError>, now: i64) -> Result<(), AppError> {
    let mut row = tx.mail(id)?;
    match outcome {
        Ok(()) => end(tx, row, Ok(()), now),
        Err(PostError::Refused(problem)) => end(tx, row, Err(problem.clone()), now),
        Err(PostError::Later(problem)) if now - row.created_at >= GIVEN_UP => {
            end(tx, row, Err(problem.clone()), now)
        }
        Err(PostError::Later(problem)) => {
            let nth = usize::try_from(row.attempts - 1).unwrap_or_default().min(PAUSES.len() - 1);
            row.due_at = now + PAUSES[nth];
            row.problem = Some(problem.clone());
            Ok(tx.save_mail(&row)?)
        }
    }
}

impl App {
    /// Whether this node sends mail: what is done by mail alone is not offered where it does not.
    #[must_use]
    pub fn sends_mail(&self) -> bool {
        self.inner.sends_mail.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Says whether this node sends mail, as it is configured.
    pub fn set_sends_mail(&self, sends: bool) {
        self.inner.sends_mail.store(sends, std::sync::atomic::Ordering::Relaxed);
    }

    /// Sends the mails that are due; answers how many were sent. Several processes may do so at once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn send_mails(&self, through: &dyn Post) -> Result<usize, AppError> {
        let mut sent = 0;
        loop {
            let (now, base) = (self.now().timestamp_millis(), self.addresses().base().to_string());
            let taken = self.writer().run(move |tx| {
                let rows = tx.claim_mails(now, now + UNDER_WAY, TAKEN)?;
                let mut mails = Vec::new();
                for row in rows {
                    mails.extend(prepared(tx, row, &base, now)?);
                }
                Ok::<_, AppError>(mails)
            });
            let mails = taken.await?;
            if mails.is_empty() {
                return Ok(sent);
            }
            for mail in mails {
                let outcome = through.send(&mail).await;
                match &outcome {
                    Ok(()) => sent += 1,
                    Err(error) => tracing::warn!(mail = mail.id, %error, "a mail was not sent"),
                }
                let now = self.now().timestamp_millis();
                self.writer().run(move |tx| settle(tx, mail.id, &outcome, now)).await?;
            }
        }
    }

    /// Tries a mail once more that was given up.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`] where it was not given up.
    pub async fn retry_mail(&self, caller: &Caller, id: i64) -> Result<(), AppError> {
        let (caller, now) = (caller.clone(), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let row = tx.mail(id)?;
                if row.state != "failed" {
                    return Err(AppError::NotFound);
                }
                let state = "due".to_owned();
                let again =
                    MailRow { state, attempts: 0, due_at: now, created_at: now, ended_at: None, ..row };
                Ok(tx.save_mail(&again)?)
            })
            .await
    }

    /// Refuses what needs mail where none is sent.
    pub(crate) fn needs_mail(&self) -> Result<(), AppError> {
        if self.sends_mail() {
            return Ok(());
        }
        Err(AppError::conflict(
            "Ce nœud n'envoie pas de courrier : il faut d'abord le configurer (mail.url et mail.from).",
            "This node sends no mail: it has to be configured first (mail.url and mail.from).",
        ))
    }

    /// Tells the owner of an account what was changed about it, where mail is sent.
    pub(crate) fn tell_owner(
        &self,
        tx: &mut Tx<'_>,
        account: &maillage_store::rows::AccountRow,
        letter: impl FnOnce(Locale, &str, &str) -> Letter,
        now: i64,
    ) -> Result<(), AppError> {
        if !self.sends_mail() {
            return Ok(());
        }
        let locale = Locale::from_code(&account.locale);
        let node = tx.reads().node()?.map(|node| node.name).unwrap_or_default();
        let letter = letter(locale, &node, self.addresses().base().as_str());
        post(tx, MailKind::Account, None, (&account.email, locale), letter, now)
    }
}
