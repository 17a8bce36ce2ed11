//! Subscriptions over the API: rules in and out, what they let through, and whom they ask.

use super::world::{Answer, Who, World};
use actix_web::http::Method;
use maillage_app::caller::Caller;
use maillage_domain::role::Role;
use maillage_store::testing::on_both_databases;
use serde_json::{Value, json};

async fn subscribe(world: &World, who: Who, source: &str, trust: &str, rules: Value) -> Answer {
    let body = json!({ "service": "interne", "source": source, "trust": trust, "rules": rules });
    world.post(who, "/subscriptions", body).await
}

on_both_databases!(
    async fn rules_decide_what_a_service_takes(db) {
        let world = World::new(db).await;
        let rules = json!({
            "filter": { "all": [{ "theme": "emploi" }, { "territory": { "area": "departement:58" } }] },
            "rules": [{ "when": { "keyword": "salon" }, "then": "hold" }],
        });
        // What was published before is taken as well.
        world.published("actualites", "Avant", &["emploi"], &["commune:58194"]).await;
        let made =
            subscribe(&world, Who::Manager, "@actualites@mef58.example", "publish", rules).await.is(201);
        let id = made.body["id"].as_str().expect("an id").to_owned();
        assert_eq!(made.header("location"), format!("/api/v1/subscriptions/{id}"));
        assert_eq!(made.body["source"]["handle"], "@actualites@mef58.example");
        assert_eq!((&made.body["trust"], &made.body["follow"]), (&json!("publish"), &json!(null)));
        assert_eq!(made.body["rules"]["filter"]["all"][0], json!({ "theme": "emploi" }));
        world.published("actualites", "Nevers", &["emploi"], &["commune:58194"]).await;
        world.published("actualites", "Salon de Nevers", &["emploi"], &["commune:58194"]).await;
        world.published("actualites", "Dijon", &["emploi"], &["commune:21231"]).await;
        world.published("actualites", "Logement", &["formation"], &["commune:58194"]).await;
        let path = "/services/interne/items";
        let taken = world.get(Who::Moderator, path).await.is(200);
        assert_eq!(taken.listed("title"), ["Nevers", "Avant"]);
        let one = &taken.body["items"][0];
        assert_eq!((&one["home"], &one["decided_by"]), (&json!(false), &json!("trust")));
        assert_eq!(one["origin"]["handle"], "@actualites@mef58.example");
        assert_eq!(one["origin"]["path"], json!([one["origin"]["uri"]]));
        let held = world.get(Who::Moderator, &format!("{path}?waiting=true")).await.is(200);
        assert_eq!(held.listed("title"), ["Salon de Nevers"]);
        assert_eq!(held.body["items"][0]["decided_by"], "rule:0");
        let left_out = world.get(Who::Moderator, &format!("{path}?state=ignored")).await.is(200);
        assert_eq!(left_out.listed("title"), ["Logement", "Dijon"]);
        assert_eq!(left_out.body["items"][0]["decided_by"], "filter");
        // A held item is published by a moderator, and cannot be corrected here.
        let held = held.listed("id")[0].to_owned();
        let edited = json!({ "fields": { "titre": "Autre titre" } });
        world.send(Who::Moderator, Method::PUT, &format!("/items/{held}"), edited).await.is(409);
        world.post(Who::Moderator, &format!("/items/{held}/publish"), json!({})).await.is(200);
        assert_eq!(world.get(Who::Moderator, path).await.is(200).listed("id").len(), 3);
        // Wider rules let in what had been left out; what people have decided stays.
        let wider = json!({ "rules": { "filter": "always" } });
        let changed =
            world.send(Who::Manager, Method::PATCH, &format!("/subscriptions/{id}"), wider).await.is(200);
        assert_eq!(
            (&changed.body["trust"], &changed.body["rules"]["filter"]),
            (&json!("publish"), &json!("always"))
        );
        assert_eq!(world.get(Who::Moderator, path).await.is(200).listed("id").len(), 5);
    }
);

