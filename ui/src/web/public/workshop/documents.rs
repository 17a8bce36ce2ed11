//! Documents of a workshop, in folders, each with its versions.

use super::{Around, ago, discussion_line, document_line};
use crate::forms;
use crate::paths;
use crate::views::{DocumentPage, DocumentsPage, FormView, Link, Opt, VersionLine};
use crate::web::office::{refused, sent_file};
use crate::web::public::files::to_be_saved;
use crate::web::{Desk, Posted, Visit, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_app::workshop::DocumentForm;
use maillage_store::StoreError;
use maillage_store::read::{About, DiscussionView, DocumentView, VersionView};
use maillage_store::rows::FolderRow;

/// Documents of one list.
const LISTED: i64 = 200;

/// Name and size of a file: "compte-rendu.pdf, 1,2 Mo".
pub(super) fn file_name(visit: &Visit, one: &VersionView) -> String {
    format!("{}, {}", one.media.name, visit.t.bytes(one.media.size))
}

struct Listed {
    around: Around,
    folders: Vec<FolderRow>,
    documents: Vec<DocumentView>,
}

/// GET /sites/{site}/atelier/documents?folder=
///
/// # Errors
/// [`AppError::NotFound`] for who is not in the workshop.
pub(in crate::web::public) async fn list(
    request: HttpRequest,
    visit: Visit,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let folder = request.query_string().split('&').find_map(|pair| pair.strip_prefix("folder="));
    let folder = folder.filter(|uid| !uid.is_empty()).map(str::to_owned);
    listed(&visit, StatusCode::OK, &slug, folder, None, None).await
}

async fn listed(
    visit: &Visit,
    status: StatusCode,
    slug: &str,
    folder: Option<String>,
    form: Option<FormView>,
    folder_form: Option<FormView>,
) -> Result<HttpResponse, WebError> {
    let (slug, shown) = (slug.to_owned(), folder.clone());
    let found = visit.reads().run(move |reads| {
        let around = Around::read(reads, &slug)?;
        let (folders, documents) = (reads.folders(&slug)?, reads.documents(&slug, shown.as_deref(), LISTED)?);
        Ok(Listed { around, folders, documents })
    });
    let Listed { around, folders, documents } = found.await.map_err(AppError::from)?;
    let t = visit.t;
    let all = around.step("documents");
    let mut tabs = vec![(Link::new(t.get("folder-all"), &all), folder.is_none())];
    tabs.extend(folders.iter().map(|row| {
        let href = format!("{all}?folder={}", row.uid);
        (Link::new(&row.title, href), folder.as_deref() == Some(&row.uid))
    }));
    let empty = || document_form(visit, &around, &folders, folder.as_deref());
    let form = around.writes().then(|| form.unwrap_or_else(empty));
    let make = || forms::workshop::folder(t, &around.step("folders"), &visit.csrf);
    let folder_form = around.writes().then(|| folder_form.unwrap_or_else(make));
    let removable = folder.filter(|_| around.manages());
    let page = DocumentsPage {
        t,
        shell: visit.shell(&around.view.site.title),
        site: around.frame(visit, "documents"),
        folders: tabs,
        lines: documents.iter().map(|one| document_line(visit, &around.view, one)).collect(),
        form,
        folder_form,
        remove_action: removable.map(|uid| around.step(&format!("folders/{uid}/remove"))),
    };
    visit.page_with(status, &page)
}

fn options(folders: &[FolderRow]) -> Vec<Opt> {
    folders.iter().map(|row| Opt::new(&row.uid, &row.title)).collect()
}

fn document_form(visit: &Visit, around: &Around, folders: &[FolderRow], folder: Option<&str>) -> FormView {
    let action = around.step("documents");
    let form = forms::workshop::document(visit.t, &action, &visit.csrf, options(folders));
    form.with_value("folder", folder.unwrap_or_default())
}

fn sent(posted: &Posted<Desk>) -> DocumentForm {
    DocumentForm {
        title: posted.text("title").to_owned(),
        note: posted.text("note").to_owned(),
        folder: posted.text("folder").to_owned(),
    }
}

/// POST /sites/{site}/atelier/documents: a new document.
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::public) async fn create(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let file = posted.files.iter().find(|file| file.field == "file").map(sent_file);
    match desk.app().add_document(&desk.caller(), &slug, sent(&posted), file).await {
        Ok(row) => Ok(desk.done(
            &paths::workshop(&slug, &format!("documents/{}", row.uid)),
            desk.t.with("document-sent", "title", row.title),
        )),
        Err(error) => {
            let asked = slug.clone();
            let read =
                desk.reads().run(move |reads| Ok((Around::read(reads, &asked)?, reads.folders(&asked)?)));
            let (around, folders) = read.await.map_err(AppError::from)?;
            let form = document_form(desk, &around, &folders, None).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            listed(desk, status, &slug, None, Some(form), None).await
        }
    }
}

