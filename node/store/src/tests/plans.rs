//! How SQLite answers the reads that every page, feed and worker makes, on 20,000 items: by an index,
//! never by going through a large table.

use super::outgoing::deliveries;
use crate::connection::{Access, DbConnection};
use crate::dialect;
use crate::error::StoreError;
use crate::read::{Cursor, EntryQuery, HostShare, ListOrder, Reads};
use crate::rows::{
    ActorRow, EntryRow, ItemAgeRow, ItemPlaceRow, ItemRow, ItemThemeRow, OrganisationRow, ServiceRow,
};
use crate::testing::TestDatabase;
use crate::write::Tx;
use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::Text;
use maillage_domain::search::kept;
use maillage_domain::site::ListFilter;
use maillage_domain::viewer::Viewer;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const ITEMS: i64 = 20_000;
const SERVICES: i64 = 12;
/// Tables of which there are thousands of rows on a large node.
const LARGE: [&str; 13] = [
    "comments",
    "schedules",
    "item_ages",
    "entries",
    "items",
    "item_searches",
    "item_themes",
    "item_places",
    "deliveries",
    "activities",
    "events",
    "arrivals",
    "received_activities",
];

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

pub(super) fn actor(number: i64) -> ActorRow {
    let uri = format!("https://mef58.example/a/{number}");
    ActorRow {
        id: 0,
        uid: format!("actor-{number}"),
        local: true,
        kind: "Service".into(),
        username: format!("service-{number}"),
        host: "mef58.example".into(),
        name: "Service".into(),
        summary: String::new(),
        url: None,
        inbox: format!("{uri}/inbox"),
        shared_inbox: None,
        outbox: None,
        followers: None,
        key_id: format!("{uri}#main-key"),
        public_key: String::new(),
        raw: None,
        gone: false,
        created_at: 0,
        fetched_at: 0,
        uri,
    }
}

pub(super) fn service(number: i64, organisation: i64, actor: i64) -> ServiceRow {
    ServiceRow {
        id: 0,
        uid: format!("service-{number}"),
        slug: format!("service-{number}"),
        type_slug: if number % 3 == 0 { "agenda" } else { "news" }.into(),
        title: format!("Service {number}"),
        visibility: "public".into(),
        organisation_id: organisation,
        actor_id: actor,
        purpose: String::new(),
        moderators: String::new(),
        delay_days: None,
        licence: String::new(),
        self_validation: false,
        created_at: 0,
        updated_at: 0,
    }
}

pub(super) fn item(number: i64, service: &ServiceRow) -> ItemRow {
    ItemRow {
        id: 0,
        uid: format!("item-{number}"),
        uri: format!("https://mef58.example/o/{number}"),
        url: String::new(),
        home_service_id: Some(service.id),
        origin_actor_id: service.actor_id,
        organisation_name: String::new(),
        type_slug: service.type_slug.clone(),
        visibility: "public".into(),
        title: format!("Fiche {number}"),
        title_folded: format!("fiche {number:06}"),
        summary: String::new(),
        content: String::new(),
        source_url: None,
        language: "fr".into(),
        licence: String::new(),
        timezone: "Europe/Paris".into(),
        fields: "{}".into(),
        starts_at: (service.type_slug == "agenda").then_some(number * 60_000),
        ends_at: (service.type_slug == "agenda").then_some(number * 60_000 + 1),
        dated: None,
        version: 1,
        content_hash: String::new(),
        published_at: Some(number * 60_000),
        updated_at: number * 60_000,
        created_at: number * 60_000,
        withdrawn_at: None,
    }
}

pub(super) fn entry(number: i64, item: &ItemRow, service: i64) -> EntryRow {
    // One in fifty waits for a moderator.
    let waits = number % 50 == 0;
    EntryRow {
        id: 0,
        uid: format!("entry-{number}"),
        service_id: service,
        item_id: item.id,
        home: true,
        state: if waits { "submitted" } else { "published" }.into(),
        queued_at: waits.then_some(number),
        subscription_id: None,
        decided_by: String::new(),
        reason: None,
        path: "[]".into(),
        announce_uri: None,
        sort_at: number * 60_000,
        created_at: 0,
        updated_at: 0,
    }
}