on_both_databases!(
    async fn a_subscription_lives_and_ends(db) {
        let world = World::new(db).await;
        let made =
            subscribe(&world, Who::Manager, "@actualites@mef58.example", "hold", json!({})).await.is(201);
        let path = format!("/subscriptions/{}", made.body["id"].as_str().expect("an id"));
        let twice =
            subscribe(&world, Who::Manager, "@actualites@mef58.example", "hold", json!({})).await.is(409);
        assert_eq!(twice.code(), "conflict");
        assert_eq!(world.get(Who::Moderator, &path).await.is(200).body, made.body);
        let change = json!({ "trust": "announce" });
        let changed = world.send(Who::Manager, Method::PATCH, &path, change.clone()).await.is(200);
        assert_eq!(changed.body["trust"], "announce");
        // Seen by who moderates, changed by who manages, hidden from the rest.
        world.send(Who::Moderator, Method::PATCH, &path, change.clone()).await.is(403);
        world.answer(world.request(Who::Moderator, Method::DELETE, &path)).await.is(403);
        for who in [Who::Contributor, Who::Stranger] {
            world.get(who, &path).await.is(404);
            world.send(who, Method::PATCH, &path, change.clone()).await.is(404);
            world.answer(world.request(who, Method::DELETE, &path)).await.is(404);
            assert!(world.get(who, "/subscriptions").await.is(200).listed("id").is_empty());
        }
        for list in ["/subscriptions", "/subscriptions?service=interne"] {
            assert_eq!(world.get(Who::Manager, list).await.is(200).listed("id").len(), 1);
        }
        assert!(
            world
                .get(Who::Manager, "/subscriptions?service=actualites")
                .await
                .is(200)
                .listed("id")
                .is_empty()
        );
        world.get(Who::Stranger, "/subscriptions?service=interne").await.is(404);
        world.answer(world.request(Who::Manager, Method::DELETE, &path)).await.is(204);
        world.get(Who::Manager, &path).await.is(404);
    }
);

on_both_databases!(
    async fn rules_that_mean_nothing_are_refused(db) {
        let world = World::new(db).await;
        let radius = json!({ "filter": { "radius": { "place": "commune:58194", "km": 30 } } });
        let made = subscribe(&world, Who::Manager, "@agenda@mef58.example", "hold", radius).await.is(201);
        let centre = &made.body["rules"]["filter"]["radius"]["centre"];
        assert!(centre["lat"].as_f64().is_some_and(|lat| (lat - 46.99).abs() < 0.1), "{centre}");
        let nested = |depth: usize| (0..depth).fold(json!("always"), |inner, _| json!({ "not": inner }));
        for (rules, status, field, code) in [
            (json!({ "filter": { "theme": "inconnu" } }), 422, "rules", "unknown_theme"),
            (
                json!({ "filter": { "territory": { "area": "departement:58" } }, "rules": [
                    { "when": { "territory": { "area": "commune:99999" } }, "then": "hold" }] }),
                422,
                "rules",
                "unknown_place",
            ),
            (
                json!({ "filter": { "radius": { "place": "commune:58194", "km": 5000 } } }),
                422,
                "rules",
                "no_radius",
            ),
            (json!({ "filter": nested(9) }), 422, "rules", "too_large"),
            (
                json!({ "filter": { "territory": { "area": "Nièvre" } } }),
                400,
                "rules.filter.territory",
                "wrong_value",
            ),
            (json!({ "filter": { "theme": "emploi", "type": "news" } }), 400, "rules.filter", "wrong_shape"),
            (json!({ "filtre": "always" }), 400, "rules.filtre", "unknown_key"),
            (json!({ "rules": [{ "when": "always" }] }), 400, "rules.rules[0].then", "missing_key"),
            (json!([]), 400, "rules", "wrong_type"),
        ] {
            let answer =
                subscribe(&world, Who::Manager, "@actualites@mef58.example", "hold", rules.clone()).await;
            let answer = answer.is(status);
            assert_eq!(answer.fields()[0].1, code, "{rules}: {}", answer.body);
            assert!(answer.fields()[0].0.starts_with(field), "{rules}: {}", answer.body);
        }
        let trust =
            subscribe(&world, Who::Manager, "@actualites@mef58.example", "aveugle", json!({})).await.is(400);
        assert_eq!(trust.fields(), [("trust", "unknown_value")]);
        assert_eq!(world.get(Who::Manager, "/subscriptions").await.is(200).listed("id").len(), 1);
    }
);

on_both_databases!(
    async fn other_servers_are_asked_for_who_may_subscribe(db) {
        let world = World::new(db).await;
        let remote = "@agenda@mef21.example";
        for (who, status) in
            [(Who::Anybody, 401), (Who::Stranger, 404), (Who::Contributor, 403), (Who::Moderator, 403)]
        {
            subscribe(&world, who, remote, "hold", json!({})).await.is(status);
        }
        let bad = subscribe(&world, Who::Manager, "agenda", "hold", json!({})).await.is(422);
        assert_eq!(bad.fields(), [("source", "not_a_handle")]);
        assert!(world.elsewhere.asked().is_empty(), "nobody was asked anything");
        let made = subscribe(&world, Who::Manager, remote, "publish", json!({})).await.is(201);
        assert_eq!(world.elsewhere.asked(), [remote]);
        assert_eq!(
            (&made.body["follow"], &made.body["source"]["host"]),
            (&json!("pending"), &json!("mef21.example"))
        );
        let absent =
            subscribe(&world, Who::Manager, "@agenda@absent.example", "hold", json!({})).await.is(502);
        assert_eq!(absent.code(), "remote");
        for (source, code) in
            [("@nulle-part@mef58.example", "unknown_service"), ("@interne@mef58.example", "unknown_service")]
        {
            let answer = subscribe(&world, Who::Manager, source, "hold", json!({})).await.is(422);
            assert_eq!(answer.fields(), [("source", code)]);
        }
        // An administrator sets subscriptions up without a role in the service.
        let body = json!({ "service": "actualites", "source": remote, "trust": "hold" });
        world.post(Who::Administrator, "/subscriptions", body).await.is(201);
        let email = Who::Moderator.email();
        let manager = Some(Role::ServiceManager);
        let promoted = world.app().set_role(&Caller::Node, "actualites", &email, manager);
        promoted.await.expect("promoted");
        let body = json!({ "service": "actualites", "source": "@emploi@mef21.example", "trust": "hold" });
        world.post(Who::Moderator, "/subscriptions", body).await.is(201);
    }
);

