//! What there is to tell somebody: what has happened in what they work on, by others than themselves.

use super::Reads;
use super::conditions::written_by;
use crate::error::StoreError;
use crate::rows::NoticePaceRow;
use crate::schema::{
    comments, discussions, document_versions, documents, entries, item_ages, items, messages, notice_paces,
    revision_contributors, revisions, site_members, sites,
};
use diesel::dsl::exists;
use diesel::prelude::*;
use maillage_domain::notice::NoticeKind;
use maillage_domain::viewer::{AccountScope, Viewer};

/// Most things of one kind that are told.
const MOST: i64 = 50;

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoticeView {
    /// What kind of thing.
    pub kind: NoticeKind,
    /// When it happened, in milliseconds.
    pub at: i64,
    /// Title of the item, discussion or document.
    pub title: String,
    /// Public id of the entry, discussion or document.
    pub uid: String,
    /// Short name of the workshop; empty for an item.
    pub site: String,
}

/// After one moment, up to another.
type Span = (i64, i64);

type Found = (i64, String, String);

fn told(kind: NoticeKind, found: Vec<Found>) -> impl Iterator<Item = NoticeView> {
    found.into_iter().map(move |(at, title, uid)| NoticeView { kind, at, title, uid, site: String::new() })
}

impl Reads<'_> {
    /// How soon an account is told by mail; none where it was never asked.
    ///
    /// # Errors
    /// Those of the database.
    pub fn notice_pace(&mut self, account: i64) -> Result<Option<NoticePaceRow>, StoreError> {
        Ok(notice_paces::table
            .find(account)
            .select(NoticePaceRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// What the viewer, an account, is to be told of what happened after `since` and up to `until`
    /// (milliseconds), the oldest of each kind first. Nobody is told of what they have done themselves.
    ///
    /// # Errors
    /// Those of the database.
    pub fn notices(&mut self, since: i64, until: i64) -> Result<Vec<NoticeView>, StoreError> {
        let Viewer::Account(scope) = self.viewer.clone() else { return Ok(Vec::new()) };
        let span = (since, until);
        let mut all: Vec<NoticeView> = told(NoticeKind::Waiting, self.waiting_for(&scope, span)?).collect();
        all.extend(told(NoticeKind::Said, self.said_to(&scope, span)?));
        all.extend(told(NoticeKind::Declined, self.decided_of(&scope, "declined", span)?));
        all.extend(told(NoticeKind::Published, self.decided_of(&scope, "published", span)?));
        all.extend(told(NoticeKind::ToCheck, self.due_for_a_check(&scope, span)?));
        all.extend(self.messages_for(&scope, span)?);
        all.extend(self.documents_for(&scope, span)?);
        Ok(all)
    }

    /// What waits in the services that the account moderates, where it has no hand in it.
    fn waiting_for(&mut self, scope: &AccountScope, (since, until): Span) -> Result<Vec<Found>, StoreError> {
        let moderated: Vec<i64> = scope.moderated.iter().copied().collect();
        Ok(entries::table
            .inner_join(items::table)
            .filter(entries::queued_at.gt(since).and(entries::queued_at.le(until)))
            .filter(entries::service_id.eq_any(moderated))
            .filter(diesel::dsl::not(written_by(scope.account)))
            .order((entries::queued_at.asc(), entries::id.asc()))
            .limit(MOST)
            .select((entries::queued_at.assume_not_null(), items::title, entries::uid))
            .load(self.conn)?)
    }

    /// What was said: by moderators, about what the account has written; by authors, where it moderates.
    fn said_to(&mut self, scope: &AccountScope, (since, until): Span) -> Result<Vec<Found>, StoreError> {
        let moderated: Vec<i64> = scope.moderated.iter().copied().collect();
        let to_author = comments::side.eq("moderator").and(written_by(scope.account));
        let to_moderator = comments::side.eq("author").and(entries::service_id.eq_any(moderated));
        Ok(comments::table
            .inner_join(entries::table.inner_join(items::table))
            .filter(comments::created_at.gt(since).and(comments::created_at.le(until)))
            .filter(comments::account_id.is_null().or(comments::account_id.ne(scope.account)))
            .filter(to_author.or(to_moderator))
            .order(comments::id.asc())
            .limit(MOST)
            .select((comments::created_at, items::title, entries::uid))
            .load(self.conn)?)
    }

    /// What somebody else has decided about what the account has written.
    fn decided_of(
        &mut self,
        scope: &AccountScope,
        state: &'static str,
        (since, until): Span,
    ) -> Result<Vec<Found>, StoreError> {
        let mine = revision_contributors::table
            .filter(revision_contributors::revision_id.eq(revisions::id))
            .filter(revision_contributors::account_id.eq(scope.account));
        Ok(revisions::table
            .inner_join(items::table.on(items::id.eq(revisions::item_id)))
            .inner_join(entries::table.on(entries::item_id.eq(items::id).and(entries::home.eq(true))))
            .filter(revisions::decided_at.gt(since).and(revisions::decided_at.le(until)))
            .filter(revisions::state.eq(state))
            .filter(revisions::decided_by.is_null().or(revisions::decided_by.ne(scope.account)))
            .filter(exists(mine))
            .order(revisions::id.asc())
            .limit(MOST)
            .select((revisions::decided_at.assume_not_null(), revisions::title, entries::uid))
            .load(self.conn)?)
    }

    /// What is to be checked from now on, in the services that the account moderates.
    fn due_for_a_check(
        &mut self,
        scope: &AccountScope,
        (since, until): Span,
    ) -> Result<Vec<Found>, StoreError> {
        let moderated: Vec<i64> = scope.moderated.iter().copied().collect();
        Ok(item_ages::table
            .inner_join(items::table.on(items::id.eq(item_ages::item_id)))
            .inner_join(entries::table.on(entries::item_id.eq(items::id).and(entries::home.eq(true))))
            .filter(item_ages::check_at.gt(since).and(item_ages::check_at.le(until)))
            .filter(entries::service_id.eq_any(moderated))
            .filter(entries::state.eq("published"))
            .order((item_ages::check_at.asc(), entries::id.asc()))
            .limit(MOST)
            .select((item_ages::check_at.assume_not_null(), items::title, entries::uid))
            .load(self.conn)?)
    }

    /// Messages in the workshops of which the account is a member.
    fn messages_for(
        &mut self,
        scope: &AccountScope,
        (since, until): Span,
    ) -> Result<Vec<NoticeView>, StoreError> {
        let found: Vec<(i64, String, String, String)> = messages::table
            .inner_join(discussions::table.inner_join(sites::table))
            .filter(messages::created_at.gt(since).and(messages::created_at.le(until)))
            .filter(messages::account_id.is_null().or(messages::account_id.ne(scope.account)))
            .filter(is_member(scope.account))
            .order(messages::id.asc())
            .limit(MOST)
            .select((messages::created_at, discussions::title, discussions::uid, sites::slug))
            .load(self.conn)?;
        Ok(found.into_iter().map(|found| in_workshop(NoticeKind::Message, found)).collect())
    }

    /// Documents that were sent to the workshops of which the account is a member.
    fn documents_for(
        &mut self,
        scope: &AccountScope,
        (since, until): Span,
    ) -> Result<Vec<NoticeView>, StoreError> {
        let found: Vec<(i64, String, String, String)> = document_versions::table
            .inner_join(documents::table.inner_join(sites::table.on(sites::id.eq(documents::site_id))))
            .filter(document_versions::created_at.gt(since).and(document_versions::created_at.le(until)))
            .filter(
                document_versions::account_id.is_null().or(document_versions::account_id.ne(scope.account)),
            )
            .filter(is_member(scope.account))
            .order(document_versions::id.asc())
            .limit(MOST)
            .select((document_versions::created_at, documents::title, documents::uid, sites::slug))
            .load(self.conn)?;
        Ok(found.into_iter().map(|found| in_workshop(NoticeKind::Document, found)).collect())
    }
}

fn in_workshop(kind: NoticeKind, (at, title, uid, site): (i64, String, String, String)) -> NoticeView {
    NoticeView { kind, at, title, uid, site }
}

/// Whether the account is a member of the workshop.
#[diesel::dsl::auto_type(no_type_alias)]
fn is_member(account: i64) -> _ {
    exists(
        site_members::table
            .filter(site_members::site_id.eq(sites::id))
            .filter(site_members::account_id.eq(account)),
    )
}
