//! What the account may do in a service, known before a page offers it. Use cases check again.

use crate::web::{Desk, WebError};
use maillage_app::AppError;
use maillage_app::caller::allows;
use maillage_domain::role::{Action, Role};
use maillage_store::StoreError;
use maillage_store::read::Reads;
use maillage_store::rows::ServiceRow;

/// A service and the account's place in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Standing {
    /// The service.
    pub service: ServiceRow,
    /// The account's role in it.
    pub role: Option<Role>,
    administrator: bool,
}

impl Standing {
    /// Inside a read.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of(
        reads: &mut Reads<'_>,
        service: ServiceRow,
        account: i64,
        administrator: bool,
    ) -> Result<Self, StoreError> {
        let role = reads.role(account, service.id)?;
        Ok(Self { service, role, administrator })
    }

    /// Whether the account may do this here.
    pub fn may(&self, action: Action) -> bool {
        allows(self.role, self.administrator, action)
    }

    /// Whether the account has anything to do here.
    pub fn belongs(&self) -> bool {
        self.role.is_some() || self.administrator
    }

    /// Refuses who may not do this here.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn require(self, action: Action) -> Result<Self, WebError> {
        if self.may(action) { Ok(self) } else { Err(AppError::forbidden().into()) }
    }
}

/// The account's place in the service with this slug.
///
/// # Errors
/// [`AppError::NotFound`] when it does not see the service, [`AppError::Forbidden`] when it has
/// nothing to do there.
pub(super) async fn standing(desk: &Desk, slug: &str) -> Result<Standing, WebError> {
    let (slug, account, administrator) = (slug.to_owned(), desk.account_id(), desk.administers());
    let found = desk
        .reads()
        .run(move |reads| {
            let service = reads.service(&slug)?;
            Standing::of(reads, service, account, administrator)
        })
        .await?;
    if found.belongs() { Ok(found) } else { Err(AppError::forbidden().into()) }
}

/// Refuses who does not administer the node.
///
/// # Errors
/// [`AppError::Forbidden`].
pub(super) fn administrators_only(desk: &Desk) -> Result<(), WebError> {
    if desk.administers() { Ok(()) } else { Err(AppError::forbidden().into()) }
}

/// Refuses who neither moderates any service nor administers the node.
///
/// # Errors
/// [`AppError::Forbidden`].
pub(super) fn overseers_only(desk: &Desk) -> Result<(), WebError> {
    let oversees = desk.administers() || !desk.signed_in().scope.moderated.is_empty();
    if oversees { Ok(()) } else { Err(AppError::forbidden().into()) }
}