pub(super) fn links(item: i64, number: i64) -> (Vec<ItemThemeRow>, Vec<ItemPlaceRow>) {
    let theme = |theme: String, own| ItemThemeRow { id: 0, item_id: item, theme, own };
    let place =
        |place: String, own| ItemPlaceRow { id: 0, item_id: item, place, relation: "held".into(), own };
    (
        vec![theme(format!("theme-{}", number % 40), true), theme(format!("groupe-{}", number % 8), false)],
        vec![
            place(format!("commune:{:05}", 58_000 + number % 300), true),
            place(format!("departement:{}", 58 + number % 3), false),
            place("region:27".into(), false),
            place("pays:FR".into(), false),
        ],
    )
}

fn fill(conn: &mut DbConnection) -> Result<(), StoreError> {
    let mut tx = Tx::new(conn);
    let body = OrganisationRow {
        id: 0,
        uid: "body".into(),
        name: "MEF".into(),
        url: None,
        territory: None,
        created_at: 0,
    };
    let body = tx.insert_organisation(&body)?;
    let mut services = Vec::new();
    for number in 0..SERVICES {
        let actor = tx.insert_actor(&actor(number))?;
        let mut row = service(number, body, actor);
        row.id = tx.insert_service(&row)?;
        services.push(row);
    }
    let account = tx.insert_account(&super::life::account(body))?;
    let (mut themes, mut places) = (Vec::new(), Vec::new());
    for number in 0..ITEMS {
        let service = &services[usize::try_from(number % SERVICES).expect("index")];
        let mut item = item(number, service);
        item.id = tx.insert_item(&item)?;
        let key = tx.insert_entry(&entry(number, &item, service.id))?;
        if number % 10 == 1 {
            super::life::planned(&mut tx, key, number * 60_000, account)?;
        }
        tx.keep_words(
            item.id,
            &kept([item.title.as_str(), "Un texte commun", &format!("groupe{}", number % 400)]),
        )?;
        let hidden_at = (number % 7 == 0).then_some(number);
        tx.save_age(&ItemAgeRow { due_at: Some(number * 60_000), hidden_at, ..ItemAgeRow::new(item.id, 0) })?;
        let (more_themes, more_places) = links(item.id, number);
        themes.extend(more_themes);
        places.extend(more_places);
    }
    dialect::insert_item_themes(tx.conn, themes)?;
    dialect::insert_item_places(tx.conn, places)?;
    deliveries(&mut tx)
}

pub(super) struct Watched {
    pub(super) conn: DbConnection,
    seen: Arc<Mutex<Vec<String>>>,
    pub(super) slow: Vec<String>,
}

impl Watched {
    /// Makes a read, and keeps what of its plans goes through a large table and what takes long.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Reads<'_>) -> Result<T, StoreError>,
    ) -> T {
        self.read_as(name, &Viewer::Anonymous, read)
    }

    fn read_as<T>(
        &mut self,
        name: &str,
        viewer: &Viewer,
        read: impl FnOnce(&mut Reads<'_>) -> Result<T, StoreError>,
    ) -> T {
        self.run(name, |conn| read(&mut Reads::new(conn, viewer)))
    }

    fn run<T>(&mut self, name: &str, job: impl FnOnce(&mut DbConnection) -> Result<T, StoreError>) -> T {
        self.seen.lock().expect("lock").clear();
        let begun = Instant::now();
        let answer = job(&mut self.conn).unwrap_or_else(|error| panic!("{name}: {error}"));
        let took = begun.elapsed();
        let queries = std::mem::take(&mut *self.seen.lock().expect("lock"));
        assert!(queries.len() < 30, "{name} asks {} times", queries.len());
        if took > Duration::from_millis(400) {
            self.slow.push(format!("{name} takes {took:?}"));
        }
        for query in queries {
            let sql = query.split(" -- binds").next().unwrap_or_default().to_owned();
            if !sql.starts_with("SELECT") {
                continue;
            }
            // What holds of nearly every row is found at once by going through them up to the limit.
            let narrowed = ["ORDER BY", "item_themes", "item_places"].iter().any(|part| sql.contains(part));
            if sql.ends_with("LIMIT ?") && !narrowed && name.starts_with("facets") {
                continue;
            }
            let plan: Vec<Step> =
                diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(&mut self.conn).expect("plan");
            for step in plan {
                // A covering index gone through in its order is how a group is counted.
                let through = step.detail.strip_prefix("SCAN ").filter(|rest| !rest.contains("USING"));
                let table = through.and_then(|rest| LARGE.iter().find(|table| rest.starts_with(**table)));
                if let Some(table) = table {
                    self.slow.push(format!("{name} goes through {table}: {sql}"));
                }
            }
        }
        answer
    }
}