/// POST /sites/{site}/atelier/folders
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::public) async fn make_folder(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    match desk.app().add_folder(&desk.caller(), &slug, posted.text("name")).await {
        Ok(row) => {
            let href = format!("{}?folder={}", paths::workshop(&slug, "documents"), row.uid);
            Ok(desk.done(&href, desk.t.with("folder-made", "title", row.title)))
        }
        Err(error) => {
            let action = paths::workshop(&slug, "folders");
            let form = forms::workshop::folder(desk.t, &action, &desk.csrf).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[("title", "name")])?;
            listed(desk, status, &slug, None, None, Some(form)).await
        }
    }
}

/// POST /sites/{site}/atelier/folders/{folder}/remove
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::public) async fn remove_folder(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, uid) = path.into_inner();
    desk.app().delete_folder(&desk.caller(), &slug, &uid).await?;
    Ok(desk.done(&paths::workshop(&slug, "documents"), desk.t.get("folder-removed")))
}

struct One {
    around: Around,
    folders: Vec<FolderRow>,
    document: DocumentView,
    discussions: Vec<DiscussionView>,
}

/// GET /sites/{site}/atelier/documents/{document}
///
/// # Errors
/// [`AppError::NotFound`] for who is not in the workshop.
pub(in crate::web::public) async fn show(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, uid) = path.into_inner();
    shown(&visit, StatusCode::OK, &slug, &uid, |_| None).await
}

/// One document; `refused` answers the form that was refused, which stands in place of the empty one with
/// the same action.
async fn shown(
    visit: &Visit,
    status: StatusCode,
    slug: &str,
    uid: &str,
    refused: impl Fn(&str) -> Option<FormView>,
) -> Result<HttpResponse, WebError> {
    let (asked, document) = (slug.to_owned(), uid.to_owned());
    let found = visit.reads().run(move |reads| {
        let around = Around::read(reads, &asked)?;
        let document = reads.document(&asked, &document)?;
        let discussions = reads.discussions(&asked, About::Document(document.document.id), LISTED)?;
        Ok(One { around, folders: reads.folders(&asked)?, document, discussions })
    });
    let One { around, folders, document: view, discussions } = found.await.map_err(AppError::from)?;
    let (t, document) = (visit.t, &view.document);
    let step = |step: &str| around.step(format!("documents/{uid}/{step}").trim_end_matches('/'));
    let or_refused = |form: FormView| refused(&form.action).unwrap_or(form);
    let folder = folders.iter().find(|row| Some(row.id) == document.folder_id);
    let version = |one: &VersionView| VersionLine {
        link: Link::new(
            t.with("document-version", "number", one.version.number),
            step(&format!("versions/{}", one.version.number)),
        ),
        file: file_name(visit, one),
        note: one.version.note.clone(),
        by: one.by.clone(),
        when: ago(visit, one.version.created_at),
    };
    let mut trail = vec![Link::new(t.get("workshop-documents"), around.step("documents"))];
    trail.extend(
        folder.map(|row| Link::new(&row.title, format!("{}?folder={}", around.step("documents"), row.uid))),
    );
    let edit = || {
        forms::workshop::document_about(t, &step("edit"), &visit.csrf, options(&folders))
            .with_value("title", &document.title)
            .with_value("note", &document.note)
            .with_value("folder", folder.map(|row| row.uid.clone()).unwrap_or_default())
    };
    let talk =
        || forms::workshop::discussion(t, &around.step("discussions"), &visit.csrf).hidden("document", uid);
    let writes = around.writes();
    let page = DocumentPage {
        t,
        shell: visit.shell(&around.view.site.title),
        site: around.frame(visit, "documents"),
        trail,
        heading: document.title.clone(),
        note: document.note.clone(),
        versions: view.versions.iter().map(version).collect(),
        discussions: discussions.iter().map(|one| discussion_line(visit, &around.view, one)).collect(),
        form: writes.then(|| or_refused(forms::workshop::version(t, &step(""), &visit.csrf))),
        edit_form: writes.then(|| or_refused(edit())),
        discussion_form: writes.then(talk),
        remove_action: around.manages().then(|| step("remove")),
    };
    visit.page_with(status, &page)
}

