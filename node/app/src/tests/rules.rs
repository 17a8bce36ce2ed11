//! Trust levels and rules: what is held, published, announced or left out, and what changes with them.

use super::node::{Known, TestNode, invalid, node};
use super::remote::Remote;
use super::telling::told;
use crate::caller::Caller;
use crate::subscription::SubscriptionForm;
use maillage_domain::role::Role;
use maillage_domain::rule::RuleSet;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel::{self, Announce, Hold, Publish};
use maillage_domain::workflow::Transition;
use maillage_store::on_both_databases;
use maillage_store::testing::TestDatabase;

fn form(trust: TrustLevel, rules: &str) -> SubscriptionForm {
    SubscriptionForm { trust, rules: serde_json::from_str(rules).expect("rules") }
}

async fn scene(db: &TestDatabase) -> (TestNode, Remote, Caller) {
    let node = node(db).await;
    node.service("actus", Visibility::Public).await;
    let moderator = node.person("moderation@mef58.example", "actus", Role::Moderator).await;
    (node, Remote::new("mef21.example", "actus"), moderator)
}

async fn kinds(node: &TestNode) -> Vec<String> {
    told(node).await.into_iter().map(|told| told.kind).filter(|kind| kind != "follow").collect()
}

on_both_databases!(
    async fn trust_decides_what_no_rule_decides(db) {
        let (node, _, moderator) = scene(db).await;
        for (trust, state, said) in
            [(Hold, "submitted", vec![]), (Publish, "published", vec![]), (Announce, "published", vec!["announce"])]
        {
            let remote = Remote::new(&format!("{}.example", trust.as_str()), "actus");
            node.follows("actus", &remote, trust, "{}").await;
            remote.sends(&node.app, remote.item(1, 1)).await;
            let entry = node.entry("actus", &remote.item_uri(1)).await.expect("entry");
            assert_eq!((entry.state.as_str(), entry.decided_by.as_str()), (state, "trust"));
            assert_eq!(entry.queued_at.is_some(), state == "submitted");
            assert_eq!(kinds(&node).await, said, "{trust:?}");
        }
        let held = node.entry("actus", "https://hold.example/o/actus-1").await.expect("entry");
        let published = node.app.transition(&moderator, &held.uid, Transition::Publish, "").await.expect("published");
        assert_eq!((published.state.as_str(), published.queued_at), ("published", None));
        assert!(kinds(&node).await.is_empty(), "trusted to be shown is not trusted to be passed on");
    }
);

on_both_databases!(
    async fn the_filter_takes_a_theme_in_a_territory_or_inside_it(db) {
        let (node, remote, _) = scene(db).await;
        let rules = r#"{"filter": {"all": [{"theme": "emploi"}, {"territory": {"area": "departement:58"}}]}}"#;
        node.follows("actus", &remote, Publish, rules).await;
        let cases: [(u32, &[&str], &[&str], &str); 6] = [
            (1, &["recrutement"], &["commune:58194"], "published"),
            (2, &["emploi"], &["departement:58"], "published"),
            (3, &["emploi"], &["commune:21231"], "ignored"),
            (4, &["logement"], &["commune:58194"], "ignored"),
            (5, &["emploi"], &[], "ignored"),
            (6, &["emploi", "sante"], &["commune:21231", "commune:58194"], "published"),
        ];
        for (number, themes, places, state) in cases {
            let mut item = remote.item(number, 1);
            item.core.themes = themes.iter().map(|theme| (*theme).to_owned()).collect();
            item.core.held = places.iter().map(|place| place.parse().expect("place")).collect();
            remote.sends(&node.app, item).await;
            assert_eq!(node.state("actus", &remote.item_uri(number)).await, state, "{themes:?} {places:?}");
        }
    }
);

