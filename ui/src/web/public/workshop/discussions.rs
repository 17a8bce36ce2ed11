//! Discussions of a workshop.

use super::{Around, ago, discussion_line};
use crate::forms;
use crate::paths;
use crate::views::{DiscussionPage, DiscussionsPage, FormView, Link, Message};
use crate::web::office::refused;
use crate::web::{Desk, Posted, Visit, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::workshop::DiscussionForm;
use maillage_domain::text::slugify;
use maillage_store::StoreError;
use maillage_store::read::{About, MessageView};
use maillage_store::rows::ItemRow;
use serde::Deserialize;

/// Discussions of one list.
const LISTED: i64 = 200;

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::public) struct Asked {
    /// Public id of the item that is discussed; empty for all discussions.
    item: String,
}

/// GET /sites/{site}/atelier/discussions?item=
///
/// # Errors
/// [`AppError::NotFound`] for who is not in the workshop, or does not see the item.
pub(in crate::web::public) async fn list(
    visit: Visit,
    slug: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    listed(&visit, StatusCode::OK, &slug, &asked.item, None).await
}

async fn listed(
    visit: &Visit,
    status: StatusCode,
    slug: &str,
    item: &str,
    form: Option<FormView>,
) -> Result<HttpResponse, WebError> {
    let (asked, wanted) = (slug.to_owned(), item.to_owned());
    let found = visit.reads().run(move |reads| {
        let around = Around::read(reads, &asked)?;
        let item = match wanted.as_str() {
            "" => None,
            uid => Some(reads.entries_of(uid)?.into_iter().next().ok_or(StoreError::NotFound)?.item),
        };
        let about = item.as_ref().map_or(About::Anything, |item| About::Item(item.id));
        Ok((around, reads.discussions(&asked, about, LISTED)?, item))
    });
    let (around, discussions, item) = found.await.map_err(AppError::from)?;
    let t = visit.t;
    let empty = || {
        let form = forms::workshop::discussion(t, &around.step("discussions"), &visit.csrf);
        item.iter().fold(form, |form, item| form.hidden("item", &item.uid))
    };
    let page = DiscussionsPage {
        t,
        shell: visit.shell(&around.view.site.title),
        site: around.frame(visit, "discussions"),
        about: item.as_ref().map(|item| page_of(slug, item)),
        lines: discussions.iter().map(|one| discussion_line(visit, &around.view, one)).collect(),
        form: around.writes().then(|| form.unwrap_or_else(empty)),
    };
    visit.page_with(status, &page)
}

/// POST /sites/{site}/atelier/discussions
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::public) async fn create(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let begun = DiscussionForm {
        title: posted.text("subject").to_owned(),
        body: posted.text("body").to_owned(),
        document: posted.text("document").to_owned(),
        item: posted.text("item").to_owned(),
    };
    match desk.app().add_discussion(&desk.caller(), &slug, begun).await {
        Ok(row) => Ok(desk.go(&paths::workshop(&slug, &format!("discussions/{}", row.uid)))),
        Err(error) => {
            let action = paths::workshop(&slug, "discussions");
            let mut form = forms::workshop::discussion(desk.t, &action, &desk.csrf).filled(&posted.fields);
            for about in ["document", "item"] {
                if !posted.text(about).is_empty() {
                    form = form.hidden(about, posted.text(about));
                }
            }
            let (status, form) = refused(desk.t, form, error, &[("title", "subject")])?;
            listed(desk, status, &slug, posted.text("item"), Some(form)).await
        }
    }
}

/// An item's page in the workshop.
fn page_of(site: &str, item: &ItemRow) -> Link {
    let page = format!("fiches/{}/{}", item.uid, slugify(&item.title, 60));
    Link::new(&item.title, format!("{}/{page}", paths::site(site)))
}

/// GET /sites/{site}/atelier/discussions/{discussion}
///
/// # Errors
/// [`AppError::NotFound`] for who is not in the workshop.
pub(in crate::web::public) async fn show(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, uid) = path.into_inner();
    shown(&visit, StatusCode::OK, &slug, &uid, None).await
}

async fn shown(
    visit: &Visit,
    status: StatusCode,
    slug: &str,
    uid: &str,
    form: Option<FormView>,
) -> Result<HttpResponse, WebError> {
    let (asked, wanted) = (slug.to_owned(), uid.to_owned());
    let found = visit.reads().run(move |reads| {
        let around = Around::read(reads, &asked)?;
        let (row, messages) = reads.discussion(&asked, &wanted)?;
        let documents = match row.document_id {
            Some(_) => reads.documents(&asked, None, i64::MAX)?,
            None => Vec::new(),
        };
        let document = documents.into_iter().find(|one| Some(one.document.id) == row.document_id);
        let item = row.item_id.map(|id| reads.item_discussed(id)).transpose()?.flatten();
        Ok((around, row, messages, document, item))
    });
    let (around, row, messages, document, item) = found.await.map_err(AppError::from)?;
    let t = visit.t;
    let document = document
        .map(|one| Link::new(one.document.title, around.step(&format!("documents/{}", one.document.uid))));
    let item = item.map(|one| page_of(slug, &one));
    let message = |view: MessageView| Message {
        by: view.by,
        when: ago(visit, view.message.created_at),
        paragraphs: view
            .message
            .body
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| t.typeset(line))
            .collect(),
    };
    let answer = || forms::workshop::message(t, &around.step(&format!("discussions/{uid}")), &visit.csrf);
    let page = DiscussionPage {
        t,
        shell: visit.shell(&around.view.site.title),
        site: around.frame(visit, "discussions"),
        trail: vec![Link::new(t.get("workshop-discussions"), around.step("discussions"))],
        heading: row.title,
        about: document.or(item),
        messages: messages.into_iter().map(message).collect(),
        form: around.writes().then(|| form.unwrap_or_else(answer)),
    };
    visit.page_with(status, &page)
}

/// POST /sites/{site}/atelier/discussions/{discussion}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::public) async fn answer(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, uid) = path.into_inner();
    let href = paths::workshop(&slug, &format!("discussions/{uid}"));
    match desk.app().add_message(&desk.caller(), &slug, &uid, posted.text("body")).await {
        Ok(()) => Ok(desk.go(&href)),
        Err(error) => {
            let form = forms::workshop::message(desk.t, &href, &desk.csrf).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            shown(desk, status, &slug, &uid, Some(form)).await
        }
    }
}
