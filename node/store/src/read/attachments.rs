//! Files of items: who may open which.

use super::conditions::{visible, worked_on};
use super::{Db, Reads};
use crate::error::StoreError;
use crate::rows::{ItemMediaRow, MediaRow};
use crate::schema::{document_versions, entries, item_media, items, media, sites};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use maillage_domain::viewer::Viewer;
use std::collections::BTreeSet;

impl Reads<'_> {
    /// A file of an item by its public id: of one that the viewer sees published, where what is published
    /// names it; of one that the viewer works on, whichever version names it; and what the viewer has sent
    /// and not saved yet.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn attachment(&mut self, uid: &str) -> Result<MediaRow, StoreError> {
        let (file, link) = item_media::table
            .inner_join(media::table)
            .filter(media::uid.eq(uid))
            .select((MediaRow::as_select(), ItemMediaRow::as_select()))
            .first::<(MediaRow, ItemMediaRow)>(self.conn)?;
        let Some(item) = link.item_id else {
            return match self.viewer {
                Viewer::Account(scope) if link.account_id == Some(scope.account) => Ok(file),
                _ => Err(StoreError::NotFound),
            };
        };
        let sight = self.sight()?;
        if let Some(worked_on) = worked_on(&sight) {
            let of_item = entries::table.inner_join(items::table).into_boxed::<Db>();
            let found = of_item.filter(worked_on).filter(items::id.eq(item)).select(items::id);
            if found.first::<i64>(self.conn).optional()?.is_some() {
                return Ok(file);
            }
        }
        let shown: Option<String> = entries::table
            .inner_join(items::table)
            .into_boxed::<Db>()
            .filter(visible(&sight, true))
            .filter(items::id.eq(item))
            .select(items::fields)
            .first(self.conn)
            .optional()?;
        if shown.is_some_and(|fields| fields.contains(&file.uid)) {
            Ok(file)
        } else {
            Err(StoreError::NotFound)
        }
    }

    /// Which of these public ids are files of this node. Who may open them is another question.
    ///
    /// # Errors
    /// Those of the database.
    pub fn files_known(&mut self, uids: &[String]) -> Result<BTreeSet<String>, StoreError> {
        let found: Vec<String> = media::table
            .inner_join(item_media::table)
            .filter(media::uid.eq_any(uids.to_vec()))
            .select(media::uid)
            .load(self.conn)?;
        Ok(found.into_iter().collect())
    }

    /// Files from before a moment (milliseconds) that nothing means: no item, no document, no site; at most
    /// `most` of them. For the node itself, which removes them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn files_left_over(&mut self, before: i64, most: i64) -> Result<Vec<MediaRow>, StoreError> {
        let of_item = item_media::table
            .filter(item_media::media_id.eq(media::id))
            .filter(item_media::item_id.is_not_null());
        let of_document = document_versions::table.filter(document_versions::media_id.eq(media::id));
        let of_site = sites::table.filter(sites::logo_id.eq(media::id.nullable()));
        Ok(media::table
            .filter(media::created_at.lt(before))
            .filter(not(exists(of_item)))
            .filter(not(exists(of_document)))
            .filter(not(exists(of_site)))
            .order(media::created_at.asc())
            .limit(most)
            .select(MediaRow::as_select())
            .load(self.conn)?)
    }
}
