//! Bodies, tokens and headers of requests that are not as they should be.

use super::world::{Who, World};
use actix_web::http::Method;
use maillage_store::testing::TestDatabase;
use serde_json::json;

#[tokio::test]
async fn unknown_keys_are_refused_with_their_name() {
    let world = World::new(&TestDatabase::sqlite()).await;
    for (who, method, path, body, key) in [
        (
            Who::Administrator,
            Method::POST,
            "/services",
            json!({"type": "news", "slug": "un", "titre": "x"}),
            "titre",
        ),
        (Who::Manager, Method::PATCH, "/services/actualites", json!({"titel": "x"}), "titel"),
        (
            Who::Manager,
            Method::PUT,
            "/services/actualites/members/a@b.fr",
            json!({"rôle": "moderator"}),
            "rôle",
        ),
        (
            Who::Contributor,
            Method::POST,
            "/services/actualites/items",
            json!({"fields": {}, "state": "published"}),
            "state",
        ),
        (Who::Contributor, Method::PUT, "/items/rien", json!({"fields": {}, "titre": "x"}), "titre"),
        (Who::Moderator, Method::POST, "/items/rien/decline", json!({"raison": "x"}), "raison"),
        (Who::Manager, Method::POST, "/subscriptions", json!({"cible": "x"}), "cible"),
        (Who::Manager, Method::PATCH, "/subscriptions/rien", json!({"source": "@a@b"}), "source"),
        (Who::Manager, Method::POST, "/subscriptions/rien/trial", json!({"source": "@a@b"}), "source"),
        (
            Who::Administrator,
            Method::POST,
            "/sites",
            json!({"slug": "un", "title": "x", "color": "x"}),
            "color",
        ),
        (Who::Administrator, Method::PATCH, "/sites/rien", json!({"slug": "deux"}), "slug"),
        (
            Who::Administrator,
            Method::POST,
            "/sites/rien/placements",
            json!({"service": "x", "tri": "x"}),
            "tri",
        ),
        (Who::Administrator, Method::PUT, "/placements/rien", json!({"service": "agenda"}), "service"),
        (Who::Administrator, Method::POST, "/placements/rien/move", json!({"up": true, "by": 2}), "by"),
        (Who::Administrator, Method::POST, "/accounts", json!({"mail": "x"}), "mail"),
        (
            Who::Administrator,
            Method::PATCH,
            "/accounts/rien",
            json!({"administrator": true}),
            "administrator",
        ),
        (Who::Administrator, Method::POST, "/organisations", json!({"nom": "x"}), "nom"),
        (Who::Administrator, Method::PUT, "/organisations/rien", json!({"name": "x", "id": "y"}), "id"),
        (Who::Contributor, Method::POST, "/tokens", json!({"label": "x", "scope": "x"}), "scope"),
    ] {
        let answer = world.send(who, method, path, body).await.is(400);
        assert_eq!(answer.code(), "unknown_key", "{path}");
        assert_eq!(answer.fields(), [(key, "unknown_key")], "{path}");
        for language in ["fr", "en"] {
            assert!(
                answer.body["message"][language].as_str().is_some_and(|said| said.contains(key)),
                "{path}"
            );
        }
    }
    // Fields of an item go by its type: what the type does not have is said as for any field.
    let fields = json!({ "fields": { "titre": "x", "couleur": "bleu" } });
    let answer = world.post(Who::Contributor, "/services/actualites/items", fields).await.is(422);
    assert_eq!(answer.fields(), [("couleur", "unknown_field")]);
}