/// POST /sites/{site}/atelier/documents/{document}: a new version.
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::public) async fn add_version(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, uid) = path.into_inner();
    let file = posted.files.iter().find(|file| file.field == "file").map(sent_file);
    let href = paths::workshop(&slug, &format!("documents/{uid}"));
    match desk.app().add_version(&desk.caller(), &slug, &uid, posted.text("change"), file).await {
        Ok(row) => Ok(desk.done(&href, desk.t.with("version-sent", "number", row.number))),
        Err(error) => {
            let form = forms::workshop::version(desk.t, &href, &desk.csrf).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            shown(desk, status, &slug, &uid, |action| (action == form.action).then(|| form.clone())).await
        }
    }
}

/// POST /sites/{site}/atelier/documents/{document}/edit
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::public) async fn change(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, uid) = path.into_inner();
    let href = paths::workshop(&slug, &format!("documents/{uid}"));
    match desk.app().change_document(&desk.caller(), &slug, &uid, sent(&posted)).await {
        Ok(_) => Ok(desk.done(&href, desk.t.get("saved"))),
        Err(error) => {
            let asked = slug.clone();
            let folders =
                desk.reads().run(move |reads| reads.folders(&asked)).await.map_err(AppError::from)?;
            let action = format!("{href}/edit");
            let form = forms::workshop::document_about(desk.t, &action, &desk.csrf, options(&folders));
            let (status, form) = refused(desk.t, form.filled(&posted.fields), error, &[])?;
            shown(desk, status, &slug, &uid, |action| (action == form.action).then(|| form.clone())).await
        }
    }
}

/// POST /sites/{site}/atelier/documents/{document}/remove
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::public) async fn remove(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, uid) = path.into_inner();
    desk.app().delete_document(&desk.caller(), &slug, &uid).await?;
    Ok(desk.done(&paths::workshop(&slug, "documents"), desk.t.get("document-removed")))
}

/// GET /sites/{site}/atelier/documents/{document}/versions/{number}: the file, to be saved and not opened
/// in the name of the node.
///
/// # Errors
/// [`AppError::NotFound`] for who is not in the workshop.
pub(in crate::web::public) async fn file(
    visit: Visit,
    path: web::Path<(String, String, i64)>,
) -> Result<HttpResponse, WebError> {
    let (slug, uid, number) = path.into_inner();
    let found = visit.reads().run(move |reads| {
        let versions = reads.document(&slug, &uid)?.versions;
        let found = versions.into_iter().find(|one| one.version.number == number);
        found.map(|one| one.media).ok_or(StoreError::NotFound)
    });
    let media = found.await.map_err(AppError::from)?;
    let bytes = visit.app().media_bytes(&media).await?;
    Ok(to_be_saved(media, bytes))
}
