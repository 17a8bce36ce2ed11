//! Reads of items that others refer to: by their id, by their page, by their title.

use super::conditions::visible;
use super::{Db, Reads};
use crate::error::StoreError;
use crate::schema::{entries, items};
use diesel::prelude::*;

/// An item as a reference names it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct NamedItem {
    /// Permanent id.
    pub uri: String,
    /// Public UUID on this node.
    pub uid: String,
    /// Title.
    pub title: String,
    /// Slug of its type.
    pub type_slug: String,
    /// Who publishes it.
    pub organisation: String,
}

/// Published entries that the viewer sees, with their items.
macro_rules! seen {
    ($reads:expr) => {{
        let sight = $reads.sight()?;
        entries::table
            .inner_join(items::table)
            .into_boxed::<Db>()
            .filter(visible(&sight, true))
            .filter(entries::state.eq("published"))
    }};
}

/// What of them is told, each item once.
macro_rules! named {
    ($reads:expr, $query:expr) => {{
        let columns = (items::uri, items::uid, items::title, items::type_slug, items::organisation_name);
        let mut found: Vec<NamedItem> = $query.select(columns).load($reads.conn)?;
        let mut known = std::collections::BTreeSet::new();
        found.retain(|one| known.insert(one.uri.clone()));
        found
    }};
}

impl Reads<'_> {
    /// Of these permanent ids, the items that the viewer sees published.
    ///
    /// # Errors
    /// Those of the database.
    pub fn items_named(&mut self, uris: &[String]) -> Result<Vec<NamedItem>, StoreError> {
        if uris.is_empty() {
            return Ok(Vec::new());
        }
        let query = seen!(self).filter(items::uri.eq_any(uris.to_vec()));
        Ok(named!(self, query))
    }

    /// The item with this UUID, where the viewer sees it published.
    ///
    /// # Errors
    /// Those of the database.
    pub fn item_with_uid(&mut self, uid: &str) -> Result<Option<NamedItem>, StoreError> {
        let query = seen!(self).filter(items::uid.eq(uid.to_owned()));
        Ok(named!(self, query).pop())
    }

    /// Items of a type whose folded title is this one.
    ///
    /// # Errors
    /// Those of the database.
    pub fn items_titled(
        &mut self,
        type_slug: &str,
        folded: &str,
        limit: i64,
    ) -> Result<Vec<NamedItem>, StoreError> {
        let query = seen!(self)
            .filter(items::type_slug.eq(type_slug.to_owned()))
            .filter(items::title_folded.eq(folded.to_owned()))
            .order(items::id.asc())
            .limit(limit);
        Ok(named!(self, query))
    }

    /// Items of a type whose folded title begins like this, by title; where there are none, those that
    /// hold a word which does.
    ///
    /// # Errors
    /// Those of the database.
    pub fn items_beginning(
        &mut self,
        type_slug: &str,
        folded: &str,
        limit: i64,
    ) -> Result<Vec<NamedItem>, StoreError> {
        // Folded text holds letters, digits and spaces: nothing that sorts after this one.
        let end = format!("{folded}\u{10ffff}");
        let query = seen!(self)
            .filter(items::type_slug.eq(type_slug.to_owned()))
            .filter(items::title_folded.ge(folded.to_owned()).and(items::title_folded.lt(end)))
            .order(items::title_folded.asc())
            .limit(limit);
        let found = named!(self, query);
        if !found.is_empty() || folded.is_empty() {
            return Ok(found);
        }
        let query = seen!(self)
            .filter(items::type_slug.eq(type_slug.to_owned()))
            .filter(items::title_folded.like(format!("% {folded}%")))
            .order(items::title_folded.asc())
            .limit(limit);
        Ok(named!(self, query))
    }
}
