//! Reads of the node, accounts, services and their members.

use super::Reads;
use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::rows::{AccountRow, ApiTokenRow, MembershipRow, NodeRow, OrganisationRow, ServiceRow, SessionRow};
use crate::schema::{
    accounts, api_tokens, login_failures, memberships, nodes, organisations, services, sessions,
};
use diesel::prelude::*;
use maillage_domain::role::Role;
use maillage_domain::text::fold;
use maillage_domain::viewer::{AccountScope, Viewer};

/// An account with its organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountView {
    /// The account.
    pub account: AccountRow,
    /// The body it belongs to.
    pub organisation: OrganisationRow,
}

/// A member of a service.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberView {
    /// The account.
    pub account: AccountRow,
    /// The name of its organisation.
    pub organisation: String,
    /// Its role.
    pub role: Role,
}

pub(super) fn service_visibilities(conn: &mut DbConnection) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(services::table.select((services::id, services::visibility)).load(conn)?)
}

impl Reads<'_> {
    /// The node; none before `maillage init`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn node(&mut self) -> Result<Option<NodeRow>, StoreError> {
        let row = nodes::table.order(nodes::id).select(NodeRow::as_select()).first(self.conn).optional()?;
        // Only the node itself handles the code of its first run.
        Ok(row.map(|node| if self.is_system() { node } else { NodeRow { setup_code_hash: None, ..node } }))
    }

    /// The services that the viewer sees, by title.
    ///
    /// # Errors
    /// Those of the database.
    pub fn services(&mut self) -> Result<Vec<ServiceRow>, StoreError> {
        let ids = self.seen_services()?;
        let mut rows: Vec<ServiceRow> = services::table
            .filter(services::id.eq_any(ids))
            .order(services::id)
            .select(ServiceRow::as_select())
            .load(self.conn)?;
        rows.sort_by_cached_key(|row| fold(&row.title));
        Ok(rows)
    }

    fn seen_services(&mut self) -> Result<Vec<i64>, StoreError> {
        let mut sight = self.sight()?;
        sight.published.append(&mut sight.everything);
        sight.published.append(&mut sight.own);
        Ok(sight.published)
    }

    /// A service by its slug.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the viewer does not see it.
    pub fn service(&mut self, slug: &str) -> Result<ServiceRow, StoreError> {
        let row = services::table
            .filter(services::slug.eq(slug))
            .select(ServiceRow::as_select())
            .first(self.conn)?;
        self.if_seen(row)
    }

    /// A service by its key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the viewer does not see it.
    pub fn service_by_id(&mut self, id: i64) -> Result<ServiceRow, StoreError> {
        let row = services::table.find(id).select(ServiceRow::as_select()).first(self.conn)?;
        // The node itself sees every service, and asks often.
        if self.is_system() { Ok(row) } else { self.if_seen(row) }
    }

    /// The service of a local actor, for the federation: every service but private ones has a face
    /// there, also towards viewers who may not read its items.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn service_of_actor(&mut self, actor: i64) -> Result<ServiceRow, StoreError> {
        Ok(services::table
            .filter(services::actor_id.eq(actor))
            .filter(services::visibility.ne("private"))
            .select(ServiceRow::as_select())
            .first(self.conn)?)
    }

    fn if_seen(&mut self, row: ServiceRow) -> Result<ServiceRow, StoreError> {
        if self.seen_services()?.contains(&row.id) { Ok(row) } else { Err(StoreError::NotFound) }
    }

    /// The members of a service, for those who moderate it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn members(&mut self, service: i64) -> Result<Vec<MemberView>, StoreError> {
        if !self.works_in(service) {
            return Err(StoreError::NotFound);
        }
        let mut rows: Vec<(MembershipRow, AccountRow, String)> = memberships::table
            .inner_join(accounts::table.inner_join(organisations::table))
            .filter(memberships::service_id.eq(service))
            .order(accounts::id)
            .select((MembershipRow::as_select(), AccountRow::as_select(), organisations::name))
            .load(self.conn)?;
        rows.sort_by_cached_key(|(_, account, _)| fold(&account.display_name));
        rows.into_iter()
            .map(|(membership, account, organisation)| {
                let role = membership.role.parse().map_err(|_| StoreError::corrupt("memberships.role"))?;
                Ok(MemberView { account, organisation, role })
            })
            .collect()
    }

    /// The role of an account in a service; its own, or any for those who moderate it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn role(&mut self, account: i64, service: i64) -> Result<Option<Role>, StoreError> {
        let is_self = matches!(self.viewer(), Viewer::Account(scope) if scope.account == account);
        if !is_self && !self.works_in(service) {
            return Ok(None);
        }
        let name: Option<String> = memberships::table
            .filter(memberships::account_id.eq(account).and(memberships::service_id.eq(service)))
            .select(memberships::role)
            .first(self.conn)
            .optional()?;
        name.map(|name| name.parse().map_err(|_| StoreError::corrupt("memberships.role"))).transpose()
    }

    /// Accounts in use that are not yet members of a service, with their organisations, for those who
    /// moderate it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn accounts_outside(&mut self, service: i64) -> Result<Vec<AccountView>, StoreError> {
        if !self.works_in(service) {
            return Err(StoreError::NotFound);
        }
        let inside =
            memberships::table.filter(memberships::service_id.eq(service)).select(memberships::account_id);
        let rows: Vec<(AccountRow, OrganisationRow)> = accounts::table
            .inner_join(organisations::table)
            .filter(accounts::disabled_at.is_null())
            .filter(accounts::id.ne_all(inside))
            .order((accounts::display_name, accounts::id))
            .select((AccountRow::as_select(), OrganisationRow::as_select()))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(account, organisation)| AccountView { account, organisation }).collect())
    }

    /// The role of each account in each service, for administrators: account, service, role.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn roles(&mut self) -> Result<Vec<(i64, ServiceRow, Role)>, StoreError> {
        self.administrators_only()?;
        let rows: Vec<(MembershipRow, ServiceRow)> = memberships::table
            .inner_join(services::table)
            .order((services::title, memberships::id))
            .select((MembershipRow::as_select(), ServiceRow::as_select()))
            .load(self.conn)?;
        rows.into_iter()
            .map(|(membership, service)| {
                let role = membership.role.parse().map_err(|_| StoreError::corrupt("memberships.role"))?;
                Ok((membership.account_id, service, role))
            })
            .collect()
    }

    /// Every account with its organisation, for administrators.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn accounts(&mut self) -> Result<Vec<AccountView>, StoreError> {
        self.administrators_only()?;
        let mut rows: Vec<(AccountRow, OrganisationRow)> = accounts::table
            .inner_join(organisations::table)
            .order(accounts::id)
            .select((AccountRow::as_select(), OrganisationRow::as_select()))
            .load(self.conn)?;
        rows.sort_by_cached_key(|(account, _)| fold(&account.display_name));
        Ok(rows.into_iter().map(|(account, organisation)| AccountView { account, organisation }).collect())
    }

    /// Names of accounts by key, for the history of items that the viewer already sees.
    ///
    /// # Errors
    /// Those of the database.
    pub fn account_names(&mut self, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
        if matches!(self.viewer(), Viewer::Anonymous | Viewer::Partner { .. }) {
            return Ok(Vec::new());
        }
        Ok(accounts::table
            .filter(accounts::id.eq_any(ids.to_vec()))
            .select((accounts::id, accounts::display_name))
            .load(self.conn)?)
    }

    /// Every organisation, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub fn organisations(&mut self) -> Result<Vec<OrganisationRow>, StoreError> {
        let mut rows: Vec<OrganisationRow> = organisations::table
            .order(organisations::id)
            .select(OrganisationRow::as_select())
            .load(self.conn)?;
        rows.sort_by_cached_key(|row| fold(&row.name));
        Ok(rows)
    }

    /// The account with this folded e-mail address; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn account_by_email(&mut self, email_folded: &str) -> Result<AccountRow, StoreError> {
        self.administrators_only()?;
        Ok(accounts::table
            .filter(accounts::email_folded.eq(email_folded))
            .select(AccountRow::as_select())
            .first(self.conn)?)
    }

    /// An account by its public id; for administrators.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn account(&mut self, uid: &str) -> Result<AccountRow, StoreError> {
        self.administrators_only()?;
        Ok(accounts::table.filter(accounts::uid.eq(uid)).select(AccountRow::as_select()).first(self.conn)?)
    }

    /// An account by its key; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn account_by_id(&mut self, id: i64) -> Result<AccountRow, StoreError> {
        self.administrators_only()?;
        Ok(accounts::table.find(id).select(AccountRow::as_select()).first(self.conn)?)
    }

    /// How many accounts can sign in as administrators.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_administrators(&mut self) -> Result<i64, StoreError> {
        Ok(accounts::table
            .filter(accounts::administrator.eq(true).and(accounts::disabled_at.is_null()))
            .count()
            .get_result(self.conn)?)
    }

    /// What an account may see.
    ///
    /// # Errors
    /// Those of the database.
    pub fn scope_of(&mut self, account: &AccountRow) -> Result<AccountScope, StoreError> {
        let rows: Vec<(i64, String)> = memberships::table
            .filter(memberships::account_id.eq(account.id))
            .select((memberships::service_id, memberships::role))
            .load(self.conn)?;
        let moderates = |role: &str| role != Role::Contributor.as_str();
        Ok(AccountScope {
            account: account.id,
            services: rows.iter().map(|(service, _)| *service).collect(),
            moderated: rows.iter().filter(|(_, role)| moderates(role)).map(|(service, _)| *service).collect(),
            administrator: account.administrator,
        })
    }

    /// The session with this token hash, still valid at `now`; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn session(&mut self, token_hash: &str, now: i64) -> Result<(SessionRow, AccountRow), StoreError> {
        self.administrators_only()?;
        Ok(sessions::table
            .inner_join(accounts::table)
            .filter(sessions::token_hash.eq(token_hash))
            .filter(sessions::expires_at.gt(now))
            .filter(accounts::disabled_at.is_null())
            .select((SessionRow::as_select(), AccountRow::as_select()))
            .first(self.conn)?)
    }

    /// The API token with this hash, still valid at `now`; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn api_token(&mut self, token_hash: &str, now: i64) -> Result<(ApiTokenRow, AccountRow), StoreError> {
        self.administrators_only()?;
        Ok(api_tokens::table
            .inner_join(accounts::table)
            .filter(api_tokens::token_hash.eq(token_hash))
            .filter(api_tokens::expires_at.is_null().or(api_tokens::expires_at.gt(now)))
            .filter(accounts::disabled_at.is_null())
            .select((ApiTokenRow::as_select(), AccountRow::as_select()))
            .first(self.conn)?)
    }

    /// The API tokens of the account that looks.
    ///
    /// # Errors
    /// Those of the database.
    pub fn own_api_tokens(&mut self) -> Result<Vec<ApiTokenRow>, StoreError> {
        let Viewer::Account(scope) = self.viewer() else { return Ok(Vec::new()) };
        let account = scope.account;
        Ok(api_tokens::table
            .filter(api_tokens::account_id.eq(account))
            .order(api_tokens::id.desc())
            .select(ApiTokenRow::as_select())
            .load(self.conn)?)
    }

    /// When the failed login of a subject (an account or an address) was that counts back to the
    /// `nth` latest since a moment; none when there were fewer. For the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn login_failure(&mut self, subject: &str, since: i64, nth: i64) -> Result<Option<i64>, StoreError> {
        self.administrators_only()?;
        Ok(login_failures::table
            .filter(login_failures::subject.eq(subject).and(login_failures::failed_at.gt(since)))
            .order(login_failures::failed_at.desc())
            .offset(nth - 1)
            .select(login_failures::failed_at)
            .first(self.conn)
            .optional()?)
    }
}
