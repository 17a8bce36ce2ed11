//! Telling what is new: at once, or in the morning.

use super::list::{AlertList, COMPARED, keys};
use super::{DAY, Frequency, end};
use crate::App;
use crate::error::AppError;
use crate::mail::{Letter, MailKind, post};
use chrono::{DateTime, Days, Duration, NaiveTime, TimeZone, Utc};
use maillage_domain::message::Locale;
use maillage_store::Tx;
use maillage_store::read::EntryView;
use maillage_store::rows::AlertRow;

/// Alerts that are worked on at once.
const TAKEN: i64 = 20;
/// One under way is left alone for so long before another process takes it.
const UNDER_WAY: i64 = 15 * 60 * 1_000;
/// The hour of the morning at which days are told, where the node is.
const MORNING: u32 = 7;

/// When an alert tells next.
pub(super) fn next(frequency: Frequency, now: DateTime<Utc>) -> i64 {
    let zone = chrono_tz::Europe::Paris;
    let local = now.with_timezone(&zone);
    let hour = NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or_default();
    match frequency {
        Frequency::Once => (now + Duration::minutes(5)).timestamp_millis(),
        Frequency::Daily => {
            let day = if local.time() < hour { 0 } else { 1 };
            let at = local.date_naive().checked_add_days(Days::new(day)).map(|day| day.and_time(hour));
            let at = at.and_then(|at| zone.from_local_datetime(&at).earliest());
            at.map_or(now.timestamp_millis() + DAY, |at| at.timestamp_millis())
        }
    }
}

impl App {
    /// Tells every alert that is due what is new, where there is anything; answers how many mails were
    /// queued. Safe to run from several processes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn tell_alerts(&self) -> Result<usize, AppError> {
        let mut told = 0;
        loop {
            let now = self.now();
            let millis = now.timestamp_millis();
            let taken = self.writer().run(move |tx| -> Result<Vec<AlertRow>, AppError> {
                tx.forget_unconfirmed_alerts(millis)?;
                Ok(tx.claim_alerts(millis, millis + UNDER_WAY, TAKEN)?)
            });
            let taken = taken.await?;
            if taken.is_empty() {
                return Ok(told);
            }
            for alert in taken {
                let app = self.clone();
                told += usize::from(self.writer().run(move |tx| app.tell_alert(tx, &alert, now)).await?);
            }
        }
    }

    /// Tells one alert, unless it was ended meanwhile; whether there was anything.
    fn tell_alert(&self, tx: &mut Tx<'_>, alert: &AlertRow, now: DateTime<Utc>) -> Result<bool, AppError> {
        tx.take_turn("alerts")?;
        let alert = match tx.reads().alert_by_id(alert.id) {
            Ok(alert) => alert,
            Err(maillage_store::StoreError::NotFound) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let latest = match AlertList::read(&alert.list)?.latest(tx) {
            // The list is there no more, or no longer for everybody.
            Err(AppError::NotFound) => return end(tx, alert.id).map(|()| false),
            latest => latest?,
        };
        let known: Vec<i64> = serde_json::from_str(&alert.told).map_err(AppError::internal)?;
        let new: Vec<&EntryView> =
            latest.iter().take(COMPARED).filter(|view| !known.contains(&view.item.id)).collect();
        let due_at = next(Frequency::from_name(&alert.frequency), now);
        tx.save_alert(&AlertRow { told: keys(&latest)?, due_at, ..alert.clone() })?;
        if new.is_empty() {
            return Ok(false);
        }
        let locale = Locale::from_code(&alert.locale);
        let node = tx.reads().node()?.map(|node| node.name).unwrap_or_default();
        let letter = Letter::alert(locale, &alert, &new, &node, self.addresses());
        let (millis, whom) = (now.timestamp_millis(), (alert.email.as_str(), locale));
        post(tx, MailKind::Alert, Some(alert.id), whom, letter, millis)?;
        Ok(true)
    }
}
