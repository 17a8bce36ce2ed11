//! Import of a file or of a feed's address into a service, with what became of every row.

use super::table;
use crate::forms;
use crate::paths;
use crate::views::{FormView, ImportPage, ImportProblemLine, ImportReport, Link, OfficeSection};
use crate::web::office::places::{self, PlaceSent};
use crate::web::office::refusal::refused;
use crate::web::office::standing::{Standing, standing};
use crate::web::{Desk, Posted, Upload, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::import::{Report, Source};
use maillage_domain::role::Action;
use url::Url;

/// What is to be imported: its bytes, where it comes from, and how it is called.
struct Document {
    bytes: Vec<u8>,
    content_type: Option<String>,
    url: Option<Url>,
    name: String,
}

/// GET /office/services/{slug}/import
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn show(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let standing = standing(&desk, &slug).await?.require(Action::Contribute)?;
    let form = form(&desk, &standing).await?;
    page(&desk, StatusCode::OK, &standing, form, None)
}

/// GET /office/services/{slug}/import/model.csv: a table with the columns that are understood, and no row.
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn model(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let standing = standing(&desk, &slug).await?.require(Action::Contribute)?;
    let kind = desk.app().registry().get(&standing.service.type_slug).ok_or(AppError::NotFound)?;
    Ok(table::table(&kind.slug, &table::labels(kind, desk.t.locale), &[]))
}

/// POST /office/services/{slug}/import
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn run(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let standing = standing(desk, &slug).await?.require(Action::Contribute)?;
    let place = PlaceSent::of(&posted, "places", false);
    let answer = places::answers(desk, vec![place]).await?.pop().unwrap_or_default();
    let understood = answer.problem.is_none();
    let form = form(desk, &standing).await?.filled(&posted.fields).with_places("places", answer.clone());
    if !understood {
        return page(desk, StatusCode::UNPROCESSABLE_ENTITY, &standing, form, None);
    }
    let themes = posted.list("themes").into_iter().map(str::to_owned).collect();
    let codes = answer.codes.iter().filter_map(|code| code.parse().ok()).collect();
    let dry_run = posted.ticked("dry_run");
    let imported = match document(desk, &posted).await {
        Ok(document) => {
            let source = Source {
                url: document.url,
                content_type: document.content_type,
                themes,
                places: codes,
                dry_run,
            };
            let report = desk.app().import(&desk.caller(), &slug, document.bytes, &source).await;
            report.map(|report| (document.name, report))
        }
        Err(error) => Err(error),
    };
    match imported {
        Ok((name, report)) => {
            let report = told(desk, &standing, name, dry_run, report);
            page(desk, StatusCode::OK, &standing, form, Some(report))
        }
        Err(error) => {
            let names = [("theme", "themes"), ("place", "places"), ("url", "address")];
            let (status, form) = refused(desk.t, form, error, &names)?;
            page(desk, status, &standing, form, None)
        }
    }
}

/// The file that was sent, or else what is at the address that was typed.
async fn document(desk: &Desk, posted: &Posted<Desk>) -> Result<Document, AppError> {
    if let Some(Upload { name, content_type, bytes, .. }) = posted.files.first().cloned() {
        return Ok(Document { bytes, content_type, url: None, name });
    }
    let address = posted.text("address");
    if address.is_empty() {
        return Err(AppError::invalid(
            "file",
            "required",
            "Choisissez un fichier, ou tapez l'adresse d'un flux.",
            "Choose a file, or type the address of a feed.",
        ));
    }
    let with_scheme = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let url = Url::parse(&with_scheme).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| {
        AppError::invalid(
            "address",
            "not_a_url",
            "Écrivez une adresse complète, par exemple https://www.exemple.fr/rss.",
            "Write a full address, such as https://www.example.org/rss.",
        )
    })?;
    let fetched = desk.face.fetcher().fetch(&url).await.map_err(|error| match error {
        // Said beside the address rather than of the form as a whole.
        AppError::Remote(message) => AppError::invalid("address", "unreachable", message.fr, message.en),
        other => other,
    })?;
    Ok(Document {
        name: fetched.url.to_string(),
        bytes: fetched.body,
        content_type: fetched.content_type,
        url: Some(fetched.url),
    })
}

fn told(desk: &Desk, standing: &Standing, name: String, dry_run: bool, report: Report) -> ImportReport {
    let t = desk.t;
    let problem = |problem: &maillage_app::import::ImportProblem| ImportProblemLine {
        place: if problem.line > 0 {
            t.with("import-line", "line", t.number(problem.line))
        } else {
            String::new()
        },
        kept: problem.kept,
        text: t.say(&problem.message),
    };
    let waiting = paths::office_service(&standing.service.slug);
    let next = if desk.moderates(standing.service.id) { paths::QUEUE.to_owned() } else { waiting };
    let arrived = report.created + report.updated > 0 && !dry_run;
    ImportReport {
        source: name,
        dry_run,
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        left_out: report.problems.iter().filter(|problem| !problem.kept).count(),
        problems: report.problems.iter().map(problem).collect(),
        remarks: report.remarks.iter().map(|remark| t.say(remark)).collect(),
        next: arrived.then(|| Link::new(t.get("import-read"), next)),
    }
}

async fn form(desk: &Desk, standing: &Standing) -> Result<FormView, WebError> {
    let t = desk.t;
    let themes = desk.reads().run(|reads| reads.thesaurus()).await?;
    let themes = forms::theme_groups(t, themes.iter(), |theme| !theme.retired);
    let slug = &standing.service.slug;
    let action = paths::office_service_step(slug, "import");
    Ok(forms::import(t, &action, &desk.csrf, themes).cancel(paths::office_service(slug)))
}

fn page(
    desk: &Desk,
    status: StatusCode,
    standing: &Standing,
    form: FormView,
    report: Option<ImportReport>,
) -> Result<HttpResponse, WebError> {
    let (t, service) = (desk.t, &standing.service);
    let trail = vec![
        Link::new(t.get("nav-services"), paths::SERVICES),
        Link::new(&service.title, paths::office_service(&service.slug)),
    ];
    let columns = desk
        .app()
        .registry()
        .get(&service.type_slug)
        .map(|kind| kind.fields.iter().map(|field| t.say(&field.label())).collect::<Vec<_>>().join(", "));
    let page = ImportPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Services, trail),
        columns: columns.unwrap_or_default(),
        model: paths::office_service_step(&service.slug, "import/model.csv"),
        table: paths::office_service_step(&service.slug, "items.csv"),
        report,
        form,
    };
    desk.page_with(status, &page)
}
