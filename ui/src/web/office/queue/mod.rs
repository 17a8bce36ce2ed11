//! GET /office/queue: what waits for a decision, own and received in one list, one item open.

mod opened;
pub(super) mod several;

use super::keyset::Trail;
use super::lines::{self, Lined};
use super::standing::overseers_only;
use super::{PAGE, ZONE, address};
use crate::i18n::{Translator, When};
use crate::paths;
use crate::views::{Empty, Icon, OfficeSection, QueueLine, QueuePage, Tab};
use crate::web::time::moment;
use crate::web::{Desk, WebError};
use actix_web::{HttpResponse, web};
use maillage_app::talk::{AUTHOR, MODERATOR};
use maillage_domain::workflow::EntryState;
use maillage_store::StoreError;
use maillage_store::read::{Cursor, EntryQuery, Reads};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Waiting items are counted up to this.
const COUNTED: i64 = 999;
/// Milliseconds of a day.
const DAY: i64 = 24 * 3_600 * 1_000;

/// Parts of the queue.
const SHOWN: [(&str, &str); 5] = [
    ("", "queue-all"),
    ("own", "queue-own"),
    ("received", "queue-received"),
    ("corrections", "queue-corrections"),
    (SCHEDULED, "queue-scheduled"),
];
/// The part that waits for its moment, and for nobody.
const SCHEDULED: &str = "scheduled";

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::office) struct Asked {
    /// Part of the queue, one of [`SHOWN`].
    show: String,
    /// Public id of the entry to be opened.
    item: String,
    /// Where the page goes on.
    after: String,
}

impl Asked {
    fn address(&self, item: &str) -> String {
        address::with(paths::QUEUE, &[("show", &self.show), ("after", &self.after), ("item", item)])
    }
}

fn query(show: &str, services: &[i64]) -> EntryQuery {
    let (home, states) = match show {
        "own" => (Some(true), vec![EntryState::Submitted.as_str()]),
        "received" => (Some(false), Vec::new()),
        "corrections" => (Some(true), vec![EntryState::Published.as_str()]),
        _ => (None, Vec::new()),
    };
    EntryQuery { services: Some(services.to_vec()), waiting: true, home, states, ..EntryQuery::default() }
}

/// What is read for the list.
struct Listed {
    /// Entries whose author has been asked, and those whose author has said something.
    talk: [BTreeSet<i64>; 2],
    counts: Vec<i64>,
    lined: Vec<Lined>,
    more: bool,
}

