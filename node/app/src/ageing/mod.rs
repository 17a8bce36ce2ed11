//! The dated actions of types, and events that move on to their next time: what is due is done once,
//! by one process, an item at a time, and written down.

mod due;
mod erasing;

use crate::App;
use crate::caller::Caller;
use crate::entry::own_entry;
use crate::error::AppError;
use crate::flow::Flow;
use crate::moderation::alone;
use crate::secret::digest;
use chrono::{DateTime, Utc};
use due::{fields_of, moment, next_due, overdue, turn};
use erasing::{empty_fields, empty_traces, erase};
use maillage_domain::dated_action::{Act, DatedAction};
use maillage_domain::event::DomainEvent;
use maillage_domain::field::Fields;
use maillage_domain::service_type::ServiceType;
use maillage_domain::workflow::{EntryState, Transition};
use maillage_store::Tx;
use maillage_store::rows::{DecisionRow, EntryRow, ItemAgeRow, ItemRow};
use serde_json::json;
use std::sync::LazyLock;
use uuid::Uuid;

/// An action whose day has come, with that moment.
type Overdue<'t> = (DateTime<Utc>, &'t DatedAction);

/// Items of one chunk.
const CHUNK: i64 = 100;
/// How long the right to do this lasts without being renewed, in milliseconds.
const LEASE: i64 = 5 * 60 * 1_000;
/// What could not be done is tried again after this long.
const AGAIN: i64 = 3_600 * 1_000;
/// This process, among those on one database.
static PROCESS: LazyLock<String> = LazyLock::new(|| Uuid::now_v7().to_string());

/// What is left to do on an item after its marks were set.
#[derive(Default)]
struct Left {
    withdraw: bool,
    erase: bool,
}

impl App {
    /// Does what is due; answers how many entries were withdrawn. Another process may be at it: then
    /// nothing is done here.
    pub(crate) async fn age(&self, now: i64) -> Result<usize, AppError> {
        if !self.may_age(now).await? {
            return Ok(0);
        }
        self.plan_types(now).await?;
        let mut withdrawn = 0;
        loop {
            let due = self.writer().run(move |tx| Ok::<_, AppError>(tx.aged_items(now, CHUNK)?)).await?;
            if due.is_empty() || !self.may_age(now).await? {
                return Ok(withdrawn);
            }
            for item in due {
                withdrawn += self.age_one(item, now).await?;
            }
        }
    }

    async fn may_age(&self, now: i64) -> Result<bool, AppError> {
        self.writer()
            .run(move |tx| Ok::<_, AppError>(tx.take_lease("ageing", &PROCESS, now, now + LEASE)?))
            .await
    }

    /// Has every item of a type whose actions are new, or others than before, looked at.
    async fn plan_types(&self, now: i64) -> Result<(), AppError> {
        for service_type in self.registry().iter() {
            let plan = serde_json::to_string(&service_type.actions).map_err(AppError::internal)?;
            let (slug, plan) = (service_type.slug.clone(), digest(&plan));
            let known = {
                let slug = slug.clone();
                self.writer().run(move |tx| Ok::<_, AppError>(tx.type_plan(&slug)?)).await?
            };
            if known.as_ref() == Some(&plan) {
                continue;
            }
            let mut after = 0;
            while let Some(last) = self.plan_some(&slug, after, now).await? {
                after = last;
            }
            self.writer().run(move |tx| Ok::<_, AppError>(tx.set_type_plan(&slug, &plan)?)).await?;
        }
        Ok(())
    }

    async fn plan_some(&self, slug: &str, after: i64, now: i64) -> Result<Option<i64>, AppError> {
        let slug = slug.to_owned();
        self.writer()
            .run(move |tx| -> Result<Option<i64>, AppError> {
                let items = tx.items_of_type(&slug, after, CHUNK)?;
                for item in &items {
                    tx.take_turn(&format!("item:{}", item.uri))?;
                    look_soon(tx, item, now)?;
                }
                Ok(items.last().map(|item| item.id))
            })
            .await
    }

