//! Inside a workshop: its documents, its discussions, its members. Who is not in it is told that it is not
//! there, as the reads of the store say.

pub(super) mod discussions;
pub(super) mod documents;

use super::frame::NodeName;
use crate::forms::site_role_name;
use crate::i18n::When;
use crate::paths;
use crate::views::{Link, SiteFrame, WorkshopLine, WorkshopMembersPage};
use crate::web::time::moment;
use crate::web::{Visit, WebError};
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::site::{SiteKind, SiteRole};
use maillage_store::StoreError;
use maillage_store::read::{DiscussionView, DocumentView, Reads, SiteView};

/// A workshop around a page.
struct Around {
    node: NodeName,
    view: SiteView,
}

impl Around {
    /// The workshop of this name.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for who is not in it.
    fn read(reads: &mut Reads<'_>, slug: &str) -> Result<Self, StoreError> {
        let view = reads.site(slug)?;
        if view.role.is_none() || SiteKind::from_name(&view.site.kind) != SiteKind::Workshop {
            return Err(StoreError::NotFound);
        }
        Ok(Self { node: NodeName::read(reads)?, view })
    }

    fn frame(&self, visit: &Visit, current: &str) -> SiteFrame {
        let mut frame = self.node.frame_of(visit.t, &self.view);
        frame.current = self.step(current);
        frame
    }

    fn step(&self, step: &str) -> String {
        paths::workshop(&self.view.site.slug, step)
    }

    /// Whether the reader may write here.
    fn writes(&self) -> bool {
        self.view.role >= Some(SiteRole::Contributor)
    }

    /// Whether the reader sets the workshop.
    fn manages(&self) -> bool {
        self.view.role == Some(SiteRole::Manager)
    }
}

fn ago(visit: &Visit, at: i64) -> When {
    When::ago(moment(at), visit.app().now(), super::ZONE, visit.t)
}

/// A document in a list.
pub(super) fn document_line(visit: &Visit, site: &SiteView, one: &DocumentView) -> WorkshopLine {
    let href = paths::workshop(&site.site.slug, &format!("documents/{}", one.document.uid));
    let mut about = Vec::new();
    if let Some(latest) = one.versions.first() {
        about.push(visit.t.with("document-version", "number", latest.version.number));
        about.push(documents::file_name(visit, latest));
        about.extend((!latest.by.is_empty()).then(|| latest.by.clone()));
    }
    WorkshopLine {
        link: Link::new(&one.document.title, href),
        about,
        when: ago(visit, one.document.updated_at),
    }
}

/// A discussion in a list.
pub(super) fn discussion_line(visit: &Visit, site: &SiteView, one: &DiscussionView) -> WorkshopLine {
    let href = paths::workshop(&site.site.slug, &format!("discussions/{}", one.discussion.uid));
    let mut about = vec![visit.t.count("discussion-messages", one.messages)];
    about.extend(one.latest.as_ref().map(|latest| latest.by.clone()).filter(|by| !by.is_empty()));
    WorkshopLine {
        link: Link::new(&one.discussion.title, href),
        about,
        when: ago(visit, one.discussion.updated_at),
    }
}

/// GET /sites/{site}/atelier/members; of a site for members that is no workshop, too.
///
/// # Errors
/// [`AppError::NotFound`] for who is no member.
pub(super) async fn members(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse, WebError> {
    let found = visit.reads().run(move |reads| {
        let members = reads.site_members(&slug)?;
        let view = reads.site(&slug)?;
        Ok((Around { node: NodeName::read(reads)?, view }, members))
    });
    let (around, members) = found.await.map_err(AppError::from)?;
    let t = visit.t;
    let role = |name: &str| SiteRole::from_name(name).map(|role| site_role_name(t, role)).unwrap_or_default();
    visit.page(&WorkshopMembersPage {
        t,
        shell: visit.shell(&around.view.site.title),
        site: around.frame(&visit, "members"),
        lines: members
            .into_iter()
            .map(|view| (view.account.display_name, view.organisation, role(&view.member.role)))
            .collect(),
        set_href: around.manages().then(|| paths::office_site_step(&around.view.site.slug, "members")),
    })
}
