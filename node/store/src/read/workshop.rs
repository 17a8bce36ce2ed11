//! Reads of workshops: folders, documents with their versions, discussions. Their site decides who sees
//! them, and nothing of them is read without it.

use super::Reads;
use crate::error::StoreError;
use crate::rows::{
    DiscussionRow, DocumentRow, DocumentVersionRow, FolderRow, ItemRow, MediaRow, MessageRow, SiteRow,
};
use crate::schema::{
    accounts, discussions, document_versions, documents, entries, folders, item_media, items, media,
    messages, sites,
};
use diesel::dsl::{count_star, exists, max};
use diesel::prelude::*;
use maillage_domain::site::SiteKind;
use maillage_domain::text::fold;
use std::collections::BTreeMap;

/// A version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionView {
    /// The version.
    pub version: DocumentVersionRow,
    /// The file.
    pub media: MediaRow,
    /// Name of who sent it; empty where the account is gone.
    pub by: String,
}

/// A document with its latest version, or with all of them where one document is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentView {
    /// The document.
    pub document: DocumentRow,
    /// Versions, latest first.
    pub versions: Vec<VersionView>,
}

/// A discussion in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscussionView {
    /// The discussion.
    pub discussion: DiscussionRow,
    /// How many messages it has.
    pub messages: i64,
    /// What the latest one says, and who wrote it.
    pub latest: Option<MessageView>,
}

/// A message with the name of who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    /// The message.
    pub message: MessageRow,
    /// Name of who wrote it; empty where the account is gone.
    pub by: String,
}

/// Most documents and discussions of one list.
const MOST: i64 = 500;
/// Most messages of one discussion that are read.
const MOST_MESSAGES: i64 = 1_000;

/// What discussions are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Anything.
    Anything,
    /// A document, by its key.
    Document(i64),
    /// An item, by its key.
    Item(i64),
}

