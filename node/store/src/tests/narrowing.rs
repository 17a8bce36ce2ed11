//! Lists that are narrowed by what very many items meet hold the same as if each item were looked at.

use super::plans::{actor, entry, item, links, service};
use crate::error::StoreError;
use crate::location::Location;
use crate::read::{Cursor, EntryQuery, ListOrder};
use crate::rows::{ItemRow, OrganisationRow, ServiceRow};
use crate::testing::on_both_databases;
use crate::{Limits, Reader, Store, Tx, Writer};
use maillage_domain::search::kept;
use maillage_domain::site::ListFilter;
use maillage_domain::viewer::Viewer;

/// More than are taken for very many, and more than that of the public ones alone would be.
pub(super) const ITEMS: i64 = 2_600;

/// Every second item is of a private service, and all of them say the same.
fn fill(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let body = OrganisationRow {
        id: 0,
        uid: "body".into(),
        name: "MEF".into(),
        url: None,
        territory: None,
        created_at: 0,
    };
    let body = tx.insert_organisation(&body)?;
    let mut services: Vec<ServiceRow> = Vec::new();
    for (number, visibility) in [(0, "public"), (1, "private")] {
        let actor = tx.insert_actor(&actor(number))?;
        let mut row = ServiceRow { visibility: visibility.into(), ..service(number, body, actor) };
        row.id = tx.insert_service(&row)?;
        services.push(row);
    }
    for number in 1..=ITEMS {
        let service = &services[usize::try_from(number % 2).expect("index")];
        // The order of publication is not that of the keys.
        let published = (number * 1_009 % ITEMS) * 60_000;
        let row = ItemRow {
            visibility: service.visibility.clone(),
            starts_at: (number % 3 > 0).then_some(published),
            ends_at: None,
            ..item(number, service)
        };
        let id = tx.insert_item(&row)?;
        let mut entry = entry(number, &ItemRow { id, ..row.clone() }, service.id);
        (entry.sort_at, entry.state, entry.queued_at) = (published, "published".into(), None);
        tx.insert_entry(&entry)?;
        let (themes, places) = links(id, number);
        let themes: Vec<_> = themes.into_iter().map(|row| (row.theme, row.own)).collect();
        tx.set_item_themes(id, &themes)?;
        let places: Vec<_> = places.into_iter().map(|row| (row.place, "held", row.own)).collect();
        tx.set_item_places(id, &places)?;
        let rare = if number == 1_300 || number == 1_301 { "unique" } else { "" };
        tx.keep_words(id, &kept([row.title.as_str(), "Des mots communs", rare]))?;
    }
    Ok(())
}

pub(super) async fn filled(location: &Location) -> (Reader, Writer) {
    let (reader, _system, writer) = Store::open(location, &Limits::default()).expect("opens");
    writer.run(fill).await.expect("filled");
    (reader, writer)
}

/// Numbers of the public items that meet this, latest published first.
pub(super) fn expected(meets: impl Fn(i64) -> bool) -> Vec<i64> {
    let mut numbers: Vec<i64> = (1..=ITEMS).filter(|number| number % 2 == 0 && meets(*number)).collect();
    numbers.sort_by_key(|number| (-(number * 1_009 % ITEMS), -number));
    numbers
}

pub(super) async fn page(reader: &Reader, query: EntryQuery) -> (Vec<i64>, i64, i64, bool) {
    let read = reader.viewed_by(Viewer::Anonymous).run(move |reads| {
        let views = reads.entries(&query)?;
        let (capped, whole) = (reads.count_entries(&query, 1_000)?, reads.count_entries(&query, 5_000)?);
        let facets = reads.facets(&query)?;
        let most = facets.themes.iter().map(|one| one.count).max().unwrap_or_default();
        assert!(most <= ITEMS / 2, "facets count what is public alone");
        Ok((views, capped, whole, facets.capped))
    });
    let (views, capped, whole, part) = read.await.expect("read");
    let number =
        |uid: &str| uid.strip_prefix("item-").and_then(|number| number.parse().ok()).expect("number");
    (views.iter().map(|view| number(&view.item.uid)).collect(), capped, whole, part)
}

