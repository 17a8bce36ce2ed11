//! Reads of identities at an OpenID provider.

use super::Reads;
use crate::error::StoreError;
use crate::rows::IdentityRow;
use crate::schema::identities;
use diesel::prelude::*;
use maillage_domain::viewer::Viewer;

impl Reads<'_> {
    /// The identity that a provider calls so; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn identity(&mut self, issuer: &str, subject: &str) -> Result<Option<IdentityRow>, StoreError> {
        if !self.is_system() {
            return Err(StoreError::NotFound);
        }
        Ok(identities::table
            .filter(identities::issuer.eq(issuer).and(identities::subject.eq(subject)))
            .select(IdentityRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Who an account is at a provider; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn identity_of(&mut self, account: i64, issuer: &str) -> Result<Option<IdentityRow>, StoreError> {
        if !self.is_system() {
            return Err(StoreError::NotFound);
        }
        Ok(identities::table
            .filter(identities::account_id.eq(account).and(identities::issuer.eq(issuer)))
            .select(IdentityRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// The identities of the account that looks, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn own_identities(&mut self) -> Result<Vec<IdentityRow>, StoreError> {
        let Viewer::Account(scope) = self.viewer() else { return Ok(Vec::new()) };
        let account = scope.account;
        Ok(identities::table
            .filter(identities::account_id.eq(account))
            .order(identities::id)
            .select(IdentityRow::as_select())
            .load(self.conn)?)
    }
}
