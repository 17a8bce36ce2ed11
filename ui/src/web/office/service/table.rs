//! What a service has published, as a spreadsheet that an import reads back.

use crate::i18n::Locale;
use crate::web::office::standing::standing;
use crate::web::{Desk, WebError};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::import::written;
use maillage_domain::field::{Field, Fields};
use maillage_domain::role::Action;
use maillage_domain::service_type::ServiceType;
use maillage_gateways::csv;
use maillage_store::read::{Cursor, EntryQuery, EntryView};

/// Items read at a time.
const CHUNK: i64 = 500;
/// Items of one table at most.
const MOST: usize = 20_000;

/// GET /office/services/{slug}/items.csv: own and received published items, the latest first, with the
/// columns of the model of an import.
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn show(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let standing = standing(&desk, &slug).await?.require(Action::Contribute)?;
    let kind = desk.app().registry().get(&standing.service.type_slug).ok_or(AppError::NotFound)?.clone();
    let labels = labels(&kind, desk.t.locale);
    let service = standing.service.id;
    let read = desk.reads().run(move |reads| {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut after = None;
        while rows.len() < MOST {
            let query =
                EntryQuery { services: Some(vec![service]), after, limit: CHUNK, ..EntryQuery::default() };
            let views = reads.entries(&query)?;
            let Some(last) = views.last() else { break };
            after = Some(Cursor { sort: last.entry.sort_at, id: last.entry.id });
            rows.extend(
                views.iter().filter(|view| view.item.type_slug == kind.slug).map(|view| row(&kind, view)),
            );
        }
        Ok(rows)
    });
    Ok(table(&standing.service.slug, &labels, &read.await?))
}

/// The labels of a type's fields: the columns that an import knows.
pub(super) fn labels(kind: &ServiceType, locale: Locale) -> Vec<String> {
    let label = |field: &Field| match locale {
        Locale::Fr => field.fr.clone(),
        Locale::En => field.en.clone(),
    };
    kind.fields.iter().map(label).collect()
}

fn row(kind: &ServiceType, view: &EntryView) -> Vec<String> {
    let fields: Fields = serde_json::from_str(&view.item.fields).unwrap_or_default();
    let cell =
        |field: &Field| fields.0.get(&field.name).map(|value| written(field, value)).unwrap_or_default();
    kind.fields.iter().map(cell).collect()
}

/// The answer that a browser keeps as a file.
pub(super) fn table(name: &str, labels: &[String], rows: &[Vec<String>]) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")))
        .body(csv::write(labels, rows))
}
