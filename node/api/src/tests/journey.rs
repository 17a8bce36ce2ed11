//! The editorial journey: from a draft to a published item, its correction and its withdrawal.

use super::world::{Who, World, news};
use actix_web::http::Method;
use maillage_store::testing::on_both_databases;
use serde_json::json;

on_both_databases!(
    async fn an_item_goes_from_its_author_to_its_readers(db) {
        let world = World::new(db).await;
        let fields = json!({ "titre": "Forum de l'emploi" });
        let made =
            world.post(Who::Contributor, "/services/actualites/items", json!({ "fields": fields })).await;
        let made = made.is(201);
        let id = made.body["id"].as_str().expect("an id").to_owned();
        assert_eq!(made.header("location"), format!("/api/v1/items/{id}"));
        assert_eq!(made.body["state"], "draft");
        assert_eq!(made.body["language"], "fr");
        assert_eq!(made.body["licence"], "etalab-2.0", "the service's own");
        assert_eq!(made.body["version"], 0);
        let path = format!("/items/{id}");
        // A draft is its author's and the moderators' alone.
        for who in [Who::Anybody, Who::Stranger] {
            world.get(who, &path).await.is(404);
        }
        world.get(Who::Moderator, &path).await.is(200);
        // What is missing is said field by field, and nothing moves.
        let refused = world.post(Who::Contributor, &format!("{path}/submit"), json!({})).await.is(422);
        assert_eq!(refused.fields(), [("chapo", "required"), ("thematiques", "required")]);
        let seen = made.body["revision"]["seen"].as_i64().expect("a moment");
        let whole = news("Forum de l'emploi", &["emploi"], &["commune:58194"]);
        let saved = json!({ "fields": whole, "seen": seen });
        let saved = world.send(Who::Contributor, Method::PUT, &path, saved).await.is(200);
        assert_eq!(saved.body["themes"], json!(["emploi"]));
        assert_eq!(saved.body["places"], json!(["commune:58194"]));
        let submitted = world.post(Who::Contributor, &format!("{path}/submit"), json!({})).await.is(200);
        assert_eq!(submitted.body["state"], "submitted");
        assert!(submitted.body["queued_at"].is_string());
        // Neither the author, nor who has no role, publishes it.
        for who in [Who::Contributor, Who::Administrator] {
            world.post(who, &format!("{path}/publish"), json!({})).await.is(403);
        }
        let published =
            world.answer(world.request(Who::Moderator, Method::POST, &format!("{path}/publish"))).await;
        let published = published.is(200);
        assert_eq!(published.body["state"], "published");
        assert_eq!(published.body["decided_by"], "account:Moderator");
        let read = world.get(Who::Anybody, &path).await.is(200);
        assert_eq!(read.body["title"], "Forum de l'emploi");
        assert_eq!(read.body["version"], 1);
        assert_eq!(read.body["origin"]["handle"], "@actualites@mef58.example");
        assert_eq!(read.body["origin"]["organisation"], "Maison de l'Emploi");
        assert!(read.body["published_at"].as_str().is_some_and(|at| at.ends_with('Z')));
    }
);

on_both_databases!(
    async fn nobody_publishes_an_item_of_their_own(db) {
        let world = World::new(db).await;
        let fields = news("De ma main", &["emploi"], &[]);
        let made =
            world.post(Who::Moderator, "/services/actualites/items", json!({ "fields": fields })).await;
        let path = format!("/items/{}", made.is(201).body["id"].as_str().expect("an id"));
        world.post(Who::Moderator, &format!("{path}/submit"), json!({})).await.is(200);
        let refused = world.post(Who::Moderator, &format!("{path}/publish"), json!({})).await.is(403);
        assert!(refused.body["message"]["fr"].as_str().is_some_and(|said| said.contains("sa propre fiche")));
        world.post(Who::Manager, &format!("{path}/publish"), json!({})).await.is(200);
    }
);

