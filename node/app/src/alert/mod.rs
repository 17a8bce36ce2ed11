//! Alerts by mail: somebody without an account is told what is new in a list that is open to everybody. An
//! address is written to only once its owner has confirmed it, and never again once it is ended.

mod letter;
mod list;
mod tell;

pub(crate) use letter::stop_address;
pub use list::AlertList;

use crate::App;
use crate::address::new_uid;
use crate::answers::check_email;
use crate::error::AppError;
use crate::login::Attempt;
use crate::mail::{Letter, MailKind, post};
use crate::secret;
use maillage_domain::message::Locale;
use maillage_store::rows::AlertRow;
use maillage_store::{StoreError, Tx};

const DAY: i64 = 24 * 3_600 * 1_000;
/// An alert that was not confirmed by then is forgotten.
const TO_CONFIRM: i64 = 3 * DAY;
/// Alerts of one address.
const MOST: usize = 20;
/// Characters of what describes a list.
const LONGEST: usize = 2_000;

/// How often an alert tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Frequency {
    /// In the morning, where there is anything.
    #[default]
    Daily,
    /// As soon as something is published.
    Once,
}

impl Frequency {
    /// As it is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Once => "once",
        }
    }

    /// The frequency of this name; daily where it is none.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        if name == Self::Once.as_str() { Self::Once } else { Self::Daily }
    }
}

/// What somebody asks to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertForm {
    /// Address.
    pub email: String,
    /// Language of the mails.
    pub locale: Locale,
    /// Name of the list, with what narrows it.
    pub title: String,
    /// Path and query of its page.
    pub path: String,
    /// What it holds.
    pub list: AlertList,
    /// How often.
    pub frequency: Frequency,
}

impl App {
    /// Sends a link by which the owner of an address confirms an alert. The answer is the same whether
    /// there is one already or not.
    ///
    /// # Errors
    /// [`AppError::Invalid`]; [`AppError::NotFound`] for a list that is not open to everybody;
    /// [`AppError::TooMany`] when it was asked for too often, for the address or from the network address;
    /// [`AppError::Conflict`] where the node sends no mail.
    pub async fn ask_for_alert(&self, form: AlertForm, network_address: &str) -> Result<(), AppError> {
        self.needs_mail()?;
        check_email(&form.email)?;
        let folded = form.email.trim().to_lowercase();
        let now = self.now();
        let attempt = Attempt::new(
            &format!("alert:{folded}"),
            &format!("alert:{network_address}"),
            now.timestamp_millis(),
        );
        let app = self.clone();
        self.writer()
            .run(move |tx| {
                attempt.begin(tx)?;
                form.list.latest(tx)?;
                app.keep_alert(tx, &form, &folded)
            })
            .await
    }

    fn keep_alert(&self, tx: &mut Tx<'_>, form: &AlertForm, folded: &str) -> Result<(), AppError> {
        let (now, list) = (self.now().timestamp_millis(), form.list.stored()?);
        if list.len() + form.path.len() + form.title.len() > LONGEST {
            return Err(AppError::invalid(
                "list",
                "too_long",
                "Cette liste est restreinte par trop de choses : enlevez-en.",
                "This list is narrowed by too many things: take some away.",
            ));
        }
        tx.take_turn(&format!("alerts:{folded}"))?;
        let known = tx.reads().alerts_of(folded)?;
        let (title, frequency) = (crate::mail::plain(&form.title), form.frequency.as_str().to_owned());
        let row = match known.iter().find(|one| one.list == list) {
            // Nobody but its owner learns that there is one, and how often it tells is not for others to say.
            Some(one) if one.confirmed_at.is_some() => return Ok(()),
            Some(one) => AlertRow { title, frequency, due_at: now + TO_CONFIRM, ..one.clone() },
            None if known.len() >= MOST => return Ok(()),
            None => AlertRow {
                id: 0,
                uid: new_uid(self.now()),
                email: form.email.trim().to_owned(),
                email_folded: folded.to_owned(),
                locale: form.locale.code().to_owned(),
                title,
                path: form.path.clone(),
                list,
                frequency,
                token_hash: None,
                stop_token: secret::token(),
                confirmed_at: None,
                told: "[]".to_owned(),
                due_at: now + TO_CONFIRM,
                created_at: now,
            },
        };
        let id = match row.id {
            0 => tx.insert_alert(&row)?,
            id => {
                tx.save_alert(&row)?;
                id
            }
        };
        let node = tx.reads().node()?.map(|node| node.name).unwrap_or_default();
        let letter = Letter::alert_asked(form.locale, &row, &node, self.addresses().base().as_str());
        post(tx, MailKind::AlertAsked, Some(id), (&row.email, form.locale), letter, now)
    }

    /// The alert that a link confirms.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is none of ours, or was not confirmed in time.
    pub async fn alert_of_link(&self, token: &str) -> Result<AlertRow, AppError> {
        let (hash, now) = (secret::digest(token), self.now().timestamp_millis());
        let row = self.system().run(move |reads| reads.alert_of_link(&hash)).await?;
        if row.confirmed_at.is_some() || row.due_at > now { Ok(row) } else { Err(AppError::NotFound) }
    }

    /// Confirms an alert, for who has the link: what is new from now on is told.
    ///
    /// # Errors
    /// [`AppError::NotFound`] as [`App::alert_of_link`], and where the list is no longer open to everybody.
    pub async fn confirm_alert(&self, token: &str) -> Result<AlertRow, AppError> {
        let (hash, now) = (secret::digest(token), self.now());
        let millis = now.timestamp_millis();
        self.writer()
            .run(move |tx| {
                tx.take_turn("alerts")?;
                let row = tx.reads().alert_of_link(&hash)?;
                if row.confirmed_at.is_some() {
                    return Ok(row);
                }
                if row.due_at <= millis {
                    return Err(AppError::NotFound);
                }
                let latest = AlertList::read(&row.list)?.latest(tx)?;
                let told = list::keys(&latest)?;
                let due_at = tell::next(Frequency::from_name(&row.frequency), now);
                let row = AlertRow { confirmed_at: Some(millis), told, due_at, ..row };
                tx.save_alert(&row)?;
                Ok(row)
            })
            .await
    }

    /// The alert that a link in its mails ends.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn alert_to_stop(&self, token: &str) -> Result<AlertRow, AppError> {
        let token = token.to_owned();
        Ok(self.system().run(move |reads| reads.alert_to_stop(&token)).await?)
    }

    /// Ends an alert and forgets the address; one that was ended before is ended, too.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn stop_alert(&self, token: &str) -> Result<(), AppError> {
        let token = token.to_owned();
        self.writer()
            .run(move |tx| {
                tx.take_turn("alerts")?;
                match tx.reads().alert_to_stop(&token) {
                    Ok(row) => end(tx, row.id),
                    Err(StoreError::NotFound) => Ok(()),
                    Err(error) => Err(error.into()),
                }
            })
            .await
    }
}

/// Ends an alert; mails for it that wait go no more.
fn end(tx: &mut Tx<'_>, id: i64) -> Result<(), AppError> {
    tx.drop_mails(MailKind::Alert.as_str(), id)?;
    tx.drop_mails(MailKind::AlertAsked.as_str(), id)?;
    Ok(tx.delete_alert(id)?)
}