fn lists(watched: &mut Watched) {
    let everything = EntryQuery::default();
    let newest = watched.read("main list", |reads| reads.entries(&everything));
    assert_eq!(newest.len(), 50);
    let last = newest.last().expect("entry");
    let deep = EntryQuery { after: Some(Cursor { sort: 6_000_000, id: 100 }), ..EntryQuery::default() };
    assert_eq!(watched.read("deep page", |reads| reads.entries(&deep)).len(), 50);
    let next = Cursor { sort: last.entry.sort_at, id: last.entry.id };
    let second = EntryQuery { after: Some(next), ..EntryQuery::default() };
    assert!(watched.read("second page", |reads| reads.entries(&second))[0].entry.sort_at < next.sort);
    for (name, themes, places) in [
        ("by theme", vec!["theme-7".to_owned()], vec![]),
        ("by place", vec![], vec!["departement:58".parse().expect("place")]),
        ("by commune", vec![], vec!["commune:58194".parse().expect("place")]),
        ("by both", vec!["groupe-1".to_owned()], vec!["departement:59".parse().expect("place")]),
    ] {
        let chosen = ListFilter { themes, places, types: vec![] };
        let query = EntryQuery { chosen, ..EntryQuery::default() };
        assert!(!watched.read(name, |reads| reads.entries(&query)).is_empty(), "{name}");
        watched.read(&format!("facets {name}"), |reads| reads.facets(&query));
        watched.read(&format!("count {name}"), |reads| reads.count_entries(&query, 1_000));
    }
    for (name, words) in [
        ("frequent", "textes communs"),
        ("rare", "groupe7"),
        ("begun", "commu"),
        ("phrase", "\"texte commun\""),
    ] {
        let query = EntryQuery { words: words.into(), ..EntryQuery::default() };
        assert!(!watched.read(&format!("{name} words"), |reads| reads.entries(&query)).is_empty(), "{name}");
        watched.read(&format!("facets of {name} words"), |reads| reads.facets(&query));
        watched.read(&format!("count of {name} words"), |reads| reads.count_entries(&query, 1_000));
    }
    watched.read("facets", |reads| reads.facets(&everything));
    let from = 10_000 * 60_000;
    let within = ListOrder::Within { from, to: from + 90_000_000 };
    for order in [ListOrder::Upcoming { from }, ListOrder::Deadline { from }, ListOrder::Title, within] {
        let query = EntryQuery { services: Some(vec![1]), order, ..EntryQuery::default() };
        assert!(!watched.read(&format!("{order:?}"), |reads| reads.entries(&query)).is_empty());
    }
    let feed = EntryQuery { services: Some(vec![3]), limit: 40, ..EntryQuery::default() };
    assert_eq!(watched.read("feed of a service", |reads| reads.entries(&feed)).len(), 40);
    assert_eq!(watched.read("outbox", |reads| reads.outbox(3, None, 40)).len(), 40);
    assert!(watched.read("outbox count", |reads| reads.count_outbox(3)) > 1_000);
    let uri = "https://mef58.example/o/4711";
    assert_eq!(watched.read("object", |reads| reads.item_by_uri(uri)).item.uri, uri);
}

