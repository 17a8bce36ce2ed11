//! The frame of a public page: the node's own, or a site's.

use crate::paths;
use crate::views::{Link, SiteFrame};
use maillage_store::StoreError;
use maillage_store::read::{PlacementView, Reads, SiteView};

/// Sections whose names mean something else in a site's addresses.
const TAKEN: [&str; 2] = [ALL, "fiches"];
/// The section that holds all that a site shows.
pub(super) const ALL: &str = "recherche";

/// What is known of the node on every page.
#[derive(Debug, Clone, Default)]
pub(super) struct NodeName(pub String);

impl NodeName {
    /// The node's name.
    ///
    /// # Errors
    /// Those of the database.
    pub fn read(reads: &mut Reads<'_>) -> Result<Self, StoreError> {
        Ok(Self(reads.node()?.map_or_else(|| "Maillage".to_owned(), |node| node.name)))
    }

    /// The node's own frame.
    pub fn frame(&self) -> SiteFrame {
        SiteFrame {
            title: self.0.clone(),
            href: "/".to_owned(),
            node_name: self.0.clone(),
            ..SiteFrame::default()
        }
    }

    /// The frame of a site.
    pub fn frame_of(&self, view: &SiteView) -> SiteFrame {
        let site = &view.site;
        SiteFrame {
            title: site.title.clone(),
            href: paths::site(&site.slug),
            theme_href: paths::site_theme(&site.slug),
            sections: view
                .placements
                .iter()
                .map(|one| Link::new(&one.placement.title, section_href(view, one)))
                .collect(),
            node_name: self.0.clone(),
            footer: vec![Link::new(&self.0, "/")],
            description: site.intro.clone(),
            noindex: site.restricted,
            ..SiteFrame::default()
        }
    }
}

/// The name of a section in addresses: that of its service, or its own id where an older section shows the
/// same service, or where the service is called like something else. So no address changes when a section
/// is added.
pub(super) fn section_name<'v>(view: &'v SiteView, one: &'v PlacementView) -> &'v str {
    let slug = one.service.slug.as_str();
    let of_service = view.placements.iter().filter(|other| other.service.slug == slug);
    let is_first = of_service.map(|other| other.placement.id).min() == Some(one.placement.id);
    if is_first && !TAKEN.contains(&slug) { slug } else { &one.placement.uid }
}

/// The address of a section.
pub(super) fn section_href(view: &SiteView, one: &PlacementView) -> String {
    format!("{}/{}", paths::site(&view.site.slug), section_name(view, one))
}

/// The section of this name.
///
/// # Errors
/// [`StoreError::NotFound`].
pub(super) fn section<'v>(view: &'v SiteView, name: &str) -> Result<&'v PlacementView, StoreError> {
    view.placements
        .iter()
        .find(|one| section_name(view, one) == name || one.placement.uid == name)
        .ok_or(StoreError::NotFound)
}
