//! Items in lists of the back office, one line each.

use crate::i18n::When;
use crate::paths;
use crate::views::{Badge, ItemLine};
use crate::web::Desk;
use crate::web::time::moment;
use maillage_domain::workflow::EntryState;
use maillage_store::StoreError;
use maillage_store::read::{Cursor, EntryQuery, EntryView, LatestRevision, Reads};

/// Entries looked up by their keys, at most.
const MOST: i64 = 200;

/// An entry with what was written last of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lined {
    /// The entry.
    pub view: EntryView,
    /// The latest revision of an own item.
    pub latest: Option<LatestRevision>,
}

impl Lined {
    /// Where a list goes on after this one.
    pub fn cursor(&self) -> Cursor {
        Cursor { sort: self.view.entry.sort_at, id: self.view.entry.id }
    }

    /// The state of the entry.
    pub fn state(&self) -> EntryState {
        self.view.entry.state.parse().unwrap_or(EntryState::Draft)
    }

    /// Whether a correction of what is published is under way, and where it stands.
    pub fn correction(&self) -> Option<EntryState> {
        let written: EntryState = self.latest.as_ref()?.revision.state.parse().ok()?;
        (self.state() == EntryState::Published && written != EntryState::Published).then_some(written)
    }
}

/// Entries with what was written last of each.
///
/// # Errors
/// Those of the database.
pub(super) fn of(reads: &mut Reads<'_>, views: Vec<EntryView>) -> Result<Vec<Lined>, StoreError> {
    let own: Vec<i64> = views.iter().filter(|view| view.entry.home).map(|view| view.item.id).collect();
    let mut latest = reads.latest_revisions(&own)?;
    Ok(views
        .into_iter()
        .map(|view| Lined { latest: latest.remove(&view.item.id).filter(|_| view.entry.home), view })
        .collect())
}

/// Entries by their keys, whatever their state.
///
/// # Errors
/// Those of the database.
pub(super) fn by_key(
    reads: &mut Reads<'_>,
    keys: &[i64],
    author: Option<i64>,
) -> Result<Vec<Lined>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let items = Some(reads.items_of_entries(keys)?);
    let states = EntryState::ALL.iter().map(|state| state.as_str()).collect();
    let views = reads.entries(&EntryQuery { items, states, author, limit: MOST, ..EntryQuery::default() })?;
    let mut lined = of(reads, views)?;
    lined.retain(|lined| keys.contains(&lined.view.entry.id));
    Ok(lined)
}

/// How long ago a moment of the store is.
pub(super) fn ago(desk: &Desk, millis: i64) -> When {
    When::ago(moment(millis), desk.app().now(), super::ZONE, desk.t)
}

/// One line of a service's own list: its state, and who wrote it.
pub(super) fn line(desk: &Desk, lined: &Lined) -> ItemLine {
    let view = &lined.view;
    ItemLine {
        t: desk.t,
        href: paths::entry(&view.entry.uid),
        title: title(lined),
        badge: Some(Badge { t: desk.t, state: lined.state() }),
        service: String::new(),
        source: source(desk, lined),
        changed: ago(desk, view.entry.updated_at),
        remark: remark(desk, lined),
    }
}

/// One line of one's own work: which service it is for. The list says the state.
pub(super) fn own_line(desk: &Desk, lined: &Lined) -> ItemLine {
    ItemLine {
        badge: None,
        service: lined.view.service.title.clone(),
        source: String::new(),
        ..line(desk, lined)
    }
}

/// The title as it was written last.
pub(super) fn title(lined: &Lined) -> String {
    let written = lined.latest.as_ref().map(|latest| latest.revision.title.clone());
    written.unwrap_or_else(|| lined.view.item.title.clone())
}

/// Who wrote an item, or where it came from.
pub(super) fn source(desk: &Desk, lined: &Lined) -> String {
    let view = &lined.view;
    if !view.entry.home {
        let origin = &view.origin;
        return match (origin.local, view.item.organisation_name.as_str()) {
            (false, _) => desk.t.with("source-received", "node", &origin.host),
            (true, "") => origin.name.clone(),
            (true, publisher) => publisher.to_owned(),
        };
    }
    match lined.latest.as_ref().and_then(|latest| latest.author.as_ref()) {
        Some(author) => format!("{}, {}", author.name, author.organisation),
        None => desk.t.get("source-imported"),
    }
}

fn remark(desk: &Desk, lined: &Lined) -> String {
    let (t, entry) = (desk.t, &lined.view.entry);
    let reason = entry.reason.as_deref().unwrap_or_default();
    match (lined.state(), lined.correction()) {
        (EntryState::Declined | EntryState::Withdrawn, _) => reason.to_owned(),
        (_, Some(EntryState::Submitted)) => t.get("correction-waits"),
        (_, Some(EntryState::Draft)) => t.get("correction-draft"),
        (_, Some(EntryState::Declined)) => t.with("correction-declined", "reason", reason),
        _ => String::new(),
    }
}
