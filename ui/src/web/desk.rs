//! A request of somebody who is signed in, with the back office around its answer.

use super::{Visit, WebError};
use crate::views::{Link, OfficeFrame, OfficeSection};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;
use maillage_app::caller::{Caller, SignedIn};
use maillage_domain::role::Role;
use maillage_store::read::EntryQuery;
use std::ops::Deref;

/// Waiting items are counted up to this.
const COUNTED: i64 = 999;

/// One request for a page of the back office.
pub struct Desk {
    visit: Visit,
    signed_in: SignedIn,
    node_name: String,
    organisation: String,
    to_moderate: u32,
    sets_sites: bool,
}

impl FromRequest for Desk {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self::read(&request).await?) })
    }
}

impl Desk {
    async fn read(request: &HttpRequest) -> Result<Self, WebError> {
        let visit = Visit::read(request).await?;
        let signed_in = match &visit.session {
            Some(session) => session.signed_in.clone(),
            None if visit.app().awaits_first_run().await? => return Err(WebError::FirstRun),
            None => return Err(WebError::SignIn { next: visit.address.clone() }),
        };
        let (organisation_id, moderated) =
            (signed_in.account.organisation_id, signed_in.scope.moderated.clone());
        let (node_name, organisation, waiting, sets_sites) = visit
            .reads()
            .run(move |reads| {
                let node = reads.node()?.map(|node| node.name).unwrap_or_default();
                let bodies = reads.organisations()?;
                let body = bodies.into_iter().find(|body| body.id == organisation_id);
                let query = EntryQuery {
                    services: Some(moderated.into_iter().collect()),
                    waiting: true,
                    ..EntryQuery::default()
                };
                Ok((
                    node,
                    body.map(|body| body.name).unwrap_or_default(),
                    reads.count_entries(&query, COUNTED)?,
                    reads.sets_sites()?,
                ))
            })
            .await?;
        let to_moderate = u32::try_from(waiting).unwrap_or(u32::MAX);
        Ok(Self { visit, signed_in, node_name, organisation, to_moderate, sets_sites })
    }

    /// Who is signed in.
    #[must_use]
    pub fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    /// Key of the account.
    #[must_use]
    pub fn account_id(&self) -> i64 {
        self.signed_in.account.id
    }

    /// Who asks for changes.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::Account(Box::new(self.signed_in.clone()))
    }

    /// Whether the account administers the node.
    #[must_use]
    pub fn administers(&self) -> bool {
        self.signed_in.scope.administrator
    }

    /// Whether the account moderates this service.
    #[must_use]
    pub fn moderates(&self, service: i64) -> bool {
        self.signed_in.scope.moderated.contains(&service)
    }

    /// Whether the account may make sites: it manages a service, or administers the node.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn makes_sites(&self) -> Result<bool, WebError> {
        if self.administers() {
            return Ok(true);
        }
        let (account, services) = (self.account_id(), self.signed_in.scope.moderated.clone());
        let managed = self.reads().run(move |reads| {
            for service in services {
                if reads.role(account, service)? == Some(Role::ServiceManager) {
                    return Ok(true);
                }
            }
            Ok(false)
        });
        Ok(managed.await?)
    }

    /// Name of the node.
    #[must_use]
    pub fn node_name(&self) -> &str {
        &self.node_name
    }

    /// The document around a page of the back office.
    #[must_use]
    pub fn shell(&self) -> crate::views::Shell {
        self.visit.shell(&self.node_name)
    }

    /// The back office around a page.
    #[must_use]
    pub fn frame(&self, current: OfficeSection, trail: Vec<Link>) -> OfficeFrame {
        let works = !self.signed_in.scope.moderated.is_empty();
        let open = |section: &OfficeSection| match section {
            OfficeSection::Work | OfficeSection::Services | OfficeSection::Settings => true,
            OfficeSection::Queue => works || self.administers(),
            OfficeSection::Federation => works || self.administers(),
            OfficeSection::Sites => works || self.administers() || self.sets_sites,
        };
        OfficeFrame {
            account: self.signed_in.account.display_name.clone(),
            organisation: self.organisation.clone(),
            sections: OfficeSection::ALL.into_iter().filter(open).collect(),
            current,
            to_moderate: self.to_moderate,
            trail,
        }
    }
}

impl Deref for Desk {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl AsRef<Visit> for Desk {
    fn as_ref(&self) -> &Visit {
        &self.visit
    }
}
