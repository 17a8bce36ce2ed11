//! Deciding on several items at once: each by itself, as if it were alone, with what became of it told.

use super::{Asked, SCHEDULED, line, list};
use crate::paths;
use crate::views::{OfficeSection, Outcomes, QueuePick, QueueSeveralPage};
use crate::web::office::item;
use crate::web::office::lines::Lined;
use crate::web::office::standing::overseers_only;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::moderation::Decision;
use maillage_app::{App, AppError};
use maillage_domain::workflow::Transition;
use std::collections::BTreeSet;

/// GET /office/queue/several?show=
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn show(
    desk: Desk,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    page(&desk, StatusCode::OK, &asked, &BTreeSet::new(), Shown::default()).await
}

/// What a page shows beside the list.
#[derive(Default)]
struct Shown {
    outcomes: Vec<Outcomes>,
    reason: String,
    problem: String,
}

/// POST /office/queue/several?show=: `item` (`ID.SEEN`, several), `action` (`publish` or `decline`), `reason`.
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn decide(
    posted: Posted<Desk>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    overseers_only(desk)?;
    let picked: Vec<&str> = posted.list("item");
    let transition = match posted.text("action") {
        "publish" => Transition::Publish,
        "decline" => Transition::Decline,
        _ => return Err(WebError::UnreadableForm),
    };
    let reason = posted.text("reason").to_owned();
    let problem = match transition {
        _ if picked.is_empty() => "several-none",
        Transition::Decline if reason.is_empty() => "several-no-reason",
        _ => "",
    };
    if !problem.is_empty() {
        let ticked = picked.iter().map(|one| (*one).to_owned()).collect();
        let shown = Shown { reason, problem: desk.t.get(problem), ..Shown::default() };
        return page(desk, StatusCode::UNPROCESSABLE_ENTITY, &asked, &ticked, shown).await;
    }
    let mut outcomes = Vec::new();
    for one in picked {
        outcomes.push(decided(desk, one, transition, &reason).await?);
    }
    page(desk, StatusCode::OK, &asked, &BTreeSet::new(), Shown { outcomes, ..Shown::default() }).await
}

/// Decides on one of them, and says what became of it.
async fn decided(
    desk: &Desk,
    picked: &str,
    transition: Transition,
    reason: &str,
) -> Result<Outcomes, WebError> {
    let Some((uid, seen)) = picked.rsplit_once('.').and_then(|(uid, seen)| Some((uid, seen.parse().ok()?)))
    else {
        return Err(WebError::UnreadableForm);
    };
    let opened = match item::open(desk, uid).await {
        Ok(opened) => opened,
        Err(WebError::App(AppError::NotFound)) => {
            let (title, said) = (uid.to_owned(), desk.t.get("several-gone"));
            return Ok(Outcomes { title, href: paths::QUEUE.to_owned(), said, done: false });
        }
        Err(error) => return Err(error),
    };
    let title =
        opened.latest().map_or_else(|| opened.detail.view.item.title.clone(), |one| one.title.clone());
    let decision = Decision { reason: reason.to_owned(), seen: Some(seen), ..Decision::default() };
    let done = desk.app().decide_on(&desk.caller(), uid, transition, decision).await;
    let (said, done) = match done {
        Ok(_) if transition == Transition::Publish => (desk.t.get("several-published"), true),
        Ok(_) => (desk.t.get("several-declined"), true),
        Err(AppError::Invalid { problems }) => {
            let said: Vec<String> = problems.iter().map(|problem| desk.t.say(&problem.message)).collect();
            (said.join(" "), false)
        }
        Err(AppError::Conflict(message) | AppError::Forbidden(message)) => (desk.t.say(&message), false),
        Err(error) => {
            // What was done before stays done, and is told.
            tracing::error!(%error, "one of several decisions failed");
            (desk.t.get("several-failed"), false)
        }
    };
    Ok(Outcomes { title, href: paths::entry(uid), said, done })
}

async fn page(
    desk: &Desk,
    status: StatusCode,
    asked: &Asked,
    ticked: &BTreeSet<String>,
    shown: Shown,
) -> Result<HttpResponse, WebError> {
    overseers_only(desk)?;
    let services: Vec<i64> = desk.signed_in().scope.moderated.iter().copied().collect();
    // What has its moment waits for nobody.
    let part = if asked.show == SCHEDULED { String::new() } else { asked.show.clone() };
    let listed = desk.reads().run(move |reads| list(reads, &part, &services, None)).await?;
    let pick = |lined: &Lined| {
        let (view, latest) = (&lined.view, lined.latest.as_ref().map(|latest| &latest.revision));
        let value = format!("{}.{}", view.entry.uid, App::seen(&view.entry, &view.item, latest));
        let told = line(desk, asked, lined, false);
        let about = [told.source, told.author, told.service, told.waiting.text];
        QueuePick {
            ticked: ticked.contains(&value),
            value,
            title: told.title,
            about: about.into_iter().filter(|part| !part.is_empty()).collect(),
            href: told.href,
        }
    };
    let t = desk.t;
    let page = QueueSeveralPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Queue, Vec::new()),
        action: crate::web::office::address::with(paths::QUEUE_SEVERAL, &[("show", &asked.show)]),
        outcomes: shown.outcomes,
        picks: listed.lined.iter().map(pick).collect(),
        reason: shown.reason,
        problem: shown.problem,
        queue_href: crate::web::office::address::with(paths::QUEUE, &[("show", &asked.show)]),
    };
    desk.page_with(status, &page)
}
