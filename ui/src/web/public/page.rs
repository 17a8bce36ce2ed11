//! Pages of plain content of a site.

use super::frame::NodeName;
use crate::html::CleanHtml;
use crate::i18n::When;
use crate::paths;
use crate::views::PlainPage;
use crate::web::time::moment;
use crate::web::{Visit, WebError};
use actix_web::{HttpResponse, web};
use maillage_app::AppError;

/// GET /sites/{site}/pages/{page}
///
/// # Errors
/// [`AppError::NotFound`] when the visitor may not open the site, or it has no such page.
pub(super) async fn show(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (site, name) = path.into_inner();
    let found = visit.reads().run(move |reads| {
        let page = reads.site_page(&site, &name)?;
        Ok((NodeName::read(reads)?, reads.site(&site)?, page))
    });
    let (node, view, page) = found.await.map_err(AppError::from)?;
    let mut frame = node.frame_of(visit.t, &view);
    frame.current = paths::site_page(&view.site.slug, &page.slug);
    frame.preview.clone_from(&page.title);
    if !view.site.restricted {
        frame.canonical = super::site::address(&visit, &view.site, &frame.current);
    }
    let changed = moment(page.updated_at).with_timezone(&super::ZONE).date_naive();
    visit.page(&PlainPage {
        t: visit.t,
        shell: visit.shell(&view.site.title),
        site: frame,
        heading: page.title,
        body: CleanHtml::new(&page.body),
        changed: When::day(changed, visit.t),
    })
}
