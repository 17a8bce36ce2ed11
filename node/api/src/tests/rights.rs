//! Each route as everybody: what is refused, what is hidden, what is done. A route without a row fails.

use super::elsewhere::actor;
use super::world::{Answer, Who, World, news};
use crate::document::routes;
use actix_web::http::Method;
use maillage_app::caller::Caller;
use maillage_app::outbound::OutgoingActivity;
use maillage_app::setup::AccountForm;
use maillage_domain::rule::RuleSet;
use maillage_domain::subscription::TrustLevel;
use maillage_store::testing::on_both_databases;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A request and its status for anybody, a contributor of another service, a contributor, a moderator, a
/// manager and an administrator. Words in braces stand for something made anew for each request.
struct Row(&'static str, &'static str, &'static str, [u16; 6]);

const OPEN: [u16; 6] = [200; 6];
const ACCOUNTS: [u16; 6] = [401, 200, 200, 200, 200, 200];
const HIDDEN: [u16; 6] = [404, 404, 200, 200, 200, 200];

/// The status for administrators alone.
const fn administrators(done: u16) -> [u16; 6] {
    [401, 403, 403, 403, 403, done]
}

/// The status for managers and administrators, of a service that everybody sees.
const fn managers(done: u16) -> [u16; 6] {
    [401, 403, 403, 403, done, done]
}

/// The status for moderators and managers; `others` for who belongs to another service.
const fn moderators(others: u16) -> [u16; 6] {
    [401, others, 403, 200, 200, 403]
}

/// The status for contributors and above; `others` for who belongs to another service.
const fn contributors(others: u16, done: u16) -> [u16; 6] {
    [401, others, done, done, done, 403]
}

const ROWS: &[Row] = &[
    Row("GET", "/openapi.json", "", OPEN),
    Row("GET", "/node", "", OPEN),
    Row("GET", "/service-types", "", OPEN),
    Row("GET", "/themes", "", OPEN),
    Row("POST", "/themes", "theme", administrators(201)),
    Row("PUT", "/themes/{theme}", "theme", administrators(200)),
    Row("PUT", "/themes/{nothing}", "theme", administrators(404)),
    Row("GET", "/places", "", OPEN),
    Row("GET", "/services", "", OPEN),
    Row("POST", "/services", "service", administrators(201)),
    Row("GET", "/services/actualites", "", OPEN),
    Row("GET", "/services/interne", "", HIDDEN),
    Row("PATCH", "/services/actualites", "title", managers(200)),
    Row("PATCH", "/services/interne", "title", [401, 404, 403, 403, 200, 200]),
    Row("GET", "/services/actualites/members", "", [401, 403, 403, 200, 200, 200]),
    Row("GET", "/services/interne/members", "", [401, 404, 403, 200, 200, 200]),
    Row("PUT", "/services/actualites/members/{email}", "role", managers(200)),
    Row("PUT", "/services/interne/members/{email}", "role", [401, 404, 403, 403, 200, 200]),
    Row("DELETE", "/services/actualites/members/{email}", "", managers(204)),
    Row("DELETE", "/services/interne/members/{email}", "", [401, 404, 403, 403, 204, 204]),
    Row("GET", "/services/actualites/items", "", OPEN),
    Row("GET", "/services/interne/items", "", HIDDEN),
    Row("POST", "/services/actualites/items", "item", contributors(403, 201)),
    Row("POST", "/services/interne/items", "item", contributors(404, 201)),
    Row("GET", "/items", "", OPEN),
    Row("GET", "/items/{draft}", "", HIDDEN),
    Row("GET", "/items/{submitted}", "", HIDDEN),
    Row("GET", "/items/{published}", "", OPEN),
    Row("GET", "/items/{private}", "", HIDDEN),
    Row("GET", "/items/{nothing}", "", [404; 6]),
    Row("PUT", "/items/{draft}", "item", contributors(404, 200)),
    Row("PUT", "/items/{published}", "item", contributors(403, 200)),
    Row("PUT", "/items/{private}", "item", contributors(404, 200)),
    Row("POST", "/items/{draft}/submit", "", contributors(404, 200)),
    Row("POST", "/items/{published}/submit", "", [401, 403, 409, 409, 409, 403]),
    Row("POST", "/items/{submitted}/publish", "", moderators(404)),
    Row("POST", "/items/{published}/publish", "", [401, 403, 403, 409, 409, 403]),
    Row("POST", "/items/{submitted}/decline", "reason", moderators(404)),
    Row("POST", "/items/{published}/decline", "reason", [401, 403, 403, 409, 409, 403]),
    Row("POST", "/items/{published}/withdraw", "", moderators(403)),
    Row("POST", "/items/{private}/withdraw", "", moderators(404)),
    Row("POST", "/items/{submitted}/publish", "moment", moderators(404)),
    Row("POST", "/items/{submitted}/unschedule", "", [401, 404, 403, 409, 409, 403]),
    Row("POST", "/items/{scheduled}/unschedule", "", moderators(404)),
    Row("POST", "/items/{submitted}/take-back", "", [401, 404, 200, 403, 403, 403]),
    Row("GET", "/items/{submitted}/comments", "", [401, 404, 200, 200, 200, 200]),
    Row("POST", "/items/{submitted}/comments", "comment", [401, 404, 204, 204, 204, 403]),
    Row("POST", "/items/{published}/comments", "comment", [401, 403, 204, 204, 204, 403]),
    Row("POST", "/services/actualites/files/images", "picture", contributors(403, 201)),
    Row("POST", "/services/actualites/files/titre", "picture", contributors(403, 404)),
    Row("POST", "/services/interne/files/images", "picture", contributors(404, 201)),
    Row("GET", "/items/{submitted}/revisions", "", [401, 404, 200, 200, 200, 200]),
    Row("GET", "/items/{published}/revisions", "", ACCOUNTS),
    Row("POST", "/items/{corrected}/revisions/1/restore", "", contributors(403, 200)),
    Row("POST", "/items/{corrected}/revisions/9/restore", "", contributors(403, 404)),
    Row("POST", "/items/{draft}/revisions/1/restore", "", contributors(404, 409)),
    Row("POST", "/services/actualites/import", "file", contributors(403, 200)),
    Row("POST", "/services/interne/import", "file", contributors(404, 200)),
    Row("GET", "/subscriptions", "", ACCOUNTS),
    Row("POST", "/subscriptions", "subscription", managers(201)),
    Row("POST", "/subscriptions", "private subscription", [401, 404, 403, 403, 201, 201]),
    Row("GET", "/subscriptions/{subscription}", "", [401, 404, 404, 200, 200, 200]),
    Row("PATCH", "/subscriptions/{subscription}", "trust", [401, 404, 404, 403, 200, 200]),
    Row("DELETE", "/subscriptions/{subscription}", "", [401, 404, 404, 403, 204, 204]),
    Row("POST", "/subscriptions/{subscription}/trial", "trust", [401, 404, 404, 403, 200, 200]),
    Row("POST", "/subscriptions/{nothing}/trial", "trust", [401, 404, 404, 404, 404, 404]),
    Row("GET", "/services/actualites/followers", "", [401, 403, 403, 200, 200, 200]),
    Row("POST", "/followers/{follower}/accept", "", [401, 404, 404, 403, 200, 200]),
    Row("POST", "/followers/{follower}/reject", "", [401, 404, 404, 403, 204, 204]),
    Row("GET", "/deliveries", "", administrators(200)),
    Row("POST", "/deliveries/{delivery}/retry", "", administrators(200)),
    Row("POST", "/deliveries/{nothing}/retry", "", administrators(404)),
    Row("GET", "/peers", "", administrators(200)),
    Row("GET", "/sites", "", OPEN),
    Row("POST", "/sites", "site", [401, 403, 403, 403, 201, 201]),
    Row("GET", "/sites/{site}", "", OPEN),
    Row("GET", "/sites/{restricted}", "", [404, 200, 200, 200, 200, 200]),
    Row("PATCH", "/sites/{site}", "title", administrators(200)),
    Row("POST", "/sites/{site}/placements", "placement", administrators(201)),
    Row("PUT", "/placements/{placement}", "settings", administrators(200)),
    Row("PUT", "/placements/{private placement}", "settings", administrators(200)),
    Row("PUT", "/placements/{nothing}", "settings", [401, 404, 404, 404, 404, 404]),
    Row("POST", "/placements/{placement}/move", "move", administrators(200)),
    Row("POST", "/placements/{private placement}/move", "move", administrators(200)),
    Row("POST", "/placements/{nothing}/move", "move", [401, 404, 404, 404, 404, 404]),
    Row("DELETE", "/placements/{placement}", "", administrators(204)),
    Row("DELETE", "/placements/{nothing}", "", [401, 404, 404, 404, 404, 404]),
    Row("GET", "/sites/{site}/items", "", OPEN),
    Row("GET", "/sites/{restricted}/items", "", [404, 200, 200, 200, 200, 200]),
    Row("GET", "/sites/{site}/facets", "", OPEN),
    Row("GET", "/sites/{restricted}/facets", "", [404, 200, 200, 200, 200, 200]),
    Row("GET", "/accounts", "", administrators(200)),
    Row("POST", "/accounts", "account", administrators(201)),
    Row("PATCH", "/accounts/{account}", "closed", administrators(200)),
    Row("PATCH", "/accounts/{nothing}", "closed", administrators(404)),
    Row("DELETE", "/accounts/{account}/sessions", "", administrators(204)),
    Row("DELETE", "/accounts/{nothing}/sessions", "", administrators(404)),
    Row("GET", "/invitations", "", [401, 403, 403, 403, 200, 200]),
    Row("POST", "/invitations", "invitation", managers(201)),
    Row("POST", "/invitations", "private invitation", [401, 404, 403, 403, 201, 201]),
    Row("POST", "/invitations", "invited administrator", administrators(201)),
    Row("POST", "/invitations/{invitation}/send", "", [401, 404, 404, 404, 200, 200]),
    Row("DELETE", "/invitations/{invitation}", "", [401, 404, 404, 404, 204, 204]),
    Row("DELETE", "/invitations/{nothing}", "", [401, 404, 404, 404, 404, 404]),
    Row("GET", "/audit", "", [401, 403, 403, 403, 200, 200]),
    Row("PUT", "/node", "node", administrators(200)),
    Row("GET", "/organisations", "", ACCOUNTS),
    Row("POST", "/organisations", "organisation", administrators(201)),
    Row("PUT", "/organisations/{organisation}", "organisation", administrators(200)),
    Row("PUT", "/organisations/{nothing}", "organisation", administrators(404)),
    Row("GET", "/notices", "", ACCOUNTS),
    Row("PUT", "/notices", "pace", ACCOUNTS),
    Row("GET", "/tokens", "", ACCOUNTS),
    Row("POST", "/tokens", "token", [401, 201, 201, 201, 201, 201]),
    // The contributor's own.
    Row("DELETE", "/tokens/{token}", "", [401, 404, 204, 404, 404, 404]),
];

/// A number that has not been used.
fn number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[test]
fn every_route_has_a_row() {
    let routes: BTreeSet<String> = routes().iter().map(|(method, path)| format!("{method} {path}")).collect();
    let of_row = |row: &Row| {
        let fits = |(method, pattern): &&(Method, String)| {
            *method == row.0 && actix_web::dev::ResourceDef::new(pattern.as_str()).is_match(row.1)
        };
        let fitting: Vec<_> = crate::document::routes().iter().filter(fits).collect();
        assert_eq!(fitting.len(), 1, "{} {}", row.0, row.1);
        format!("{} {}", fitting[0].0, fitting[0].1)
    };
    assert_eq!(ROWS.iter().map(of_row).collect::<BTreeSet<_>>(), routes);
}

on_both_databases!(
    async fn each_route_answers_each_role_as_it_must(db) {
        let world = World::new(db).await;
        let mut wrong = Vec::new();
        for Row(method, path, body, expected) in ROWS {
            for (who, status) in Who::ALL.into_iter().zip(expected) {
                let method: Method = method.parse().expect("a method");
                let answer = ask(&world, who, method.clone(), path, body).await;
                if answer.status != *status {
                    wrong.push(format!(
                        "{method} {path} ({body}) as {who:?}: {} {}",
                        answer.status, answer.body
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
);

async fn ask(world: &World, who: Who, method: Method, path: &str, body: &str) -> Answer {
    let path = match path.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        Some((name, _)) => path.replace(&format!("{{{name}}}"), &made(world, name).await),
        None => path.to_owned(),
    };
    let request = world.request(who, method, &path);
    match body {
        "" => world.answer(request).await,
        "file" => {
            let csv = format!("Titre\nLigne {}\n", number());
            world.answer(request.insert_header(("content-type", "text/csv")).set_payload(csv)).await
        }
        "picture" => world.answer(request.set_payload(PICTURE.to_vec())).await,
        name => world.answer(request.set_json(json_of(name))).await,
    }
}

/// A GIF of one pixel.
const PICTURE: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\x01\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

fn json_of(name: &str) -> Value {
    let number = number();
    let source = format!("@source-{number}@ailleurs.example");
    match name {
        "service" => {
            json!({ "type": "news", "slug": format!("service-{number}"), "title": "Un service" })
        }
        "node" => json!({ "name": format!("Maison {number}"), "territory": "58" }),
        "title" => json!({ "title": format!("Titre {number}") }),
        "role" => json!({ "role": "contributor" }),
        "item" => json!({ "fields": news(&format!("Fiche {number}"), &["emploi"], &[]) }),
        "reason" => json!({ "reason": "À revoir" }),
        "subscription" => json!({ "service": "actualites", "source": source, "trust": "hold" }),
        "private subscription" => json!({ "service": "interne", "source": source, "trust": "hold" }),
        "trust" => json!({ "trust": "publish" }),
        "site" => json!({ "slug": format!("site-{number}"), "title": "Un site" }),
        "placement" => json!({ "service": "actualites" }),
        "private placement" => json!({ "service": "interne" }),
        "settings" => json!({ "title": format!("Rubrique {number}"), "order": "title" }),
        "move" => json!({ "up": true }),
        "account" => json!({
            "email": format!("compte{number}@mef58.example"), "display_name": "Un compte",
            "password": "quelques mots suffisent",
        }),
        "invitation" | "private invitation" => {
            let service = if name == "invitation" { "actualites" } else { "interne" };
            let roles = json!([{ "service": service, "role": "contributor" }]);
            json!({ "email": format!("invite{number}@mef58.example"), "roles": roles })
        }
        "invited administrator" => {
            json!({ "email": format!("invite{number}@mef58.example"), "administrator": true })
        }
        "closed" => json!({ "enabled": false }),
        "organisation" => json!({ "name": format!("Organisme {number}") }),
        "moment" => json!({ "at": "2027-03-01T09:00:00Z" }),
        "comment" => json!({ "body": "Quelle salle ?" }),
        "theme" => json!({ "fr": format!("Thème {number}"), "matches": ["rome:K21"] }),
        "pace" => json!({ "pace": "at_once" }),
        "token" => json!({ "label": "un jeton" }),
        other => panic!("no body is called {other}"),
    }
}

/// Makes what a word in braces stands for; answers its id.
async fn made(world: &World, name: &str) -> String {
    let title = format!("Fiche {}", number());
    let themes = &["emploi"][..];
    match name {
        "nothing" => "0190b8a0-0000-7000-8000-000000000000".to_owned(),
        "draft" => world.draft("actualites", &title, themes, &[]).await,
        "submitted" => world.submitted("actualites", &title, themes, &[]).await,
        "scheduled" => {
            let item = world.submitted("actualites", &title, themes, &[]).await;
            world.post(Who::Moderator, &format!("/items/{item}/publish"), json_of("moment")).await.is(200);
            item
        }
        "corrected" => {
            let item = world.published("actualites", &title, themes, &[]).await;
            world
                .send(Who::Contributor, Method::PUT, &format!("/items/{item}"), json_of("item"))
                .await
                .is(200);
            item
        }
        "published" => world.published("actualites", &title, themes, &[]).await,
        "private" => world.published("interne", &title, themes, &[]).await,
        "email" => account(world).await.1,
        "account" => account(world).await.0,
        "subscription" => subscription(world).await,
        "follower" => follower(world).await,
        "delivery" => delivery(world).await,
        "site" => site(world, false).await,
        "restricted" => site(world, true).await,
        "placement" | "private placement" => {
            let path = format!("/sites/{}/placements", site(world, name != "placement").await);
            id(world.post(Who::Administrator, &path, json_of(name)).await)
        }
        "invitation" => id(world.post(Who::Manager, "/invitations", json_of("invitation")).await),
        "organisation" => id(world.post(Who::Administrator, "/organisations", json_of(name)).await),
        "theme" => {
            let made = world.post(Who::Administrator, "/themes", json_of(name)).await.is(201);
            made.body["slug"].as_str().expect("a slug").to_owned()
        }
        "token" => {
            world.post(Who::Contributor, "/tokens", json_of("token")).await.is(201);
            world.get(Who::Contributor, "/tokens").await.is(200).listed("id")[0].to_owned()
        }
        other => panic!("nothing is called {other}"),
    }
}

#[track_caller]
fn id(answer: Answer) -> String {
    answer.is(201).body["id"].as_str().expect("an id").to_owned()
}

/// Id and address of a new account.
async fn account(world: &World) -> (String, String) {
    let email = format!("nouveau{}@mef58.example", number());
    let form = AccountForm {
        email: email.clone(),
        display_name: "Nouveau".to_owned(),
        password: "quelques mots suffisent".to_owned(),
    };
    let row = world.app().add_account(&Caller::Node, form, None, false).await.expect("an account");
    (row.uid, email)
}

async fn site(world: &World, restricted: bool) -> String {
    let slug = format!("lieu-{}", number());
    let body = json!({ "slug": slug, "title": "Un lieu", "restricted": restricted });
    world.post(Who::Administrator, "/sites", body).await.is(201);
    slug
}

async fn subscription(world: &World) -> String {
    let handle = format!("@suivi-{}@ailleurs.example", number()).parse().expect("a handle");
    let form =
        maillage_app::subscription::SubscriptionForm { trust: TrustLevel::Hold, rules: RuleSet::default() };
    let made = world.app().subscribe(&Caller::Node, &*world.elsewhere, "actualites", &handle, form).await;
    made.expect("a subscription").uid
}

async fn follower(world: &World) -> String {
    let host = format!("lecteur-{}.example", number());
    let kept = world.app().keep_actor(actor("lecteur", &host)).await.expect("the actor is kept");
    let service = world.app().reads(Caller::Node.viewer()).run(|reads| {
        let service = reads.service("actualites")?;
        reads.actor_by_id(service.actor_id)
    });
    let service = service.await.expect("the service's actor");
    let activity = format!("https://{host}/x/1");
    world.app().followed(&activity, &kept.uri, &service.uri).await.expect("the follow is taken");
    let list = world.get(Who::Administrator, "/services/actualites/followers?limit=1").await.is(200);
    list.listed("id")[0].to_owned()
}

async fn delivery(world: &World) -> String {
    world.published("actualites", &format!("Fiche {}", number()), &["emploi"], &[]).await;
    let event = world.app().pending_events(500).await.expect("events").pop().expect("an event");
    let number = number();
    let activity = OutgoingActivity {
        uri: format!("https://mef58.example/x/{number}"),
        actor: 1,
        kind: "Create".to_owned(),
        object: format!("https://mef58.example/o/{number}"),
        item: None,
        public: true,
        body: "{}".to_owned(),
        inboxes: [format!("https://serveur-{number}.example/inbox")].into(),
    };
    world.app().fan_out(event.id, vec![activity]).await.expect("queued");
    let list = world.get(Who::Administrator, "/deliveries?limit=1").await.is(200);
    list.listed("id")[0].to_owned()
}
