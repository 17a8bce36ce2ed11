//! Entering and correcting items: drafts, and corrections of what is published, are revisions.

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::content;
use crate::error::AppError;
use crate::findable;
use crate::moderation::{alone, interrupted};
use crate::reference;
use crate::talk;
use chrono::{DateTime, Utc};
use maillage_domain::field::Fields;
use maillage_domain::item::{ItemCore, ItemFrame};
use maillage_domain::role::Action;
use maillage_domain::service_type::ServiceType;
use maillage_domain::validation::Stage;
use maillage_domain::workflow::EntryState;
use maillage_store::Tx;
use maillage_store::rows::{EntryRow, ItemRow, RevisionRow, ServiceRow};

/// What somebody enters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemForm {
    /// Values by field name, in the JSON form of each kind; rich text as HTML, cleaned here.
    pub fields: Fields,
    /// ISO 639-1; `fr` when none is said.
    pub language: Option<String>,
    /// Licence; the service's when none is said.
    pub licence: Option<String>,
}

impl ItemForm {
    pub(crate) fn frame(&self, service: &ServiceRow) -> Result<ItemFrame, AppError> {
        let language = self.language.clone().unwrap_or_else(|| "fr".to_owned());
        if language.len() != 2 || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(AppError::invalid(
                "language",
                "not_a_language",
                "Écrivez un code de langue tel que « fr ».",
                "Write a language code such as “fr”.",
            ));
        }
        let licence = self.licence.clone().unwrap_or_else(|| service.licence.clone());
        Ok(ItemFrame { language, licence, ..ItemFrame::default() })
    }
}

/// What is written over what was written last.
pub(crate) struct Written<'f> {
    /// The content.
    pub form: &'f ItemForm,
    /// The time of the revision that was read, where it must not have changed.
    pub seen: Option<i64>,
    /// Whether it is an older version: it never takes the place of another.
    pub restored: bool,
}

