//! No copy, announcement or list is wider than the visibility of its origin.

use super::node::{TestNode, invalid, news, node};
use super::remote::Remote;
use super::telling::{followed_by, told};
use crate::caller::Caller;
use crate::subscription::SubscriptionForm;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::{Handle, TrustLevel};
use maillage_domain::viewer::Viewer;
use maillage_domain::workflow::Transition::{Decline, Submit};
use maillage_store::on_both_databases;
use maillage_store::read::EntryQuery;

async fn titles(node: &TestNode, viewer: Viewer) -> Vec<String> {
    let seen = node.app.reads(viewer).run(|reads| reads.entries(&EntryQuery::default())).await.expect("read");
    let mut titles: Vec<String> = seen.into_iter().map(|view| view.item.title).collect();
    titles.sort();
    titles.dedup();
    titles
}

fn partner(remote: &Remote) -> Viewer {
    Viewer::Partner { actor: remote.uri.clone() }
}

on_both_databases!(
    async fn everybody_sees_what_is_theirs_to_see(db) {
        let node = node(db).await;
        for (slug, visibility) in
            [("public", Visibility::Public), ("reseau", Visibility::Network), ("prive", Visibility::Private)]
        {
            node.service(slug, visibility).await;
            node.published(slug, news(slug)).await;
            node.app.create_item(&Caller::Node, slug, news(&format!("brouillon {slug}"))).await.expect("draft");
            let declined =
                node.app.create_item(&Caller::Node, slug, news(&format!("refus {slug}"))).await.expect("draft");
            node.step(&declined.uid, Submit).await;
            node.step(&declined.uid, Decline).await;
        }
        let member = node.person("membre@mef58.example", "reseau", Role::Contributor).await;
        let insider = node.person("dedans@mef58.example", "prive", Role::Contributor).await;
        let moderator = node.person("moderation@mef58.example", "prive", Role::Moderator).await;
        let approved = Remote::new("mef21.example", "node");
        followed_by(&node, "reseau", &approved).await;
        let uid = follower_uid(&node, "reseau").await;
        node.app.accept_follower(&Caller::Node, &uid).await.expect("accepted");
        let stranger = Remote::new("evil.example", "eve");
        stranger.introduce(&node.app).await;
        let waiting = Remote::new("mef89.example", "node");
        followed_by(&node, "reseau", &waiting).await;

        assert_eq!(titles(&node, Viewer::Anonymous).await, ["public"]);
        assert_eq!(titles(&node, partner(&stranger)).await, ["public"]);
        assert_eq!(titles(&node, partner(&waiting)).await, ["public"], "asked is not approved");
        assert_eq!(titles(&node, partner(&approved)).await, ["public", "reseau"]);
        assert_eq!(titles(&node, member.viewer()).await, ["public", "reseau"]);
        assert_eq!(titles(&node, insider.viewer()).await, ["prive", "public"]);
        assert_eq!(titles(&node, moderator.viewer()).await, ["prive", "public"]);
        let all = EntryQuery { states: vec!["draft", "declined", "published"], ..EntryQuery::default() };
        let seen = node.app.reads(moderator.viewer()).run(move |reads| reads.entries(&all)).await.expect("read");
        assert_eq!(seen.len(), 4, "the public item, and all of the service that is moderated");
    }
);

async fn follower_uid(node: &TestNode, slug: &str) -> String {
    let slug = slug.to_owned();
    node.write(move |tx| {
        let service = tx.reads().service(&slug)?.id;
        Ok(tx.reads().followers(service)?.remove(0).follower.uid)
    })
    .await
}