pub(super) fn asked(words: &str, themes: &[&str], places: &[&str]) -> EntryQuery {
    let chosen = ListFilter {
        themes: themes.iter().map(|&slug| slug.to_owned()).collect(),
        places: places.iter().map(|code| code.parse().expect("place")).collect(),
        types: Vec::new(),
    };
    EntryQuery { words: words.into(), chosen, ..EntryQuery::default() }
}

on_both_databases!(
    async fn what_very_many_meet_hides_nothing_and_shows_nothing_more(db) {
        let (reader, _writer) = filled(&db.location()).await;
        let everything = expected(|_| true);
        let of_group = |group: i64| expected(|number| number % 8 == group);
        for (query, meets) in [
            (asked("mot commun", &[], &[]), everything.clone()),
            (asked("mots commu", &[], &[]), everything.clone()),
            (asked("\"mots communs\"", &[], &[]), everything.clone()),
            (asked("", &[], &["pays:FR"]), everything.clone()),
            (asked("commun", &["groupe-2"], &["region:27"]), of_group(2)),
            (asked("commun", &["groupe-1"], &["region:27"]), Vec::new()),
            (asked("", &["groupe-2", "groupe-4"], &["pays:FR"]), expected(|number| [2, 4].contains(&(number % 8)))),
            (asked("unique", &[], &["pays:FR"]), vec![1_300]),
            (asked("communs unique", &[], &[]), vec![1_300]),
            (asked("\"communs mots\"", &[], &[]), Vec::new()),
            (asked("introuvable", &[], &["pays:FR"]), Vec::new()),
        ] {
            let name = format!("{} {:?}", query.words, query.chosen);
            let number = i64::try_from(meets.len()).expect("number");
            let (found, capped, whole, part) = page(&reader, EntryQuery { limit: 50, ..query.clone() }).await;
            assert_eq!(found, meets.iter().take(50).copied().collect::<Vec<_>>(), "{name}");
            assert_eq!((capped, whole), (number.min(1_001), number), "{name}");
            assert!(part || number <= 400, "{name}: a facet counts without its own choice, and so no less");
            let later = EntryQuery { limit: 50, offset: 100, ..query };
            let (found, ..) = page(&reader, later).await;
            assert_eq!(found, meets.iter().skip(100).take(50).copied().collect::<Vec<_>>(), "{name}");
        }
    }
);

on_both_databases!(
    async fn every_order_holds_what_is_asked_for(db) {
        let (reader, writer) = filled(&db.location()).await;
        let upcoming = EntryQuery { order: ListOrder::Upcoming { from: 60_000_000 }, limit: 500, ..asked("commun", &[], &[]) };
        let (found, ..) = page(&reader, upcoming.clone()).await;
        let mut meets = expected(|number| number % 3 > 0 && number * 1_009 % ITEMS >= 1_000);
        meets.reverse();
        meets.truncate(500);
        assert_eq!(found, meets);
        let by_title = EntryQuery { order: ListOrder::Title, limit: 3, ..asked("commun", &[], &[]) };
        assert_eq!(page(&reader, by_title.clone()).await.0, [2, 4, 6]);
        let last = EntryQuery { after: Some(Cursor { sort: 60_000, id: i64::MAX }), ..asked("commun", &[], &[]) };
        assert_eq!(page(&reader, last).await.0, expected(|number| number * 1_009 % ITEMS <= 1));
        // What the lists go by follows the item.
        writer
            .run(|tx| -> Result<(), StoreError> {
                let row = tx.item_by_uri("https://mef58.example/o/4")?.ok_or(StoreError::NotFound)?;
                tx.save_item(&ItemRow { title_folded: "a".into(), starts_at: Some(60_000_000), ..row })
            })
            .await
            .expect("saved");
        assert_eq!(page(&reader, by_title).await.0, [4, 2, 6]);
        assert_eq!(page(&reader, upcoming).await.0[0], 4);
    }
);
