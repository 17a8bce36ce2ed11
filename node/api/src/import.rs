//! Import of feeds and spreadsheets into the moderation queue of a service.

use crate::body::{self, IMPORT_BYTES};
use crate::caller::Signed;
use crate::parameters::Parameters;
use crate::problem::{Problem, Sentence};
use actix_web::http::header;
use actix_web::{HttpRequest, post, web};
use maillage_app::import::{ImportProblem, Report, Source};
use maillage_domain::role::Action;
use serde::Serialize;
use url::Url;
use utoipa::{IntoParams, ToSchema};

/// What an import has done. A bad row never loses the good ones.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReport {
    /// Items that are new in the queue.
    pub created: usize,
    /// Items whose row has changed since the last time.
    pub updated: usize,
    /// Rows that were there already, unchanged.
    pub unchanged: usize,
    /// Rows left out, and reservations about those taken.
    pub problems: Vec<RowNote>,
    /// What is said of the document as a whole: columns without a field, fields that new items lack before
    /// they can be published.
    pub remarks: Vec<Sentence>,
}

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowNote {
    /// Line of the file, from 1; 0 where the format has no lines.
    pub line: u64,
    /// Whether the row was taken in spite of it.
    pub kept: bool,
    /// The reason.
    pub message: Sentence,
}

/// What is said of every row.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct AboutRows {
    /// A theme's slug that every item gets beside its own; may be repeated.
    theme: Option<Vec<String>>,
    /// A place's code for items that say none; may be repeated.
    place: Option<Vec<String>>,
    /// Only say what would be done.
    dry_run: Option<bool>,
    /// Address to fetch the document from, instead of a body.
    url: Option<String>,
}

/// Reads a feed (RSS, Atom, JSON Feed) or a spreadsheet (CSV) into the moderation queue. The same file
/// again makes no duplicate.
#[utoipa::path(
    tag = "items",
    summary = "Import a file",
    params(("slug" = String, Path, description = "Short name of the service"), AboutRows),
    request_body(
        content = Vec<u8>,
        content_type = "application/octet-stream",
        description = "The bytes of the file, at most 10 MiB, with the media type they have; empty with `url`",
    ),
    responses(
        (status = 200, description = "What was done, row by row where something is wrong", body = ImportReport),
        (
            status = 502,
            description = "The address of `url` cannot be read: what to do is said",
            body = Problem,
            content_type = "application/problem+json",
        ),
    ),
    security(("bearer" = [])),
)]
#[post("/services/{slug}/import")]
pub async fn import_items(
    signed: Signed,
    slug: web::Path<String>,
    mut asked: Parameters,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<web::Json<ImportReport>, Problem> {
    let address = asked.one("url")?.map(|text| web_address(&text)).transpose()?;
    let mut source = Source {
        themes: asked.many("theme"),
        places: asked.places("place")?,
        dry_run: asked.flag("dry_run")?,
        ..Source::default()
    };
    asked.finish()?;
    signed.sees_service(&slug).await?;
    signed.app().check_right(&signed.caller, &slug, Action::Contribute).await?;
    let bytes = body::read(&request, payload, IMPORT_BYTES).await?;
    let bytes = match address {
        Some(_) if !bytes.is_empty() => return Err(both()),
        Some(address) => {
            let fetched = signed.face().fetcher.fetch(&address).await?;
            (source.url, source.content_type) = (Some(fetched.url), fetched.content_type);
            fetched.body
        }
        None if bytes.is_empty() => return Err(neither()),
        None => {
            let given = request.headers().get(header::CONTENT_TYPE);
            source.content_type = given.and_then(|value| value.to_str().ok()).map(str::to_owned);
            bytes.to_vec()
        }
    };
    let report = signed.app().import(&signed.caller, &slug, bytes, &source).await?;
    Ok(web::Json(report.into()))
}

fn web_address(text: &str) -> Result<Url, Problem> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| {
        Problem::malformed(
            "not_a_url",
            "url",
            "« url » attend une adresse complète (https://…).",
            "“url” takes a full address (https://…).",
        )
    })
}

fn both() -> Problem {
    Problem::malformed(
        "body_and_url",
        "url",
        "Donnez un fichier ou « url », pas les deux.",
        "Give a file or “url”, not both.",
    )
}

fn neither() -> Problem {
    Problem::malformed(
        "no_file",
        "url",
        "Envoyez le fichier dans le corps de la requête, ou son adresse dans « url ».",
        "Send the file as the body of the request, or its address in “url”.",
    )
}

impl From<Report> for ImportReport {
    fn from(report: Report) -> Self {
        let note = |problem: ImportProblem| RowNote {
            line: problem.line,
            kept: problem.kept,
            message: problem.message.into(),
        };
        Self {
            created: report.created,
            updated: report.updated,
            unchanged: report.unchanged,
            problems: report.problems.into_iter().map(note).collect(),
            remarks: report.remarks.into_iter().map(Sentence::from).collect(),
        }
    }
}