/// Titles of what the private service holds, by state.
async fn everything(world: &World) -> Value {
    let mut titles = json!({});
    for state in ["published", "submitted", "ignored"] {
        let path = format!("/services/interne/items?state={state}");
        titles[state] = json!(world.get(Who::Manager, &path).await.is(200).listed("title"));
    }
    titles
}

on_both_databases!(
    async fn a_change_is_tried_before_it_is_made(db) {
        let world = World::new(db).await;
        let source = "@actualites@mef58.example";
        let rules = json!({ "filter": { "theme": "emploi" } });
        let made = subscribe(&world, Who::Manager, source, "hold", rules).await.is(201);
        let path = format!("/subscriptions/{}", made.body["id"].as_str().expect("an id"));
        let trial = format!("{path}/trial");
        let tried = world.post(Who::Manager, &trial, json!({})).await.is(200);
        assert_eq!(tried.body, json!({ "items": [], "next": null }), "nothing has come yet");
        world.published("actualites", "Nevers", &["emploi"], &["commune:58194"]).await;
        world.published("actualites", "Salon de Nevers", &["emploi"], &["commune:58194"]).await;
        world.published("actualites", "Dijon", &["formation"], &["commune:21231"]).await;
        // What was written in the service itself is none of the source's.
        world.published("interne", "Entre nous", &["emploi"], &["commune:58194"]).await;
        let before = everything(&world).await;
        assert_eq!(before["submitted"], json!(["Salon de Nevers", "Nevers"]));
        let nievre = json!({
            "filter": { "territory": { "area": "departement:58" } },
            "rules": [{ "when": { "keyword": "salon" }, "then": "hold" }],
        });
        for (body, expected) in [
            (json!({}), ["ignore", "hold", "hold"]),
            (json!({ "trust": "announce" }), ["ignore", "announce", "announce"]),
            (json!({ "rules": {} }), ["hold", "hold", "hold"]),
            (json!({ "trust": "publish", "rules": nievre }), ["ignore", "hold", "publish"]),
        ] {
            let tried = world.post(Who::Manager, &trial, body.clone()).await.is(200);
            assert_eq!(tried.listed("title"), ["Dijon", "Salon de Nevers", "Nevers"], "{body}");
            assert_eq!(tried.listed("decision"), expected, "{body}");
            assert_eq!(tried.body["items"][0].as_object().map(serde_json::Map::len), Some(2));
        }
        for (body, status, field, code) in [
            (json!({ "rules": { "filter": { "theme": "inconnu" } } }), 422, "rules", "unknown_theme"),
            (json!({ "trust": "aveugle" }), 400, "trust", "unknown_value"),
            (json!({ "rules": [] }), 400, "rules", "wrong_type"),
            (json!({ "source": source }), 400, "source", "unknown_key"),
        ] {
            let answer = world.post(Who::Manager, &trial, body).await.is(status);
            assert_eq!(answer.fields()[0].1, code, "{}", answer.body);
            assert!(answer.fields()[0].0.starts_with(field), "{}", answer.body);
        }
        for (who, status) in [(Who::Moderator, 403), (Who::Contributor, 404), (Who::Stranger, 404)] {
            world.post(who, &trial, json!({})).await.is(status);
        }
        // Nothing of it was done, neither to the subscription nor to what it has brought.
        assert_eq!(world.get(Who::Manager, &path).await.is(200).body, made.body);
        assert_eq!(everything(&world).await, before);
        // What was tried is what happens when it is done.
        let change = json!({ "trust": "publish", "rules": nievre });
        world.send(Who::Manager, Method::PATCH, &path, change).await.is(200);
        let expected = json!({
            "published": ["Entre nous", "Nevers"], "submitted": ["Salon de Nevers"], "ignored": ["Dijon"],
        });
        assert_eq!(everything(&world).await, expected);
    }
);
