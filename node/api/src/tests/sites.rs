//! Sites over the API: making them, what they show, and from whom they are hidden.

use super::world::{Who, World};
use actix_web::http::Method;
use maillage_store::testing::on_both_databases;
use serde_json::{Value, json};

async fn site(world: &World, slug: &str, more: Value) -> String {
    let mut body = json!({ "slug": slug, "title": format!("Site {slug}") });
    body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let made = world.post(Who::Administrator, "/sites", body).await.is(201);
    assert_eq!(made.header("location"), format!("/api/v1/sites/{slug}"));
    format!("/sites/{slug}")
}

async fn place(world: &World, site: &str, body: Value) -> String {
    let made = world.post(Who::Administrator, &format!("{site}/placements"), body).await.is(201);
    made.body["id"].as_str().expect("an id").to_owned()
}

on_both_databases!(
    async fn a_site_shows_what_is_placed_on_it(db) {
        let world = World::new(db).await;
        let nevers = world.published("actualites", "Nevers", &["emploi"], &["commune:58194"]).await;
        let dijon = world.published("actualites", "Dijon", &["numerique"], &["commune:21231"]).await;
        let inside = world.published("interne", "Entre nous", &["emploi"], &["commune:58194"]).await;
        world.submitted("actualites", "Pas encore", &["emploi"], &["commune:58194"]).await;
        let path = site(&world, "nevers", json!({})).await;
        let items = format!("{path}/items");
        assert!(
            world.get(Who::Anybody, &items).await.is(200).listed("id").is_empty(),
            "nothing is placed yet"
        );
        let only_employment =
            json!({ "service": "actualites", "title": "À l'affiche", "filter": { "themes": ["emploi"] } });
        let first = place(&world, &path, only_employment).await;
        place(&world, &path, json!({ "service": "interne" })).await;
        assert_eq!(world.get(Who::Anybody, &items).await.is(200).listed("id"), [&nevers]);
        assert_eq!(world.get(Who::Contributor, &items).await.is(200).listed("id"), [&inside, &nevers]);
        let last = place(
            &world,
            &path,
            json!({ "service": "actualites", "filter": { "places": ["departement:21"] }, "order": "title" }),
        )
        .await;
        assert_eq!(world.get(Who::Anybody, &items).await.is(200).listed("id"), [&dijon, &nevers]);
        // One section, and what the visitor chooses in it.
        for (query, expected) in [
            (format!("placement={first}"), vec![&nevers]),
            (format!("placement={last}"), vec![&dijon]),
            (format!("placement={last}&theme=emploi"), vec![]),
            ("theme=emploi".to_owned(), vec![&nevers]),
            ("place=commune:21231".to_owned(), vec![&dijon]),
            ("type=agenda".to_owned(), vec![]),
            ("place=region:27&type=news&limit=1".to_owned(), vec![&dijon]),
        ] {
            let listed = world.get(Who::Anybody, &format!("{items}?{query}")).await.is(200);
            assert_eq!(listed.listed("id"), expected, "{query}");
        }
        world.get(Who::Anybody, &format!("{items}?placement=rien")).await.is(404);
        // The site itself, with what the visitor may know of.
        let read = world.get(Who::Anybody, &path).await.is(200);
        let placements = read.body["placements"].as_array().expect("placements");
        assert_eq!(placements.len(), 2, "{placements:?}");
        assert_eq!(placements[0]["title"], "À l'affiche");
        assert_eq!(placements[0]["filter"], json!({ "themes": ["emploi"], "places": [], "types": [] }));
        assert_eq!(
            (&placements[1]["order"], &placements[1]["service"]),
            (&json!("title"), &json!("actualites"))
        );
        assert_eq!(
            world.get(Who::Contributor, &path).await.is(200).body["placements"].as_array().map(Vec::len),
            Some(3)
        );
        world
            .answer(world.request(Who::Administrator, Method::DELETE, &format!("/placements/{last}")))
            .await
            .is(204);
        assert_eq!(world.get(Who::Anybody, &items).await.is(200).listed("id"), [&nevers]);
        world
            .answer(world.request(Who::Administrator, Method::DELETE, &format!("/placements/{last}")))
            .await
            .is(404);
    }
);

