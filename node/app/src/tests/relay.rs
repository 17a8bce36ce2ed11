//! What passes from service to service: by which way it came, how a change follows, that no circle forms.

use super::node::{TestNode, news, node};
use super::remote::{Remote, fetched};
use super::telling::told;
use crate::caller::Caller;
use crate::inbound::Effect;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel::{Announce, Publish};
use maillage_domain::workflow::Transition;
use maillage_store::on_both_databases;

async fn path(node: &TestNode, service: &str, uri: &str) -> Vec<String> {
    let entry = node.entry(service, uri).await.expect("entry");
    serde_json::from_str(&entry.path).expect("path")
}

async fn kinds(node: &TestNode) -> Vec<String> {
    told(node).await.into_iter().map(|told| told.kind).filter(|kind| kind != "follow").collect()
}

on_both_databases!(
    async fn an_item_keeps_the_way_it_came_by(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (origin, relay) = (Remote::new("mef21.example", "actus"), Remote::new("mef89.example", "relais"));
        node.follows("actus", &relay, Publish, "{}").await;
        relay.announces(&node.app, &origin, origin.item(1, 1)).await;
        assert_eq!(path(&node, "actus", &origin.item_uri(1)).await, [origin.uri.clone(), relay.uri.clone()]);
        let item = node.held_item(&origin.item_uri(1)).await.expect("item");
        assert_eq!((item.organisation_name.as_str(), item.licence.as_str()), ("Maison de l'Emploi", "etalab-2.0"));
        assert_eq!(item.url, "https://mef21.example/fiches/1");
        let owner = node.write(move |tx| Ok(tx.reads().actor_by_id(item.origin_actor_id)?.uri)).await;
        assert_eq!(owner, origin.uri);
    }
);

on_both_databases!(
    async fn a_change_at_the_origin_reaches_those_who_follow_the_relay(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (origin, relay) = (Remote::new("mef21.example", "actus"), Remote::new("mef89.example", "relais"));
        // As the relay in the middle: what is announced is announced again when it has changed.
        node.follows("actus", &origin, Announce, "{}").await;
        origin.sends(&node.app, origin.item(1, 1)).await;
        assert_eq!(kinds(&node).await, ["announce"]);
        origin.sends(&node.app, origin.item(1, 2)).await;
        assert_eq!(kinds(&node).await, ["announce"]);
        // As the one behind it: the item is fetched again.
        node.service("derriere", Visibility::Public).await;
        node.follows("derriere", &relay, Publish, "{}").await;
        relay.announces(&node.app, &origin, origin.item(2, 1)).await;
        relay.announces(&node.app, &origin, origin.item(2, 2)).await;
        let title = node.held_item(&origin.item_uri(2)).await.expect("item").title;
        assert_eq!(title, "Fiche 2, version 2");
    }
);

