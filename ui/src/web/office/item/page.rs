//! GET /office/items/{entry}: an item in the back office.

use super::decisions::decisions;
use super::{Opened, beside, fields_of, kind, open, talk};
use crate::i18n::{Locale, When};
use crate::paths;
use crate::views::{Badge, DiffView, EntryPage, HistoryLine, HistoryView, Link, OfficeSection};
use crate::web::office::content;
use crate::web::office::known::Known;
use crate::web::office::lines::ago;
use crate::web::office::origin;
use crate::web::time::moment;
use crate::web::{Desk, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_domain::message::Message;
use maillage_domain::service_type::ServiceType;
use maillage_domain::workflow::EntryState;
use maillage_store::rows::{DecisionRow, RevisionRow};
use std::collections::BTreeMap;

/// What was sent and not taken, with what is wrong and what was typed.
pub(super) enum Again {
    /// Nothing was.
    No,
    /// A decision, with where to go afterwards.
    Decision { problem: String, typed: String, back: String },
    /// Something said about the item.
    Talk { problem: String, typed: String },
}

/// GET /office/items/{entry}
///
/// # Errors
/// [`maillage_app::AppError::NotFound`], [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn show(
    desk: Desk,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let opened = open(&desk, &uid).await?;
    shown(&desk, &opened, StatusCode::OK, Again::No).await
}

/// The page, after a decision that was not taken where there is one.
///
/// # Errors
/// Those of the database.
pub(super) async fn shown(
    desk: &Desk,
    opened: &Opened,
    status: StatusCode,
    again: Again,
) -> Result<HttpResponse, WebError> {
    let kind = kind(desk, &opened.detail.view.item.type_slug)?;
    let beside = beside::read(desk, opened, kind).await?;
    let view = &opened.detail.view;
    let service = Link::new(&view.service.title, paths::office_service(&view.service.slug));
    let fields = opened.fields();
    let (corrected, told) = content::tell(kind, &fields, &opened.frame(), &beside.known);
    // A correction that waits has not changed what is published.
    let title = if opened.is_correction() { view.item.title.clone() } else { corrected };
    let mut decisions = decisions(desk, opened, kind, &paths::entry(&view.entry.uid));
    let mut talk = talk::view(desk, opened);
    match again {
        Again::No => {}
        Again::Decision { problem, typed, back } => {
            (decisions.problem, decisions.typed, decisions.back) = (problem, typed, back);
        }
        Again::Talk { problem, typed } => (talk.problem, talk.typed) = (problem, typed),
    }
    let public = opened.state() == EntryState::Published && view.item.visibility == "public";
    let t = desk.t;
    let page = EntryPage {
        t,
        shell: desk.shell(),
        office: desk
            .frame(OfficeSection::Services, vec![Link::new(t.get("nav-services"), paths::SERVICES), service]),
        title,
        kind: t.say(&kind.label()),
        badge: Badge { t, state: opened.state() },
        told,
        origin: beside.origin,
        original: origin::original(desk, view),
        held_because: beside.because,
        decisions,
        diff: opened.is_correction().then(|| differences(kind, opened, &beside.known)),
        aged: aged(desk, opened),
        confirm: (opened.state() == EntryState::Published && opened.may_edit(desk.account_id()))
            .then(|| paths::entry_step(&view.entry.uid, "confirm")),
        csrf: desk.csrf.clone(),
        public_href: public.then(|| public_page(desk, opened)),
        talk,
        history: history(desk, opened, &beside.names),
        versions: (opened.detail.revisions.len() > 1)
            .then(|| paths::entry_step(&view.entry.uid, "revisions")),
    };
    desk.page_with(status, &page)
}

/// What a correction changes of what is published.
pub(in crate::web::office) fn differences(kind: &ServiceType, opened: &Opened, known: &Known) -> DiffView {
    content::differences(kind, &fields_of(&opened.detail.view.item.fields), &opened.fields(), known)
}

/// What the passing of time has made of the item, in words.
fn aged(desk: &Desk, opened: &Opened) -> Vec<String> {
    let Some(age) = &opened.detail.view.age else { return Vec::new() };
    let marks = [
        (age.archived_at, "age-archived"),
        (age.check_at, "age-to-check"),
        (age.reminded_at.filter(|_| age.check_at.is_none()), "age-reminded"),
        (age.hidden_at, "age-hidden"),
        (age.erased_at, "age-erased"),
    ];
    let since = |at: i64| {
        maillage_domain::french::date(
            moment(at).with_timezone(&crate::web::office::ZONE).date_naive(),
            desk.t.locale,
        )
    };
    marks.into_iter().filter_map(|(at, key)| Some(desk.t.with(key, "day", since(at?)))).collect()
}