on_both_databases!(
    async fn a_copy_in_a_public_service_is_no_wider_than_its_origin(db) {
        let node = node(db).await;
        node.service("vitrine", Visibility::Public).await;
        node.service("reseau", Visibility::Network).await;
        node.subscribes_locally("vitrine", "reseau", TrustLevel::Announce).await;
        let (_, own) = node.published("reseau", news("Entre nous")).await;
        let remote = Remote::new("mef21.example", "reseau");
        node.follows("vitrine", &remote, TrustLevel::Announce, "{}").await;
        let mut item = remote.item(1, 1);
        item.visibility = Visibility::Network;
        remote.sends(&node.app, item).await;
        let stranger = Remote::new("evil.example", "eve");
        stranger.introduce(&node.app).await;
        let follower = Remote::new("social.example", "reader");
        followed_by(&node, "vitrine", &follower).await;
        let member = node.person("vitrine@mef58.example", "vitrine", Role::Contributor).await;
        node.service("ailleurs", Visibility::Public).await;
        let other = node.person("autre@mef58.example", "ailleurs", Role::ServiceManager).await;

        assert_eq!(node.state("vitrine", &own.uri).await, "published");
        for viewer in [Viewer::Anonymous, partner(&stranger), partner(&follower), other.viewer()] {
            assert!(titles(&node, viewer.clone()).await.is_empty(), "{viewer:?}");
            let (uri, service) = (own.uri.clone(), "vitrine");
            let object = node.app.reads(viewer.clone()).run(move |reads| reads.item_by_uri(&uri)).await;
            assert!(object.is_err(), "{viewer:?}");
            let count = node.app.reads(viewer.clone()).run(move |reads| {
                let id = reads.service(service)?.id;
                Ok((reads.count_outbox(id)?, reads.outbox(id, None, 50)?.len()))
            });
            assert_eq!(count.await.expect("read"), (0, 0), "{viewer:?}");
            let facets = node.app.reads(viewer.clone()).run(|reads| reads.facets(&EntryQuery::default())).await;
            assert!(facets.expect("read").themes.is_empty(), "{viewer:?}");
        }
        assert_eq!(titles(&node, member.viewer()).await, ["Entre nous", "Fiche 1, version 1"]);
        let said = told(&node).await;
        assert!(said.iter().all(|told| told.kind != "announce"), "{said:?}");
        let create = said.iter().find(|told| told.kind == "create").expect("create");
        assert!(create.inboxes.is_empty(), "followers of the public service are no followers of this one");
    }
);

on_both_databases!(
    async fn an_item_that_becomes_narrower_is_taken_back(db) {
        let node = node(db).await;
        node.service("vitrine", Visibility::Public).await;
        let remote = Remote::new("mef21.example", "actus");
        node.follows("vitrine", &remote, TrustLevel::Announce, "{}").await;
        remote.sends(&node.app, remote.item(1, 1)).await;
        told(&node).await;
        let mut narrower = remote.item(1, 2);
        narrower.core = remote.item(1, 1).core;
        narrower.visibility = Visibility::Network;
        remote.sends(&node.app, narrower).await;
        assert!(node.public_titles().await.is_empty());
        assert_eq!(told(&node).await.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["undo-announce"]);
        remote.sends(&node.app, remote.item(1, 3)).await;
        assert_eq!(told(&node).await.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["announce"]);
    }
);

on_both_databases!(
    async fn a_private_service_is_no_source_and_a_network_one_only_of_those_who_see_it(db) {
        let node = node(db).await;
        for (slug, visibility) in
            [("vitrine", Visibility::Public), ("reseau", Visibility::Network), ("prive", Visibility::Private)]
        {
            node.service(slug, visibility).await;
        }
        let nobody = crate::tests::node::Known(Remote::new("nobody.example", "nobody").actor());
        let subscribe = async |caller: &Caller, to: &str| {
            let handle: Handle = format!("@{to}@mef58.example").parse().expect("handle");
            let form = SubscriptionForm { trust: TrustLevel::Publish, rules: Default::default() };
            node.app.subscribe(caller, &nobody, "vitrine", &handle, form).await
        };
        let outsider = node.person("gestion@mef58.example", "vitrine", Role::ServiceManager).await;
        invalid(subscribe(&outsider, "prive").await, "unknown_service");
        invalid(subscribe(&outsider, "reseau").await, "unknown_service");
        invalid(subscribe(&outsider, "vitrine").await, "itself");
        invalid(subscribe(&Caller::Node, "prive").await, "unknown_service");
        node.person("gestion@mef58.example", "reseau", Role::Contributor).await;
        let insider = node.caller("gestion@mef58.example").await;
        subscribe(&insider, "reseau").await.expect("subscribed");
    }
);

on_both_databases!(
    async fn a_network_item_goes_to_approved_followers_alone(db) {
        let node = node(db).await;
        node.service("reseau", Visibility::Network).await;
        let (approved, waiting) = (Remote::new("mef21.example", "node"), Remote::new("mef89.example", "node"));
        followed_by(&node, "reseau", &approved).await;
        let uid = follower_uid(&node, "reseau").await;
        node.app.accept_follower(&Caller::Node, &uid).await.expect("accepted");
        followed_by(&node, "reseau", &waiting).await;
        told(&node).await;
        node.published("reseau", news("Entre nous")).await;
        let said = told(&node).await;
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].inboxes.iter().collect::<Vec<_>>(), ["https://mef21.example/inbox"]);
    }
);