/// GET /office/queue
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`].
pub(super) async fn show(desk: Desk, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    overseers_only(&desk)?;
    let asked = asked.into_inner();
    let trail = Trail::read(&asked.after);
    let services: Vec<i64> = desk.signed_in().scope.moderated.iter().copied().collect();
    let (part, after) = (asked.show.clone(), trail.after());
    let listed = desk.reads().run(move |reads| list(reads, &part, &services, after)).await?;
    let at = open_at(&listed, &asked);
    let item = match at {
        Some(at) => Some(opened::item(&desk, &listed.lined[at], next(&listed, &asked, &trail, at)).await?),
        None => None,
    };
    let t = desk.t;
    let last = listed.lined.last().filter(|_| listed.more).map(cursor);
    let page = QueuePage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Queue, Vec::new()),
        total: u64::try_from(listed.counts[0]).unwrap_or_default(),
        filters: tabs(&desk, &asked, &listed.counts),
        lines: listed
            .lined
            .iter()
            .enumerate()
            .map(|(i, lined)| QueueLine {
                talk: talk(t, &listed, lined.view.entry.id),
                ..line(&desk, &asked, lined, at == Some(i))
            })
            .collect(),
        chosen: !asked.item.is_empty() && item.is_some(),
        list_href: asked.address(""),
        several_href: address::with(paths::QUEUE_SEVERAL, &[("show", &asked.show)]),
        item,
        empty: empty(&desk, &asked),
        paging: trail.paging(t, last, |trail| {
            address::with(paths::QUEUE, &[("show", &asked.show), ("after", &trail.text())])
        }),
    };
    desk.page(&page)
}

fn list(
    reads: &mut Reads<'_>,
    show: &str,
    services: &[i64],
    after: Option<Cursor>,
) -> Result<Listed, StoreError> {
    let counted = |reads: &mut Reads<'_>, part: &str| match part {
        SCHEDULED => reads.count_schedules(services, COUNTED),
        _ => reads.count_entries(&query(part, services), COUNTED),
    };
    let counts = SHOWN.iter().map(|(part, _)| counted(reads, part)).collect::<Result<_, _>>()?;
    let mut lined = match show {
        SCHEDULED => scheduled(reads, services, after)?,
        _ => {
            let views = reads.entries(&EntryQuery { after, limit: PAGE + 1, ..query(show, services) })?;
            lines::of(reads, views)?
        }
    };
    let more = lined.len() > PAGE as usize;
    lined.truncate(PAGE as usize);
    let keys: Vec<i64> = lined.iter().map(|lined| lined.view.entry.id).collect();
    let mut open = |side| -> Result<BTreeSet<i64>, StoreError> {
        Ok(reads.open_comments(side, Some(&keys))?.into_keys().collect())
    };
    Ok(Listed { talk: [open(MODERATOR)?, open(AUTHOR)?], counts, lined, more })
}

/// A page, and one more, of what is to be published later, the next first.
fn scheduled(
    reads: &mut Reads<'_>,
    services: &[i64],
    after: Option<Cursor>,
) -> Result<Vec<Lined>, StoreError> {
    let rows = reads.schedules_in(Some(services), after, PAGE + 1)?;
    let keys: Vec<i64> = rows.iter().map(|row| row.entry_id).collect();
    let mut lined = lines::by_key(reads, &keys, None)?;
    lined.sort_by_key(|lined| (lined.view.publish_at, lined.view.entry.id));
    Ok(lined)
}

/// Which line is open: the one that was chosen while it waits, else the first.
fn open_at(listed: &Listed, asked: &Asked) -> Option<usize> {
    let chosen = listed.lined.iter().position(|lined| lined.view.entry.uid == asked.item);
    chosen.or_else(|| (!listed.lined.is_empty()).then_some(0))
}

fn cursor(lined: &Lined) -> Cursor {
    let entry = &lined.view.entry;
    // What waits for nobody has its moment.
    let sort = entry.queued_at.or(lined.view.publish_at).unwrap_or_default();
    Cursor { sort, id: entry.id }
}

/// The queue with the item behind an open one: the next of this page, or the first of the next page.
fn next(listed: &Listed, asked: &Asked, trail: &Trail, at: usize) -> Option<String> {
    match listed.lined.get(at + 1) {
        Some(next) => Some(asked.address(&next.view.entry.uid)),
        None if listed.more => {
            let trail = trail.then(cursor(&listed.lined[at])).text();
            Some(address::with(paths::QUEUE, &[("show", &asked.show), ("after", &trail)]))
        }
        None => None,
    }
}

fn tabs(desk: &Desk, asked: &Asked, counts: &[i64]) -> Vec<Tab> {
    SHOWN
        .iter()
        .zip(counts)
        .map(|((part, key), count)| Tab {
            label: desk.t.get(key),
            href: address::with(paths::QUEUE, &[("show", part)]),
            count: u64::try_from(*count).ok(),
            current: asked.show == *part,
        })
        .collect()
}

fn line(desk: &Desk, asked: &Asked, lined: &Lined, open: bool) -> QueueLine {
    let view = &lined.view;
    let queued = view.entry.queued_at.unwrap_or_default();
    let now = desk.app().now();
    // Promised by the day, as people count them.
    let day = |millis: i64| moment(millis).with_timezone(&ZONE).date_naive();
    let left = view
        .service
        .delay_days
        .filter(|_| view.entry.queued_at.is_some())
        .map(|days| (day(queued + days * DAY) - day(now.timestamp_millis())).num_days());
    let at = view.publish_at.filter(|_| view.entry.queued_at.is_none());
    let received = !view.entry.home;
    let source = match lined.correction() {
        _ if received => lines::source(desk, lined),
        Some(_) => desk.t.get("queue-correction"),
        None => desk.t.get("queue-new"),
    };
    let wrote = lined.latest.as_ref().and_then(|latest| latest.author.as_ref());
    let author = match wrote {
        _ if received => view.item.organisation_name.clone(),
        Some(author) => author.name.clone(),
        None => desk.t.get("source-imported"),
    };
    QueueLine {
        href: asked.address(&view.entry.uid),
        title: lines::title(lined),
        waiting: match at {
            Some(at) => When::full(moment(at), ZONE, desk.t),
            None => When::briefly(moment(queued), now, desk.t),
        },
        deadline: left.map(|left| deadline(desk.t, left)).unwrap_or_default(),
        late: left.is_some_and(|left| left < 0),
        source,
        received,
        author,
        service: view.service.title.clone(),
        talk: String::new(),
        open,
    }
}

/// Who has said something about an entry that waits for an answer.
fn talk(t: Translator, listed: &Listed, entry: i64) -> String {
    let [asked, said] = &listed.talk;
    match (said.contains(&entry), asked.contains(&entry)) {
        (true, _) => t.get("queue-author-said"),
        (false, true) => t.get("queue-author-asked"),
        (false, false) => String::new(),
    }
}

/// What is left of the time the charter promises, in days, in words.
fn deadline(t: Translator, left: i64) -> String {
    match left {
        ..0 => t.count("queue-late", -left),
        0 => t.get("queue-due-today"),
        _ => t.count("queue-due", left),
    }
}

fn empty(desk: &Desk, asked: &Asked) -> Empty {
    let t = desk.t;
    let moderates = !desk.signed_in().scope.moderated.is_empty();
    let (title, text) = match (moderates, asked.show.is_empty()) {
        (true, _) if asked.show == SCHEDULED => ("queue-none-scheduled", "queue-none-scheduled-hint"),
        (false, _) => ("queue-not-yours", "queue-not-yours-hint"),
        (true, true) => ("queue-empty", "queue-empty-hint"),
        (true, false) => ("queue-empty-so", "queue-empty-so-hint"),
    };
    Empty { icon: Icon("cup"), title: t.get(title), text: t.get(text), action: None }
}