on_both_databases!(
    async fn the_first_rule_that_holds_decides(db) {
        let (node, remote, _) = scene(db).await;
        let rules = r#"{"rules": [
            {"when": {"keyword": "complet"}, "then": "ignore"},
            {"when": {"territory": {"area": "departement:21", "relation": "publisher"}}, "then": "announce"}]}"#;
        node.follows("actus", &remote, Hold, rules).await;
        let mut full = remote.item(1, 1);
        full.core.title = "Atelier COMPLET".into();
        remote.sends(&node.app, full).await;
        remote.sends(&node.app, remote.item(2, 1)).await;
        let mut elsewhere = remote.item(3, 1);
        elsewhere.publisher_place = "departement:89".into();
        remote.sends(&node.app, elsewhere).await;
        let mut decided = Vec::new();
        for number in 1..=3 {
            let entry = node.entry("actus", &remote.item_uri(number)).await.expect("entry");
            decided.push((entry.state, entry.decided_by, entry.announce_uri.is_some()));
        }
        let expected = [("ignored", "rule:0", false), ("published", "rule:1", true), ("submitted", "trust", false)];
        assert_eq!(decided, expected.map(|(state, by, announced)| (state.to_owned(), by.to_owned(), announced)));
    }
);

on_both_databases!(
    async fn new_rules_decide_anew_on_what_no_person_has_decided(db) {
        let (node, remote, moderator) = scene(db).await;
        let subscription = node.follows("actus", &remote, Announce, "{}").await;
        for number in 1..=4 {
            remote.sends(&node.app, remote.item(number, 1)).await;
        }
        let withdrawn = node.entry("actus", &remote.item_uri(1)).await.expect("entry");
        node.app.transition(&moderator, &withdrawn.uid, Transition::Withdraw, "").await.expect("withdrawn");
        kinds(&node).await;

        let change = |form| node.app.change_subscription(&Caller::Node, &subscription.uid, form);
        change(form(Hold, "{}")).await.expect("changed");
        for number in 2..=4 {
            let entry = node.entry("actus", &remote.item_uri(number)).await.expect("entry");
            assert_eq!((entry.state.as_str(), entry.announce_uri), ("submitted", None));
        }
        assert_eq!(node.state("actus", &remote.item_uri(1)).await, "withdrawn", "a person has decided");
        assert_eq!(kinds(&node).await, ["undo-announce"; 3]);
        let kept = node.entry("actus", &remote.item_uri(2)).await.expect("entry");
        node.app.transition(&moderator, &kept.uid, Transition::Publish, "").await.expect("published");
        let declined = node.entry("actus", &remote.item_uri(3)).await.expect("entry");
        node.app.transition(&moderator, &declined.uid, Transition::Decline, "non").await.expect("declined");

        change(form(Publish, r#"{"filter": {"theme": "logement"}}"#)).await.expect("changed");
        assert_eq!(node.state("actus", &remote.item_uri(4)).await, "ignored");
        change(form(Announce, "{}")).await.expect("changed");
        let states = [
            node.state("actus", &remote.item_uri(1)).await,
            node.state("actus", &remote.item_uri(2)).await,
            node.state("actus", &remote.item_uri(3)).await,
            node.state("actus", &remote.item_uri(4)).await,
        ];
        assert_eq!(states, ["withdrawn", "published", "declined", "published"]);
    }
);

on_both_databases!(
    async fn more_items_than_one_turn_are_decided_anew(db) {
        let (node, remote, _) = scene(db).await;
        let subscription = node.follows("actus", &remote, Publish, "{}").await;
        for number in 0..60 {
            remote.sends(&node.app, remote.item(number, 1)).await;
        }
        node.app.change_subscription(&Caller::Node, &subscription.uid, form(Hold, "{}")).await.expect("changed");
        assert!(node.public_titles().await.is_empty());
        assert!(!node.app.redecide().await.expect("nothing left"));
        // Interrupted, it goes on with the next upkeep.
        node.write(move |tx| Ok(tx.set_redecided(subscription.id, Some(0))?)).await;
        node.app.upkeep().await.expect("upkeep");
        assert!(!node.app.redecide().await.expect("nothing left"));
    }
);

on_both_databases!(
    async fn a_persons_decision_outlasts_updates_and_the_text_follows_its_origin(db) {
        let (node, remote, moderator) = scene(db).await;
        node.follows("actus", &remote, Hold, "{}").await;
        for (number, step) in [(1, Transition::Publish), (2, Transition::Decline)] {
            remote.sends(&node.app, remote.item(number, 1)).await;
            let entry = node.entry("actus", &remote.item_uri(number)).await.expect("entry");
            node.app.transition(&moderator, &entry.uid, step, "vu").await.expect("decided");
            remote.sends(&node.app, remote.item(number, 2)).await;
        }
        assert_eq!(node.public_titles().await, ["Fiche 1, version 2"]);
        let declined = node.entry("actus", &remote.item_uri(2)).await.expect("entry");
        assert_eq!((declined.state.as_str(), declined.queued_at), ("declined", None));
        assert_eq!(declined.reason.as_deref(), Some("vu"));
        // A refusal can be taken back, and then counts as much.
        node.app.transition(&moderator, &declined.uid, Transition::Publish, "").await.expect("published");
        remote.sends(&node.app, remote.item(2, 3)).await;
        assert_eq!(node.state("actus", &remote.item_uri(2)).await, "published");
    }
);

on_both_databases!(
    async fn of_two_subscriptions_that_bring_an_item_the_one_that_shows_more_decides(db) {
        let (node, origin, _) = scene(db).await;
        let relay = Remote::new("mef89.example", "relais");
        node.follows("actus", &origin, Hold, "{}").await;
        node.follows("actus", &relay, Announce, "{}").await;
        // Whichever way comes first, also after an update by the other.
        origin.sends(&node.app, origin.item(1, 1)).await;
        relay.announces(&node.app, &origin, origin.item(1, 1)).await;
        relay.announces(&node.app, &origin, origin.item(2, 1)).await;
        origin.sends(&node.app, origin.item(2, 1)).await;
        origin.sends(&node.app, origin.item(1, 2)).await;
        for number in [1, 2] {
            let entry = node.entry("actus", &origin.item_uri(number)).await.expect("entry");
            assert_eq!((entry.state.as_str(), entry.announce_uri.is_some()), ("published", true), "{number}");
            let path: Vec<String> = serde_json::from_str(&entry.path).expect("path");
            assert_eq!(path, [origin.uri.clone(), relay.uri.clone()]);
        }
    }
);

on_both_databases!(
    async fn a_later_subscription_takes_what_is_here_already(db) {
        let (node, remote, _) = scene(db).await;
        node.service("autre", Visibility::Public).await;
        node.follows("actus", &remote, Publish, "{}").await;
        remote.sends(&node.app, remote.item(1, 1)).await;
        assert_eq!(node.state("autre", &remote.item_uri(1)).await, "absent");
        node.follows("autre", &remote, Hold, "{}").await;
        assert_eq!(node.state("autre", &remote.item_uri(1)).await, "submitted");
        assert_eq!(node.state("actus", &remote.item_uri(1)).await, "published");
    }
);

on_both_databases!(
    async fn after_the_end_of_a_subscription_nothing_waits_and_what_is_shown_stays(db) {
        let (node, remote, moderator) = scene(db).await;
        let rules = r#"{"rules": [{"when": {"keyword": "fiche 2"}, "then": "hold"}]}"#;
        let subscription = node.follows("actus", &remote, Publish, rules).await;
        for number in 1..=3 {
            remote.sends(&node.app, remote.item(number, 1)).await;
        }
        let declined = node.entry("actus", &remote.item_uri(3)).await.expect("entry");
        node.app.transition(&moderator, &declined.uid, Transition::Withdraw, "non").await.expect("withdrawn");
        node.app.unsubscribe(&Caller::Node, &subscription.uid).await.expect("ended");
        let held = node.entry("actus", &remote.item_uri(2)).await.expect("entry");
        assert_eq!((held.state.as_str(), held.queued_at), ("ignored", None));
        assert_eq!(node.state("actus", &remote.item_uri(1)).await, "published");
        assert!(node.app.taken_from(&remote.uri).await.expect("read").is_none());
        // Subscribed to again, its rules count for what had stayed, but not over a person's decision.
        node.follows("actus", &remote, Hold, "{}").await;
        for number in 1..=3 {
            remote.sends(&node.app, remote.item(number, 1)).await;
        }
        assert_eq!(node.state("actus", &remote.item_uri(1)).await, "submitted");
        assert_eq!(node.state("actus", &remote.item_uri(3)).await, "withdrawn");
    }
);

on_both_databases!(
    async fn rules_name_what_there_is(db) {
        let (node, remote, moderator) = scene(db).await;
        let known = Known(remote.actor());
        for (rules, code) in [
            (r#"{"filter": {"theme": "astrologie"}}"#, "unknown_theme"),
            (r#"{"filter": {"territory": {"area": "commune:75056"}}}"#, "unknown_place"),
            (r#"{"filter": {"radius": {"place": "pays:FR", "km": 10}}}"#, "no_radius"),
            (r#"{"filter": {"radius": {"place": "commune:58194", "km": 90000}}}"#, "no_radius"),
        ] {
            let answer =
                node.app.subscribe(&Caller::Node, &known, "actus", &remote.handle(), form(Hold, rules)).await;
            invalid(answer, code);
        }
        let deep = (0..9).fold("\"always\"".to_owned(), |inner, _| format!("{{\"not\": {inner}}}"));
        let rules: RuleSet = serde_json::from_str(&format!("{{\"filter\": {deep}}}")).expect("rules");
        let answer = SubscriptionForm { trust: Hold, rules };
        invalid(node.app.subscribe(&Caller::Node, &known, "actus", &remote.handle(), answer).await, "too_large");
        crate::tests::node::forbidden(
            node.app.subscribe(&moderator, &known, "actus", &remote.handle(), form(Hold, "{}")).await,
        );
        node.follows("actus", &remote, Hold, "{}").await;
        let again = node.app.subscribe(&Caller::Node, &known, "actus", &remote.handle(), form(Hold, "{}")).await;
        crate::tests::node::conflict(again);
    }
);

on_both_databases!(
    async fn within_a_radius_of_nevers(db) {
        let (node, remote, _) = scene(db).await;
        let rules = r#"{"filter": {"radius": {"place": "commune:58194", "km": 15}}}"#;
        node.follows("actus", &remote, Publish, rules).await;
        // Nevers itself, Fourchambault beside it, Clamecy far in the north.
        for (number, place, state) in
            [(1, "commune:58194", "published"), (2, "commune:58117", "published"), (3, "commune:58079", "ignored")]
        {
            let mut item = remote.item(number, 1);
            item.core.held = vec![place.parse().expect("place")];
            remote.sends(&node.app, item).await;
            assert_eq!(node.state("actus", &remote.item_uri(number)).await, state, "{place}");
        }
    }
);

on_both_databases!(
    async fn items_that_differ_by_language_or_by_type_alone_are_told_apart(db) {
        let (node, remote, _) = scene(db).await;
        let rules = r#"{"filter": {"any": [{"type": "news"}, {"type": "agenda"}]}, "rules": [
            {"when": {"all": [{"type": "news"}, {"language": "en"}]}, "then": "hold"},
            {"when": {"any": [{"language": "de"}, {"language": "IT"}]}, "then": "ignore"},
            {"when": {"type": "agenda"}, "then": "announce"}]}"#;
        node.follows("actus", &remote, Publish, rules).await;
        let cases = [
            ("news", "fr", "published", "trust", false),
            ("news", "en", "submitted", "rule:0", false),
            ("news", "de", "ignored", "rule:1", false),
            ("news", "it", "ignored", "rule:1", false),
            ("agenda", "fr", "published", "rule:2", true),
            ("agenda", "en", "published", "rule:2", true),
            ("agenda", "de", "ignored", "rule:1", false),
            ("trainings", "fr", "ignored", "filter", false),
        ];
        for ((service_type, language, state, by, announced), number) in cases.into_iter().zip(1..) {
            let mut item = remote.item(number, 1);
            item.type_slug = service_type.into();
            item.frame.language = language.into();
            remote.sends(&node.app, item).await;
            let entry = node.entry("actus", &remote.item_uri(number)).await.expect("entry");
            let decided = (entry.state.as_str(), entry.decided_by.as_str(), entry.announce_uri.is_some());
            assert_eq!(decided, (state, by, announced), "{service_type} {language}");
        }
        // Its origin corrects the language: the rules look again.
        let mut translated = remote.item(1, 2);
        translated.frame.language = "en".into();
        remote.sends(&node.app, translated).await;
        assert_eq!(node.state("actus", &remote.item_uri(1)).await, "submitted");
    }
);
