//! GET /office: what the account has in hand.

use super::lines::{self, Lined};
use crate::i18n::When;
use crate::paths;
use crate::views::{Empty, Icon, ItemLine, Link, OfficeSection, WorkPage};
use crate::web::time::moment;
use crate::web::{Desk, WebError};
use actix_web::HttpResponse;
use maillage_app::talk::{AUTHOR, MODERATOR};
use maillage_domain::role::{Action, Role};
use maillage_domain::workflow::EntryState;
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, Reads};
use maillage_store::rows::ServiceRow;

/// Published items shown.
const PUBLISHED: i64 = 8;
/// Items in hand shown.
const IN_HAND: i64 = 200;

struct Found {
    writes_in: Vec<ServiceRow>,
    unfinished: Vec<Lined>,
    submitted: Vec<Lined>,
    published: Vec<Lined>,
    asked: Vec<Lined>,
    scheduled: Vec<Lined>,
}

/// GET /office
///
/// # Errors
/// Those of the database.
pub(super) async fn show(desk: Desk) -> Result<HttpResponse, WebError> {
    let account = desk.account_id();
    let services: Vec<i64> = desk.signed_in().scope.services.iter().copied().collect();
    let found = desk.reads().run(move |reads| find(reads, account, services)).await?;
    let t = desk.t;
    let lines = |lined: &[&Lined]| -> Vec<ItemLine> {
        lined.iter().map(|lined| lines::own_line(&desk, lined)).collect()
    };
    let (declined, drafts): (Vec<&Lined>, Vec<&Lined>) =
        found.unfinished.iter().partition(|lined| came_back(lined));
    let page = WorkPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Work, Vec::new()),
        name: desk.signed_in().account.display_name.clone(),
        create: create(&desk, &found.writes_in),
        declined: lines(&declined),
        drafts: lines(&drafts),
        asked: lines(&found.asked.iter().collect::<Vec<_>>()),
        scheduled: found.scheduled.iter().map(|lined| scheduled_line(&desk, lined)).collect(),
        submitted: lines(&found.submitted.iter().collect::<Vec<_>>()),
        published: lines(&found.published.iter().collect::<Vec<_>>()),
        empty: empty(&desk, &found.writes_in),
    };
    desk.page(&page)
}

fn find(reads: &mut Reads<'_>, account: i64, services: Vec<i64>) -> Result<Found, StoreError> {
    let mut writes_in = reads.services()?;
    writes_in.retain(|service| services.contains(&service.id));
    let mut allowed = Vec::new();
    for service in writes_in {
        if reads.role(account, service.id)?.is_some_and(|role: Role| role.allows(Action::Contribute)) {
            allowed.push(service);
        }
    }
    let mine = EntryQuery { home: Some(true), limit: IN_HAND, ..EntryQuery::default() };
    let unfinished = EntryQuery {
        items: Some(reads.unfinished_items()?),
        states: EntryState::ALL.iter().map(|state| state.as_str()).collect(),
        ..mine.clone()
    };
    let submitted = EntryQuery { author: Some(account), waiting: true, ..mine.clone() };
    let published = EntryQuery { author: Some(account), limit: PUBLISHED, ..mine };
    let (asked, scheduled) = (asked(reads, account)?, scheduled(reads)?);
    let mut listed = |query: &EntryQuery| -> Result<Vec<Lined>, StoreError> {
        let views = reads.entries(query)?;
        lines::of(reads, views)
    };
    Ok(Found {
        writes_in: allowed,
        asked,
        scheduled,
        unfinished: listed(&unfinished)?,
        submitted: listed(&submitted)?,
        published: listed(&published)?,
    })
}

/// Where the other side has said something that nobody has answered: moderators to whom has written the
/// item, and authors to who moderates the service.
fn asked(reads: &mut Reads<'_>, account: i64) -> Result<Vec<Lined>, StoreError> {
    let by_moderators: Vec<i64> = reads.open_comments(MODERATOR, None)?.into_keys().collect();
    let by_authors: Vec<i64> = reads.open_comments(AUTHOR, None)?.into_keys().collect();
    let mine = lines::by_key(reads, &[by_moderators.as_slice(), &by_authors].concat(), Some(account))?;
    let own: Vec<i64> = mine.iter().map(|lined| lined.view.entry.id).collect();
    let others: Vec<i64> = by_authors.into_iter().filter(|key| !own.contains(key)).collect();
    let mut found = lines::by_key(reads, &others, None)?;
    found.extend(mine.into_iter().filter(|lined| by_moderators.contains(&lined.view.entry.id)));
    Ok(found)
}

/// What is to be published later, the next first.
fn scheduled(reads: &mut Reads<'_>) -> Result<Vec<Lined>, StoreError> {
    let keys: Vec<i64> = reads.schedules()?.iter().map(|row| row.entry_id).collect();
    let mut lined = lines::by_key(reads, &keys, None)?;
    lined.sort_by_key(|lined| lined.view.publish_at);
    Ok(lined)
}

/// A line that says when it is to be published.
fn scheduled_line(desk: &Desk, lined: &Lined) -> ItemLine {
    let at = moment(lined.view.publish_at.unwrap_or_default());
    let at = When::full(at, super::ZONE, desk.t).text;
    ItemLine { remark: desk.t.with("schedule-stands", "at", at), ..lines::own_line(desk, lined) }
}

/// Whether a moderator has sent it back.
fn came_back(lined: &Lined) -> bool {
    lined.state() == EntryState::Declined || lined.correction() == Some(EntryState::Declined)
}

/// A way to write in each service, by what an item of it is called.
fn create(desk: &Desk, services: &[ServiceRow]) -> Vec<Link> {
    let t = desk.t;
    services
        .iter()
        .map(|service| {
            let kind = desk.app().registry().get(&service.type_slug);
            let what = kind.map_or_else(|| service.title.clone(), |kind| super::item_name_first(t, kind));
            let alone = services.iter().filter(|other| other.type_slug == service.type_slug).count() == 1;
            // Two services of one type are told apart by their titles.
            let label =
                if alone { what } else { t.with2("work-in", ("what", what), ("service", &service.title)) };
            Link::new(label, paths::office_service_step(&service.slug, "new"))
        })
        .collect()
}

fn empty(desk: &Desk, writes_in: &[ServiceRow]) -> Empty {
    let t = desk.t;
    let (title, text, action) = match (writes_in.is_empty(), desk.administers()) {
        (false, _) => ("work-nothing", "work-nothing-hint", None),
        (true, true) => {
            let make = Link::new(t.get("service-new"), paths::SERVICE_NEW);
            ("work-no-service-yet", "work-no-service-make", Some(make))
        }
        (true, false) => ("work-no-service", "services-none-ask", None),
    };
    Empty { icon: Icon("pencil"), title: t.get(title), text: t.get(text), action }
}
