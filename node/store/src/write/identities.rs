//! Writes of signing in through an OpenID provider.

use super::Tx;
use crate::error::StoreError;
use crate::rows::{IdentityRow, SignInRequestRow};
use crate::schema::{identities, sign_in_requests};
use diesel::prelude::*;

super::audited_writes! {
    identities: insert_identity, save_identity, IdentityRow;
}

impl Tx<'_> {
    /// Removes an identity of an account, and writes that down.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not theirs.
    pub fn remove_identity(&mut self, account: i64, id: i64) -> Result<(), StoreError> {
        let row: IdentityRow = identities::table
            .filter(identities::id.eq(id).and(identities::account_id.eq(account)))
            .select(IdentityRow::as_select())
            .first(self.conn)?;
        diesel::delete(identities::table.find(id)).execute(self.conn)?;
        self.audit(Some(&row), None)
    }

    /// Keeps what has to be right when somebody comes back from the provider.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the state was given out already.
    pub fn keep_sign_in_request(&mut self, row: &SignInRequestRow) -> Result<(), StoreError> {
        diesel::insert_into(sign_in_requests::table).values(row).execute(self.conn)?;
        Ok(())
    }

    /// Takes up what was kept for this state and this browser: nobody takes it up again. None where
    /// there is no such thing, or its time is over.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take_sign_in_request(
        &mut self,
        state_hash: &str,
        browser_hash: &str,
        now: i64,
    ) -> Result<Option<SignInRequestRow>, StoreError> {
        let found: Option<SignInRequestRow> = sign_in_requests::table
            .filter(sign_in_requests::state_hash.eq(state_hash))
            .filter(sign_in_requests::browser_hash.eq(browser_hash))
            .filter(sign_in_requests::expires_at.gt(now))
            .select(SignInRequestRow::as_select())
            .first(self.conn)
            .optional()?;
        let Some(row) = found else { return Ok(None) };
        // Of two that come at once, only one removes it.
        let taken = diesel::delete(sign_in_requests::table.filter(sign_in_requests::id.eq(row.id)))
            .execute(self.conn)?;
        Ok((taken > 0).then_some(row))
    }

    /// Forgets whoever did not come back in time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_sign_in_requests(&mut self, now: i64) -> Result<(), StoreError> {
        diesel::delete(sign_in_requests::table.filter(sign_in_requests::expires_at.le(now)))
            .execute(self.conn)?;
        Ok(())
    }
}
