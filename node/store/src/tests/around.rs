//! Lists of what takes place between two days, and of what is held around a commune: the same as if each item
//! were looked at, and by an index.

use super::narrowing::{ITEMS, asked, expected, filled, page};
use super::plans::watched;
use crate::error::StoreError;
use crate::read::{During, EntryQuery, ListOrder, Near};
use crate::rows::{ItemRow, PlaceRow};
use crate::testing::{TestDatabase, on_both_databases};
use crate::write::Tx;
use diesel::connection::SimpleConnection;

const MINUTE: i64 = 60_000;

fn during(from: i64, to: i64) -> EntryQuery {
    let during = Some(During { from: from * MINUTE, to: to * MINUTE });
    EntryQuery { during, limit: 500, ..asked("", &[], &[]) }
}

fn near(km: u16) -> EntryQuery {
    let near = Some(Near { place: "commune:58000".into(), km });
    EntryQuery { near, limit: 500, ..asked("", &[], &[]) }
}

/// Communes on a line from south to north, each 1.11 km from the next.
fn communes() -> Vec<PlaceRow> {
    let commune = |number: i32| PlaceRow {
        id: 0,
        code: format!("commune:{}", 58_000 + number),
        kind: "commune".into(),
        name: format!("Commune {number}"),
        folded: format!("commune {number}"),
        ancestors: "departement:58 region:27 pays:FR".into(),
        latitude: Some(47.0 + 0.01 * f64::from(number)),
        longitude: Some(3.1),
        population: None,
        successor: None,
    };
    let mut all: Vec<PlaceRow> = (0..300).map(commune).collect();
    // The middle of an area is no commune, and what has no coordinates is nowhere.
    all.push(PlaceRow { code: "departement:58".into(), kind: "department".into(), ..commune(0) });
    all.push(PlaceRow { code: "commune:57999".into(), latitude: None, longitude: None, ..commune(0) });
    all
}

fn change(tx: &mut Tx<'_>, number: i64, to: impl Fn(&mut ItemRow)) -> Result<(), StoreError> {
    let uri = format!("https://mef58.example/o/{number}");
    let mut row = tx.item_by_uri(&uri)?.ok_or(StoreError::NotFound)?;
    to(&mut row);
    tx.save_item(&row)
}

on_both_databases!(
    async fn days_hold_what_takes_place_or_was_published_in_them(db) {
        let (reader, writer) = filled(&db.location()).await;
        let at = |number: i64| number * 1_009 % ITEMS;
        for (from, to) in [(500, 900), (0, 2_400), (2_590, 2_600), (700, 700)] {
            let meets = expected(|number| (from..to).contains(&at(number)));
            let many = i64::try_from(meets.len()).expect("number");
            let (found, capped, whole, _) = page(&reader, during(from, to)).await;
            assert_eq!(found, meets.iter().take(500).copied().collect::<Vec<_>>(), "{from} {to}");
            assert_eq!((capped, whole), (many.min(1_001), many), "{from} {to}");
        }
        // Together with a theme and with words.
        let both = EntryQuery { during: during(500, 900).during, limit: 500, ..asked("commun", &["groupe-2"], &[]) };
        let meets = expected(|number| (500..900).contains(&at(number)) && number % 8 == 2);
        assert_eq!(page(&reader, both).await.0, meets);
        // What goes on over the days is there, and what is over or has a later deadline is not.
        writer
            .run(|tx| -> Result<(), StoreError> {
                let span = |from: Option<i64>, to: i64| move |row: &mut ItemRow| {
                    (row.starts_at, row.ends_at) = (from.map(|at| at * MINUTE), Some(to * MINUTE));
                };
                change(tx, 2, span(Some(9_000), 9_900))?;
                change(tx, 4, span(Some(9_000), 9_400))?;
                change(tx, 8, span(None, 9_550))?;
                change(tx, 10, span(None, 9_650))
            })
            .await
            .expect("changed");
        let (mut found, ..) = page(&reader, during(9_500, 9_600)).await;
        found.sort_unstable();
        assert_eq!(found, [2, 8]);
        let within = ListOrder::Within { from: 9_500 * MINUTE, to: 9_600 * MINUTE };
        assert_eq!(page(&reader, EntryQuery { order: within, ..asked("", &[], &[]) }).await.0, [2]);
    }
);

on_both_databases!(
    async fn what_is_held_around_a_commune_is_found_by_distance(db) {
        let (reader, writer) = filled(&db.location()).await;
        writer
            .run(|tx| -> Result<(), StoreError> {
                tx.replace_places(communes(), Vec::new())?;
                // Open to the people of that commune, and held elsewhere.
                let far = tx.item_by_uri("https://mef58.example/o/200")?.ok_or(StoreError::NotFound)?;
                let places = [("commune:58200".to_owned(), "held", true), ("commune:58001".to_owned(), "eligible", true)];
                tx.set_item_places(far.id, &places)
            })
            .await
            .expect("places");
        for (km, communes) in [(1, 0), (10, 8), (100, 89)] {
            let meets = expected(|number| number % 300 <= communes && number != 200);
            let many = i64::try_from(meets.len()).expect("number");
            let (found, _, whole, _) = page(&reader, near(km)).await;
            assert_eq!(found, meets.into_iter().take(500).collect::<Vec<_>>(), "{km} km");
            assert_eq!(whole, many, "{km} km");
        }
        for nowhere in ["commune:57999", "commune:99999", "x"] {
            let query = EntryQuery { near: Some(Near { place: nowhere.into(), km: 50 }), ..asked("", &[], &[]) };
            assert_eq!(page(&reader, query).await.0, Vec::<i64>::new(), "{nowhere}");
        }
    }
);

#[test]
fn days_and_distances_go_through_no_large_table() {
    let db = TestDatabase::sqlite();
    let mut watched = watched(&db);
    Tx::new(&mut watched.conn).replace_places(communes(), Vec::new()).expect("places");
    for statistics in ["SELECT 1", "ANALYZE"] {
        watched.conn.batch_execute(statistics).expect("statistics");
        for (name, query) in [
            ("a day", during(10_000, 10_100)),
            ("most days", during(0, 19_000)),
            ("10 km", near(10)),
            ("100 km", near(100)),
        ] {
            assert!(!watched.read(name, |reads| reads.entries(&query)).is_empty(), "{name}");
            watched.read(&format!("count {name}"), |reads| reads.count_entries(&query, 1_000));
            watched.read(&format!("facets {name}"), |reads| reads.facets(&query));
        }
        let month = ListOrder::Within { from: 10_000 * MINUTE, to: 12_000 * MINUTE };
        let month = EntryQuery { order: month, limit: 500, ..EntryQuery::default() };
        assert_eq!(watched.read("month of everything", |reads| reads.entries(&month)).len(), 500);
        assert!(watched.read("sitemap", |reads| reads.sitemap_items(0..5_000, 5_000)).len() > 4_000);
        assert!(watched.read("sitemap's end", |reads| reads.highest_item()) >= 20_000);
    }
    assert!(watched.slow.is_empty(), "{}", watched.slow.join("\n"));
}
