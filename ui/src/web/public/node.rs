//! The node's own first page: its public sites and services.

use super::frame::{NodeName, section_href};
use super::{COUNTED, site::shown};
use crate::i18n::Translator;
use crate::paths;
use crate::views::{Count, Empty, Icon, Link, NodePage, SiteCard};
use crate::web::{Visit, WebError};
use actix_web::HttpResponse;
use maillage_app::AppError;
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, Reads};
use maillage_store::rows::ServiceRow;

struct Found {
    node: NodeName,
    sites: Vec<SiteCard>,
    services: Vec<ServiceRow>,
}

/// GET /
///
/// # Errors
/// Those of the database.
pub(super) async fn page(visit: Visit) -> Result<HttpResponse, WebError> {
    if visit.app().awaits_first_run().await? {
        return Err(WebError::FirstRun);
    }
    let found = visit.reads().run(read).await.map_err(AppError::from)?;
    let t = visit.t;
    let host = visit.app().addresses().host();
    let mut frame = found.node.frame();
    frame.canonical = visit.app().addresses().url("/");
    frame.preview.clone_from(&found.node.0);
    let services = found.services.iter().map(|service| {
        let kind = visit.app().registry().get(&service.type_slug).map(|kind| t.say(&kind.label()));
        let link = Link::new(&service.title, format!("/services/{}", service.slug));
        (kind.unwrap_or_else(|| service.type_slug.clone()), link, format!("@{}@{host}", service.slug))
    });
    visit.page(&NodePage {
        t,
        shell: visit.shell(&found.node.0),
        site: frame,
        intro: t.get("node-intro"),
        services: services.collect(),
        sites: found.sites,
        empty: nothing(t, visit.session.is_some()),
    })
}

fn read(reads: &mut Reads<'_>) -> Result<Found, StoreError> {
    let mut sites = Vec::new();
    for row in reads.sites()? {
        let view = reads.site(&row.slug)?;
        let query = EntryQuery { placed: Some(shown(&view)), ..EntryQuery::default() };
        let items = reads.count_entries(&query, COUNTED)?;
        // A site with one section is that section.
        let href = match view.placements.as_slice() {
            [one] => section_href(&view, one),
            _ => paths::site(&row.slug),
        };
        sites.push(SiteCard {
            link: Link::new(&row.title, href),
            intro: row.intro.clone(),
            items: Count { value: items.min(COUNTED).unsigned_abs(), capped: items > COUNTED },
        });
    }
    let services = reads.services()?.into_iter().filter(|service| service.visibility == "public").collect();
    Ok(Found { node: NodeName::read(reads)?, sites, services })
}

fn nothing(t: Translator, signed_in: bool) -> Empty {
    Empty {
        icon: Icon("home"),
        title: t.get("node-empty"),
        text: t.get("node-empty-text"),
        action: signed_in.then(|| Link::new(t.get("node-empty-action"), paths::SITES)),
    }
}
