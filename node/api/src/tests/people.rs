//! The node, its services, thesauri and people over the API.

use super::world::{Who, World};
use actix_web::http::Method;
use maillage_store::testing::on_both_databases;
use serde_json::json;

on_both_databases!(
    async fn the_node_and_its_thesauri_are_told(db) {
        let world = World::new(db).await;
        let node = world.get(Who::Anybody, "/node").await.is(200);
        assert_eq!(node.body["name"], "Maison de l'Emploi");
        assert_eq!(
            (&node.body["territory"], &node.body["territory_name"]),
            (&json!("departement:58"), &json!("Nièvre"))
        );
        assert_eq!(
            (&node.body["url"], &node.body["host"]),
            (&json!("https://mef58.example/"), &json!("mef58.example"))
        );
        let types = world.get(Who::Anybody, "/service-types").await.is(200);
        assert!(types.listed("slug").contains(&"agenda"));
        let agenda =
            types.body["items"].as_array().and_then(|all| all.iter().find(|one| one["slug"] == "agenda"));
        let fields = agenda.and_then(|agenda| agenda["fields"].as_array()).expect("fields");
        let mode = fields.iter().find(|field| field["name"] == "mode").expect("a field");
        assert_eq!((&mode["kind"], &mode["choices"][0]["code"]), (&json!("choice"), &json!("sur_place")));
        let themes = world.get(Who::Anybody, "/themes?limit=200").await.is(200);
        assert!(themes.listed("slug").len() > 90 && themes.body["next"].is_null());
        let first = world.get(Who::Anybody, "/themes").await.is(200);
        assert_eq!(first.listed("slug").len(), 50);
        let next = first.body["next"].as_str().expect("more themes");
        let second = world.get(Who::Anybody, &format!("/themes?cursor={next}")).await.is(200);
        assert_eq!(second.listed("slug")[0], themes.listed("slug")[50]);
    }
);

on_both_databases!(
    async fn places_are_found_by_name_and_postal_code(db) {
        let world = World::new(db).await;
        let found = world.get(Who::Anybody, "/places?q=never").await.is(200);
        assert_eq!(found.listed("code")[0], "commune:58194");
        let within = found.body["items"][0]["within"].as_array().expect("areas");
        assert!(within.iter().any(|area| area["code"] == "departement:58" && area["name"] == "Nièvre"));
        let by_code = world.get(Who::Anybody, "/places?q=58000").await.is(200);
        assert!(by_code.listed("code").contains(&"commune:58194"));
        assert_eq!(world.get(Who::Anybody, "/places?q=saint&limit=3").await.is(200).listed("code").len(), 3);
        assert!(world.get(Who::Anybody, "/places").await.is(200).listed("code").is_empty());
        let limit = world.get(Who::Anybody, "/places?q=saint&limit=0").await.is(400);
        assert_eq!(limit.fields(), [("limit", "wrong_value")]);
    }
);