on_both_databases!(
    async fn facets_count_what_the_visitor_may_see(db) {
        let world = World::new(db).await;
        let narrow = "numerique--acquerir-un-equipement";
        world.published("actualites", "Un", &["emploi"], &["commune:58194"]).await;
        world.published("actualites", "Deux", &["emploi", narrow], &["departement:58"]).await;
        world.published("actualites", "Trois", &[narrow], &["commune:21231"]).await;
        world.published("interne", "Quatre", &["emploi"], &["commune:58194"]).await;
        let path = site(&world, "nevers", json!({})).await;
        place(&world, &path, json!({ "service": "actualites" })).await;
        place(&world, &path, json!({ "service": "interne" })).await;
        let count = |body: &Value, facet: &str, code: &str| {
            let values = body[facet].as_array().expect("a facet");
            values.iter().find(|value| value["code"] == code).and_then(|value| value["count"].as_i64())
        };
        let facets = world.get(Who::Anybody, &format!("{path}/facets")).await.is(200).body;
        assert_eq!(count(&facets, "themes", "emploi"), Some(2));
        assert_eq!(count(&facets, "themes", "numerique"), Some(2), "what is below a theme counts");
        // Held in the Côte-d'Or, the third one was published from the Nièvre: choosing either finds it.
        assert_eq!(count(&facets, "places", "departement:58"), Some(3));
        assert_eq!(count(&facets, "places", "departement:21"), Some(1));
        assert_eq!(count(&facets, "places", "region:27"), Some(3));
        assert_eq!(facets["capped"], false);
        let nievre = facets["places"]
            .as_array()
            .and_then(|all| all.iter().find(|one| one["code"] == "departement:58"));
        assert_eq!(nievre.map(|one| one["label"]["fr"].clone()), Some(json!("Nièvre")));
        // A facet is counted without its own choice, and with the others.
        let chosen = world.get(Who::Anybody, &format!("{path}/facets?place=21")).await.is(200).body;
        assert_eq!(count(&chosen, "themes", "emploi"), None);
        assert_eq!(count(&chosen, "places", "departement:58"), Some(3));
        let inside = world.get(Who::Contributor, &format!("{path}/facets")).await.is(200).body;
        assert_eq!(count(&inside, "themes", "emploi"), Some(3));
    }
);

on_both_databases!(
    async fn the_agenda_of_a_site_goes_from_now_on(db) {
        let world = World::new(db).await;
        let path = site(&world, "agenda", json!({})).await;
        let placement = place(&world, &path, json!({ "service": "agenda" })).await;
        for (title, start) in [
            ("Passé", "2026-01-10T14:00"),
            ("Loin", "2026-09-01T09:00"),
            ("Proche", "2026-04-01T09:00"),
            ("Demain", "2026-03-03T09:00"),
        ] {
            let fields = json!({ "titre": title, "debut": start, "description": "<p>x</p>", "thematiques": ["emploi"] });
            let made = world
                .post(Who::Stranger, "/services/agenda/items", json!({ "fields": fields }))
                .await
                .is(201);
            let id = made.body["id"].as_str().expect("an id").to_owned();
            world.post(Who::Stranger, &format!("/items/{id}/submit"), json!({})).await.is(200);
            let (caller, step) =
                (maillage_app::caller::Caller::Node, maillage_domain::workflow::Transition::Publish);
            world.app().transition(&caller, &id, step, "").await.expect("published");
        }
        let list = format!("{path}/items?placement={placement}");
        let page = world.get(Who::Anybody, &format!("{list}&limit=2")).await.is(200);
        assert_eq!(page.listed("title"), ["Demain", "Proche"]);
        let next = page.body["next"].as_str().expect("a next page");
        let page = world.get(Who::Anybody, &format!("{list}&limit=2&cursor={next}")).await.is(200);
        assert_eq!((page.listed("title"), &page.body["next"]), (vec!["Loin"], &Value::Null));
        // A cursor of one order is none of another.
        world.get(Who::Anybody, &format!("{path}/items?cursor={next}")).await.is(400);
    }
);

