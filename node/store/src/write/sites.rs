//! Writes of sites, of what they show, and of workshops.

use super::Tx;
use crate::error::StoreError;
use crate::rows::{
    DiscussionRow, DocumentRow, DocumentVersionRow, FolderRow, MediaRow, MessageRow, PlacementRow,
    SiteBlockRow, SiteMemberRow, SitePageRow, SiteRow,
};
use crate::schema::{
    document_versions, documents, folders, media, memberships, placements, site_blocks, site_members,
    site_pages, sites,
};
use diesel::prelude::*;
use maillage_domain::role::Role;

super::audited_writes! {
    sites: insert_site, save_site, SiteRow;
    placements: insert_placement, save_placement, PlacementRow;
}

super::table_writes! {
    site_members: insert_site_member, save_site_member, SiteMemberRow;
    site_blocks: insert_site_block, save_site_block, SiteBlockRow;
    site_pages: insert_site_page, save_site_page, SitePageRow;
    media: insert_media, save_media, MediaRow;
    folders: insert_folder, save_folder, FolderRow;
    documents: insert_document, save_document, DocumentRow;
    document_versions: insert_document_version, save_document_version, DocumentVersionRow;
    discussions: insert_discussion, save_discussion, DiscussionRow;
    messages: insert_message, save_message, MessageRow;
}

impl Tx<'_> {
    /// Removes a placement from its site.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_placement(&mut self, uid: &str) -> Result<(), StoreError> {
        self.touches("placements");
        let before: PlacementRow = placements::table
            .filter(placements::uid.eq(uid))
            .select(PlacementRow::as_select())
            .first(self.conn)?;
        diesel::delete(placements::table.find(before.id)).execute(self.conn)?;
        self.audit(Some(&before), None)
    }

    /// Whether a site is for its members alone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn site_is_for_members(&mut self, site: i64) -> Result<bool, StoreError> {
        Ok(sites::table.find(site).select(sites::members_only).first(self.conn)?)
    }

    /// Whether an account manages a service of the node.
    ///
    /// # Errors
    /// Those of the database.
    pub fn manages_a_service(&mut self, account: i64) -> Result<bool, StoreError> {
        let managed = memberships::table
            .filter(memberships::account_id.eq(account))
            .filter(memberships::role.eq(Role::ServiceManager.as_str()));
        Ok(diesel::select(diesel::dsl::exists(managed)).get_result(self.conn)?)
    }

    /// The membership of an account on a site, if any.
    ///
    /// # Errors
    /// Those of the database.
    pub fn site_member(&mut self, site: i64, account: i64) -> Result<Option<SiteMemberRow>, StoreError> {
        Ok(site_members::table
            .filter(site_members::site_id.eq(site).and(site_members::account_id.eq(account)))
            .select(SiteMemberRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Ends a membership.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_site_member(&mut self, id: i64) -> Result<(), StoreError> {
        self.touches("site_members");
        diesel::delete(site_members::table.find(id)).execute(self.conn)?;
        Ok(())
    }

    /// Removes every block of a site.
    ///
    /// # Errors
    /// Those of the database.
    pub fn clear_site_blocks(&mut self, site: i64) -> Result<(), StoreError> {
        self.touches("site_blocks");
        diesel::delete(site_blocks::table.filter(site_blocks::site_id.eq(site))).execute(self.conn)?;
        Ok(())
    }

    /// Removes a page.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_site_page(&mut self, id: i64) -> Result<(), StoreError> {
        self.touches("site_pages");
        diesel::delete(site_pages::table.find(id)).execute(self.conn)?;
        Ok(())
    }

    /// Removes a folder; its documents stay, in none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_folder(&mut self, id: i64) -> Result<(), StoreError> {
        diesel::delete(folders::table.find(id)).execute(self.conn)?;
        Ok(())
    }

    /// Removes a document with its versions, and answers the hashes of their files.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_document(&mut self, id: i64) -> Result<Vec<String>, StoreError> {
        let files: Vec<(i64, String)> = document_versions::table
            .inner_join(media::table)
            .filter(document_versions::document_id.eq(id))
            .select((media::id, media::sha256))
            .load(self.conn)?;
        diesel::delete(documents::table.find(id)).execute(self.conn)?;
        let (keys, hashes): (Vec<i64>, Vec<String>) = files.into_iter().unzip();
        diesel::delete(media::table.filter(media::id.eq_any(keys))).execute(self.conn)?;
        Ok(hashes)
    }

    /// Removes a file that nothing uses any more.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where something does.
    pub fn delete_media(&mut self, id: i64) -> Result<(), StoreError> {
        diesel::delete(media::table.find(id)).execute(self.conn)?;
        Ok(())
    }
}