/// The path of the item's public page on this node.
fn public_page(desk: &Desk, opened: &Opened) -> String {
    let item = &opened.detail.view.item;
    if opened.detail.view.entry.home && desk.app().addresses().is_own(&item.url) {
        return item.url.clone();
    }
    desk.app().addresses().item_page(&item.uid, &item.title)
}

/// Revisions and decisions as one story, last first.
fn history(desk: &Desk, opened: &Opened, names: &BTreeMap<i64, String>) -> HistoryView {
    let name = |id: Option<i64>| match id {
        Some(id) => names.get(&id).cloned().unwrap_or_default(),
        None => desk.t.get("the-node"),
    };
    let mut steps: Vec<(i64, HistoryLine)> = Vec::new();
    for decision in &opened.detail.decisions {
        steps.push((decision.at, decided(desk, decision, name(decision.account_id))));
    }
    for revision in &opened.detail.revisions {
        steps.push((revision.created_at, written(desk, opened, revision, name(revision.author_id))));
    }
    if !opened.detail.view.entry.home {
        let entry = &opened.detail.view.entry;
        let what = desk.t.get("history-received");
        let who = opened.detail.view.origin.host.clone();
        steps.push((entry.created_at, HistoryLine { what, who, ..line(desk, entry.created_at) }));
    }
    // A stable order: what was decided stands above what was written in the same moment.
    steps.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    HistoryView { t: desk.t, lines: steps.into_iter().map(|(_, line)| line).collect() }
}

fn line(desk: &Desk, at: i64) -> HistoryLine {
    HistoryLine {
        what: String::new(),
        who: String::new(),
        when: if at > 0 { ago(desk, at) } else { When::full(moment(at), crate::web::office::ZONE, desk.t) },
        reason: String::new(),
        revision: None,
    }
}

fn decided(desk: &Desk, decision: &DecisionRow, who: String) -> HistoryLine {
    let detail: serde_json::Value = serde_json::from_str(&decision.detail).unwrap_or_default();
    let reason = detail.get("reason").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let why: Option<Message> = detail.get("why").and_then(|why| serde_json::from_value(why.clone()).ok());
    let reason = why.map_or(reason, |why| desk.t.say(&why));
    let what = desk.t.get(match decision.action.as_str() {
        "submit" => "history-submitted",
        "publish" => "history-published",
        "decline" => "history-declined",
        "withdraw" => "history-withdrawn",
        "expire" => "history-expired",
        "import" => "history-imported",
        "schedule" => "history-scheduled",
        "unschedule" => "history-unscheduled",
        "restore" => "history-restored",
        "take_back" => "history-taken-back",
        "confirm" => "history-confirmed",
        "remind" => "history-reminded",
        "check" => "history-to-check",
        "hide" => "history-hidden",
        "archive" => "history-archived",
        "erase" => "history-erased",
        _ => "history-decided",
    });
    let at = detail.get("at").and_then(serde_json::Value::as_i64);
    let set = at.map(|at| {
        let at = When::full(moment(at), crate::web::office::ZONE, desk.t).text;
        desk.t.with("history-set-for", "at", at)
    });
    let ticked = detail.get("ticked").and_then(serde_json::Value::as_array).map(|points| {
        let language = if desk.t.locale == Locale::Fr { "fr" } else { "en" };
        let points = points.iter().filter_map(|point| point.get(language)?.as_str());
        desk.t.with("history-ticked", "points", points.collect::<Vec<_>>().join(" · "))
    });
    let version = detail.get("version").and_then(serde_json::Value::as_i64);
    let restored = version.map(|number| desk.t.with("history-restored-which", "number", number));
    let parts = [Some(reason).filter(|reason| !reason.is_empty()), set, ticked, restored];
    let reason = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    HistoryLine { what, who, reason, ..line(desk, decision.at) }
}

fn written(desk: &Desk, opened: &Opened, revision: &RevisionRow, who: String) -> HistoryLine {
    let t = desk.t;
    let uid = &opened.detail.view.entry.uid;
    let link = Link::new(
        t.with("history-version", "number", revision.number),
        paths::entry_step(uid, &format!("revisions/{}", revision.number)),
    );
    HistoryLine {
        what: t.get(if revision.number == 1 { "history-created" } else { "history-corrected" }),
        who,
        revision: Some(link),
        ..line(desk, revision.created_at)
    }
}
