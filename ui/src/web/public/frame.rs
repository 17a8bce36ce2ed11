//! The frame of a public page: the node's own, or a site's.

use crate::i18n::Translator;
use crate::paths;
use crate::views::{Link, Logo, SiteFrame};
use maillage_domain::site::{PageKind, SiteKind, SiteRole};
use maillage_store::StoreError;
use maillage_store::read::{PageLink, PlacementView, Reads, SiteView};

/// Sections whose names mean something else in a site's addresses.
const TAKEN: [&str; 5] = [ALL, "fiches", "pages", "logo", "atelier"];
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
    pub fn frame_of(&self, t: Translator, view: &SiteView) -> SiteFrame {
        let site = &view.site;
        let page = |page: &PageLink| Link::new(&page.title, paths::site_page(&site.slug, &page.slug));
        let mut sections: Vec<Link> = Vec::new();
        if view.role.is_some() && SiteKind::from_name(&site.kind) == SiteKind::Workshop {
            sections.extend([
                Link::new(t.get("workshop-documents"), paths::workshop(&site.slug, "documents")),
                Link::new(t.get("workshop-discussions"), paths::workshop(&site.slug, "discussions")),
            ]);
        }
        sections.extend(
            view.placements.iter().map(|one| Link::new(&one.placement.title, section_href(view, one))),
        );
        sections.extend(view.pages.iter().filter(|one| one.in_menu).map(page));
        let mut footer: Vec<Link> =
            view.pages.iter().filter(|one| one.kind != PageKind::Page.as_str()).map(page).collect();
        if view.role.is_some() && site.members_only {
            footer.push(Link::new(t.get("site-members"), paths::workshop(&site.slug, "members")));
        }
        if view.role == Some(SiteRole::Manager) {
            footer.push(Link::new(t.get("site-set"), paths::office_site(&site.slug)));
        }
        footer.push(Link::new(&self.0, "/"));
        SiteFrame {
            title: site.title.clone(),
            href: paths::site(&site.slug),
            theme_href: paths::site_theme(&site.slug),
            logo: view.logo.as_ref().map(|logo| Logo {
                src: paths::site_logo(&site.slug, &logo.uid),
                width: logo.width.unwrap_or_default(),
                height: logo.height.unwrap_or_default(),
            }),
            sections,
            node_name: self.0.clone(),
            footer,
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
