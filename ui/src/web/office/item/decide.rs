//! The steps of an item, as forms send them: submit, take back, publish now or later, decline, withdraw.

use super::{Opened, open, page};
use crate::i18n::When;
use crate::paths;
use crate::views::{Link, NoticeKind};
use crate::web::office::ZONE;
use crate::web::visit::local;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, TimeZone, Utc};
use maillage_app::AppError;
use maillage_app::moderation::Decision;
use maillage_domain::item::parse_local;
use maillage_domain::role::Action;
use maillage_domain::workflow::Transition;
use maillage_store::rows::EntryRow;

/// POST /office/items/{entry}/submit
///
/// # Errors
/// Those of the use case.
pub(in crate::web::office) async fn submit(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    open(&posted.from, &uid).await?;
    super::new::submitted(&posted.from, &uid).await
}

/// POST /office/items/{entry}/publish
///
/// # Errors
/// Those of the use case.
pub(in crate::web::office) async fn publish(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    decide(&posted, &uid, Transition::Publish).await
}

/// POST /office/items/{entry}/confirm: the item is right as it stands.
///
/// # Errors
/// Those of the use case.
pub(in crate::web::office) async fn confirm(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    open(desk, &uid).await?;
    match desk.app().confirm_item(&desk.caller(), &uid).await {
        Ok(entry) => Ok(desk.done(&paths::entry(&entry.uid), desk.t.get("age-confirmed"))),
        Err(error) => Err(error.into()),
    }
}

/// POST /office/items/{entry}/decline
///
/// # Errors
/// Those of the use case.
pub(in crate::web::office) async fn decline(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    decide(&posted, &uid, Transition::Decline).await
}

/// POST /office/items/{entry}/withdraw
///
/// # Errors
/// Those of the use case.
pub(in crate::web::office) async fn withdraw(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    decide(&posted, &uid, Transition::Withdraw).await
}

async fn decide(posted: &Posted<Desk>, uid: &str, transition: Transition) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let opened = open(desk, uid).await?;
    if !opened.standing.may(Action::Moderate) {
        return Err(AppError::forbidden().into());
    }
    let back = Some(posted.text("back")).filter(|back| !back.is_empty()).map(local);
    let back = back.unwrap_or_else(|| paths::entry(uid));
    // Without it nobody says what they have read.
    let Ok(seen) = posted.text("revision").parse() else { return Err(WebError::UnreadableForm) };
    let publishes = transition == Transition::Publish;
    let decided = match moment_set(posted).filter(|_| publishes).transpose() {
        Ok(at) => {
            let ticked = posted.list("ticked").into_iter().filter_map(|number| number.parse().ok()).collect();
            let decision = Decision { reason: reason(posted), seen: Some(seen), ticked, at };
            desk.app().decide_on(&desk.caller(), uid, transition, decision).await.map(|entry| (entry, at))
        }
        Err(error) => Err(error),
    };
    match decided {
        Ok((entry, Some(at))) => {
            let at = When::full(at, ZONE, desk.t).text;
            let said = desk.t.with2("done-scheduled", ("title", title(&opened, transition)), ("at", at));
            let link = Link::new(desk.t.get("item-see"), paths::entry(&entry.uid));
            Ok(desk.go_and_say(&back, NoticeKind::Done, said, (back != link.href).then_some(link)))
        }
        Ok((entry, None)) => {
            let entry_link = Link::new(desk.t.get("item-see"), paths::entry(uid));
            let link = (back != entry_link.href).then_some(entry_link);
            let said = done(desk, &opened, &entry, transition).await?;
            Ok(desk.go_and_say(&back, NoticeKind::Done, said, link))
        }
        // Said beside the field, on the page of the item.
        Err(AppError::Invalid { problems }) if transition == Transition::Decline => {
            let text = problems.first().map(|problem| desk.t.say(&problem.message)).unwrap_or_default();
            let again =
                page::Again::Decision { problem: text, typed: posted.text("reason").to_owned(), back };
            page::shown(desk, &opened, StatusCode::UNPROCESSABLE_ENTITY, again).await
        }
        // What its fields lack is said on its page, with the way to fill them in.
        Err(AppError::Invalid { problems }) if publishes => {
            let said: Vec<String> = problems.iter().map(|problem| desk.t.say(&problem.message)).collect();
            Ok(desk.go_and_say(&paths::entry(uid), NoticeKind::Problem, said.join(" "), None))
        }
        // Whoever has read something else reads again: the page as it is now.
        Err(AppError::Conflict(message)) => {
            let said = desk.t.say(&message);
            Ok(desk.go_and_say(&paths::entry(uid), NoticeKind::Problem, said, None))
        }
        Err(error) => Err(error.into()),
    }
}