on_both_databases!(
    async fn services_are_made_and_changed(db) {
        let world = World::new(db).await;
        let body = json!({
            "type": "agenda", "slug": "rencontres", "title": "Rencontres", "purpose": "Se voir",
            "delay_days": 3, "licence": "etalab-2.0", "moderators": "L'équipe",
        });
        world.post(Who::Manager, "/services", body.clone()).await.is(403);
        let made = world.post(Who::Administrator, "/services", body.clone()).await.is(201);
        assert_eq!(made.header("location"), "/api/v1/services/rencontres");
        assert_eq!(made.body["handle"], "@rencontres@mef58.example");
        assert_eq!(
            (&made.body["role"], &made.body["visibility"]),
            (&json!("service_manager"), &json!("public"))
        );
        assert_eq!(
            world.post(Who::Administrator, "/services", body).await.is(422).fields(),
            [("slug", "taken")]
        );
        let path = "/services/rencontres";
        assert_eq!(world.get(Who::Anybody, path).await.is(200).body["role"], json!(null));
        let change = json!({ "title": "Nos rencontres", "delay_days": null });
        let changed = world.send(Who::Administrator, Method::PATCH, path, change.clone()).await.is(200);
        assert_eq!(
            (&changed.body["title"], &changed.body["delay_days"]),
            (&json!("Nos rencontres"), &json!(null))
        );
        assert_eq!(
            (&changed.body["purpose"], &changed.body["moderators"]),
            (&json!("Se voir"), &json!("L'équipe"))
        );
        world.send(Who::Stranger, Method::PATCH, path, change).await.is(403);
        let wider = json!({ "visibility": "network" });
        let fixed = world.send(Who::Administrator, Method::PATCH, path, wider).await.is(422);
        assert_eq!(fixed.fields(), [("visibility", "fixed")]);
        for (body, field, code) in [
            (json!({ "type": "météo", "slug": "meteo", "title": "x" }), "type", "unknown_type"),
            (json!({ "type": "news", "slug": "admin", "title": "x" }), "slug", "not_a_slug"),
            (json!({ "type": "news", "slug": "vide", "title": "" }), "title", "required"),
        ] {
            assert_eq!(
                world.post(Who::Administrator, "/services", body).await.is(422).fields(),
                [(field, code)]
            );
        }
        // A private service has no face outside.
        let private = world.get(Who::Contributor, "/services/interne").await.is(200);
        assert_eq!((&private.body["handle"], &private.body["actor"]), (&json!(null), &json!(null)));
        assert_eq!(private.body["role"], "contributor");
    }
);

on_both_databases!(
    async fn members_get_and_lose_roles(db) {
        let world = World::new(db).await;
        let path = "/services/actualites/members";
        let members = world.get(Who::Moderator, path).await.is(200);
        assert_eq!(members.listed("role"), ["contributor", "service_manager", "moderator"]);
        world.get(Who::Contributor, path).await.is(403);
        world.get(Who::Anybody, path).await.is(401);
        world.get(Who::Stranger, "/services/interne/members").await.is(404);
        let stranger = format!("{path}/{}", Who::Stranger.email());
        world.send(Who::Moderator, Method::PUT, &stranger, json!({ "role": "moderator" })).await.is(403);
        let member =
            world.send(Who::Manager, Method::PUT, &stranger, json!({ "role": "moderator" })).await.is(200);
        assert_eq!((&member.body["role"], &member.body["name"]), (&json!("moderator"), &json!("Stranger")));
        // The new role is worth something with the next request.
        let id = world.submitted("actualites", "À relire", &["emploi"], &[]).await;
        world.post(Who::Stranger, &format!("/items/{id}/publish"), json!({})).await.is(200);
        world.answer(world.request(Who::Manager, Method::DELETE, &stranger)).await.is(204);
        world.get(Who::Stranger, path).await.is(403);
        let unknown = format!("{path}/personne@mef58.example");
        let unknown =
            world.send(Who::Manager, Method::PUT, &unknown, json!({ "role": "moderator" })).await.is(422);
        assert_eq!(unknown.fields(), [("email", "unknown_account")]);
        let role = world.send(Who::Manager, Method::PUT, &stranger, json!({ "role": "chef" })).await.is(400);
        assert_eq!(role.fields(), [("role", "unknown_value")]);
    }
);

