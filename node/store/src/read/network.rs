//! Reads of actors, and of the services that have approved one.

use super::Reads;
use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::rows::ActorRow;
use crate::schema::{actor_secrets, actors, followers};
use diesel::prelude::*;
use std::collections::BTreeSet;

/// Services that have accepted this actor as a follower: nodes follow, and sign what they fetch, as
/// their Application actor.
pub(super) fn approved_services(conn: &mut DbConnection, actor: &str) -> Result<BTreeSet<i64>, StoreError> {
    let ids: Vec<i64> = followers::table
        .inner_join(actors::table)
        .filter(actors::uri.eq(actor))
        .filter(followers::state.eq("accepted"))
        .select(followers::service_id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

impl Reads<'_> {
    /// An actor by its URI.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn actor(&mut self, uri: &str) -> Result<ActorRow, StoreError> {
        Ok(actors::table.filter(actors::uri.eq(uri)).select(ActorRow::as_select()).first(self.conn)?)
    }

    /// An actor by its key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn actor_by_id(&mut self, id: i64) -> Result<ActorRow, StoreError> {
        Ok(actors::table.find(id).select(ActorRow::as_select()).first(self.conn)?)
    }

    /// The actor with this key id (the URI of its public key).
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn actor_by_key(&mut self, key_id: &str) -> Result<ActorRow, StoreError> {
        Ok(actors::table.filter(actors::key_id.eq(key_id)).select(ActorRow::as_select()).first(self.conn)?)
    }

    /// One of our own actors by its user name; actors of private services have no face outside.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn local_actor(&mut self, username: &str) -> Result<ActorRow, StoreError> {
        let row = actors::table
            .filter(actors::local.eq(true).and(actors::username.eq(username)))
            .select(ActorRow::as_select())
            .first(self.conn)?;
        self.with_a_face(row)
    }

    /// One of our own actors by its public id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn local_actor_by_uid(&mut self, uid: &str) -> Result<ActorRow, StoreError> {
        let row = actors::table
            .filter(actors::local.eq(true).and(actors::uid.eq(uid)))
            .select(ActorRow::as_select())
            .first(self.conn)?;
        self.with_a_face(row)
    }

    fn with_a_face(&mut self, actor: ActorRow) -> Result<ActorRow, StoreError> {
        if actor.kind == "Service" && !self.is_system() {
            self.service_of_actor(actor.id)?;
        }
        Ok(actor)
    }

    /// The node's own Application actor.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] before the node is made.
    pub fn node_actor(&mut self) -> Result<ActorRow, StoreError> {
        Ok(actors::table
            .filter(actors::local.eq(true).and(actors::kind.eq("Application")))
            .order(actors::id)
            .select(ActorRow::as_select())
            .first(self.conn)?)
    }

    /// The private key (PKCS#8 PEM) of one of our actors; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn private_key(&mut self, actor: i64) -> Result<String, StoreError> {
        self.system_only()?;
        Ok(actor_secrets::table.find(actor).select(actor_secrets::private_key).first(self.conn)?)
    }

    pub(super) fn system_only(&self) -> Result<(), StoreError> {
        if self.is_system() { Ok(()) } else { Err(StoreError::NotFound) }
    }
}