/// The moment at which it is to be published, where one was to be set.
fn moment_set(posted: &Posted<Desk>) -> Option<Result<DateTime<Utc>, AppError>> {
    if posted.text("when") != "later" {
        return None;
    }
    let local = parse_local(posted.text("at"));
    let at = local.and_then(|local| ZONE.from_local_datetime(&local).earliest());
    Some(at.map(|at| at.with_timezone(&Utc)).ok_or_else(|| {
        AppError::invalid(
            "at",
            "required",
            "Rien n'est prévu : choisissez la date et l'heure de la publication.",
            "Nothing is set: choose the date and the time of the publication.",
        )
    }))
}

/// POST /office/items/{entry}/unschedule: what was to be published later waits for a decision again.
///
/// # Errors
/// Those of the use case.
pub(in crate::web::office) async fn unschedule(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    open(desk, &uid).await?;
    let done = desk.app().unschedule(&desk.caller(), &uid).await;
    told(desk, &uid, done, "done-unscheduled")
}

/// POST /office/items/{entry}/take-back: what was submitted is a draft again.
///
/// # Errors
/// Those of the use case.
pub(in crate::web::office) async fn take_back(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    open(desk, &uid).await?;
    let done = desk.app().take_back(&desk.caller(), &uid).await;
    told(desk, &uid, done, "done-taken-back")
}

/// Back on the page of the item, with what was done or why it was not.
fn told(
    desk: &Desk,
    uid: &str,
    done: Result<EntryRow, AppError>,
    key: &str,
) -> Result<HttpResponse, WebError> {
    match done {
        Ok(_) => Ok(desk.done(&paths::entry(uid), desk.t.get(key))),
        Err(AppError::Conflict(message)) => {
            Ok(desk.go_and_say(&paths::entry(uid), NoticeKind::Problem, desk.t.say(&message), None))
        }
        Err(error) => Err(error.into()),
    }
}

/// The title of what was decided on.
fn title(opened: &Opened, transition: Transition) -> String {
    match opened.latest() {
        // What is withdrawn is what was published, whatever correction waited.
        Some(revision) if transition != Transition::Withdraw => revision.title.clone(),
        _ => opened.detail.view.item.title.clone(),
    }
}

/// The reason: a ready one that was chosen, and what was written beside it.
fn reason(posted: &Posted<Desk>) -> String {
    let parts = [posted.text("ready"), posted.text("reason")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What was done, in a sentence.
async fn done(
    desk: &Desk,
    opened: &Opened,
    entry: &EntryRow,
    transition: Transition,
) -> Result<String, WebError> {
    let t = desk.t;
    let title = title(opened, transition);
    let key = match (transition, entry.home) {
        (Transition::Publish, true) => {
            let service = entry.service_id;
            let followers = desk.reads().run(move |reads| reads.count_followers(service)).await?;
            let first = t.with("done-published", "title", title);
            let told = t.count("done-told", followers);
            return Ok(if followers > 0 { format!("{first} {told}") } else { first });
        }
        (Transition::Publish, false) => "done-published-received",
        (Transition::Decline, true) => "done-declined",
        (Transition::Decline, false) => "done-declined-received",
        (Transition::Withdraw, true) => "done-withdrawn",
        (_, _) => "done-withdrawn-received",
    };
    Ok(t.with(key, "title", title))
}