on_both_databases!(
    async fn accounts_are_made_closed_and_opened(db) {
        let world = World::new(db).await;
        let who = Who::Administrator;
        let organisation =
            json!({ "name": "Mission locale", "url": "https://ml.example", "territory": "58194" });
        let organisation = world.post(who, "/organisations", organisation).await.is(201);
        assert_eq!(organisation.body["territory"], "commune:58194");
        let partner = json!({
            "email": "Partenaire@ml.example", "display_name": "Partenaire", "password": "quelques mots suffisent",
            "organisation": organisation.body["id"],
        });
        let made = world.post(who, "/accounts", partner.clone()).await.is(201);
        assert_eq!(
            (&made.body["organisation_name"], &made.body["enabled"]),
            (&json!("Mission locale"), &json!(true))
        );
        assert!(made.body.get("password").is_none() && made.body.get("password_hash").is_none());
        assert_eq!(world.post(who, "/accounts", partner).await.is(422).fields(), [("email", "taken")]);
        let short = json!({ "email": "b@ml.example", "display_name": "", "password": "court" });
        assert_eq!(
            world.post(who, "/accounts", short).await.is(422).fields(),
            [("password", "password_length")]
        );
        let accounts = world.get(who, "/accounts").await.is(200);
        assert_eq!(accounts.listed("email").len(), 6);
        let account = |email: String| {
            let all = accounts.body["items"].as_array().expect("a page");
            let one = all.iter().find(|one| one["email"] == email.as_str()).expect("an account");
            format!("/accounts/{}", one["id"].as_str().expect("an id"))
        };
        // Closing an account stops its token at once; opening it brings the token back.
        let contributor = account(Who::Contributor.email());
        world.get(Who::Contributor, "/tokens").await.is(200);
        let closed = world.send(who, Method::PATCH, &contributor, json!({ "enabled": false })).await.is(200);
        assert_eq!(closed.body["enabled"], false);
        world.get(Who::Contributor, "/tokens").await.is(401);
        world.get(Who::Contributor, "/items").await.is(401);
        world.send(who, Method::PATCH, &contributor, json!({ "enabled": true })).await.is(200);
        world.get(Who::Contributor, "/tokens").await.is(200);
        let last = world.send(who, Method::PATCH, &account(who.email()), json!({ "enabled": false })).await;
        assert_eq!(last.is(409).code(), "conflict");
        // A wrong half changes nothing of the other.
        let half = json!({ "enabled": false, "password": "court" });
        let half = world.send(who, Method::PATCH, &contributor, half).await.is(422);
        assert_eq!(half.fields(), [("password", "password_length")]);
        world.get(Who::Contributor, "/tokens").await.is(200);
        let password = json!({ "password": "d'autres mots encore" });
        world.send(who, Method::PATCH, &contributor, password).await.is(200);
        let email = Who::Contributor.email();
        let session = world.app().log_in(&email, "d'autres mots encore", "192.0.2.1");
        session.await.expect("the new password is the one");
        for other in [Who::Manager, Who::Stranger] {
            world.get(other, "/accounts").await.is(403);
            world.send(other, Method::PATCH, &contributor, json!({ "enabled": false })).await.is(403);
            world.get(other, "/organisations").await.is(200);
            world.post(other, "/organisations", json!({ "name": "x" })).await.is(403);
        }
    }
);

on_both_databases!(
    async fn tokens_are_shown_once_and_deleted(db) {
        let world = World::new(db).await;
        let who = Who::Contributor;
        let made = world.post(who, "/tokens", json!({ "label": "  tableur  " })).await.is(201);
        let token = made.body["token"].as_str().expect("a token").to_owned();
        assert!(token.starts_with("mlg_"));
        let bearer = |token: &str| {
            let request = world.request(Who::Anybody, Method::GET, "/tokens");
            world.answer(request.insert_header(("authorization", format!("Bearer {token}"))))
        };
        let listed = bearer(&token).await.is(200);
        assert_eq!(listed.listed("label"), ["tableur", "tests"]);
        assert_eq!(listed.listed("id")[0], made.body["id"]);
        assert!(!listed.body.to_string().contains(&token) && !listed.body.to_string().contains("hash"));
        let path = format!("/tokens/{}", listed.listed("id")[0]);
        // Others cannot delete it, nor learn that it is there.
        world.answer(world.request(Who::Administrator, Method::DELETE, &path)).await.is(404);
        world.answer(world.request(who, Method::DELETE, "/tokens/rien")).await.is(404);
        world.answer(world.request(who, Method::DELETE, &path)).await.is(204);
        bearer(&token).await.is(401);
        assert_eq!(
            world.post(who, "/tokens", json!({ "label": " " })).await.is(422).fields(),
            [("label", "required")]
        );
    }
);

