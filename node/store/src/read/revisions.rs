//! Reads of revisions: what was written and decided, by whom.

use super::Reads;
use crate::error::StoreError;
use crate::rows::{DecisionRow, RevisionRow};
use crate::schema::{accounts, decisions, organisations, revision_contributors, revisions};
use diesel::prelude::*;
use maillage_domain::viewer::Viewer;
use std::collections::BTreeMap;

/// Who wrote a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Name of the account.
    pub name: String,
    /// Name of its organisation.
    pub organisation: String,
}

/// The latest revision of an item, with who wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct LatestRevision {
    /// The revision.
    pub revision: RevisionRow,
    /// Its author; none for what the node itself has imported.
    pub author: Option<Author>,
}

/// What was written and decided of an item in a service.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct History {
    /// Revisions, latest first.
    pub revisions: Vec<RevisionRow>,
    /// Decisions, latest first.
    pub decisions: Vec<DecisionRow>,
    /// Keys of the accounts that had a hand in the latest revision.
    pub contributors: Vec<i64>,
}

impl Reads<'_> {
    pub(super) fn history(&mut self, item: i64, service: i64) -> Result<History, StoreError> {
        let revisions: Vec<RevisionRow> = revisions::table
            .filter(revisions::item_id.eq(item))
            .order(revisions::number.desc())
            .limit(100)
            .select(RevisionRow::as_select())
            .load(self.conn)?;
        let decisions = decisions::table
            .filter(decisions::item_id.eq(item))
            .filter(decisions::service_id.eq(service))
            .order(decisions::id.desc())
            .limit(100)
            .select(DecisionRow::as_select())
            .load(self.conn)?;
        let contributors = match revisions.first() {
            Some(latest) => revision_contributors::table
                .filter(revision_contributors::revision_id.eq(latest.id))
                .select(revision_contributors::account_id)
                .load(self.conn)?,
            None => Vec::new(),
        };
        Ok(History { revisions, decisions, contributors })
    }

    /// The latest revision of each of these items, for accounts of the node; items that are not
    /// written here (received ones) are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn latest_revisions(&mut self, items: &[i64]) -> Result<BTreeMap<i64, LatestRevision>, StoreError> {
        if matches!(self.viewer(), Viewer::Anonymous | Viewer::Partner { .. }) {
            return Ok(BTreeMap::new());
        }
        let rows: Vec<(RevisionRow, Option<(String, String)>)> = revisions::table
            .left_join(
                accounts::table
                    .inner_join(organisations::table)
                    .on(accounts::id.nullable().eq(revisions::author_id)),
            )
            .filter(revisions::item_id.eq_any(items.to_vec()))
            .order(revisions::number)
            .select((RevisionRow::as_select(), (accounts::display_name, organisations::name).nullable()))
            .load(self.conn)?;
        let author = |(name, organisation)| Author { name, organisation };
        // Later revisions stand behind earlier ones and take their place.
        Ok(rows
            .into_iter()
            .map(|(revision, by)| (revision.item_id, LatestRevision { revision, author: by.map(author) }))
            .collect())
    }

    /// Items whose latest revision the viewer had a hand in and has not finished: a draft, or one
    /// that came back with a reason.
    ///
    /// # Errors
    /// Those of the database.
    pub fn unfinished_items(&mut self) -> Result<Vec<i64>, StoreError> {
        let Viewer::Account(scope) = self.viewer() else { return Ok(Vec::new()) };
        let account = scope.account;
        let mine: Vec<(i64, i64)> = revisions::table
            .inner_join(revision_contributors::table.on(revision_contributors::revision_id.eq(revisions::id)))
            .filter(revision_contributors::account_id.eq(account))
            .filter(revisions::state.eq_any(["draft", "declined"]))
            .order(revisions::id.desc())
            .limit(500)
            .select((revisions::item_id, revisions::number))
            .load(self.conn)?;
        let items: Vec<i64> = mine.iter().map(|(item, _)| *item).collect();
        let latest: Vec<(i64, Option<i64>)> = revisions::table
            .filter(revisions::item_id.eq_any(items))
            .group_by(revisions::item_id)
            .select((revisions::item_id, diesel::dsl::max(revisions::number)))
            .load(self.conn)?;
        let is_latest = |(item, number): &(i64, i64)| latest.contains(&(*item, Some(*number)));
        Ok(mine.into_iter().filter(is_latest).map(|(item, _)| item).collect())
    }
}