impl App {
    /// Makes a draft in a service.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn create_item(
        &self,
        caller: &Caller,
        service: &str,
        form: ItemForm,
    ) -> Result<EntryRow, AppError> {
        let (caller, slug, app) = (caller.clone(), service.to_owned(), self.clone());
        let now = self.now();
        self.writer()
            .run(move |tx| {
                let service = tx.reads().service(&slug)?;
                caller.may(tx, service.id, Action::Contribute)?;
                let service_type = app.type_of(&service.type_slug)?;
                let fields = content::checked(service_type, &form.fields, Stage::Draft)?;
                let fields = content::with_known_terms(tx, service_type, fields)?;
                let fields = app.with_references(tx, &caller, service_type, fields, None)?;
                let fields = app.with_attachments(tx, &caller, service_type, fields, None)?;
                let (frame, author) = (form.frame(&service)?, caller.account_id());
                let entry = app.insert_draft(tx, &service, service_type, &fields, &frame, author, now)?;
                app.attach(tx, entry.item_id, service_type, &fields)?;
                Ok(entry)
            })
            .await
    }

    /// Saves what its author or a moderator has changed. What is published stays as it is: the
    /// change becomes a revision that goes through the same gate. `seen` is the time (milliseconds)
    /// of the revision that was edited; when another one was saved since, nothing is written.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when somebody else saved meanwhile; [`AppError::Forbidden`],
    /// [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn save_item(
        &self,
        caller: &Caller,
        entry: &str,
        form: ItemForm,
        seen: Option<i64>,
    ) -> Result<EntryRow, AppError> {
        let (caller, uid, app, now) = (caller.clone(), entry.to_owned(), self.clone(), self.now());
        self.writer()
            .run(move |tx| {
                alone(tx, &uid)?;
                let written = Written { form: &form, seen, restored: false };
                app.write_over(tx, &caller, &uid, &written, now)
            })
            .await
    }

    /// Writes over what was written last of an item that nobody else changes meanwhile.
    pub(crate) fn write_over(
        &self,
        tx: &mut Tx<'_>,
        caller: &Caller,
        uid: &str,
        written: &Written<'_>,
        now: DateTime<Utc>,
    ) -> Result<EntryRow, AppError> {
        let (millis, form) = (now.timestamp_millis(), written.form);
        let mut entry = own_entry(tx, caller, uid)?;
        let service = tx.reads().service_by_id(entry.service_id)?;
        let service_type = self.type_of(&service.type_slug)?;
        let fields = content::checked(service_type, &form.fields, Stage::Draft)?;
        let fields = content::with_known_terms(tx, service_type, fields)?;
        let frame = form.frame(&service)?;
        let latest = tx.latest_revision(entry.item_id)?.ok_or(AppError::NotFound)?;
        let before: Fields = match written.restored {
            // What an older version named stays named.
            true => form.fields.clone(),
            false => serde_json::from_str(&latest.fields).unwrap_or_default(),
        };
        let fields = self.with_references(tx, caller, service_type, fields, Some(&before))?;
        let stood = Some((entry.item_id, &before));
        let fields = self.with_attachments(tx, caller, service_type, fields, stood)?;
        self.attach(tx, entry.item_id, service_type, &fields)?;
        if written.seen.is_some_and(|seen| seen != latest.updated_at) {
            return Err(AppError::conflict(
                "Quelqu'un d'autre a enregistré cette fiche entre-temps. Votre texte est conservé ci-dessous : comparez avant d'enregistrer.",
                "Somebody else has saved this item meanwhile. Your text is kept below: compare before saving.",
            ));
        }
        if interrupted(tx, &mut entry, millis)? {
            // What was read and is now another is not published by that decision.
            entry.decided_by = String::new();
        }
        let side = talk::side_of(tx, caller, &entry)?;
        tx.answer_comments(entry.id, talk::other(side), millis)?;
        let revision = editable_revision(tx, &latest, millis, now)?;
        let stays = written.restored || !is_theirs(&revision, caller);
        let revision = if revision.id == latest.id && stays { beside(tx, revision, now)? } else { revision };
        let revision = RevisionRow {
            title: ItemCore::of(service_type, &fields, &frame).title,
            fields: serde_json::to_string(&fields).map_err(AppError::internal)?,
            language: frame.language.clone(),
            licence: frame.licence.clone(),
            author_id: caller.account_id().or(revision.author_id),
            // Strictly later, so that two saves in one millisecond are told apart.
            updated_at: millis.max(latest.updated_at + 1),
            ..revision
        };
        tx.save_revision(&revision)?;
        if let Some(account) = caller.account_id() {
            tx.add_contributor(revision.id, account)?;
        }
        let mut item = tx.item(entry.item_id)?;
        if item.published_at.is_none() {
            self.put(tx, &mut item, &service, service_type, &fields, &frame, millis)?;
            if entry.state == EntryState::Declined.as_str() {
                entry.state = EntryState::Draft.as_str().to_owned();
            }
        }
        entry.updated_at = millis;
        tx.save_entry(&entry)?;
        Ok(entry)
    }

    /// Fields whose references name items that the caller sees.
    fn with_references(
        &self,
        tx: &mut Tx<'_>,
        caller: &Caller,
        service_type: &ServiceType,
        fields: Fields,
        before: Option<&Fields>,
    ) -> Result<Fields, AppError> {
        let viewer = caller.viewer();
        reference::understood(&mut tx.reads_as(&viewer), self.addresses(), service_type, fields, before)
    }

    /// Makes an item with its first revision and its entry, a draft.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn insert_draft(
        &self,
        tx: &mut Tx<'_>,
        service: &ServiceRow,
        service_type: &ServiceType,
        fields: &Fields,
        frame: &ItemFrame,
        author: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<EntryRow, AppError> {
        let millis = now.timestamp_millis();
        let mut item = blank_item(self, service, now);
        item.id = tx.insert_item(&item)?;
        self.put(tx, &mut item, service, service_type, fields, frame, millis)?;
        let mut entry = EntryRow {
            id: 0,
            uid: new_uid(now),
            service_id: service.id,
            item_id: item.id,
            home: true,
            state: EntryState::Draft.as_str().to_owned(),
            queued_at: None,
            subscription_id: None,
            decided_by: String::new(),
            reason: None,
            path: "[]".to_owned(),
            announce_uri: None,
            sort_at: millis,
            created_at: millis,
            updated_at: millis,
        };
        entry.id = tx.insert_entry(&entry)?;
        let mut revision = RevisionRow {
            id: 0,
            uid: new_uid(now),
            item_id: item.id,
            number: 1,
            state: EntryState::Draft.as_str().to_owned(),
            title: item.title.clone(),
            fields: item.fields.clone(),
            language: frame.language.clone(),
            licence: frame.licence.clone(),
            author_id: author,
            reason: None,
            decided_by: None,
            decided_at: None,
            created_at: millis,
            updated_at: millis,
        };
        revision.id = tx.insert_revision(&revision)?;
        if let Some(account) = author {
            tx.add_contributor(revision.id, account)?;
        }
        Ok(entry)
    }

    /// Writes content into an item, its columns and its link tables.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn put(
        &self,
        tx: &mut Tx<'_>,
        item: &mut ItemRow,
        service: &ServiceRow,
        service_type: &ServiceType,
        fields: &Fields,
        frame: &ItemFrame,
        millis: i64,
    ) -> Result<(), AppError> {
        let core = ItemCore::of(service_type, fields, frame);
        content::fill(item, &core, fields, frame)?;
        item.starts_at = content::next_start(service_type, fields, frame, millis).or(item.starts_at);
        item.url = self.addresses().item_page(&item.uid, &item.title);
        item.updated_at = millis;
        let organisations = tx.reads().organisations()?;
        let body = organisations.iter().find(|body| body.id == service.organisation_id);
        item.organisation_name = body.map(|body| body.name.clone()).unwrap_or_default();
        let publisher = body.and_then(|body| body.territory.clone()).unwrap_or_default();
        tx.save_item(item)?;
        content::index(tx, item.id, &core, &publisher)?;
        findable::keep(tx, item)
    }

    /// The type of a stored item or service.
    pub(crate) fn type_of(&self, slug: &str) -> Result<&ServiceType, AppError> {
        self.registry()
            .get(slug)
            .ok_or_else(|| AppError::internal(format!("service type {slug} is not in the registry")))
    }
}