on_both_databases!(
    async fn organisations_are_changed(db) {
        let world = World::new(db).await;
        let who = Who::Administrator;
        let body = json!({ "name": "Mission locale", "url": "https://ml.example", "territory": "58194" });
        let made = world.post(who, "/organisations", body).await.is(201).body;
        let other = world.post(who, "/organisations", json!({ "name": "Cap emploi" })).await.is(201).body;
        let path = format!("/organisations/{}", made["id"].as_str().expect("an id"));
        let person = json!({
            "email": "partenaire@ml.example", "display_name": "Partenaire",
            "password": "quelques mots suffisent", "organisation": made["id"],
        });
        world.post(who, "/accounts", person).await.is(201);
        let change = json!({ "name": " Mission locale du Nivernais ", "territory": "58" });
        let changed = world.send(who, Method::PUT, &path, change).await.is(200).body;
        let expected = json!({
            "id": made["id"], "name": "Mission locale du Nivernais", "url": null,
            "territory": "departement:58", "created_at": made["created_at"],
        });
        assert_eq!(changed, expected, "what is left out is emptied");
        // People of it, and the list, have the new name; others are as they were.
        let accounts = world.get(who, "/accounts").await.is(200);
        assert!(accounts.listed("organisation_name").contains(&"Mission locale du Nivernais"));
        for (body, status, field, code) in [
            (json!({ "name": " " }), 422, "name", "required"),
            (json!({ "name": "x", "url": "ml.example" }), 422, "url", "not_a_url"),
            (json!({ "url": "https://ml.example" }), 400, "name", "missing_key"),
            (json!({ "name": 5 }), 400, "name", "wrong_type"),
            (json!({ "name": "x", "id": "y" }), 400, "id", "unknown_key"),
        ] {
            let answer = world.send(who, Method::PUT, &path, body).await.is(status);
            assert_eq!(answer.fields(), [(field, code)]);
        }
        let place = json!({ "name": "x", "territory": "lune" });
        assert_eq!(world.send(who, Method::PUT, &path, place).await.is(422).fields()[0].0, "territory");
        world.send(Who::Manager, Method::PUT, &path, json!({ "name": "x" })).await.is(403);
        world.send(who, Method::PUT, "/organisations/rien", json!({ "name": "x" })).await.is(404);
        let listed = world.get(Who::Stranger, "/organisations").await.is(200);
        // The node's own is the one in the middle.
        let names = ["Cap emploi", "Maison de l'Emploi", "Mission locale du Nivernais"];
        assert_eq!(listed.listed("name"), names);
        for one in [&expected, &other] {
            assert!(listed.body["items"].as_array().is_some_and(|all| all.contains(one)), "{}", listed.body);
        }
    }
);

on_both_databases!(
    async fn people_are_invited_and_the_log_tells_it(db) {
        let world = World::new(db).await;
        let roles = json!([{ "service": "actualites", "role": "moderator" }]);
        let body = json!({ "email": "stage@mef58.example", "language": "en", "roles": roles });
        let made = world.post(Who::Manager, "/invitations", body.clone()).await.is(201);
        assert_eq!(made.body["roles"], roles);
        assert!(!made.body.to_string().contains("token"), "{}", made.body);
        let again = world.post(Who::Manager, "/invitations", body).await.is(422);
        assert_eq!(again.fields(), [("email", "invited")]);
        let list = world.get(Who::Manager, "/invitations").await.is(200);
        assert_eq!(list.listed("email"), ["stage@mef58.example"]);
        let id = list.listed("id")[0].to_owned();
        world.send(Who::Manager, Method::DELETE, &format!("/invitations/{id}"), json!(null)).await.is(204);
        assert!(world.get(Who::Manager, "/invitations").await.is(200).listed("id").is_empty());
        let log = world.get(Who::Manager, "/audit?subject=role").await.is(200);
        let line = &log.body["items"][0];
        assert_eq!((&line["action"], &line["before"]), (&json!("create"), &json!({})));
        assert!(line["after"]["role"].is_string(), "{line}");
        let first = world.get(Who::Administrator, "/audit?limit=1").await.is(200);
        let next = first.body["next"].as_str().expect("more lines");
        let second = world.get(Who::Administrator, &format!("/audit?limit=1&cursor={next}")).await.is(200);
        assert_ne!(first.body["items"], second.body["items"]);
        // Where no mail is sent, nobody is invited.
        world.app().set_sends_mail(false);
        world.post(Who::Administrator, "/invitations", json!({ "email": "x@mef58.example" })).await.is(409);
    }
);
