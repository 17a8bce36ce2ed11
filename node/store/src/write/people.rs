//! Writes of the node, accounts, sessions, tokens, services and members.

use super::Tx;
use crate::error::StoreError;
use crate::rows::{AccountRow, ApiTokenRow, MembershipRow, NodeRow, OrganisationRow, ServiceRow, SessionRow};
use crate::schema::{api_tokens, login_failures, memberships, sessions};
use diesel::prelude::*;

super::table_writes! {
    sessions: insert_session, save_session, SessionRow;
    memberships: insert_membership, save_membership, MembershipRow;
}

super::audited_writes! {
    nodes: insert_node, save_node, NodeRow;
    organisations: insert_organisation, save_organisation, OrganisationRow;
    accounts: insert_account, save_account, AccountRow;
    api_tokens: insert_api_token, save_api_token, ApiTokenRow;
    services: insert_service, save_service, ServiceRow;
}

impl Tx<'_> {
    /// Gives an account a role in a service, or none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_role(
        &mut self,
        account: i64,
        service: i64,
        role: Option<&str>,
        now: i64,
    ) -> Result<(), StoreError> {
        self.audit_role(account, service, role)?;
        let mine = memberships::table
            .filter(memberships::account_id.eq(account).and(memberships::service_id.eq(service)));
        let Some(role) = role else {
            diesel::delete(mine).execute(self.conn)?;
            return Ok(());
        };
        let changed = diesel::update(mine).set(memberships::role.eq(role)).execute(self.conn)?;
        if changed == 0 {
            let row = MembershipRow {
                id: 0,
                account_id: account,
                service_id: service,
                role: role.to_owned(),
                created_at: now,
            };
            self.insert_membership(&row)?;
        }
        Ok(())
    }

    /// Ends one session, or all of an account's.
    ///
    /// # Errors
    /// Those of the database.
    pub fn end_session(&mut self, token_hash: &str) -> Result<(), StoreError> {
        diesel::delete(sessions::table.filter(sessions::token_hash.eq(token_hash))).execute(self.conn)?;
        Ok(())
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// Those of the database.
    pub fn end_sessions_of(&mut self, account: i64) -> Result<(), StoreError> {
        diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(self.conn)?;
        Ok(())
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// Those of the database.
    pub fn touch_session(&mut self, id: i64, now: i64) -> Result<(), StoreError> {
        diesel::update(sessions::table.find(id)).set(sessions::seen_at.eq(now)).execute(self.conn)?;
        Ok(())
    }

    /// Notes that a token was used.
    ///
    /// # Errors
    /// Those of the database.
    pub fn touch_api_token(&mut self, id: i64, now: i64) -> Result<(), StoreError> {
        diesel::update(api_tokens::table.find(id)).set(api_tokens::used_at.eq(now)).execute(self.conn)?;
        Ok(())
    }

    /// Deletes a token of an account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_api_token(&mut self, id: i64, account: i64) -> Result<(), StoreError> {
        let mine = api_tokens::table.filter(api_tokens::id.eq(id).and(api_tokens::account_id.eq(account)));
        let before: ApiTokenRow = mine.select(ApiTokenRow::as_select()).first(self.conn)?;
        diesel::delete(api_tokens::table.find(before.id)).execute(self.conn)?;
        self.audit(Some(&before), None)
    }

    /// Notes a failed login.
    ///
    /// # Errors
    /// Those of the database.
    pub fn note_login_failure(&mut self, subject: &str, now: i64) -> Result<(), StoreError> {
        diesel::insert_into(login_failures::table)
            .values((login_failures::subject.eq(subject), login_failures::failed_at.eq(now)))
            .execute(self.conn)?;
        Ok(())
    }

    /// Forgets the failed logins of a subject.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_login_failures(&mut self, subject: &str) -> Result<(), StoreError> {
        diesel::delete(login_failures::table.filter(login_failures::subject.eq(subject)))
            .execute(self.conn)?;
        Ok(())
    }

    /// Forgets one failed login of a subject at this moment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_one_login_failure(&mut self, subject: &str, at: i64) -> Result<(), StoreError> {
        let one: Option<i64> = login_failures::table
            .filter(login_failures::subject.eq(subject).and(login_failures::failed_at.eq(at)))
            .select(login_failures::id)
            .first(self.conn)
            .optional()?;
        if let Some(one) = one {
            diesel::delete(login_failures::table.find(one)).execute(self.conn)?;
        }
        Ok(())
    }

    /// Forgets sessions and failed logins from before a moment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_old_logins(&mut self, before: i64) -> Result<(), StoreError> {
        diesel::delete(sessions::table.filter(sessions::expires_at.lt(before))).execute(self.conn)?;
        diesel::delete(login_failures::table.filter(login_failures::failed_at.lt(before)))
            .execute(self.conn)?;
        Ok(())
    }
}
