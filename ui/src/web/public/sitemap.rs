//! The sitemap, and what robots may read: what is open to everybody, and nothing else.

use super::cards::slugged;
use super::feed::kept;
use super::frame::section_href;
use crate::paths;
use crate::web::time::moment;
use crate::web::{Visit, WebError};
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_app::address::Addresses;
use maillage_domain::viewer::Viewer;
use maillage_gateways::sitemap::{Address, write_sitemap, write_sitemap_index};
use maillage_store::StoreError;
use maillage_store::read::{Reads, SitemapItem};

/// Addresses of one sitemap.
const PART: i64 = if cfg!(test) { 20 } else { 5_000 };
/// The media type.
const XML: &str = "application/xml; charset=utf-8";
/// What search engines are asked to leave alone beside the back office: what is searched for, narrowed or
/// laid out by days is a view of a list and no page of its own; links of mails are for one person.
const VIEWS: [&str; 10] = [
    "/alerts/",
    "/sites/*/recherche",
    "/sites/*/atelier",
    "/*?*q=",
    "/*?*theme=",
    "/*?*place=",
    "/*?*view=",
    "/reset/",
    "/invitation/",
    "/forgotten",
];

/// GET /robots.txt (RFC 9309)
pub(super) async fn robots(visit: Visit) -> HttpResponse {
    let mut text = String::from("User-agent: *\n");
    for path in [paths::WORK, paths::LOGIN, "/api/"].into_iter().chain(VIEWS) {
        text.push_str(&format!("Disallow: {path}\n"));
    }
    text.push_str(&format!("\nSitemap: {}\n", visit.app().addresses().url("/sitemap.xml")));
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}

/// GET /sitemap.xml: all addresses, or where there are many an index of several sitemaps.
///
/// # Errors
/// Those of the database.
pub(super) async fn whole(request: HttpRequest, visit: Visit) -> Result<HttpResponse, WebError> {
    let addresses = visit.app().addresses().clone();
    let read = visit.app().reads(Viewer::Anonymous).run(move |reads| {
        let mut all = pages(reads, &addresses)?;
        let items = reads.sitemap_items(0..i64::MAX, PART + 1)?;
        let room = PART - i64::try_from(all.len()).unwrap_or(PART);
        if i64::try_from(items.len()).is_ok_and(|items| items <= room) {
            all.extend(items.iter().map(|item| address(&addresses, item)));
            return Ok(write_sitemap(&all));
        }
        let of_part =
            |name: &str| Address { url: addresses.url(&format!("/sitemap/{name}.xml")), changed: None };
        let mut parts = vec![of_part("pages")];
        // Of a part that holds nothing nothing is told.
        for part in 0..=reads.highest_item()? / PART {
            if !reads.sitemap_items(keys(part), 1)?.is_empty() {
                parts.push(of_part(&part.to_string()));
            }
        }
        Ok(write_sitemap_index(&parts))
    });
    let text = read.await.map_err(AppError::from)?;
    Ok(kept(&request, text, XML, None))
}

/// GET /sitemap/{part}.xml: the pages of sites and services, or the items of one part.
///
/// # Errors
/// [`AppError::NotFound`] for a part that holds nothing.
pub(super) async fn part(
    request: HttpRequest,
    visit: Visit,
    name: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let (addresses, name) = (visit.app().addresses().clone(), name.into_inner());
    let read = visit.app().reads(Viewer::Anonymous).run(move |reads| {
        let all = match name.parse::<i64>() {
            Ok(part) if (0..i64::MAX / PART).contains(&part) => {
                let items = reads.sitemap_items(keys(part), PART)?;
                items.iter().map(|item| address(&addresses, item)).collect()
            }
            _ if name == "pages" => pages(reads, &addresses)?,
            _ => Vec::new(),
        };
        if all.is_empty() { Err(StoreError::NotFound) } else { Ok(write_sitemap(&all)) }
    });
    let text = read.await.map_err(AppError::from)?;
    Ok(kept(&request, text, XML, None))
}

/// The keys of the items of a part: an item never moves to another one.
fn keys(part: i64) -> std::ops::Range<i64> {
    part * PART..(part + 1) * PART
}

fn address(addresses: &Addresses, item: &SitemapItem) -> Address {
    let changed = Some(moment(item.updated_at));
    Address { url: addresses.url(&slugged(&item.uid, &item.title)), changed }
}

/// The first page, public sites with their sections and pages, public services.
fn pages(reads: &mut Reads<'_>, addresses: &Addresses) -> Result<Vec<Address>, StoreError> {
    let address = |path: &str| Address { url: addresses.url(path), changed: None };
    let mut all = vec![address("/")];
    for row in reads.sites()? {
        let view = reads.site(&row.slug)?;
        all.push(address(&paths::site(&row.slug)));
        all.extend(view.placements.iter().map(|one| address(&section_href(&view, one))));
        for page in &view.pages {
            let changed = Some(moment(reads.site_page(&row.slug, &page.slug)?.updated_at));
            all.push(Address { changed, ..address(&paths::site_page(&row.slug, &page.slug)) });
        }
    }
    let services = reads.services()?.into_iter().filter(|service| service.visibility == "public");
    all.extend(services.map(|service| Address { url: addresses.service_page(&service.slug), changed: None }));
    Ok(all)
}