/// An entry of an own item that the caller may edit: those they had a hand in, or any for a moderator.
pub(crate) fn own_entry(tx: &mut Tx<'_>, caller: &Caller, uid: &str) -> Result<EntryRow, AppError> {
    let entry = tx.entry(uid)?;
    caller.may(tx, entry.service_id, Action::Contribute)?;
    if !entry.home {
        return Err(AppError::conflict(
            "Cette fiche vient d'un autre nœud : seule son origine peut la corriger.",
            "This item comes from another node: only its origin can correct it.",
        ));
    }
    if caller.may(tx, entry.service_id, Action::Moderate).is_err() {
        // Whoever had a hand in any revision goes on with it, also after others have corrected it.
        let mine = match caller.account_id() {
            Some(account) => tx.item_contributors(entry.item_id)?.contains(&account),
            None => true,
        };
        if !mine {
            return Err(AppError::forbidden());
        }
    }
    Ok(entry)
}

/// The revision that an edit writes to: the latest while it is a draft or waits for a decision
/// (it is then a draft again in content, and stays in the queue), a new one after a decision.
pub(crate) fn editable_revision(
    tx: &mut Tx<'_>,
    latest: &RevisionRow,
    millis: i64,
    now: DateTime<Utc>,
) -> Result<RevisionRow, AppError> {
    if [EntryState::Draft, EntryState::Submitted].iter().any(|state| state.as_str() == latest.state) {
        return Ok(latest.clone());
    }
    let mut next = RevisionRow {
        id: 0,
        uid: new_uid(now),
        number: latest.number + 1,
        state: EntryState::Draft.as_str().to_owned(),
        reason: None,
        decided_by: None,
        decided_at: None,
        created_at: millis,
        updated_at: millis,
        ..latest.clone()
    };
    next.id = tx.insert_revision(&next)?;
    Ok(next)
}

/// Whether the caller may write over a revision without a trace: nobody else has written it.
fn is_theirs(revision: &RevisionRow, caller: &Caller) -> bool {
    revision.author_id.is_none() || revision.author_id == caller.account_id()
}

/// A revision stays as it is, and what is written over it is a new one, in which the same people had a hand.
fn beside(tx: &mut Tx<'_>, revision: RevisionRow, now: DateTime<Utc>) -> Result<RevisionRow, AppError> {
    let hands = tx.contributors(revision.id)?;
    let millis = now.timestamp_millis();
    // It waits no more: what waits is the one over it.
    tx.save_revision(&RevisionRow { state: EntryState::Draft.as_str().to_owned(), ..revision.clone() })?;
    let mut next =
        RevisionRow { id: 0, uid: new_uid(now), number: revision.number + 1, created_at: millis, ..revision };
    next.id = tx.insert_revision(&next)?;
    for account in hands {
        tx.add_contributor(next.id, account)?;
    }
    Ok(next)
}

fn blank_item(app: &App, service: &ServiceRow, now: DateTime<Utc>) -> ItemRow {
    let uid = new_uid(now);
    let millis = now.timestamp_millis();
    ItemRow {
        id: 0,
        uri: app.addresses().object(&uid),
        url: String::new(),
        home_service_id: Some(service.id),
        origin_actor_id: service.actor_id,
        organisation_name: String::new(),
        type_slug: service.type_slug.clone(),
        visibility: service.visibility.clone(),
        title: String::new(),
        title_folded: String::new(),
        summary: String::new(),
        content: String::new(),
        source_url: None,
        language: String::new(),
        licence: String::new(),
        timezone: String::new(),
        fields: "{}".to_owned(),
        starts_at: None,
        ends_at: None,
        dated: None,
        version: 0,
        content_hash: String::new(),
        published_at: None,
        updated_at: millis,
        created_at: millis,
        withdrawn_at: None,
        uid,
    }
}
