//! Import of feeds and spreadsheets: each row becomes an item that waits for a moderator; run again,
//! it makes no duplicate.

mod cell;
mod document;
mod row;
mod shortfall;
mod written;

pub use written::written;

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::content;
use crate::entry::{ItemForm, editable_revision};
use crate::error::AppError;
use crate::moderation::alone;
use crate::secret::digest;
use chrono::{DateTime, Utc};
use maillage_domain::field::{Field, FieldRole, Fields};
use maillage_domain::item::ItemCore;
use maillage_domain::message::Message;
use maillage_domain::place::PlaceCode;
use maillage_domain::role::Action;
use maillage_domain::service_type::ServiceType;
use maillage_domain::validation::{Stage, check, missing};
use maillage_domain::workflow::EntryState;
use maillage_store::Tx;
use maillage_store::rows::{DecisionRow, EntryRow, RevisionRow, ServiceRow};
use row::Raw;
use shortfall::Shortfall;
use url::Url;

/// Where a document comes from, and what is said of every row of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Source {
    /// Address it was fetched from, where it was.
    pub url: Option<Url>,
    /// Content-Type, where a server gave one.
    pub content_type: Option<String>,
    /// Themes that each item gets beside its own.
    pub themes: Vec<String>,
    /// Places for items that say none.
    pub places: Vec<PlaceCode>,
    /// Only says what would be done.
    pub dry_run: bool,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportProblem {
    /// Line of the file, from 1; 0 where the format has no lines.
    pub line: u64,
    /// Whether the row was taken in spite of it.
    pub kept: bool,
    /// The reason.
    pub message: Message,
}

/// What an import has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Items that are new in the queue.
    pub created: usize,
    /// Items whose row has changed since the last time.
    pub updated: usize,
    /// Rows that were there already, unchanged.
    pub unchanged: usize,
    /// Rows left out, and reservations about those taken.
    pub problems: Vec<ImportProblem>,
    /// What is said of the document as a whole: columns without a field, fields that new items lack.
    pub remarks: Vec<Message>,
}

/// Rows of one transaction: short enough that others are not kept waiting.
const CHUNK: usize = 25;

enum Outcome {
    Created,
    Updated,
    Unchanged,
}

/// What became of one row.
struct Taken {
    /// None for a row that is left out.
    outcome: Option<Outcome>,
    /// What was wrong with it.
    problems: Vec<ImportProblem>,
    /// Names of the fields that it lacks to be published.
    missing: Vec<String>,
}

impl App {
    /// Reads a feed (RSS, Atom, JSON Feed) or a spreadsheet (CSV) into the moderation queue of a
    /// service. A bad row is reported and never loses the good ones.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the document as a whole cannot be read; [`AppError::Forbidden`].
    pub async fn import(
        &self,
        caller: &Caller,
        service: &str,
        bytes: Vec<u8>,
        source: &Source,
    ) -> Result<Report, AppError> {
        let slug = service.to_owned();
        let (asking, given) = (caller.clone(), source.clone());
        let (row, places) = self
            .writer()
            .run(move |tx| -> Result<(ServiceRow, Vec<PlaceCode>), AppError> {
                let row = tx.reads().service(&slug)?;
                asking.may(tx, row.id, Action::Contribute)?;
                let places = content::known_filter(tx, ("theme", &given.themes), ("place", &given.places))?;
                Ok((row, places))
            })
            .await?;
        let source = &Source { places, ..source.clone() };
        let service_type = self.type_of(&row.type_slug)?.clone();
        let (raws, mut report) = document::read(&bytes, source, &service_type)?;
        let mut shortfall = Shortfall::default();
        for chunk in raws.chunks(CHUNK) {
            let chunk_lines: Vec<u64> = chunk.iter().map(|raw| raw.line).collect();
            let (chunk, source, caller, app) = (chunk.to_vec(), source.clone(), caller.clone(), self.clone());
            let (row, service_type, now) = (row.clone(), service_type.clone(), self.now());
            let done = self
                .writer()
                .run(move |tx| {
                    tx.take_turn(&format!("import:{}", row.id))?;
                    let run = Run {
                        app: &app,
                        caller: &caller,
                        service: &row,
                        service_type: &service_type,
                        source: &source,
                        now,
                    };
                    chunk.iter().map(|raw| run.take(tx, raw)).collect::<Result<Vec<_>, AppError>>()
                })
                .await?;
            for (line, taken) in chunk_lines.into_iter().zip(done) {
                match taken.outcome {
                    Some(Outcome::Created) => report.created += 1,
                    Some(Outcome::Updated) => report.updated += 1,
                    Some(Outcome::Unchanged) => report.unchanged += 1,
                    None => {}
                }
                shortfall.add(line, taken.missing);
                report.problems.extend(taken.problems);
            }
        }
        report.remarks.extend(shortfall.remarks(&service_type));
        report.problems.sort_by_key(|problem| problem.line);
        Ok(report)
    }
}