fn desk(watched: &mut Watched) {
    let queue = EntryQuery { waiting: true, ..EntryQuery::default() };
    let waiting = watched.read_as("queue", &Viewer::System, |reads| reads.entries(&queue));
    assert_eq!(waiting.len(), 50);
    watched.read_as("queue count", &Viewer::System, |reads| reads.count_entries(&queue, 1_000));
    let uid = waiting[0].entry.uid.clone();
    watched.read_as("entry", &Viewer::System, |reads| reads.entry(&uid));
    let planned = watched.read_as("schedules", &Viewer::System, |reads| reads.schedules());
    assert!(planned.len() > 100);
    let keys: Vec<i64> = planned.iter().take(40).map(|row| row.entry_id).collect();
    watched.read_as("schedules of a service", &Viewer::System, |reads| reads.count_schedules(&[3], 999));
    let asked = watched.read_as("comments", &Viewer::System, |reads| reads.open_comments("author", None));
    assert!(asked.len() > 100);
    let of_page = |reads: &mut Reads<'_>| reads.open_comments("author", Some(&keys));
    assert_eq!(watched.read_as("comments of a page", &Viewer::System, of_page).len(), 40);
    watched.read_as("thread", &Viewer::System, |reads| reads.comments(keys[0]));
    watched.run("due", |conn| Tx::new(conn).due_schedules(60_000, 50));
    watched.read_as("events", &Viewer::System, |reads| reads.pending_events(50));
    let ready =
        watched.read_as("ready", &Viewer::System, |reads| reads.ready_inboxes(1, HostShare::default(), 100));
    let claimed = watched.run("claim", |conn| Tx::new(conn).claim_deliveries(1, 2, &ready, 200));
    assert_eq!(claimed.len(), 200);
    assert!(claimed.iter().all(|row| row.state == "due"), "parked ones wait");
    let aged = watched.run("ageing", |conn| Tx::new(conn).aged_items(50 * 60_000, 20));
    assert_eq!(aged.len(), 20);
    watched.run("one type", |conn| Tx::new(conn).items_of_type("agenda", 5_000, 50));
    let title = "fiche 000004";
    watched.read("items by title", |reads| reads.items_titled("news", title, 20));
    watched.read("items by a word", |reads| reads.items_beginning("news", title, 20));
    watched.read("items by id", |reads| reads.items_named(&["https://mef58.example/o/1".to_owned()]));
    let front = EntryQuery { front_only: true, services: Some(vec![3]), ..EntryQuery::default() };
    assert!(!watched.read("front", |reads| reads.entries(&front)).is_empty());
    watched
        .run("received", |conn| Tx::new(conn).note_received("https://a.example/x", "https://a.example/a", 0));
}

/// A large node whose reads are watched.
pub(super) fn watched(db: &TestDatabase) -> Watched {
    let mut conn = DbConnection::open(&db.location(), Access::Write).expect("opens");
    conn.begin(Access::Write).expect("begins");
    fill(&mut conn).expect("filled");
    conn.commit().expect("committed");
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&seen);
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            noted.lock().expect("lock").push(query.to_string());
        }
    });
    Watched { conn, seen, slow: Vec::new() }
}

#[test]
fn no_read_of_every_day_goes_through_a_large_table() {
    let db = TestDatabase::sqlite();
    let mut watched = watched(&db);
    // Without what the planner learns of the tables, and with it.
    for statistics in ["SELECT 1", "ANALYZE"] {
        watched.conn.batch_execute(statistics).expect("statistics");
        lists(&mut watched);
        desk(&mut watched);
        watched.conn.batch_execute("UPDATE deliveries SET claimed_until = NULL").expect("released");
    }
    assert!(watched.slow.is_empty(), "{}", watched.slow.join("\n"));
}