on_both_databases!(
    async fn what_no_longer_matches_is_taken_back(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let origin = Remote::new("mef21.example", "actus");
        node.follows("actus", &origin, Announce, r#"{"filter": {"theme": "emploi"}}"#).await;
        origin.sends(&node.app, origin.item(1, 1)).await;
        kinds(&node).await;
        let mut other = origin.item(1, 2);
        other.core.themes = vec!["logement".into()];
        origin.sends(&node.app, other).await;
        assert_eq!(node.state("actus", &origin.item_uri(1)).await, "ignored");
        assert_eq!(kinds(&node).await, ["undo-announce"]);
    }
);

on_both_databases!(
    async fn one_relay_of_two_may_leave(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let origin = Remote::new("mef21.example", "actus");
        let relays = [Remote::new("mef89.example", "relais"), Remote::new("mef71.example", "relais")];
        for relay in &relays {
            node.follows("actus", relay, Publish, "{}").await;
        }
        let uri = origin.item_uri(1);
        let first = relays[0].announces(&node.app, &origin, origin.item(1, 1)).await;
        let second = relays[1].announces(&node.app, &origin, origin.item(1, 1)).await;
        relays[0].undoes(&node.app, &first, &uri).await;
        assert_eq!(node.state("actus", &uri).await, "published");
        assert_eq!(path(&node, "actus", &uri).await, [origin.uri.clone(), relays[1].uri.clone()]);
        relays[1].undoes(&node.app, &second, &uri).await;
        assert_eq!(node.state("actus", &uri).await, "withdrawn");
        // Announced anew, it is back.
        relays[0].announces(&node.app, &origin, origin.item(1, 1)).await;
        assert_eq!(node.state("actus", &uri).await, "published");
    }
);

on_both_databases!(
    async fn what_is_taken_back_while_it_is_fetched_does_not_appear(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (origin, relay) = (Remote::new("mef21.example", "actus"), Remote::new("mef89.example", "relais"));
        node.follows("actus", &relay, Publish, "{}").await;
        origin.introduce(&node.app).await;
        let (announce, uri) = (relay.activity("announce"), origin.item_uri(1));
        node.app.fetch_later(Some(&announce), &relay.uri, &uri).await.expect("queued");
        let under_way = node.app.due_fetches(10).await.expect("fetches");
        assert_eq!(under_way.len(), 1);
        relay.undoes(&node.app, &announce, &uri).await;
        let late = node.app.item_announced(None, &relay.uri, &origin.uri, origin.item(1, 1)).await;
        assert_eq!(late.expect("no effect"), Effect::Nothing);
        assert_eq!(node.state("actus", &uri).await, "absent");
        assert!(node.app.due_fetches(10).await.expect("fetches").is_empty());
    }
);

on_both_databases!(
    async fn what_changes_while_it_is_fetched_is_fetched_again(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (origin, relay) = (Remote::new("mef21.example", "actus"), Remote::new("mef89.example", "relais"));
        node.follows("actus", &relay, Publish, "{}").await;
        origin.introduce(&node.app).await;
        let uri = origin.item_uri(1);
        node.app.fetch_later(Some(&relay.activity("announce")), &relay.uri, &uri).await.expect("queued");
        let (row, _) = node.app.due_fetches(10).await.expect("fetches").remove(0);
        node.app.item_announced(None, &relay.uri, &origin.uri, origin.item(1, 1)).await.expect("taken");
        // Announced again before the worker has noted that it is done.
        node.app.fetch_later(Some(&relay.activity("announce")), &relay.uri, &uri).await.expect("queued");
        node.app.fetched(row, None).await.expect("noted");
        assert_eq!(node.app.due_fetches(10).await.expect("fetches").len(), 1);
        fetched(&node.app, &origin, origin.item(1, 2)).await;
        assert_eq!(node.held_item(&uri).await.expect("item").version, 2);
        assert!(node.app.due_fetches(10).await.expect("fetches").is_empty());
    }
);

on_both_databases!(
    async fn a_fetch_that_fails_is_tried_again_for_a_while(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (origin, relay) = (Remote::new("mef21.example", "actus"), Remote::new("mef89.example", "relais"));
        node.follows("actus", &relay, Publish, "{}").await;
        node.app.fetch_later(None, &relay.uri, &origin.item_uri(1)).await.expect("queued");
        let mut attempts = 0;
        let mut waited = chrono::Duration::zero();
        while waited < chrono::Duration::days(10) {
            if let Some((row, _)) = node.app.due_fetches(10).await.expect("fetches").pop() {
                attempts += 1;
                node.app.fetched(row, Some("timeout".into())).await.expect("noted");
            }
            node.advance(chrono::Duration::minutes(30));
            waited += chrono::Duration::minutes(30);
        }
        assert_eq!(attempts, 12);
        assert!(node.app.due_fetches(10).await.expect("fetches").is_empty());
    }
);

on_both_databases!(
    async fn a_service_of_the_node_follows_another(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.service("revue", Visibility::Public).await;
        let (_, before) = node.published("actus", news("D'avant")).await;
        node.subscribes_locally("revue", "actus", Announce).await;
        assert_eq!(node.state("revue", &before.uri).await, "published", "what was there already");
        let (entry, item) = node.published("actus", news("Nouvelle")).await;
        assert_eq!(node.state("revue", &item.uri).await, "published");
        assert_eq!(path(&node, "revue", &item.uri).await, [node.actor_of_service("actus").await]);
        assert_eq!(kinds(&node).await, ["create", "announce", "create", "announce"]);
        node.app.save_item(&Caller::Node, &entry.uid, news("Corrigée"), None).await.expect("saved");
        node.step(&entry.uid, Transition::Submit).await;
        assert!(kinds(&node).await.is_empty());
        node.step(&entry.uid, Transition::Publish).await;
        assert_eq!(kinds(&node).await, ["update", "announce"]);
        node.step(&entry.uid, Transition::Withdraw).await;
        assert_eq!(node.state("revue", &item.uri).await, "withdrawn");
        assert_eq!(kinds(&node).await, ["undo-announce", "delete"]);
    }
);

on_both_databases!(
    async fn what_a_service_passes_on_reaches_those_of_its_own_node_too(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.service("revue", Visibility::Public).await;
        let origin = Remote::new("mef21.example", "actus");
        node.follows("actus", &origin, Announce, "{}").await;
        node.subscribes_locally("revue", "actus", Publish).await;
        origin.sends(&node.app, origin.item(1, 1)).await;
        let (uri, actus) = (origin.item_uri(1), node.actor_of_service("actus").await);
        assert_eq!(node.state("revue", &uri).await, "published");
        assert_eq!(path(&node, "revue", &uri).await, [origin.uri.clone(), actus]);
        origin.sends(&node.app, origin.item(1, 2)).await;
        let entry = node.entry("actus", &uri).await.expect("entry");
        node.step(&entry.uid, Transition::Withdraw).await;
        assert_eq!(node.state("revue", &uri).await, "withdrawn", "what is no longer passed on is not there");
        node.step(&entry.uid, Transition::Publish).await;
        assert_eq!(node.state("revue", &uri).await, "published");
        origin.deletes(&node.app, 1).await;
        assert_eq!(node.state("revue", &uri).await, "withdrawn");
    }
);

fn passed_on() -> crate::inbound::RemoteItem {
    Remote::new("mef71.example", "actus").item(5, 1)
}

on_both_databases!(
    async fn services_that_follow_one_another_form_no_circle(db) {
        let node = node(db).await;
        for slug in ["une", "deux", "trois"] {
            node.service(slug, Visibility::Public).await;
        }
        for (service, to) in [("deux", "une"), ("trois", "deux"), ("une", "trois")] {
            node.subscribes_locally(service, to, Announce).await;
        }
        let origin = Remote::new("mef21.example", "actus");
        node.follows("une", &origin, Announce, "{}").await;
        origin.sends(&node.app, origin.item(1, 1)).await;
        let uri = origin.item_uri(1);
        for slug in ["une", "deux", "trois"] {
            assert_eq!(node.state(slug, &uri).await, "published", "{slug}");
        }
        assert_eq!(kinds(&node).await, ["announce"; 3], "each announces once");
        origin.sends(&node.app, origin.item(1, 2)).await;
        assert_eq!(kinds(&node).await, ["announce"; 3]);
        // When what brought it is lost they do not hold one another up.
        let relay = Remote::new("mef89.example", "relais");
        node.follows("une", &relay, Announce, "{}").await;
        let announce = relay.announces(&node.app, &Remote::new("mef71.example", "actus"), passed_on()).await;
        assert_eq!(node.state("trois", &passed_on().uri).await, "published");
        relay.undoes(&node.app, &announce, &passed_on().uri).await;
        for slug in ["une", "deux", "trois"] {
            assert_eq!(node.state(slug, &passed_on().uri).await, "withdrawn", "{slug}");
        }
        origin.deletes(&node.app, 1).await;
        for slug in ["une", "deux", "trois"] {
            assert_eq!(node.state(slug, &uri).await, "withdrawn", "{slug}");
        }
    }
);

on_both_databases!(
    async fn what_comes_back_to_us_is_left_alone(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let relay = Remote::new("mef89.example", "relais");
        node.follows("actus", &relay, Announce, "{}").await;
        let (_, item) = node.published("actus", news("À nous")).await;
        kinds(&node).await;
        node.app.fetch_later(Some(&relay.activity("announce")), &relay.uri, &item.uri).await.expect("queued");
        let mut ours = relay.item(1, 9);
        ours.uri.clone_from(&item.uri);
        let actor = node.actor_of_service("actus").await;
        let back = node.app.item_announced(None, &relay.uri, &actor, ours).await.expect("ignored");
        assert_eq!(back, Effect::Nothing);
        assert_eq!(node.public_titles().await, ["À nous"]);
        assert!(kinds(&node).await.is_empty());
    }
);
