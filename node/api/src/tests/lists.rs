//! Lists of items: pages, filters, and what they hide.

use super::world::{Who, World};
use maillage_store::testing::on_both_databases;

/// Ids of every page of a list, and how many pages it had.
async fn pages(world: &World, who: Who, path: &str) -> (Vec<String>, usize) {
    let separator = if path.contains('?') { '&' } else { '?' };
    let (mut ids, mut next, mut count) = (Vec::new(), None::<String>, 0);
    loop {
        let cursor = next.map(|cursor| format!("{separator}cursor={cursor}")).unwrap_or_default();
        let page = world.get(who, &format!("{path}{cursor}")).await.is(200);
        ids.extend(page.listed("id").into_iter().map(str::to_owned));
        count += 1;
        assert!(count < 50, "the list ends");
        match page.body["next"].as_str() {
            Some(cursor) => next = Some(cursor.to_owned()),
            None => return (ids, count),
        }
    }
}

on_both_databases!(
    async fn pages_hold_everything_once(db) {
        let world = World::new(db).await;
        let mut made = Vec::new();
        for number in 0..7 {
            made.push(world.published("actualites", &format!("N° {number}"), &["emploi"], &[]).await);
        }
        made.reverse();
        for path in
            ["/items?limit=3", "/services/actualites/items?limit=3", "/items?limit=3&service=actualites"]
        {
            assert_eq!(pages(&world, Who::Anybody, path).await, (made.clone(), 3), "{path}");
        }
        assert_eq!(
            pages(&world, Who::Anybody, "/items?limit=7").await,
            (made.clone(), 1),
            "a full page is the last"
        );
        // What is published meanwhile moves nothing.
        let first = world.get(Who::Anybody, "/items?limit=3").await.is(200);
        let next = first.body["next"].as_str().expect("a next page");
        world.published("actualites", "Entre-temps", &["emploi"], &[]).await;
        let second = world.get(Who::Anybody, &format!("/items?limit=3&cursor={next}")).await.is(200);
        assert_eq!(second.listed("id"), made[3..6]);
        // The queue goes from the longest wait on, and has cursors of its own.
        let mut waiting = Vec::new();
        for number in 0..4 {
            waiting.push(world.submitted("actualites", &format!("Attend {number}"), &["emploi"], &[]).await);
        }
        assert_eq!(pages(&world, Who::Moderator, "/items?waiting=true&limit=2").await, (waiting, 2));
        let other = world.get(Who::Moderator, &format!("/items?waiting=true&cursor={next}")).await.is(400);
        assert_eq!(other.fields(), [("cursor", "bad_cursor")]);
    }
);

on_both_databases!(
    async fn filters_take_what_is_below_a_theme_or_an_area(db) {
        let world = World::new(db).await;
        let narrow = "numerique--acquerir-un-equipement";
        let nevers = world.published("actualites", "Nevers", &[narrow], &["commune:58194"]).await;
        let dijon = world.published("actualites", "Dijon", &["emploi"], &["commune:21231"]).await;
        let region = world.published("actualites", "Région", &["emploi", narrow], &["region:27"]).await;
        let nowhere = world.published("actualites", "Sans lieu", &["emploi"], &[]).await;
        let all = [&nowhere, &region, &dijon, &nevers];
        for (query, expected) in [
            ("", &all[..]),
            ("?theme=numerique", &[&region, &nevers]),
            (&format!("?theme={narrow}"), &[&region, &nevers]),
            ("?theme=formation", &[]),
            ("?theme=formation&theme=numerique", &[&region, &nevers]),
            ("?place=commune:58194", &[&nevers]),
            ("?place=commune:21231", &[&dijon]),
            ("?place=21&theme=emploi", &[&dijon]),
            ("?type=news", &all),
            ("?q=dijon", &[&dijon]),
            ("?q=r%C3%A9gions&theme=numerique", &[&region]),
            ("?q=%22%27)%00*", &all),
            ("?type=agenda", &[]),
        ] {
            let listed = world.get(Who::Anybody, &format!("/items{query}")).await.is(200);
            assert_eq!(
                listed.listed("id"),
                expected.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
                "{query}"
            );
        }
        // The publisher is in the Nièvre, so that what it publishes is found there too.
        let of_the_nievre = world.get(Who::Anybody, "/items?place=58").await.is(200);
        assert_eq!(of_the_nievre.listed("id").len(), 4);
    }
);