on_both_databases!(
    async fn a_correction_waits_while_what_is_published_stays(db) {
        let world = World::new(db).await;
        let id = world.published("actualites", "Premier titre", &["emploi"], &["departement:58"]).await;
        let path = format!("/items/{id}");
        let corrected = json!({ "fields": news("Second titre", &["emploi"], &["departement:58"]) });
        let saved = world.send(Who::Contributor, Method::PUT, &path, corrected).await.is(200);
        assert_eq!(saved.body["title"], "Premier titre");
        assert_eq!(saved.body["revision"]["title"], "Second titre");
        assert_eq!(saved.body["revision"]["number"], 2);
        assert_eq!(saved.body["revision"]["state"], "draft");
        world.post(Who::Contributor, &format!("{path}/submit"), json!({})).await.is(200);
        // Readers learn neither the correction nor that one waits.
        for who in [Who::Anybody, Who::Stranger] {
            let read = world.get(who, &path).await.is(200);
            assert_eq!(read.body["title"], "Premier titre");
            for hidden in ["queued_at", "reason", "decided_by", "revision", "decisions"] {
                assert!(read.body[hidden].is_null(), "{hidden} for {who:?}: {}", read.body);
            }
            let waiting = world.get(who, "/items?waiting=true").await.is(200);
            assert!(waiting.listed("id").is_empty(), "{who:?}");
        }
        assert_eq!(world.get(Who::Moderator, "/items?waiting=true").await.is(200).listed("id"), [&id]);
        // Refused with a reason, the correction goes back and the published item stays.
        let decline = format!("{path}/decline");
        assert_eq!(
            world.post(Who::Moderator, &decline, json!({})).await.is(422).fields(),
            [("reason", "required")]
        );
        let blank = world.post(Who::Moderator, &decline, json!({ "reason": "  " })).await;
        assert_eq!(blank.is(422).fields(), [("reason", "required")]);
        let declined = world.post(Who::Moderator, &decline, json!({ "reason": "Date fausse" })).await.is(200);
        assert_eq!(
            (&declined.body["state"], &declined.body["reason"]),
            (&json!("published"), &json!("Date fausse"))
        );
        assert_eq!(world.get(Who::Anybody, &path).await.is(200).body["reason"], json!(null));
        // Corrected again and published.
        let third = json!({ "fields": news("Troisième titre", &["emploi"], &["departement:58"]) });
        world.send(Who::Contributor, Method::PUT, &path, third).await.is(200);
        world.post(Who::Contributor, &format!("{path}/submit"), json!({})).await.is(200);
        world.post(Who::Moderator, &format!("{path}/publish"), json!({})).await.is(200);
        let read = world.get(Who::Anybody, &path).await.is(200);
        assert_eq!((&read.body["title"], &read.body["version"]), (&json!("Troisième titre"), &json!(2)));
        let steps = world.get(Who::Contributor, &path).await.is(200);
        let steps: Vec<_> = steps.body["decisions"]
            .as_array()
            .expect("decisions")
            .iter()
            .map(|one| (one["action"].as_str().unwrap_or_default().to_owned(), one["by"].clone()))
            .collect();
        let (author, moderator) = (json!("Contributor"), json!("Moderator"));
        let expected = [
            ("publish", &moderator),
            ("submit", &author),
            ("decline", &moderator),
            ("submit", &author),
            ("publish", &moderator),
            ("submit", &author),
        ];
        assert_eq!(steps, expected.map(|(action, by)| (action.to_owned(), by.clone())));
    }
);

on_both_databases!(
    async fn two_people_do_not_overwrite_each_other(db) {
        let world = World::new(db).await;
        let id = world.draft("actualites", "À deux mains", &["emploi"], &[]).await;
        let path = format!("/items/{id}");
        let seen = world.get(Who::Contributor, &path).await.is(200).body["revision"]["seen"].clone();
        let version = |title: &str| json!({ "fields": news(title, &["emploi"], &[]), "seen": seen });
        world.send(Who::Moderator, Method::PUT, &path, version("La première")).await.is(200);
        let late = world.send(Who::Contributor, Method::PUT, &path, version("La seconde")).await.is(409);
        assert_eq!(late.code(), "conflict");
        assert_eq!(world.get(Who::Contributor, &path).await.is(200).body["title"], "La première");
    }
);

on_both_databases!(
    async fn language_and_licence_stay_as_they_were(db) {
        let world = World::new(db).await;
        let made = json!({
            "fields": news("In English", &["emploi"], &[]), "language": "en", "licence": "CC-BY-4.0",
        });
        let made = world.post(Who::Contributor, "/services/actualites/items", made).await.is(201);
        let path = format!("/items/{}", made.body["id"].as_str().expect("an id"));
        let saved = json!({ "fields": news("Still in English", &["emploi"], &[]) });
        let saved = world.send(Who::Contributor, Method::PUT, &path, saved).await.is(200);
        assert_eq!((&saved.body["language"], &saved.body["licence"]), (&json!("en"), &json!("CC-BY-4.0")));
        let bad = json!({ "fields": news("?", &["emploi"], &[]), "language": "anglais" });
        let bad = world.send(Who::Contributor, Method::PUT, &path, bad).await.is(422);
        assert_eq!(bad.fields(), [("language", "not_a_language")]);
    }
);

on_both_databases!(
    async fn a_withdrawn_item_is_gone_for_readers(db) {
        let world = World::new(db).await;
        let id = world.published("actualites", "Annoncé trop tôt", &["emploi"], &[]).await;
        let path = format!("/items/{id}");
        world.post(Who::Contributor, &format!("{path}/withdraw"), json!({})).await.is(403);
        let withdrawn =
            world.post(Who::Moderator, &format!("{path}/withdraw"), json!({ "reason": "Erreur" })).await;
        let withdrawn = withdrawn.is(200);
        assert_eq!(
            (&withdrawn.body["state"], &withdrawn.body["reason"]),
            (&json!("withdrawn"), &json!("Erreur"))
        );
        world.get(Who::Anybody, &path).await.is(404);
        assert!(world.get(Who::Anybody, "/items").await.is(200).listed("id").is_empty());
        let again = world.post(Who::Moderator, &format!("{path}/withdraw"), json!({})).await.is(409);
        assert_eq!(again.code(), "conflict");
    }
);
