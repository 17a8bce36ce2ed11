//! Named reads, each scoped by who is looking. What a viewer may see is decided here and nowhere else.

mod accounts;
mod ages;
mod alerts;
mod around;
mod arrivals;
mod attachments;
mod audit;
mod conditions;
mod deliveries;
mod entries;
mod facets;
mod followers;
mod following;
mod identities;
mod life;
mod map;
mod narrowing;
mod network;
mod notices;
mod order;
mod outbox;
mod people;
mod queue;
mod reference;
mod references;
mod revisions;
mod sitemap;
mod sites;
mod workshop;

pub use accounts::InvitationView;
pub use around::{During, Near};
pub use audit::{AuditQuery, AuditView};
pub(crate) use conditions::Condition;
pub use deliveries::{DeliveryQuery, DeliveryView};
pub use entries::{EntryDetail, EntryQuery, EntryView, Placed};
pub use facets::{FacetCount, Facets};
pub use followers::FollowerQuery;
pub use following::{FollowView, FollowerView, SubscriptionView};
pub use life::CommentView;
pub use map::{GroundPlace, MapPlace};
pub use notices::NoticeView;
pub use order::{Cursor, ListOrder};
pub use people::{AccountView, MemberView};
pub use queue::HostShare;
pub(crate) use queue::OPEN;
pub use references::NamedItem;
pub use revisions::{Author, LatestRevision};
pub use sitemap::SitemapItem;
pub use sites::{PageLink, PlacementView, SiteMemberView, SiteView};
pub use workshop::{About, DiscussionView, DocumentView, MessageView, VersionView};

use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::pool::ReadPool;
use maillage_domain::service::Visibility;
use maillage_domain::viewer::Viewer;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The backend of both databases, as diesel sees it.
pub(crate) type Db = <DbConnection as diesel::Connection>::Backend;

/// Opens reads for a viewer. Faces hold this; it offers nothing unscoped.
#[derive(Clone)]
pub struct Reader {
    pool: Arc<ReadPool>,
}

/// Reads as the node itself, for use cases and workers.
#[derive(Clone)]
pub struct SystemReader {
    reader: Reader,
}

/// Reads for one viewer.
#[derive(Clone)]
pub struct ScopedReader {
    pool: Arc<ReadPool>,
    viewer: Arc<Viewer>,
}

impl Reader {
    pub(crate) fn new(pool: Arc<ReadPool>) -> Self {
        Self { pool }
    }

    /// Reads as this viewer sees them. `Viewer::System` is not for faces: they have no such value
    /// to give, and asking for it here gives what anybody sees.
    #[must_use]
    pub fn viewed_by(&self, viewer: Viewer) -> ScopedReader {
        let viewer = if viewer == Viewer::System { Viewer::Anonymous } else { viewer };
        ScopedReader { pool: Arc::clone(&self.pool), viewer: Arc::new(viewer) }
    }
}

impl SystemReader {
    pub(crate) fn new(reader: Reader) -> Self {
        Self { reader }
    }

