//! Writes around accounts: mails, invitations, forgotten passwords, second factors, sessions.

use super::Tx;
use crate::error::StoreError;
use crate::rows::{InvitationRoleRow, InvitationRow, MailRow, PasswordResetRow, SecondFactorRow, SessionRow};
use crate::schema::{
    invitations, login_steps, mails, password_resets, recovery_codes, second_factors, sessions,
};
use diesel::prelude::*;

super::table_writes! {
    mails: insert_mail, save_mail, MailRow;
    invitation_roles: insert_invitation_role, save_invitation_role, InvitationRoleRow;
    password_resets: insert_password_reset, save_password_reset, PasswordResetRow;
}

super::audited_writes! {
    invitations: insert_invitation, save_invitation, InvitationRow;
}

impl Tx<'_> {
    /// Takes the mails that are due, oldest first, unless another worker has: they are due again at
    /// `again`, where nothing more is heard of them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claim_mails(&mut self, now: i64, again: i64, limit: i64) -> Result<Vec<MailRow>, StoreError> {
        self.take_turn("mails")?;
        let mut rows: Vec<MailRow> = mails::table
            .filter(mails::state.eq("due").and(mails::due_at.le(now)))
            .order((mails::due_at, mails::id))
            .limit(limit)
            .select(MailRow::as_select())
            .load(self.conn)?;
        for row in &mut rows {
            row.attempts += 1;
            row.due_at = again;
            diesel::update(mails::table.find(row.id))
                .set((mails::attempts.eq(row.attempts), mails::due_at.eq(again)))
                .execute(self.conn)?;
        }
        Ok(rows)
    }

    /// A mail by its key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn mail(&mut self, id: i64) -> Result<MailRow, StoreError> {
        Ok(mails::table.find(id).select(MailRow::as_select()).first(self.conn)?)
    }

    /// Gives up the mails of one kind that wait for the sake of this reference.
    ///
    /// # Errors
    /// Those of the database.
    pub fn drop_mails(&mut self, kind: &str, reference: i64) -> Result<(), StoreError> {
        let waiting = mails::table
            .filter(mails::state.eq("due"))
            .filter(mails::kind.eq(kind).and(mails::reference.eq(reference)));
        diesel::delete(waiting).execute(self.conn)?;
        Ok(())
    }

    /// Forgets mails that ended before a moment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_mails(&mut self, before: i64) -> Result<(), StoreError> {
        for state in ["sent", "failed"] {
            let old = mails::table.filter(mails::state.eq(state).and(mails::due_at.lt(before)));
            diesel::delete(old).execute(self.conn)?;
        }
        Ok(())
    }

    /// Keeps the hash of the link of an invitation, in place of that of an earlier link.
    ///
    /// # Errors
    /// Those of the database.
    pub fn link_invitation(&mut self, id: i64, token_hash: &str) -> Result<(), StoreError> {
        diesel::update(invitations::table.find(id))
            .set(invitations::token_hash.eq(token_hash))
            .execute(self.conn)?;
        Ok(())
    }

    /// Keeps the hash of the link with which a password is set anew.
    ///
    /// # Errors
    /// Those of the database.
    pub fn link_password_reset(&mut self, id: i64, token_hash: &str) -> Result<(), StoreError> {
        diesel::update(password_resets::table.find(id))
            .set(password_resets::token_hash.eq(token_hash))
            .execute(self.conn)?;
        Ok(())
    }

    /// Ends every way of setting this account's password anew.
    ///
    /// # Errors
    /// Those of the database.
    pub fn end_password_resets(&mut self, account: i64) -> Result<(), StoreError> {
        diesel::delete(password_resets::table.filter(password_resets::account_id.eq(account)))
            .execute(self.conn)?;
        Ok(())
    }

    /// Forgets what could be used until a moment, and no longer.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_ended_links(&mut self, before: i64) -> Result<(), StoreError> {
        diesel::delete(password_resets::table.filter(password_resets::expires_at.lt(before)))
            .execute(self.conn)?;
        diesel::delete(login_steps::table.filter(login_steps::expires_at.lt(before))).execute(self.conn)?;
        Ok(())
    }

    /// Ends one session of an account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not theirs.
    pub fn end_session_of(&mut self, account: i64, id: i64) -> Result<(), StoreError> {
        let mine = sessions::table.filter(sessions::id.eq(id).and(sessions::account_id.eq(account)));
        if diesel::delete(mine).execute(self.conn)? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Ends every session of an account but one; answers how many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn end_other_sessions(&mut self, account: i64, kept: i64) -> Result<usize, StoreError> {
        let others = sessions::table.filter(sessions::account_id.eq(account).and(sessions::id.ne(kept)));
        Ok(diesel::delete(others).execute(self.conn)?)
    }

    /// A session by the hash of its token.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn session_of_token(&mut self, token_hash: &str) -> Result<SessionRow, StoreError> {
        let found = sessions::table.filter(sessions::token_hash.eq(token_hash));
        Ok(found.select(SessionRow::as_select()).first(self.conn)?)
    }

    /// Keeps the secret of an account's codes in place of any other.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_second_factor(&mut self, row: &SecondFactorRow) -> Result<(), StoreError> {
        diesel::delete(second_factors::table.find(row.account_id)).execute(self.conn)?;
        diesel::insert_into(second_factors::table).values(row).execute(self.conn)?;
        Ok(())
    }

    /// Removes the second factor of an account, with its recovery codes; whether there was one.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remove_second_factor(&mut self, account: i64) -> Result<bool, StoreError> {
        self.keep_recovery_codes(account, &[])?;
        Ok(diesel::delete(second_factors::table.find(account)).execute(self.conn)? > 0)
    }

    /// Keeps the hashes of recovery codes in place of all earlier ones.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_recovery_codes(&mut self, account: i64, hashes: &[String]) -> Result<(), StoreError> {
        diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account)))
            .execute(self.conn)?;
        for hash in hashes {
            diesel::insert_into(recovery_codes::table)
                .values((recovery_codes::account_id.eq(account), recovery_codes::code_hash.eq(hash)))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// Uses up a recovery code; whether it was one that had not been used.
    ///
    /// # Errors
    /// Those of the database.
    pub fn use_recovery_code(&mut self, account: i64, hash: &str, now: i64) -> Result<bool, StoreError> {
        let unused = recovery_codes::table
            .filter(recovery_codes::account_id.eq(account).and(recovery_codes::code_hash.eq(hash)))
            .filter(recovery_codes::used_at.is_null());
        Ok(diesel::update(unused).set(recovery_codes::used_at.eq(now)).execute(self.conn)? > 0)
    }

    /// Notes that an account has given its password and owes a code.
    ///
    /// # Errors
    /// Those of the database.
    pub fn await_code(&mut self, account: i64, token_hash: &str, expires_at: i64) -> Result<(), StoreError> {
        diesel::insert_into(login_steps::table)
            .values((
                login_steps::account_id.eq(account),
                login_steps::token_hash.eq(token_hash),
                login_steps::expires_at.eq(expires_at),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Nothing is owed any more by this account.
    ///
    /// # Errors
    /// Those of the database.
    pub fn end_login_steps(&mut self, account: i64) -> Result<(), StoreError> {
        diesel::delete(login_steps::table.filter(login_steps::account_id.eq(account))).execute(self.conn)?;
        Ok(())
    }
}