/// One import under way.
struct Run<'a> {
    app: &'a App,
    caller: &'a Caller,
    service: &'a ServiceRow,
    service_type: &'a ServiceType,
    source: &'a Source,
    now: DateTime<Utc>,
}

impl Run<'_> {
    /// Takes one row.
    fn take(&self, tx: &mut Tx<'_>, raw: &Raw) -> Result<Taken, AppError> {
        let viewer = self.caller.viewer();
        let run = (self.app.addresses(), &viewer);
        let (fields, mut problems) = raw.fields(tx, self.service_type, self.source, run)?;
        let fields = match self.usable(fields, raw.line, &mut problems) {
            Some(fields) => fields,
            None => return Ok(Taken { outcome: None, problems, missing: Vec::new() }),
        };
        let hash = digest(&serde_json::to_string(&fields).map_err(AppError::internal)?);
        let mut known = None;
        for key in &raw.keys {
            if known.is_none() {
                known = tx.imported(self.service.id, key)?;
            }
        }
        let outcome = match known {
            Some((item, seen)) if seen == hash => {
                if !self.source.dry_run {
                    self.remember(tx, raw, item, &hash)?;
                }
                Outcome::Unchanged
            }
            _ if self.source.dry_run => {
                if known.is_some() {
                    Outcome::Updated
                } else {
                    Outcome::Created
                }
            }
            Some((item, seen)) => {
                self.correct(tx, item, &fields, &seen)?;
                self.remember(tx, raw, item, &hash)?;
                Outcome::Updated
            }
            None => {
                let item = self.create(tx, &fields)?;
                self.remember(tx, raw, item, &hash)?;
                Outcome::Created
            }
        };
        let missing = match outcome {
            // Told when it came.
            Outcome::Unchanged => Vec::new(),
            _ => missing(self.service_type, &fields).into_iter().map(|field| field.name.clone()).collect(),
        };
        Ok(Taken { outcome: Some(outcome), problems, missing })
    }

    /// Fields that can be stored: a value that cannot is left out and said, a row without a usable
    /// title is left out whole.
    fn usable(&self, mut fields: Fields, line: u64, problems: &mut Vec<ImportProblem>) -> Option<Fields> {
        for attempt in 0..2 {
            let found = match content::checked(self.service_type, &fields, Stage::Draft) {
                Ok(fields) => return Some(fields),
                Err(AppError::Invalid { problems }) => problems,
                Err(_) => return None,
            };
            let title = self.service_type.with_role(FieldRole::Title);
            for one in found {
                let fatal = title.is_some_and(|title| title.name == one.field) || attempt > 0;
                let field = self.service_type.field(&one.field);
                let label = field.map_or_else(|| Message::new(&one.field, &one.field), Field::label);
                let message = Message::new(
                    format!("{} : {}", label.fr, one.message.fr),
                    format!("{}: {}", label.en, one.message.en),
                );
                problems.push(ImportProblem { line, kept: !fatal, message });
                if fatal {
                    return None;
                }
                fields.0.remove(&one.field);
            }
        }
        check(self.service_type, &fields, Stage::Draft).ok()
    }

    fn remember(&self, tx: &mut Tx<'_>, raw: &Raw, item: i64, hash: &str) -> Result<(), AppError> {
        let keys: Vec<&str> = raw.keys.iter().chain(&raw.aliases).map(String::as_str).collect();
        Ok(tx.note_import(self.service.id, &keys, item, hash)?)
    }

    fn create(&self, tx: &mut Tx<'_>, fields: &Fields) -> Result<i64, AppError> {
        let frame = ItemForm::default().frame(self.service)?;
        let author = self.caller.account_id();
        let entry =
            self.app.insert_draft(tx, self.service, self.service_type, fields, &frame, author, self.now)?;
        let revision = tx.latest_revision(entry.item_id)?.ok_or(AppError::NotFound)?;
        self.queue(tx, entry, revision)
    }

    /// What the source has changed becomes a revision that waits like any other. `seen` is the hash of
    /// what the source said before: a text that somebody has corrected since stays as a revision.
    fn correct(&self, tx: &mut Tx<'_>, item: i64, fields: &Fields, seen: &str) -> Result<(), AppError> {
        let millis = self.now.timestamp_millis();
        let Some(entry) = tx.entry_of(item, self.service.id)? else { return Ok(()) };
        let entry = alone(tx, &entry.uid)?;
        let frame = ItemForm::default().frame(self.service)?;
        let mut latest = tx.latest_revision(item)?.ok_or(AppError::NotFound)?;
        let fields = &self.with_files_of(&latest, fields);
        if digest(&latest.fields) != seen && latest.state != EntryState::Published.as_str() {
            latest.state = EntryState::Declined.as_str().to_owned();
            latest.reason = Some("La source a changé : voir la version suivante.".to_owned());
            tx.save_revision(&latest)?;
        }
        let revision = RevisionRow {
            author_id: self.caller.account_id().or(latest.author_id),
            title: ItemCore::of(self.service_type, fields, &frame).title,
            fields: serde_json::to_string(fields).map_err(AppError::internal)?,
            updated_at: millis.max(latest.updated_at + 1),
            ..editable_revision(tx, &latest, millis, self.now)?
        };
        let mut row = tx.item(item)?;
        if row.published_at.is_none() {
            self.app.put(tx, &mut row, self.service, self.service_type, fields, &frame, millis)?;
        }
        if let Some(account) = self.caller.account_id() {
            // Whoever brings a text in does not decide on it, also where it corrects another.
            tx.add_contributor(revision.id, account)?;
        }
        self.queue(tx, entry, revision)?;
        Ok(())
    }

    /// A source brings no files: those that somebody has sent for the item stay with it.
    fn with_files_of(&self, latest: &RevisionRow, fields: &Fields) -> Fields {
        let stood: Fields = serde_json::from_str(&latest.fields).unwrap_or_default();
        let mut fields = fields.clone();
        for field in self.service_type.fields.iter().filter(|field| field.kind.is_attachment()) {
            if let Some(files) = stood.0.get(&field.name) {
                fields.set(&field.name, files.clone());
            }
        }
        fields
    }

    fn queue(&self, tx: &mut Tx<'_>, mut entry: EntryRow, revision: RevisionRow) -> Result<i64, AppError> {
        let millis = self.now.timestamp_millis();
        tx.save_revision(&RevisionRow { state: EntryState::Submitted.as_str().to_owned(), ..revision })?;
        if entry.state != EntryState::Published.as_str() {
            entry.state = EntryState::Submitted.as_str().to_owned();
        }
        entry.queued_at = Some(entry.queued_at.unwrap_or(millis));
        entry.updated_at = millis;
        tx.save_entry(&entry)?;
        tx.decide(&DecisionRow {
            id: 0,
            at: millis,
            account_id: self.caller.account_id(),
            service_id: Some(entry.service_id),
            item_id: Some(entry.item_id),
            action: "import".to_owned(),
            detail: serde_json::json!({ "source": self.source.url.as_ref().map(Url::as_str), "id": new_uid(self.now) }).to_string(),
        })?;
        Ok(entry.item_id)
    }
}
