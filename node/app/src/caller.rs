//! Who asks for a change, and what they may do: the one place where rights are checked.

use crate::error::AppError;
use maillage_domain::role::{Action, Role};
use maillage_domain::service::Visibility;
use maillage_domain::site::SiteRole;
use maillage_domain::viewer::{AccountScope, Viewer};
use maillage_store::Tx;
use maillage_store::rows::AccountRow;

/// Who asks for a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Caller {
    /// A signed-in account.
    Account(Box<SignedIn>),
    /// The node itself: the command line of who runs it, and workers.
    Node,
}

/// An account with what it may see.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedIn {
    /// The account.
    pub account: AccountRow,
    /// Its services.
    pub scope: AccountScope,
}

impl Caller {
    /// As whom this caller reads. The command line reads as an administrator would.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        match self {
            Self::Account(signed_in) => Viewer::Account(signed_in.scope.clone()),
            Self::Node => Viewer::Account(AccountScope {
                account: 0,
                services: Default::default(),
                moderated: Default::default(),
                administrator: true,
            }),
        }
    }

    /// The key of the account, none for the node.
    #[must_use]
    pub fn account_id(&self) -> Option<i64> {
        match self {
            Self::Account(signed_in) => Some(signed_in.account.id),
            Self::Node => None,
        }
    }

    /// Whether the caller is the account with this folded address, and it may still be used.
    pub(crate) fn is_account(&self, tx: &mut Tx<'_>, folded: &str) -> Result<bool, AppError> {
        tx.acts_for(self.account_id());
        let Self::Account(signed_in) = self else { return Ok(false) };
        let account = tx.reads().account_by_id(signed_in.account.id)?;
        Ok(account.disabled_at.is_none() && account.email_folded == folded)
    }

    /// Checks that the caller administers the node, as it stands in this transaction.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub(crate) fn administers(&self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        tx.acts_for(self.account_id());
        match self {
            Self::Node => Ok(()),
            Self::Account(signed_in) => {
                let account = tx.reads().account_by_id(signed_in.account.id)?;
                if account.administrator && account.disabled_at.is_none() {
                    Ok(())
                } else {
                    Err(AppError::forbidden())
                }
            }
        }
    }

    /// Checks that the caller may make sites: whoever manages a service, and administrators.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub(crate) fn makes_sites(&self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        tx.acts_for(self.account_id());
        let Self::Account(signed_in) = self else { return Ok(()) };
        let account = tx.reads().account_by_id(signed_in.account.id)?;
        let manages = account.administrator || tx.manages_a_service(account.id)?;
        if manages && account.disabled_at.is_none() { Ok(()) } else { Err(AppError::forbidden()) }
    }

    /// Checks that the caller manages a site, as roles stand in this transaction.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`] when the caller may not open the site.
    pub(crate) fn manages_site(&self, tx: &mut Tx<'_>, site: i64) -> Result<(), AppError> {
        self.on_site(tx, site, SiteRole::Manager)
    }

    /// Checks that the caller has at least this role on a site, as roles stand in this transaction.
    ///
    /// # Errors
    /// As [`Caller::manages_site`].
    pub(crate) fn on_site(&self, tx: &mut Tx<'_>, site: i64, least: SiteRole) -> Result<(), AppError> {
        tx.acts_for(self.account_id());
        let Self::Account(signed_in) = self else { return Ok(()) };
        let account = tx.reads().account_by_id(signed_in.account.id)?;
        if account.disabled_at.is_some() {
            return Err(AppError::forbidden());
        }
        let role = tx.site_member(site, account.id)?.and_then(|member| SiteRole::from_name(&member.role));
        if account.administrator || role.is_some_and(|role| role >= least) {
            return Ok(());
        }
        // Of a site for members, others do not learn that it is there.
        let hidden = tx.site_is_for_members(site)? && role.is_none();
        Err(if hidden { AppError::NotFound } else { AppError::forbidden() })
    }

    /// Checks that the caller may do this in a service, as roles stand in this transaction.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`] when the caller may not know of the service.
    pub(crate) fn may(&self, tx: &mut Tx<'_>, service: i64, action: Action) -> Result<(), AppError> {
        tx.acts_for(self.account_id());
        let Self::Account(signed_in) = self else { return Ok(()) };
        let account = tx.reads().account_by_id(signed_in.account.id)?;
        if account.disabled_at.is_some() {
            return Err(AppError::forbidden());
        }
        let role = tx.reads().role(account.id, service)?;
        if allows(role, account.administrator, action) {
            return Ok(());
        }
        // Of a service that the account does not see, it does not learn that it is there.
        let public = tx.reads().service_by_id(service)?.visibility == Visibility::Public.as_str();
        let seen = public || role.is_some() || account.administrator;
        Err(if seen { AppError::forbidden() } else { AppError::NotFound })
    }
}

/// Whether a role in a service allows an action. Administrators set things up; moderating takes a
/// role, so that somebody answers for it.
#[must_use]
pub fn allows(role: Option<Role>, administrator: bool, action: Action) -> bool {
    role.is_some_and(|role| role.allows(action)) || (administrator && action == Action::Manage)
}