on_both_databases!(
    async fn eligible_areas_are_told_and_found(db) {
        let world = World::new(db).await;
        let fields = serde_json::json!({
            "titre": "Atelier CV", "debut": "2026-06-03T14:00", "fin": "2026-06-03T16:00",
            "lieu": ["commune:58194"], "description": "<p>Venez</p>", "thematiques": ["emploi"],
            "zone": ["departement:21"], "inscription": "https://mef58.example/inscription",
        });
        let made = world
            .post(Who::Stranger, "/services/agenda/items", serde_json::json!({ "fields": fields }))
            .await;
        let id = made.is(201).body["id"].as_str().expect("an id").to_owned();
        world.post(Who::Stranger, &format!("/items/{id}/submit"), serde_json::json!({})).await.is(200);
        let caller = maillage_app::caller::Caller::Node;
        let publish = maillage_domain::workflow::Transition::Publish;
        world.app().transition(&caller, &id, publish, "").await.expect("published");
        let listed = world.get(Who::Anybody, "/services/agenda/items?place=21").await.is(200);
        let item = &listed.body["items"][0];
        assert_eq!(item["eligible"], serde_json::json!(["departement:21"]));
        assert_eq!(item["places"], serde_json::json!(["commune:58194"]));
        assert_eq!(item["starts_at"], "2026-06-03T12:00:00.000Z");
        assert_eq!(item["ends_at"], "2026-06-03T14:00:00.000Z");
        assert_eq!(item["source_url"], "https://mef58.example/inscription");
        assert_eq!(item["fields"]["titre"], "Atelier CV");
        let read = world.get(Who::Stranger, &format!("/items/{id}")).await.is(200);
        assert_eq!(read.body["decided_by"], "node");
    }
);

on_both_databases!(
    async fn what_is_private_is_not_there_for_others(db) {
        let world = World::new(db).await;
        let id = world.published("interne", "Entre nous", &["emploi"], &["departement:58"]).await;
        for who in [Who::Anybody, Who::Stranger] {
            for path in [
                format!("/items/{id}"),
                "/services/interne".to_owned(),
                "/services/interne/items".to_owned(),
                "/services/interne/items?state=published".to_owned(),
                "/items?service=interne".to_owned(),
            ] {
                world.get(who, &path).await.is(404);
            }
            for path in ["/items", "/items?place=58", "/items?theme=emploi&state=published&state=draft"] {
                assert!(world.get(who, path).await.is(200).listed("id").is_empty(), "{path} for {who:?}");
            }
            let services = world.get(who, "/services").await.is(200);
            assert_eq!(services.listed("slug"), ["actualites", "agenda"], "{who:?}");
        }
        for who in [Who::Contributor, Who::Moderator, Who::Manager, Who::Administrator] {
            world.get(who, &format!("/items/{id}")).await.is(200);
            assert_eq!(world.get(who, "/items").await.is(200).listed("id"), [&id], "{who:?}");
            assert_eq!(world.get(who, "/services").await.is(200).listed("slug").len(), 3);
        }
        // Changing what one does not see is not refused: it is not there.
        for step in ["submit", "publish", "withdraw"] {
            world.post(Who::Stranger, &format!("/items/{id}/{step}"), serde_json::json!({})).await.is(404);
        }
    }
);

on_both_databases!(
    async fn states_are_seen_by_who_works_on_them(db) {
        let world = World::new(db).await;
        let draft = world.draft("actualites", "Brouillon", &["emploi"], &[]).await;
        let waits = world.submitted("actualites", "Attend", &["emploi"], &[]).await;
        let shown = world.published("actualites", "Paru", &["emploi"], &[]).await;
        let path = "/services/actualites/items?state=draft&state=submitted&state=published";
        assert_eq!(world.get(Who::Anybody, path).await.is(200).listed("id"), [&shown]);
        assert_eq!(world.get(Who::Stranger, path).await.is(200).listed("id"), [&shown]);
        let mut mine = world.get(Who::Contributor, path).await.is(200).listed("id").join(" ");
        for id in [&draft, &waits, &shown] {
            assert!(mine.contains(id.as_str()));
            mine = mine.replace(id.as_str(), "");
        }
        assert!(mine.trim().is_empty());
        let others = world.get(Who::Manager, "/items?state=draft").await.is(200);
        assert_eq!(others.listed("id"), [&draft]);
        let unknown = world.get(Who::Manager, "/items?state=brouillon").await.is(400);
        assert_eq!(unknown.fields(), [("state", "unknown_value")]);
        assert!(unknown.body["message"]["fr"].as_str().is_some_and(|said| said.contains("draft, submitted")));
    }
);
