//! Imports over the API: files, addresses, bad rows, and who may.

use super::world::{Answer, Who, World};
use actix_web::http::Method;
use maillage_store::testing::on_both_databases;
use serde_json::json;

const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Flux</title>
<link>https://ailleurs.example/</link><description>d</description>
<item><title>Un atelier à Nevers</title><link>https://ailleurs.example/1</link><guid>1</guid>
<description>Le texte</description></item></channel></rss>"#;

async fn import(world: &World, who: Who, query: &str, media_type: &str, bytes: &[u8]) -> Answer {
    let path = format!("/services/actualites/import{query}");
    let request =
        world.request(who, Method::POST, &path).insert_header(("content-type", media_type.to_owned()));
    world.answer(request.set_payload(bytes.to_vec())).await
}

on_both_databases!(
    async fn a_bad_row_never_loses_the_good_ones(db) {
        let world = World::new(db).await;
        // As a spreadsheet of a French office writes it: semicolons, Windows-1252.
        let csv = b"Titre;Chapo;Commune;Lien\r\n\
                Forum de l'emploi;Venez nombreux;Nevers;https://mef58.example/forum\r\n\
                ;Sans titre;Nevers;\r\n\
                Job dating \xe0 Dijon;R\xe9sum\xe9;Ville inconnue;\r\n";
        let report = import(&world, Who::Contributor, "?theme=emploi", "text/csv", csv).await.is(200);
        assert_eq!((&report.body["created"], &report.body["updated"]), (&json!(2), &json!(0)));
        let problems = report.body["problems"].as_array().expect("problems");
        let told: Vec<_> = problems.iter().map(|one| (one["line"].as_u64(), one["kept"].as_bool())).collect();
        assert_eq!(told, [(Some(3), Some(false)), (Some(4), Some(true))], "{problems:?}");
        for one in problems {
            assert!(
                ["fr", "en"]
                    .iter()
                    .all(|language| one["message"][language].as_str().is_some_and(|t| !t.is_empty()))
            );
        }
        let queue = world.get(Who::Moderator, "/items?waiting=true").await.is(200);
        assert_eq!(queue.listed("title"), ["Forum de l'emploi", "Job dating à Dijon"]);
        assert_eq!(queue.body["items"][0]["themes"], json!(["emploi"]));
        assert_eq!(queue.body["items"][0]["places"], json!(["commune:58194"]));
        // Again, nothing is there twice; a row that has changed is a correction.
        let again = import(&world, Who::Contributor, "?theme=emploi", "text/csv", csv).await.is(200);
        assert_eq!((&again.body["created"], &again.body["unchanged"]), (&json!(0), &json!(2)));
        let changed = String::from_utf8_lossy(csv).replace("Venez nombreux", "Venez tous");
        let changed =
            import(&world, Who::Contributor, "?theme=emploi", "text/csv", changed.as_bytes()).await.is(200);
        assert!(changed.body["updated"].as_u64().is_some_and(|updated| updated >= 1), "{}", changed.body);
    }
);

on_both_databases!(
    async fn a_dry_run_changes_nothing(db) {
        let world = World::new(db).await;
        let csv = b"Titre,Chapo\nPremier,a\nSecond,b\n";
        let report = import(&world, Who::Contributor, "?dry_run=true", "text/csv", csv).await.is(200);
        assert_eq!(report.body["created"], 2);
        assert!(world.get(Who::Moderator, "/items?waiting=true").await.is(200).listed("id").is_empty());
        let report = import(&world, Who::Contributor, "?dry_run=false", "text/csv", csv).await.is(200);
        assert_eq!(report.body["created"], 2);
        assert_eq!(world.get(Who::Moderator, "/items?waiting=true").await.is(200).listed("id").len(), 2);
    }
);

on_both_databases!(
    async fn an_address_is_fetched_for_who_may_import(db) {
        let world = World::new(db).await;
        world.elsewhere.put("https://ailleurs.example/flux", FEED);
        let query = "?url=https%3A%2F%2Failleurs.example%2Fflux&place=58194";
        for (who, status) in [(Who::Anybody, 401), (Who::Stranger, 403), (Who::Administrator, 403)] {
            import(&world, who, query, "text/plain", b"").await.is(status);
        }
        assert!(world.elsewhere.asked().is_empty(), "nothing is fetched for who may not import");
        let report = import(&world, Who::Contributor, query, "text/plain", b"").await.is(200);
        assert_eq!(report.body["created"], 1, "{}", report.body);
        assert_eq!(world.elsewhere.asked(), ["https://ailleurs.example/flux"]);
        let queue = world.get(Who::Contributor, "/services/actualites/items?waiting=true").await.is(200);
        assert_eq!(queue.listed("title"), ["Un atelier à Nevers"]);
        assert_eq!(queue.body["items"][0]["places"], json!(["commune:58194"]));
        let missing =
            import(&world, Who::Contributor, "?url=https://ailleurs.example/rien", "", b"").await.is(502);
        assert_eq!(missing.code(), "remote");
    }
);

on_both_databases!(
    async fn what_cannot_be_imported_is_said(db) {
        let world = World::new(db).await;
        let who = Who::Contributor;
        let csv = b"Titre\nUn\n";
        for (query, body, status, field, code) in [
            ("", &b""[..], 400, "url", "no_file"),
            ("?url=https://ailleurs.example/flux", csv, 400, "url", "body_and_url"),
            ("?url=file:///etc/passwd", b"", 400, "url", "not_a_url"),
            ("?theme=inconnu", csv, 422, "theme", "unknown_theme"),
            ("?place=commune:99999", csv, 422, "place", "unknown_place"),
            ("?place=lune", csv, 400, "place", "not_a_place"),
            ("?dry_run=peut-%C3%AAtre", csv, 400, "dry_run", "unknown_value"),
            ("", b"<!doctype html><html><body>Accueil</body></html>", 422, "file", "unreadable"),
            ("", b"<rss><channel><item>", 422, "file", "unreadable"),
            ("", b"Couleur;Taille\nbleu;5\n", 422, "file", "unreadable"),
        ] {
            let answer = import(&world, who, query, "text/csv", body).await.is(status);
            assert_eq!(answer.fields(), [(field, code)], "{query} {}", answer.body);
        }
        assert!(world.get(Who::Moderator, "/items?waiting=true").await.is(200).listed("id").is_empty());
        let hidden =
            world.request(Who::Stranger, Method::POST, "/services/interne/import").set_payload(csv.to_vec());
        world.answer(hidden).await.is(404);
    }
);
