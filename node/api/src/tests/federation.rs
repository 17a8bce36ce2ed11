//! Followers, deliveries and other servers over the API.

use super::elsewhere::actor;
use super::world::{Who, World};
use actix_web::http::Method;
use maillage_app::caller::Caller;
use maillage_app::delivery::Outcome;
use maillage_app::outbound::OutgoingActivity;
use maillage_app::service::ServiceForm;
use maillage_domain::role::Role;
use maillage_domain::service::{Charter, Visibility};
use maillage_store::testing::on_both_databases;
use serde_json::json;
use std::collections::BTreeSet;

/// Has an actor of another server ask to follow a service of the node.
async fn follow(world: &World, service: &str, host: &str) {
    let kept = world.app().keep_actor(actor("lecteur", host)).await.expect("the actor is kept");
    let asked = service.to_owned();
    let viewer = Caller::Node.viewer();
    let followed = world.app().reads(viewer).run(move |reads| {
        let service = reads.service(&asked)?;
        reads.actor_by_id(service.actor_id)
    });
    let followed = followed.await.expect("the service's actor");
    let activity = format!("https://{host}/x/follow-{service}");
    world.app().followed(&activity, &kept.uri, &followed.uri).await.expect("the follow is taken");
}

on_both_databases!(
    async fn followers_are_listed_accepted_and_refused(db) {
        let world = World::new(db).await;
        let network = ServiceForm {
            title: "Réseau".to_owned(),
            visibility: Some(Visibility::Network),
            charter: Charter::default(),
            self_validation: false,
        };
        world.app().add_service(&Caller::Node, "news", "reseau", network).await.expect("a service");
        for (who, role) in [(Who::Moderator, Role::Moderator), (Who::Manager, Role::ServiceManager)] {
            world.app().set_role(&Caller::Node, "reseau", &who.email(), Some(role)).await.expect("a role");
        }
        for host in ["un.example", "deux.example", "trois.example"] {
            follow(&world, "reseau", host).await;
        }
        let path = "/services/reseau/followers";
        let first = world.get(Who::Moderator, &format!("{path}?limit=2")).await.is(200);
        assert_eq!(first.listed("host"), ["trois.example", "deux.example"]);
        assert_eq!(first.listed("state"), ["pending", "pending"]);
        assert_eq!(first.listed("handle")[0], "@lecteur@trois.example");
        let next = first.body["next"].as_str().expect("a next page");
        let second = world.get(Who::Moderator, &format!("{path}?limit=2&cursor={next}")).await.is(200);
        assert_eq!((second.listed("host"), second.body["next"].is_null()), (vec!["un.example"], true));
        let (kept, refused) = (first.listed("id")[0], first.listed("id")[1]);
        // Managers decide; moderators look on; the rest know of nothing.
        world.post(Who::Moderator, &format!("/followers/{kept}/accept"), json!({})).await.is(403);
        world.post(Who::Stranger, &format!("/followers/{kept}/accept"), json!({})).await.is(404);
        world.post(Who::Anybody, &format!("/followers/{kept}/accept"), json!({})).await.is(401);
        let accepted =
            world.post(Who::Manager, &format!("/followers/{kept}/accept"), json!({})).await.is(200);
        assert_eq!(accepted.body["state"], "accepted");
        world.post(Who::Manager, &format!("/followers/{refused}/reject"), json!({})).await.is(204);
        let hosts = world.get(Who::Manager, path).await.is(200);
        assert_eq!(hosts.listed("host"), ["trois.example", "un.example"]);
        world.post(Who::Manager, &format!("/followers/{refused}/reject"), json!({})).await.is(404);
        for who in [Who::Contributor, Who::Stranger, Who::Anybody] {
            let status = if who == Who::Anybody { 401 } else { 404 };
            world.get(who, path).await.is(status);
        }
        // Of a service that everybody sees, the list is refused rather than hidden.
        world.get(Who::Stranger, "/services/actualites/followers").await.is(403);
    }
);

