//! Telling people by mail of what concerns them, as soon as each of them chooses.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use crate::mail::{Letter, MailKind, Told, post};
use chrono::{DateTime, Utc};
use maillage_domain::message::Locale;
use maillage_domain::notice::{NoticeKind, Pace};
use maillage_domain::viewer::Viewer;
use maillage_store::Tx;
use maillage_store::read::NoticeView;
use maillage_store::rows::{AccountRow, NoticePaceRow};

/// The page on which the pace is chosen.
const SETTINGS: &str = "office/settings/notices";

/// What happened in the last minute (milliseconds) is left for the next mail: it may be written down later than
/// it says.
const SETTLED: i64 = 60 * 1_000;

impl App {
    /// How soon the caller is told.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who is no account.
    pub async fn notice_pace(&self, caller: &Caller) -> Result<Pace, AppError> {
        let account = caller.account_id().ok_or_else(AppError::forbidden)?;
        let row = self.system().run(move |reads| reads.notice_pace(account)).await?;
        Ok(row.and_then(|row| row.pace.parse().ok()).unwrap_or_default())
    }

    /// Chooses how soon the caller is told, from what happens from now on.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who is no account.
    pub async fn choose_notice_pace(&self, caller: &Caller, pace: Pace) -> Result<(), AppError> {
        let account = caller.account_id().ok_or_else(AppError::forbidden)?;
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                let kept = tx.reads().notice_pace(account)?;
                // What was not told while mails were wanted still is.
                let goes_on = kept.filter(|row| row.pace != Pace::Never.as_str() && pace != Pace::Never);
                let told_until = goes_on.map_or(now, |row| row.told_until);
                let pace = pace.as_str().to_owned();
                Ok(tx.keep_notice_pace(&NoticePaceRow { account_id: account, pace, told_until })?)
            })
            .await
    }

    /// Writes the mails that are due. Safe to run at any time and from several processes: what is told and
    /// up to when is one transaction for each account.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn tell_people(&self, now: i64) -> Result<(), AppError> {
        if !self.sends_mail() {
            return Ok(());
        }
        let accounts = self.system().run(|reads| reads.accounts()).await?;
        for account in accounts.into_iter().map(|view| view.account).filter(|one| one.disabled_at.is_none()) {
            let app = self.clone();
            self.writer().run(move |tx| app.write_to(tx, &account, now)).await?;
        }
        Ok(())
    }

    /// Writes what there is to tell to one account, where that is due.
    fn write_to(&self, tx: &mut Tx<'_>, account: &AccountRow, now: i64) -> Result<(), AppError> {
        let Some(kept) = tx.reads().notice_pace(account.id)? else {
            // Nobody is told of what was there before they could be.
            let pace = Pace::default().as_str().to_owned();
            return Ok(tx.keep_notice_pace(&NoticePaceRow {
                account_id: account.id,
                pace,
                told_until: now - SETTLED,
            })?);
        };
        let pace: Pace = kept.pace.parse().unwrap_or_default();
        let moment = |millis| DateTime::<Utc>::from_timestamp_millis(millis).unwrap_or_default();
        if !pace.is_due(moment(kept.told_until + SETTLED), moment(now), chrono_tz::Europe::Paris) {
            return Ok(());
        }
        let viewer = Viewer::Account(tx.reads().scope_of(account)?);
        let until = now - SETTLED;
        let found = tx.reads_as(&viewer).notices(kept.told_until, until)?;
        if !found.is_empty() {
            let told: Vec<Told> = found.iter().map(|one| self.told(one)).collect();
            let locale = Locale::from_code(&account.locale);
            let node = tx.reads().node()?.map(|node| node.name).unwrap_or_default();
            let base = self.addresses().base().as_str();
            let letter = Letter::notices(locale, &told, &format!("{base}{SETTINGS}"), &node, base);
            post(tx, MailKind::Notices, None, (&account.email, locale), letter, now)?;
        }
        Ok(tx.keep_notice_pace(&NoticePaceRow { told_until: until, ..kept })?)
    }

    fn told(&self, one: &NoticeView) -> Told {
        let (base, uid) = (self.addresses().base().as_str(), &one.uid);
        let page = match one.kind {
            NoticeKind::Message => format!("{base}sites/{}/atelier/discussions/{uid}", one.site),
            NoticeKind::Document => format!("{base}sites/{}/atelier/documents/{uid}", one.site),
            _ => format!("{base}office/items/{uid}"),
        };
        Told { kind: one.kind, title: one.title.clone(), page }
    }
}