on_both_databases!(
    async fn restricted_sites_are_for_accounts(db) {
        let world = World::new(db).await;
        world.published("actualites", "Paru", &["emploi"], &[]).await;
        let open = site(&world, "ouvert", json!({})).await;
        let closed = site(&world, "reserve", json!({ "restricted": true })).await;
        let workshop = site(&world, "atelier", json!({ "kind": "workshop", "restricted": false })).await;
        for (path, account) in [(&closed, 200), (&workshop, 404)] {
            place(&world, path, json!({ "service": "actualites" })).await;
            for below in ["", "/items", "/facets"] {
                world.get(Who::Anybody, &format!("{path}{below}")).await.is(404);
                world.get(Who::Stranger, &format!("{path}{below}")).await.is(account);
                world.get(Who::Administrator, &format!("{path}{below}")).await.is(200);
            }
        }
        assert_eq!(world.get(Who::Anybody, "/sites").await.is(200).listed("slug"), ["ouvert"]);
        assert_eq!(world.get(Who::Stranger, "/sites").await.is(200).listed("slug"), ["ouvert", "reserve"]);
        // Restricting a site takes it away from visitors at once.
        let restricted =
            world.send(Who::Administrator, Method::PATCH, &open, json!({ "restricted": true })).await.is(200);
        assert_eq!(
            (&restricted.body["title"], &restricted.body["restricted"]),
            (&json!("Site ouvert"), &json!(true))
        );
        world.get(Who::Anybody, &open).await.is(404);
    }
);

on_both_databases!(
    async fn wrong_sites_are_refused(db) {
        let world = World::new(db).await;
        let path = site(&world, "nevers", json!({ "accent": "#AABBCC", "intro": "Bienvenue" })).await;
        let kept = world.get(Who::Anybody, &path).await.is(200);
        assert_eq!((&kept.body["accent"], &kept.body["intro"]), (&json!("#aabbcc"), &json!("Bienvenue")));
        for (body, field, code) in [
            (json!({ "slug": "nevers", "title": "x" }), "slug", "taken"),
            (json!({ "slug": "À Nevers", "title": "x" }), "slug", "not_a_slug"),
            (json!({ "slug": "autre", "title": " " }), "title", "required"),
            (json!({ "slug": "autre", "title": "x", "accent": "rouge" }), "accent", "not_a_colour"),
        ] {
            let answer = world.post(Who::Administrator, "/sites", body).await.is(422);
            assert_eq!(answer.fields(), [(field, code)]);
        }
        let kind = world
            .post(Who::Administrator, "/sites", json!({ "slug": "autre", "title": "x", "kind": "blog" }))
            .await;
        assert_eq!(kind.is(400).fields(), [("kind", "unknown_value")]);
        for (body, field, code) in [
            (json!({ "service": "inconnu" }), "service", "unknown_service"),
            (
                json!({ "service": "actualites", "filter": { "themes": ["inconnu"] } }),
                "filter",
                "unknown_theme",
            ),
            (
                json!({ "service": "actualites", "filter": { "places": ["commune:99999"] } }),
                "filter",
                "unknown_place",
            ),
        ] {
            let answer = world.post(Who::Administrator, &format!("{path}/placements"), body).await.is(422);
            assert_eq!(answer.fields(), [(field, code)]);
        }
        let order = json!({ "service": "actualites", "order": "hasard" });
        let order = world.post(Who::Administrator, &format!("{path}/placements"), order).await.is(400);
        assert_eq!(order.fields(), [("order", "unknown_value")]);
        world
            .post(Who::Administrator, "/sites/rien/placements", json!({ "service": "actualites" }))
            .await
            .is(404);
    }
);

/// What a site shows: key by key of its placements, in order.
async fn shown(world: &World, site: &str, key: &str) -> Vec<Value> {
    let read = world.get(Who::Administrator, site).await.is(200);
    read.body["placements"].as_array().expect("placements").iter().map(|one| one[key].clone()).collect()
}