/// Puts deliveries to two servers in the queue, as the fan-out of events does, and tries some.
async fn deliveries(world: &World) {
    follow(world, "actualites", "un.example").await;
    follow(world, "actualites", "deux.example").await;
    world.published("actualites", "Paru", &["emploi"], &[]).await;
    let inboxes: BTreeSet<String> =
        ["https://un.example/inbox", "https://deux.example/inbox"].map(str::to_owned).into();
    let pending = world.app().pending_events(50).await.expect("events");
    assert!(pending.len() >= 3, "the follows and the publication");
    for (number, event) in pending.into_iter().enumerate() {
        let activity = OutgoingActivity {
            uri: format!("https://mef58.example/x/{number}"),
            actor: 1,
            kind: "Create".to_owned(),
            object: format!("https://mef58.example/o/{number}"),
            item: None,
            public: true,
            body: "{}".to_owned(),
            inboxes: inboxes.clone(),
        };
        world.app().fan_out(event.id, vec![activity]).await.expect("queued");
    }
    let claimed = world.app().claim_deliveries(50).await.expect("claimed");
    let outcomes = claimed.into_iter().map(|due| {
        let outcome = if due.delivery.host == "un.example" {
            Outcome::Taken(202)
        } else {
            Outcome::Later { status: None, error: "connect".to_owned(), retry_after: None }
        };
        (due.delivery, outcome)
    });
    world.app().delivered(outcomes.collect()).await.expect("recorded");
}

on_both_databases!(
    async fn deliveries_are_listed_and_tried_again(db) {
        let world = World::new(db).await;
        deliveries(&world).await;
        let who = Who::Administrator;
        let all = world.get(who, "/deliveries").await.is(200);
        let count = all.listed("id").len();
        assert!(count >= 6 && count % 2 == 0, "{}", all.body);
        for host in ["un.example", "deux.example"] {
            let of_host = world.get(who, &format!("/deliveries?host={host}")).await.is(200);
            assert_eq!(of_host.listed("host"), vec![host; count / 2]);
        }
        let arrived = world.get(who, "/deliveries?state=delivered").await.is(200);
        assert!(!arrived.listed("id").is_empty());
        assert!(arrived.listed("host").iter().all(|host| *host == "un.example"), "{}", arrived.body);
        let one = &arrived.body["items"][0];
        assert_eq!((&one["last_status"], &one["attempts"]), (&json!(202), &json!(1)));
        assert_eq!(one["activity"]["type"], "Create");
        // Pages hold everything once.
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = world.get(who, &format!("/deliveries?limit=4{cursor}")).await.is(200);
            seen.extend(page.listed("id").into_iter().map(str::to_owned));
            match page.body["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, all.listed("id"));
        // What failed waits, and is due at once when it is asked for.
        let waits = world.get(who, "/deliveries?state=due&host=deux.example").await.is(200);
        let tried = waits.body["items"].as_array().expect("a page").iter().find(|one| one["attempts"] == 1);
        let tried = tried.expect("one was tried").clone();
        assert_eq!((&tried["last_error"], &tried["last_status"]), (&json!("connect"), &json!(null)));
        let retry = format!("/deliveries/{}/retry", tried["id"].as_str().expect("an id"));
        let due = world.post(who, &retry, json!({})).await.is(200);
        assert!(due.body["due_at"].as_str() < tried["due_at"].as_str(), "{} {tried}", due.body);
        let again = format!("/deliveries/{}/retry", arrived.listed("id")[0]);
        world.post(who, &again, json!({})).await.is(409);
        world.post(who, "/deliveries/rien/retry", json!({})).await.is(404);
        for other in [Who::Manager, Who::Stranger] {
            world.get(other, "/deliveries").await.is(403);
            world.post(other, &retry, json!({})).await.is(403);
            world.get(other, "/peers").await.is(403);
        }
        let bad = world.get(who, "/deliveries?state=perdu").await.is(400);
        assert_eq!(bad.fields(), [("state", "unknown_value")]);
    }
);

on_both_databases!(
    async fn other_servers_are_told_with_how_they_answer(db) {
        let world = World::new(db).await;
        deliveries(&world).await;
        let peers = world.get(Who::Administrator, "/peers").await.is(200);
        assert_eq!(peers.listed("host"), ["deux.example", "un.example"]);
        assert!(peers.body["items"][0]["failing_since"].is_string(), "{}", peers.body);
        assert!(peers.body["items"][1]["answered_at"].is_string(), "{}", peers.body);
        world.get(Who::Anybody, "/peers").await.is(401);
        world.answer(world.request(Who::Administrator, Method::POST, "/peers")).await.is(405);
    }
);