    /// What is due on one item. Each part may be done again: a process that stops half-way leaves the
    /// rest due.
    async fn age_one(&self, id: i64, now: i64) -> Result<usize, AppError> {
        let app = self.clone();
        let (left, entries) = self
            .writer()
            .run(move |tx| -> Result<(Left, Vec<EntryRow>), AppError> {
                let item = tx.item(id)?;
                tx.take_turn(&format!("item:{}", item.uri))?;
                let item = tx.item(id)?;
                let left = app.mark(tx, item, now)?;
                Ok((left, tx.item_entries(id)?))
            })
            .await?;
        let mut withdrawn = 0;
        if left.withdraw {
            // Where an own item goes, its copies go with it.
            let own = entries.iter().any(|entry| entry.home);
            for entry in entries.iter().filter(|entry| published(entry) && (entry.home || !own)) {
                match self.transition(&Caller::Node, &entry.uid, Transition::Expire, "").await {
                    Ok(_) => withdrawn += 1,
                    // Somebody else was quicker.
                    Err(AppError::Conflict(_) | AppError::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        if left.erase {
            self.writer().run(move |tx| erase(tx, id, now)).await?;
        }
        if left.withdraw || left.erase {
            let app = self.clone();
            self.writer()
                .run(move |tx| -> Result<(), AppError> {
                    let item = tx.item(id)?;
                    tx.take_turn(&format!("item:{}", item.uri))?;
                    let item = tx.item(id)?;
                    app.plan(tx, &item, now)
                })
                .await?;
        }
        Ok(withdrawn)
    }

    /// Sets the marks that an item's age asks for, empties fields, moves it on to its next time, and
    /// says what is left to do.
    fn mark(&self, tx: &mut Tx<'_>, mut item: ItemRow, now: i64) -> Result<Left, AppError> {
        let was = tx.age(item.id)?.unwrap_or_else(|| ItemAgeRow::new(item.id, item.updated_at));
        let mut age = was.clone();
        let Some(service_type) = self.registry().get(&item.type_slug) else {
            // A type that the node no longer knows, or a partner's own.
            tx.save_age(&ItemAgeRow { due_at: None, ..age })?;
            return Ok(Left::default());
        };
        let mut fields = fields_of(&item);
        let due = overdue(service_type, &item, &age, &fields, now);
        let shown = tx.item_entries(item.id)?.iter().any(published);
        let mut news = set_marks(&mut age, &due, shown, now);
        if empty_fields(&due, &mut fields) {
            news.push(Act::Erase);
            empty_traces(tx, &mut item, service_type, &due, &fields, now)?;
        }
        let turned = turn(service_type, &mut item, &fields, now);
        // What others are shown has changed by it.
        let changed = news.contains(&Act::Erase) || age.archived_at.is_some() != was.archived_at.is_some();
        if changed || turned {
            self.tell(tx, &mut item, now)?;
        }
        for act in &news {
            note(tx, &item, act.as_str(), now)?;
        }
        let left = left_to_do(&age, &due, shown);
        age.due_at = match left.withdraw || left.erase {
            true => Some(now + AGAIN),
            false => next_due(service_type, &item, &age, &fields, now),
        };
        tx.save_age(&age)?;
        if changed {
            // Who passes it on passes it on anew.
            Flow { addresses: self.addresses(), now: moment(now) }.decide(tx, &item, true, None)?;
        }
        Ok(left)
    }

    /// Writes down when something is next due on an item.
    fn plan(&self, tx: &mut Tx<'_>, item: &ItemRow, now: i64) -> Result<(), AppError> {
        let (Some(service_type), Some(mut age)) = (self.registry().get(&item.type_slug), tx.age(item.id)?)
        else {
            return Ok(());
        };
        age.due_at = next_due(service_type, item, &age, &fields_of(item), now);
        Ok(tx.save_age(&age)?)
    }

    /// Saves an item; of an own one that is published, its followers are told.
    fn tell(&self, tx: &mut Tx<'_>, item: &mut ItemRow, now: i64) -> Result<(), AppError> {
        let home = tx.item_entries(item.id)?.into_iter().find(|entry| entry.home && published(entry));
        if let Some(home) = home {
            item.version += 1;
            item.updated_at = item.updated_at.max(now);
            tx.record(&DomainEvent::ItemUpdated { item: item.id, service: home.service_id }, now)?;
        }
        Ok(tx.save_item(item)?)
    }

    /// Somebody who may write in an own published item says that it is right as it stands: what it was
    /// marked with for its age goes, its followers are told, and the days are counted anew.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Conflict`] where it is not published.
    pub async fn confirm_item(&self, caller: &Caller, entry: &str) -> Result<EntryRow, AppError> {
        let (caller, uid, app, now) = (caller.clone(), entry.to_owned(), self.clone(), self.now());
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                alone(tx, &uid)?;
                let entry = own_entry(tx, &caller, &uid)?;
                if !published(&entry) {
                    return Err(AppError::conflict(
                        "Cette fiche n'est pas publiée : il n'y a rien à confirmer.",
                        "This item is not published: there is nothing to confirm.",
                    ));
                }
                let mut item = tx.item(entry.item_id)?;
                let service_type = app.type_of(&item.type_slug)?;
                app.tell(tx, &mut item, millis)?;
                changed(tx, service_type, &item, &fields_of(&item), millis)?;
                tx.decide(&DecisionRow {
                    id: 0,
                    at: millis,
                    account_id: caller.account_id(),
                    service_id: Some(entry.service_id),
                    item_id: Some(item.id),
                    action: "confirm".to_owned(),
                    detail: json!({ "reason": "" }).to_string(),
                })?;
                Ok(entry)
            })
            .await
    }
}

fn published(entry: &EntryRow) -> bool {
    entry.state == EntryState::Published.as_str()
}

/// Sets the marks of an item as its overdue actions have it, and answers those that are new. Of what is
/// not shown, nothing is marked anew.
fn set_marks(age: &mut ItemAgeRow, due: &[Overdue<'_>], shown: bool, now: i64) -> Vec<Act> {
    let mut news = Vec::new();
    let marks = [
        (Act::Check, &mut age.check_at),
        (Act::Hide, &mut age.hidden_at),
        (Act::Archive, &mut age.archived_at),
        (Act::Remind, &mut age.reminded_at),
    ];
    for (act, mark) in marks {
        match (due.iter().any(|(_, action)| action.act == act), mark.is_some()) {
            (true, false) if shown => {
                *mark = Some(now);
                news.push(act);
            }
            (false, true) => *mark = None,
            _ => {}
        }
    }
    news
}

/// Whether an item is to be withdrawn, and whether all of it is to be erased.
fn left_to_do(age: &ItemAgeRow, due: &[Overdue<'_>], shown: bool) -> Left {
    let whole = due.iter().any(|(_, action)| action.act == Act::Erase && action.fields.is_empty());
    let withdraw = whole || due.iter().any(|(_, action)| action.act == Act::Withdraw);
    Left { withdraw: shown && withdraw, erase: whole && age.erased_at.is_none() }
}

/// Writes down what time has done, in each service that shows the item, or in its own.
fn note(tx: &mut Tx<'_>, item: &ItemRow, action: &str, now: i64) -> Result<(), AppError> {
    let entries = tx.item_entries(item.id)?;
    let concerned = entries.iter().filter(|entry| entry.home || published(entry));
    for service in concerned.map(|entry| entry.service_id) {
        tx.decide(&DecisionRow {
            id: 0,
            at: now,
            account_id: None,
            service_id: Some(service),
            item_id: Some(item.id),
            action: action.to_owned(),
            detail: json!({ "reason": "" }).to_string(),
        })?;
    }
    Ok(())
}

/// Somebody has changed or confirmed an item: its days are counted anew, and marks that no longer hold go
/// at once.
pub(crate) fn changed(
    tx: &mut Tx<'_>,
    service_type: &ServiceType,
    item: &ItemRow,
    fields: &Fields,
    now: i64,
) -> Result<(), AppError> {
    let mut age = tx.age(item.id)?.unwrap_or_else(|| ItemAgeRow::new(item.id, now));
    age.changed_at = now;
    age.erased_at = None;
    let due = overdue(service_type, item, &age, fields, now);
    let keep = |act: Act| due.iter().any(|(_, action)| action.act == act);
    age.check_at = age.check_at.filter(|_| keep(Act::Check));
    age.hidden_at = age.hidden_at.filter(|_| keep(Act::Hide));
    age.archived_at = age.archived_at.filter(|_| keep(Act::Archive));
    age.reminded_at = age.reminded_at.filter(|_| keep(Act::Remind));
    age.due_at = if due.is_empty() { next_due(service_type, item, &age, fields, now) } else { Some(now) };
    Ok(tx.save_age(&age)?)
}

/// A received item is new, or its origin has changed it.
pub(crate) fn received(tx: &mut Tx<'_>, item: &ItemRow, now: i64) -> Result<(), AppError> {
    let age = tx.age(item.id)?.unwrap_or_else(|| ItemAgeRow::new(item.id, now));
    Ok(tx.save_age(&ItemAgeRow { changed_at: now, due_at: Some(now), erased_at: None, ..age })?)
}

/// Has an item looked at soon.
pub(crate) fn look_soon(tx: &mut Tx<'_>, item: &ItemRow, now: i64) -> Result<(), AppError> {
    let age = tx.age(item.id)?.unwrap_or_else(|| ItemAgeRow::new(item.id, item.updated_at));
    Ok(tx.save_age(&ItemAgeRow { due_at: Some(now), ..age })?)
}