on_both_databases!(
    async fn what_a_placement_shows_is_changed(db) {
        let world = World::new(db).await;
        let nevers = world.published("actualites", "Nevers", &["emploi"], &["commune:58194"]).await;
        let dijon = world.published("actualites", "Dijon", &["numerique"], &["commune:21231"]).await;
        let other = site(&world, "autre", json!({})).await;
        place(&world, &other, json!({ "service": "actualites", "title": "Ailleurs" })).await;
        let path = site(&world, "nevers", json!({})).await;
        let body = json!({ "service": "actualites", "title": "Tout" });
        let placement = place(&world, &path, body).await;
        let (items, at) = (format!("{path}/items"), format!("/placements/{placement}"));
        let change = |body: Value| world.send(Who::Administrator, Method::PUT, &at, body);
        assert_eq!(world.get(Who::Anybody, &items).await.is(200).listed("id"), [&dijon, &nevers]);
        let body = json!({ "title": " Emploi ", "filter": { "themes": ["emploi"] }, "order": "title" });
        let changed = change(body).await.is(200).body;
        let filter = json!({ "themes": ["emploi"], "places": [], "types": [] });
        let expected = json!({
            "id": placement, "service": "actualites", "title": "Emploi", "filter": filter, "order": "title",
            "position": 1,
        });
        assert_eq!(changed, expected);
        let read = world.get(Who::Anybody, &path).await.is(200);
        assert_eq!(read.body["placements"], json!([expected]));
        assert_eq!(world.get(Who::Anybody, &items).await.is(200).listed("id"), [&nevers]);
        // What is wrong is said, and changes nothing.
        for (body, status, field, code) in [
            (json!({ "filter": { "themes": ["inconnu"] } }), 422, "filter", "unknown_theme"),
            (json!({ "filter": { "places": ["commune:99999"] } }), 422, "filter", "unknown_place"),
            (json!({ "order": "hasard" }), 400, "order", "unknown_value"),
            (json!({ "filter": [] }), 400, "filter", "wrong_type"),
            (json!({ "title": 5 }), 400, "title", "wrong_type"),
            (json!({ "service": "agenda" }), 400, "service", "unknown_key"),
        ] {
            assert_eq!(change(body).await.is(status).fields(), [(field, code)]);
        }
        let refused = world.send(Who::Manager, Method::PUT, &at, json!({ "title": "Pris" })).await.is(403);
        assert_eq!(refused.code(), "forbidden");
        assert_eq!(world.get(Who::Anybody, &path).await.is(200).body["placements"], json!([expected]));
        // Nothing said of title and filter is the service's title and everything; the order stays.
        let bare = change(json!({})).await.is(200).body;
        assert_eq!(
            (&bare["title"], &bare["order"], &bare["filter"]["themes"]),
            (&json!("Service actualites"), &json!("title"), &json!([]))
        );
        assert_eq!(world.get(Who::Anybody, &items).await.is(200).listed("id").len(), 2);
        assert_eq!(shown(&world, &other, "title").await, ["Ailleurs"], "the other site is as it was");
    }
);

on_both_databases!(
    async fn placements_are_moved_up_and_down(db) {
        let world = World::new(db).await;
        let path = site(&world, "nevers", json!({ "restricted": true })).await;
        let mut ids = Vec::new();
        for (service, title) in [("actualites", "Un"), ("interne", "Deux"), ("agenda", "Trois")] {
            ids.push(place(&world, &path, json!({ "service": service, "title": title })).await);
        }
        for (which, up, order, position) in [
            (2, true, ["Un", "Trois", "Deux"], 2),
            (2, true, ["Trois", "Un", "Deux"], 1),
            (2, true, ["Trois", "Un", "Deux"], 1),
            (0, false, ["Trois", "Deux", "Un"], 3),
            (0, false, ["Trois", "Deux", "Un"], 3),
            (1, true, ["Deux", "Trois", "Un"], 1),
        ] {
            let at = format!("/placements/{}/move", ids[which]);
            let moved = world.post(Who::Administrator, &at, json!({ "up": up })).await.is(200);
            assert_eq!(
                (&moved.body["id"], &moved.body["position"]),
                (&json!(ids[which]), &json!(position)),
                "{order:?}"
            );
            assert_eq!(shown(&world, &path, "title").await, order);
            assert_eq!(shown(&world, &path, "position").await, [1, 2, 3]);
        }
        let at = format!("/placements/{}/move", ids[0]);
        for (body, field, code) in [
            (json!({}), "up", "missing_key"),
            (json!({ "up": "oui" }), "up", "wrong_type"),
            (json!({ "up": true, "by": 2 }), "by", "unknown_key"),
        ] {
            let answer = world.post(Who::Administrator, &at, body).await.is(400);
            assert_eq!(answer.fields(), [(field, code)]);
        }
        world.post(Who::Manager, &at, json!({ "up": true })).await.is(403);
        assert_eq!(shown(&world, &path, "title").await, ["Deux", "Trois", "Un"]);
    }
);
