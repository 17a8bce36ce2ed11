//! Reads around accounts: mails, invitations, forgotten passwords, sessions, second factors.

use super::Reads;
use crate::error::StoreError;
use crate::rows::{InvitationRow, MailRow, PasswordResetRow, SecondFactorRow, ServiceRow, SessionRow};
use crate::schema::{
    accounts, invitation_roles, invitations, login_steps, mails, memberships, organisations, password_resets,
    recovery_codes, second_factors, services, sessions,
};
use diesel::prelude::*;
use maillage_domain::role::Role;
use maillage_domain::viewer::Viewer;

/// An invitation with what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct InvitationView {
    /// The invitation.
    pub invitation: InvitationRow,
    /// Name of the organisation.
    pub organisation: String,
    /// The roles.
    pub roles: Vec<(ServiceRow, Role)>,
    /// Name of who invites; none for the node, or an account that is no more.
    pub invited_by: Option<String>,
}

impl Reads<'_> {
    /// Keys of the services that the viewer manages; none for those who see all of them anyway.
    pub(super) fn managed_services(&mut self) -> Result<Vec<i64>, StoreError> {
        let Viewer::Account(scope) = self.viewer() else { return Ok(Vec::new()) };
        let account = scope.account;
        Ok(memberships::table
            .filter(memberships::account_id.eq(account))
            .filter(memberships::role.eq(Role::ServiceManager.as_str()))
            .select(memberships::service_id)
            .load(self.conn)?)
    }

    /// Whether the account that looks manages any service, or administers the node.
    ///
    /// # Errors
    /// Those of the database.
    pub fn manages_any(&mut self) -> Result<bool, StoreError> {
        Ok(self.administers() || !self.managed_services()?.is_empty())
    }

    fn with_roles(&mut self, rows: Vec<InvitationRow>) -> Result<Vec<InvitationView>, StoreError> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let given: Vec<(i64, String, ServiceRow)> = invitation_roles::table
            .inner_join(services::table)
            .filter(invitation_roles::invitation_id.eq_any(&ids))
            .order((invitation_roles::invitation_id, services::title))
            .select((invitation_roles::invitation_id, invitation_roles::role, ServiceRow::as_select()))
            .load(self.conn)?;
        let bodies: Vec<(i64, String)> =
            organisations::table.select((organisations::id, organisations::name)).load(self.conn)?;
        let by: Vec<i64> = rows.iter().filter_map(|row| row.invited_by).collect();
        let names: Vec<(i64, String)> = accounts::table
            .filter(accounts::id.eq_any(by))
            .select((accounts::id, accounts::display_name))
            .load(self.conn)?;
        rows.into_iter()
            .map(|invitation| {
                let mine = given.iter().filter(|(id, _, _)| *id == invitation.id);
                let roles = mine.map(|(_, role, service)| {
                    let role = role.parse().map_err(|_| StoreError::corrupt("invitation_roles.role"))?;
                    Ok((service.clone(), role))
                });
                let roles = roles.collect::<Result<_, StoreError>>()?;
                let named = |list: &[(i64, String)], key: i64| {
                    list.iter().find(|(id, _)| *id == key).map(|(_, name)| name.clone())
                };
                Ok(InvitationView {
                    organisation: named(&bodies, invitation.organisation_id).unwrap_or_default(),
                    invited_by: invitation.invited_by.and_then(|id| named(&names, id)),
                    roles,
                    invitation,
                })
            })
            .collect()
    }

    /// The invitations that were neither used nor taken back, newest first: all of them for who
    /// administers the node; for who manages services, those that give roles in these alone.
    ///
    /// # Errors
    /// Those of the database.
    pub fn invitations(&mut self) -> Result<Vec<InvitationView>, StoreError> {
        let rows: Vec<InvitationRow> = invitations::table
            .filter(invitations::used_at.is_null().and(invitations::revoked_at.is_null()))
            .order(invitations::id.desc())
            .limit(500)
            .select(InvitationRow::as_select())
            .load(self.conn)?;
        let mut views = self.with_roles(rows)?;
        if !self.administers() {
            let managed = self.managed_services()?;
            views.retain(|view| {
                let mine = view.roles.iter().all(|(service, _)| managed.contains(&service.id));
                mine && !view.roles.is_empty() && !view.invitation.administrator
            });
        }
        Ok(views)
    }

    /// An invitation by its public id, where the viewer may see it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn invitation(&mut self, uid: &str) -> Result<InvitationView, StoreError> {
        let row: InvitationRow = invitations::table
            .filter(invitations::uid.eq(uid))
            .select(InvitationRow::as_select())
            .first(self.conn)?;
        let view = self.with_roles(vec![row])?.pop().ok_or(StoreError::NotFound)?;
        if self.administers() {
            return Ok(view);
        }
        let managed = self.managed_services()?;
        let mine = view.roles.iter().all(|(service, _)| managed.contains(&service.id));
        let seen = mine && !view.roles.is_empty() && !view.invitation.administrator;
        if seen { Ok(view) } else { Err(StoreError::NotFound) }
    }

    /// The invitation with this key, or this hash of its link; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn invitation_of_link(&mut self, token_hash: &str) -> Result<InvitationView, StoreError> {
        self.administrators_only()?;
        let row: InvitationRow = invitations::table
            .filter(invitations::token_hash.eq(token_hash))
            .select(InvitationRow::as_select())
            .first(self.conn)?;
        self.with_roles(vec![row])?.pop().ok_or(StoreError::NotFound)
    }

    /// The invitation with this key; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn invitation_by_id(&mut self, id: i64) -> Result<InvitationRow, StoreError> {
        self.administrators_only()?;
        Ok(invitations::table.find(id).select(InvitationRow::as_select()).first(self.conn)?)
    }

    /// The invitation of this folded address that may still be used; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn open_invitation(&mut self, folded: &str, now: i64) -> Result<Option<InvitationRow>, StoreError> {
        self.administrators_only()?;
        Ok(invitations::table
            .filter(invitations::email_folded.eq(folded))
            .filter(invitations::used_at.is_null().and(invitations::revoked_at.is_null()))
            .filter(invitations::expires_at.gt(now))
            .select(InvitationRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// How many invitations an account has made since a moment; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn invitations_since(&mut self, account: i64, since: i64) -> Result<i64, StoreError> {
        self.administrators_only()?;
        Ok(invitations::table
            .filter(invitations::invited_by.eq(account).and(invitations::created_at.gt(since)))
            .count()
            .get_result(self.conn)?)
    }

    /// What a forgotten password may be set anew with, by its key or the hash of its link; for the
    /// node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn password_reset(&mut self, token_hash: &str) -> Result<PasswordResetRow, StoreError> {
        self.administrators_only()?;
        Ok(password_resets::table
            .filter(password_resets::token_hash.eq(token_hash))
            .select(PasswordResetRow::as_select())
            .first(self.conn)?)
    }

    /// The same by its key; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn password_reset_by_id(&mut self, id: i64) -> Result<PasswordResetRow, StoreError> {
        self.administrators_only()?;
        Ok(password_resets::table.find(id).select(PasswordResetRow::as_select()).first(self.conn)?)
    }

    /// Whether this account has asked to set its password anew since a moment; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_asked_for_reset(&mut self, account: i64, since: i64) -> Result<bool, StoreError> {
        self.administrators_only()?;
        let asked = password_resets::table
            .filter(password_resets::account_id.eq(account).and(password_resets::created_at.gt(since)));
        Ok(asked.count().get_result::<i64>(self.conn)? > 0)
    }

    /// The mails that wait or were given up, newest first, for who administers the node.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn unsent_mails(&mut self, limit: i64) -> Result<Vec<MailRow>, StoreError> {
        self.administrators_only()?;
        Ok(mails::table
            .filter(mails::state.eq_any(["due", "failed"]))
            .order(mails::id.desc())
            .limit(limit)
            .select(MailRow::as_select())
            .load(self.conn)?)
    }

    /// How many mails were given up, for who administers the node.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn count_failed_mails(&mut self) -> Result<i64, StoreError> {
        self.administrators_only()?;
        Ok(mails::table.filter(mails::state.eq("failed")).count().get_result(self.conn)?)
    }

    /// The sessions of the account that looks, the last used first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn own_sessions(&mut self, now: i64) -> Result<Vec<SessionRow>, StoreError> {
        let Viewer::Account(scope) = self.viewer() else { return Ok(Vec::new()) };
        let account = scope.account;
        self.sessions_of(account, now)
    }

    /// The sessions of an account, for who administers the node.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn account_sessions(&mut self, account: i64, now: i64) -> Result<Vec<SessionRow>, StoreError> {
        self.administrators_only()?;
        self.sessions_of(account, now)
    }

    fn sessions_of(&mut self, account: i64, now: i64) -> Result<Vec<SessionRow>, StoreError> {
        Ok(sessions::table
            .filter(sessions::account_id.eq(account).and(sessions::expires_at.gt(now)))
            .order((sessions::seen_at.desc(), sessions::id.desc()))
            .select(SessionRow::as_select())
            .load(self.conn)?)
    }

    /// The second factor of an account; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn second_factor(&mut self, account: i64) -> Result<Option<SecondFactorRow>, StoreError> {
        if !self.is_system() {
            return Err(StoreError::NotFound);
        }
        Ok(second_factors::table
            .find(account)
            .select(SecondFactorRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Which accounts have a second factor that counts: for who administers the node.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn accounts_with_second_factor(&mut self) -> Result<Vec<i64>, StoreError> {
        self.administrators_only()?;
        Ok(second_factors::table
            .filter(second_factors::confirmed_at.is_not_null())
            .select(second_factors::account_id)
            .load(self.conn)?)
    }

    /// How many recovery codes the account that looks has left; none where it has no second factor
    /// that counts.
    ///
    /// # Errors
    /// Those of the database.
    pub fn own_recovery_codes(&mut self) -> Result<Option<i64>, StoreError> {
        let Viewer::Account(scope) = self.viewer() else { return Ok(None) };
        let account = scope.account;
        let counts: i64 = second_factors::table
            .filter(second_factors::account_id.eq(account).and(second_factors::confirmed_at.is_not_null()))
            .count()
            .get_result(self.conn)?;
        if counts == 0 {
            return Ok(None);
        }
        let left = recovery_codes::table
            .filter(recovery_codes::account_id.eq(account).and(recovery_codes::used_at.is_null()));
        Ok(Some(left.count().get_result(self.conn)?))
    }

    /// The account that owes a code to this token; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn login_step(&mut self, token_hash: &str, now: i64) -> Result<i64, StoreError> {
        self.administrators_only()?;
        Ok(login_steps::table
            .filter(login_steps::token_hash.eq(token_hash).and(login_steps::expires_at.gt(now)))
            .select(login_steps::account_id)
            .first(self.conn)?)
    }
}