#[tokio::test]
async fn only_json_is_json() {
    let world = World::new(&TestDatabase::sqlite()).await;
    let tokens = |media_type: &'static str, body: &'static str| {
        let request = world.request(Who::Contributor, Method::POST, "/tokens");
        let request =
            if media_type.is_empty() { request } else { request.insert_header(("content-type", media_type)) };
        world.answer(request.set_payload(body))
    };
    let good = r#"{"label": "x"}"#;
    for media_type in ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"]
    {
        tokens(media_type, good).await.is(201);
    }
    for media_type in
        ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "image/json"]
    {
        assert_eq!(tokens(media_type, good).await.is(415).code(), "unsupported_media_type", "{media_type}");
    }
    assert_eq!(tokens("application/json", "label=x").await.is(400).code(), "malformed_json");
    assert_eq!(tokens("application/json", "").await.is(400).code(), "malformed_json");
    assert_eq!(
        tokens("application/json", r#"{"label": 5}"#).await.is(400).fields(),
        [("label", "wrong_type")]
    );
    let request =
        world.request(Who::Contributor, Method::POST, "/tokens").insert_header(("content-encoding", "gzip"));
    let request = request.insert_header(("content-type", "application/json")).set_payload(good);
    assert_eq!(world.answer(request).await.is(415).code(), "unsupported_encoding");
}

#[tokio::test]
async fn bodies_have_a_limit() {
    let world = World::new(&TestDatabase::sqlite()).await;
    let label = |length: usize| {
        let body = format!("{{\"label\": \"{}\"}}", "x".repeat(length));
        let request = world.request(Who::Contributor, Method::POST, "/tokens");
        world.answer(request.insert_header(("content-type", "application/json")).set_payload(body))
    };
    // One byte below the limit it is read, and too long a label; one above, it is not.
    assert_eq!(label((1 << 20) - 13).await.is(422).fields(), [("label", "required")]);
    assert_eq!(label((1 << 20) - 12).await.is(413).code(), "too_large");
    let import = |length: usize| {
        let request = world.request(Who::Contributor, Method::POST, "/services/actualites/import");
        let mut body = b"Titre\n".to_vec();
        body.resize(length, b'x');
        world.answer(request.insert_header(("content-type", "text/csv")).set_payload(body))
    };
    assert_eq!(import((10 << 20) + 1).await.is(413).code(), "too_large");
    // A length that is announced is believed before anything is read.
    let request = world.request(Who::Contributor, Method::POST, "/tokens");
    let request = request.insert_header(("content-type", "application/json"));
    let request = request.set_payload("{}").insert_header(("content-length", "99999999"));
    world.answer(request).await.is(413);
}

#[tokio::test]
async fn who_asks_is_settled_before_what_is_asked() {
    let world = World::new(&TestDatabase::sqlite()).await;
    let request = world.request(Who::Anybody, Method::POST, "/services").set_payload("no json");
    assert_eq!(world.answer(request).await.is(401).code(), "unauthenticated");
}

#[tokio::test]
async fn tokens_are_read_strictly() {
    let world = World::new(&TestDatabase::sqlite()).await;
    let asked = |value: String| {
        world.answer(
            world.request(Who::Anybody, Method::GET, "/tokens").insert_header(("authorization", value)),
        )
    };
    let token = world.token(Who::Contributor).to_owned();
    asked(format!("Bearer {token}")).await.is(200);
    asked(format!("bearer {token}")).await.is(200);
    for wrong in [
        token.clone(),
        format!("Basic {token}"),
        "Bearer ".to_owned(),
        "Bearer mlg_x".to_owned(),
        String::new(),
    ] {
        asked(wrong.clone()).await.is(401);
        let open = world.request(Who::Anybody, Method::GET, "/items").insert_header(("authorization", wrong));
        world.answer(open).await.is(401);
    }
    let twice = world.request(Who::Contributor, Method::GET, "/tokens");
    let twice = twice.append_header(("authorization", format!("Bearer {token}")));
    world.answer(twice).await.is(401);
}

#[tokio::test]
async fn caches_keep_nothing_that_is_for_one_account() {
    let world = World::new(&TestDatabase::sqlite()).await;
    for (who, path, kept) in [
        (Who::Anybody, "/items", "no-cache"),
        (Who::Contributor, "/items", "private, no-store"),
        (Who::Anybody, "/tokens", "private, no-store"),
        (Who::Anybody, "/nulle-part", "private, no-store"),
    ] {
        let answer = world.get(who, path).await;
        assert_eq!(answer.header("cache-control"), kept, "{path}");
        assert_eq!(answer.header("vary"), "Authorization");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let head = world.answer(world.request(Who::Anybody, Method::HEAD, "/items")).await.is(200);
    assert_eq!(head.header("content-type"), "application/json");
}
