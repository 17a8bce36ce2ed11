//! `maillage site`: sites and what they show.

use super::named::Named;
use super::places;
use crate::cli::Site;
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use maillage_app::caller::Caller;
use maillage_app::site::{PlacementForm, SiteForm};
use maillage_domain::site::{ListFilter, SiteKind};
use serde_json::json;

/// Carries out `site …`.
pub async fn run(site: Site, out: Output) -> Result<(), Failure> {
    match site {
        Site::Add { data, slug, title, intro, accent, workshop, restricted } => {
            let node = Node::open(&data.data)?;
            let kind = if workshop { SiteKind::Workshop } else { SiteKind::Consultation };
            let form = SiteForm { title, kind, restricted, members_only: false, intro, accent, host: None };
            let row = node.app.add_site(&Caller::Node, &slug, form).await?;
            let address = node.app.addresses().url(&format!("/sites/{}", row.slug));
            node.app.close().await;
            out.say(
                &json!({ "id": row.uid, "slug": row.slug, "url": address }),
                &[format!("Site créé / site made: {address}")],
            )
        }
        Site::Place { data, site, service, title, themes, territories } => {
            let filter = ListFilter { themes, places: places(&territories)?, types: Vec::new() };
            let node = Node::open(&data.data)?;
            let form = PlacementForm { service: service.clone(), title, filter, order: None };
            let row = node.app.add_placement(&Caller::Node, &site, form).await;
            let row = row.map_err(|error| Named::Site(&site).or(error))?;
            node.app.close().await;
            out.say(
                &json!({ "id": row.uid, "site": site, "service": service }),
                &[format!("Rubrique ajoutée / section added: {} ({site} ← {service})", row.title)],
            )
        }
        Site::List { data } => list(Node::open(&data.data)?, out).await,
    }
}

async fn list(node: Node, out: Output) -> Result<(), Failure> {
    let sites = node
        .app
        .reads(Caller::Node.viewer())
        .run(|reads| {
            reads.sites()?.into_iter().map(|site| reads.site(&site.slug)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let value: Vec<_> = sites
        .iter()
        .map(|view| {
            let sections: Vec<_> = view
                .placements
                .iter()
                .map(|p| json!({ "id": p.placement.uid, "service": p.service.slug, "title": p.placement.title }))
                .collect();
            json!({ "slug": view.site.slug, "title": view.site.title, "kind": view.site.kind, "restricted": view.site.restricted, "placements": sections })
        })
        .collect();
    let lines: Vec<String> = sites
        .iter()
        .map(|view| {
            let shown: Vec<&str> = view.placements.iter().map(|p| p.service.slug.as_str()).collect();
            format!("{}\t{}\t{}", view.site.slug, view.site.title, shown.join(", "))
        })
        .collect();
    out.say(&json!(value), &lines)
}