    /// Runs reads in one snapshot, off the async threads.
    ///
    /// # Errors
    /// Those of the reads, and [`StoreError`] where no connection is to be had.
    pub async fn run<T: Send + 'static>(
        &self,
        reads: impl FnOnce(&mut Reads<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.reader.pool.run(move |conn| reads(&mut Reads::new(conn, &Viewer::System))).await
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError`] with why it does not.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.reader.pool.check().await
    }

    /// Waits for the reads under way, of every reader, and stops.
    pub async fn close(&self) {
        self.reader.pool.close().await;
    }
}

impl ScopedReader {
    /// Runs reads in one snapshot, off the async threads.
    ///
    /// # Errors
    /// Those of the reads, and [`StoreError`] where no connection is to be had.
    pub async fn run<T: Send + 'static>(
        self,
        reads: impl FnOnce(&mut Reads<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let viewer = Arc::clone(&self.viewer);
        self.pool.run(move |conn| reads(&mut Reads::new(conn, &viewer))).await
    }
}

/// The named reads, on one snapshot, for one viewer.
pub struct Reads<'c> {
    pub(crate) conn: &'c mut DbConnection,
    viewer: &'c Viewer,
    sight: Option<Sight>,
    /// What lists have demanded so far, and how many items meet it.
    measured: Vec<narrowing::Measured>,
    /// Lists whose items were gone through, with the items.
    gone_through: Vec<(EntryQuery, Vec<i64>)>,
}

/// What a viewer sees of services, worked out once for each snapshot.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sight {
    /// Services whose published entries are seen, as far as the items are public.
    pub published: Vec<i64>,
    /// Services whose published entries are seen even where the items are not public.
    pub inner: Vec<i64>,
    /// Whether of those only own items are seen.
    pub home_only: bool,
    /// Services of which every entry is seen.
    pub everything: Vec<i64>,
    /// Services of which one's own entries are seen too.
    pub own: Vec<i64>,
    /// The account whose own entries these are.
    pub account: i64,
}

impl Sight {
    /// Whether the viewer belongs to the service, and so sees how its items came to be.
    fn works_in(&self, service: i64) -> bool {
        self.everything.contains(&service) || self.own.contains(&service)
    }

    /// Whether the viewer belongs to any service.
    fn works_anywhere(&self) -> bool {
        !self.everything.is_empty() || !self.own.is_empty()
    }
}

impl<'c> Reads<'c> {
    pub(crate) fn new(conn: &'c mut DbConnection, viewer: &'c Viewer) -> Self {
        Self { conn, viewer, sight: None, measured: Vec::new(), gone_through: Vec::new() }
    }

    /// Who is looking.
    #[must_use]
    pub fn viewer(&self) -> &Viewer {
        self.viewer
    }

    fn is_system(&self) -> bool {
        *self.viewer == Viewer::System
    }

    /// Whether the viewer may read what only administrators may.
    fn administers(&self) -> bool {
        match self.viewer {
            Viewer::System => true,
            Viewer::Account(scope) => scope.administrator,
            _ => false,
        }
    }

    /// Whether the viewer may read the workings of a service: members, followers, deliveries.
    fn works_in(&self, service: i64) -> bool {
        self.administers()
            || matches!(self.viewer, Viewer::Account(scope) if scope.moderated.contains(&service))
    }

    /// Refuses, as not found, what only administrators may read.
    fn administrators_only(&self) -> Result<(), StoreError> {
        if self.administers() { Ok(()) } else { Err(StoreError::NotFound) }
    }

    pub(crate) fn sight(&mut self) -> Result<Sight, StoreError> {
        if let Some(sight) = &self.sight {
            return Ok(sight.clone());
        }
        let approved = match self.viewer {
            Viewer::Partner { actor } => network::approved_services(self.conn, actor)?,
            _ => BTreeSet::new(),
        };
        let shown = match self.viewer {
            Viewer::Account(scope) => sites::shown_to_member(self.conn, scope.account)?,
            _ => Vec::new(),
        };
        let mut sight = Sight::default();
        for (id, visibility) in people::service_visibilities(self.conn)? {
            let visibility = visibility.parse().unwrap_or(Visibility::Private);
            let (member, moderates, contributes) = match self.viewer {
                Viewer::Account(scope) => (
                    scope.services.contains(&id),
                    scope.moderated.contains(&id),
                    scope.services.contains(&id),
                ),
                Viewer::Partner { .. } => (approved.contains(&id), false, false),
                _ => (false, false, false),
            };
            if self.administers() || moderates {
                sight.everything.push(id);
            } else if contributes {
                sight.own.push(id);
            }
            // Who is in a workshop reads what it shows.
            let member = member || shown.contains(&id);
            if self.viewer.sees(visibility, member) {
                sight.published.push(id);
            }
            if member && self.viewer.sees(visibility, true) {
                sight.inner.push(id);
            }
        }
        sight.home_only = matches!(self.viewer, Viewer::Partner { .. });
        if let Viewer::Account(scope) = self.viewer {
            sight.account = scope.account;
        }
        self.sight = Some(sight.clone());
        Ok(sight)
    }
}
