//! Items in the back office: writing, reading, deciding.

mod attachments;
pub(super) mod beside;
pub(super) mod decide;
pub(super) mod decisions;
pub(super) mod edit;
pub(super) mod editor;
pub(super) mod new;
pub(super) mod page;
pub(super) mod revision;
pub(super) mod revisions;
pub(super) mod sent;
pub(super) mod talk;

use super::standing::Standing;
use crate::web::{Desk, WebError};
use maillage_app::{App, AppError};
use maillage_domain::field::Fields;
use maillage_domain::item::ItemFrame;
use maillage_domain::role::Action;
use maillage_domain::service_type::ServiceType;
use maillage_domain::workflow::EntryState;
use maillage_store::read::{CommentView, EntryDetail};
use maillage_store::rows::{ItemRow, RevisionRow};

/// An entry that the account looks at, with its place in the service.
pub(super) struct Opened {
    /// The entry, its revisions and decisions.
    pub detail: EntryDetail,
    /// The account's place in its service.
    pub standing: Standing,
    /// What author and moderators have said to each other, first to last.
    pub comments: Vec<CommentView>,
    /// Reasons for declining that the service offers; none where it has set none.
    pub reasons: Vec<String>,
}

impl Opened {
    /// The state of the entry.
    pub fn state(&self) -> EntryState {
        self.detail.view.entry.state.parse().unwrap_or(EntryState::Draft)
    }

    /// What was written last, of an own item.
    pub fn latest(&self) -> Option<&RevisionRow> {
        self.detail.revisions.first().filter(|_| self.detail.view.entry.home)
    }

    /// The state of what was written last.
    pub fn written(&self) -> Option<EntryState> {
        self.latest().and_then(|revision| revision.state.parse().ok())
    }

    /// Whether something published is being corrected.
    pub fn is_correction(&self) -> bool {
        self.state() == EntryState::Published && self.written().is_some_and(|s| s != EntryState::Published)
    }

    /// What tells this state of the content from the next.
    pub fn seen(&self) -> i64 {
        App::seen(&self.detail.view.entry, &self.detail.view.item, self.latest())
    }

    /// Whether the account had a hand in what was written last.
    pub fn is_own(&self, account: i64) -> bool {
        let wrote = self.latest().is_some_and(|revision| revision.author_id == Some(account));
        wrote || self.detail.contributors.contains(&account)
    }

    /// Whether the account may write in it.
    pub fn may_edit(&self, account: i64) -> bool {
        let may = if self.is_own(account) { Action::Contribute } else { Action::Moderate };
        self.detail.view.entry.home && self.standing.may(may)
    }

    /// The fields as they were written last.
    pub fn fields(&self) -> Fields {
        match self.latest() {
            Some(revision) => fields_of(&revision.fields),
            None => fields_of(&self.detail.view.item.fields),
        }
    }

    /// Language, licence and time zone as they were written last.
    pub fn frame(&self) -> ItemFrame {
        frame_of(&self.detail.view.item, self.latest())
    }
}

/// Stored fields.
pub(super) fn fields_of(json: &str) -> Fields {
    serde_json::from_str(json).unwrap_or_default()
}

/// What describes an item beside its fields, of a revision where there is one.
pub(super) fn frame_of(item: &ItemRow, revision: Option<&RevisionRow>) -> ItemFrame {
    let standard = ItemFrame::default();
    ItemFrame {
        language: revision.map_or_else(|| item.language.clone(), |revision| revision.language.clone()),
        licence: revision.map_or_else(|| item.licence.clone(), |revision| revision.licence.clone()),
        timezone: if item.timezone.is_empty() { standard.timezone } else { item.timezone.clone() },
    }
}

/// An entry that the account may open in the back office.
///
/// # Errors
/// [`AppError::NotFound`] when it does not see it, [`AppError::Forbidden`] when it has nothing to do
/// in its service.
pub(super) async fn open(desk: &Desk, uid: &str) -> Result<Opened, WebError> {
    let (uid, account, administrator) = (uid.to_owned(), desk.account_id(), desk.administers());
    let read = desk.reads().run(move |reads| {
        let detail = reads.entry(&uid)?;
        let service = detail.view.service.clone();
        let key = detail.view.entry.id;
        let (comments, reasons) = (reads.comments(key)?, reads.decline_reasons(service.id)?);
        let standing = Standing::of(reads, service, account, administrator)?;
        Ok(Opened { detail, standing, comments, reasons })
    });
    let opened = read.await?;
    if opened.standing.belongs() { Ok(opened) } else { Err(AppError::forbidden().into()) }
}

/// The type of a service or item.
///
/// # Errors
/// [`AppError::Internal`] when the node no longer knows it.
pub(super) fn kind<'d>(desk: &'d Desk, slug: &str) -> Result<&'d ServiceType, WebError> {
    let kind = desk.app().registry().get(slug);
    kind.ok_or_else(|| AppError::internal(format!("service type {slug} is not in the registry")).into())
}