impl Reads<'_> {
    /// A workshop that the viewer is in.
    fn workshop(&mut self, slug: &str) -> Result<SiteRow, StoreError> {
        let view = self.site(slug)?;
        let inside = view.role.is_some() && SiteKind::from_name(&view.site.kind) == SiteKind::Workshop;
        if inside { Ok(view.site) } else { Err(StoreError::NotFound) }
    }

    /// The folders of a workshop, by title.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for who is not in the workshop.
    pub fn folders(&mut self, site: &str) -> Result<Vec<FolderRow>, StoreError> {
        let site = self.workshop(site)?.id;
        let mut rows: Vec<FolderRow> = folders::table
            .filter(folders::site_id.eq(site))
            .order(folders::id)
            .select(FolderRow::as_select())
            .load(self.conn)?;
        rows.sort_by_cached_key(|row| fold(&row.title));
        Ok(rows)
    }

    /// The documents of a workshop, latest change first, each with its latest version; of one folder
    /// where one is named by its public id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for who is not in the workshop, or where there is no such folder.
    pub fn documents(
        &mut self,
        site: &str,
        folder: Option<&str>,
        limit: i64,
    ) -> Result<Vec<DocumentView>, StoreError> {
        let site = self.workshop(site)?.id;
        let mut query = documents::table.filter(documents::site_id.eq(site)).into_boxed::<super::Db>();
        if let Some(uid) = folder {
            let folder: i64 = folders::table
                .filter(folders::site_id.eq(site).and(folders::uid.eq(uid)))
                .select(folders::id)
                .first(self.conn)?;
            query = query.filter(documents::folder_id.eq(folder));
        }
        let rows: Vec<DocumentRow> = query
            .order((documents::updated_at.desc(), documents::id.desc()))
            .limit(limit.clamp(1, MOST))
            .select(DocumentRow::as_select())
            .load(self.conn)?;
        let keys: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let latest: Vec<Option<i64>> = document_versions::table
            .filter(document_versions::document_id.eq_any(keys))
            .group_by(document_versions::document_id)
            .select(max(document_versions::id))
            .load(self.conn)?;
        let mut versions: BTreeMap<i64, Vec<VersionView>> = BTreeMap::new();
        for view in self.versions(latest.into_iter().flatten().collect())? {
            versions.entry(view.version.document_id).or_default().push(view);
        }
        let with_latest = |document: DocumentRow| {
            let versions = versions.remove(&document.id).unwrap_or_default();
            DocumentView { document, versions }
        };
        Ok(rows.into_iter().map(with_latest).collect())
    }

    /// One document with all of its versions.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for who is not in the workshop, or where it has no such document.
    pub fn document(&mut self, site: &str, uid: &str) -> Result<DocumentView, StoreError> {
        let site = self.workshop(site)?.id;
        let document: DocumentRow = documents::table
            .filter(documents::site_id.eq(site).and(documents::uid.eq(uid)))
            .select(DocumentRow::as_select())
            .first(self.conn)?;
        let keys: Vec<i64> = document_versions::table
            .filter(document_versions::document_id.eq(document.id))
            .select(document_versions::id)
            .load(self.conn)?;
        Ok(DocumentView { versions: self.versions(keys)?, document })
    }

    fn versions(&mut self, keys: Vec<i64>) -> Result<Vec<VersionView>, StoreError> {
        let rows: Vec<(DocumentVersionRow, MediaRow, Option<String>)> = document_versions::table
            .inner_join(media::table)
            .left_join(accounts::table.on(document_versions::account_id.eq(accounts::id.nullable())))
            .filter(document_versions::id.eq_any(keys))
            .order(document_versions::number.desc())
            .select((
                DocumentVersionRow::as_select(),
                MediaRow::as_select(),
                accounts::display_name.nullable(),
            ))
            .load(self.conn)?;
        let view = |(version, media, by): (_, _, Option<String>)| VersionView {
            version,
            media,
            by: by.unwrap_or_default(),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// The discussions of a workshop, or those about one thing, latest message first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for who is not in the workshop.
    pub fn discussions(
        &mut self,
        site: &str,
        about: About,
        limit: i64,
    ) -> Result<Vec<DiscussionView>, StoreError> {
        let site = self.workshop(site)?.id;
        let mut query = discussions::table.filter(discussions::site_id.eq(site)).into_boxed::<super::Db>();
        match about {
            About::Anything => {}
            About::Document(document) => query = query.filter(discussions::document_id.eq(document)),
            About::Item(item) => query = query.filter(discussions::item_id.eq(item)),
        }
        let rows: Vec<DiscussionRow> = query
            .order((discussions::updated_at.desc(), discussions::id.desc()))
            .limit(limit.clamp(1, MOST))
            .select(DiscussionRow::as_select())
            .load(self.conn)?;
        let keys: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let counted: Vec<(i64, i64, Option<i64>)> = messages::table
            .filter(messages::discussion_id.eq_any(keys))
            .group_by(messages::discussion_id)
            .select((messages::discussion_id, count_star(), max(messages::id)))
            .load(self.conn)?;
        let latest = counted.iter().filter_map(|(_, _, latest)| *latest).collect();
        let latest = self.messages_of(latest)?;
        let view = |discussion: DiscussionRow| DiscussionView {
            messages: counted.iter().find(|(id, ..)| *id == discussion.id).map_or(0, |(_, count, _)| *count),
            latest: latest.iter().find(|view| view.message.discussion_id == discussion.id).cloned(),
            discussion,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// One discussion with its messages, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for who is not in the workshop, or where it has no such discussion.
    pub fn discussion(
        &mut self,
        site: &str,
        uid: &str,
    ) -> Result<(DiscussionRow, Vec<MessageView>), StoreError> {
        let site = self.workshop(site)?.id;
        let discussion: DiscussionRow = discussions::table
            .filter(discussions::site_id.eq(site).and(discussions::uid.eq(uid)))
            .select(DiscussionRow::as_select())
            .first(self.conn)?;
        let keys: Vec<i64> = messages::table
            .filter(messages::discussion_id.eq(discussion.id))
            .order(messages::id.desc())
            .limit(MOST_MESSAGES)
            .select(messages::id)
            .load(self.conn)?;
        Ok((discussion, self.messages_of(keys)?))
    }

    fn messages_of(&mut self, keys: Vec<i64>) -> Result<Vec<MessageView>, StoreError> {
        let rows: Vec<(MessageRow, Option<String>)> = messages::table
            .left_join(accounts::table.on(messages::account_id.eq(accounts::id.nullable())))
            .filter(messages::id.eq_any(keys))
            .order(messages::id)
            .select((MessageRow::as_select(), accounts::display_name.nullable()))
            .load(self.conn)?;
        let view = |(message, by): (_, Option<String>)| MessageView { message, by: by.unwrap_or_default() };
        Ok(rows.into_iter().map(view).collect())
    }

    /// The item that a discussion of the workshop is about, where the viewer sees it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn item_discussed(&mut self, item: i64) -> Result<Option<ItemRow>, StoreError> {
        let sight = self.sight()?;
        Ok(entries::table
            .inner_join(items::table)
            .into_boxed::<super::Db>()
            .filter(super::conditions::visible(&sight, false))
            .filter(items::id.eq(item))
            .select(ItemRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Whether a file is used by anything at all; for the node itself, which removes what is not.
    ///
    /// # Errors
    /// Those of the database.
    pub fn media_is_used(&mut self, sha256: &str) -> Result<bool, StoreError> {
        let same = || media::table.filter(media::sha256.eq(sha256.to_owned())).select(media::id);
        let by_version = document_versions::table.filter(document_versions::media_id.eq_any(same()));
        let by_site = sites::table.filter(sites::logo_id.eq_any(same().select(media::id.nullable())));
        let by_item = item_media::table.filter(item_media::media_id.eq_any(same()));
        let used: bool = diesel::select(exists(by_version)).get_result(self.conn)?;
        let used = used || diesel::select(exists(by_item)).get_result::<bool>(self.conn)?;
        Ok(used || diesel::select(exists(by_site)).get_result::<bool>(self.conn)?)
    }
}
