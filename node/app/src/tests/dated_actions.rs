//! What time does to published items, as their types say: remind, check, hide, archive, withdraw, erase.

use super::imports::revision;
use super::node::{TestNode, conflict, forbidden, node};
use super::remote::Remote;
use super::telling::{followed_by, told};
use super::types::{sample, service_of};
use crate::caller::Caller;
use chrono::Duration;
use maillage_domain::role::Role;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition::{Publish, Submit};
use maillage_store::on_both_databases;
use maillage_store::read::EntryQuery;
use maillage_store::rows::{EntryRow, ItemAgeRow};

async fn age(node: &TestNode, entry: &EntryRow) -> ItemAgeRow {
    let item = entry.item_id;
    node.write(move |tx| Ok(tx.age(item)?)).await.expect("age")
}

/// What was decided on an item, oldest first.
async fn decided(node: &TestNode, entry: &EntryRow) -> Vec<String> {
    let uid = entry.uid.clone();
    let read = node.app.system().run(move |reads| reads.entry(&uid)).await.expect("entry");
    let mut steps: Vec<String> = read.decisions.into_iter().map(|row| row.action).collect();
    steps.reverse();
    steps
}

async fn kinds(node: &TestNode) -> Vec<String> {
    told(node).await.into_iter().map(|told| told.kind).collect()
}

/// Titles on first pages of sites.
async fn front(node: &TestNode) -> usize {
    let query = EntryQuery { front_only: true, ..EntryQuery::default() };
    let seen = node.app.reads(maillage_domain::viewer::Viewer::Anonymous);
    seen.run(move |reads| reads.entries(&query)).await.expect("read").len()
}

pub(super) async fn later(node: &TestNode, days: i64) -> usize {
    node.advance(Duration::days(days));
    node.app.upkeep().await.expect("upkeep")
}

on_both_databases!(
    async fn a_sheet_is_to_be_checked_hidden_and_confirmed(db) {
        let node = node(db).await;
        service_of(&node, "structures", "annuaire").await;
        followed_by(&node, "annuaire", &Remote::new("social.example", "reader")).await;
        let (entry, _) = node.published("annuaire", sample("structures", "typical")).await;
        told(&node).await;
        later(&node, 334).await;
        assert_eq!(age(&node, &entry).await.reminded_at, None);
        later(&node, 2).await;
        let reminded = age(&node, &entry).await;
        assert!(reminded.reminded_at.is_some() && reminded.check_at.is_none(), "{reminded:?}");
        later(&node, 30).await;
        assert!(age(&node, &entry).await.check_at.is_some());
        assert_eq!(front(&node).await, 1);
        later(&node, 366).await;
        later(&node, 1).await;
        assert!(age(&node, &entry).await.hidden_at.is_some());
        assert_eq!((front(&node).await, node.public_titles().await.len()), (0, 1), "in lists, and not in front");
        let steps = ["submit", "publish", "remind", "check", "hide"];
        assert_eq!(decided(&node, &entry).await, steps, "each once");
        assert!(kinds(&node).await.is_empty(), "nobody outside is told");
        // Somebody who may write in it says that it is right.
        let stranger = node.person("autre@mef58.example", "annuaire", Role::Contributor).await;
        forbidden(node.app.confirm_item(&stranger, &entry.uid).await);
        let moderator = node.person("moderation@mef58.example", "annuaire", Role::Moderator).await;
        node.app.confirm_item(&moderator, &entry.uid).await.expect("confirmed");
        let fresh = age(&node, &entry).await;
        assert_eq!((fresh.check_at, fresh.hidden_at, fresh.reminded_at), (None, None, None));
        assert_eq!((kinds(&node).await, front(&node).await), (vec!["update".to_owned()], 1));
        later(&node, 366).await;
        assert!(age(&node, &entry).await.check_at.is_some(), "the days are counted anew");
        let draft = node.app.create_item(&Caller::Node, "annuaire", sample("structures", "extreme")).await;
        conflict(node.app.confirm_item(&moderator, &draft.expect("draft").uid).await);
    }
);

on_both_databases!(
    async fn what_is_old_news_leaves_the_front_and_is_archived(db) {
        let node = node(db).await;
        service_of(&node, "news", "actus").await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        let (entry, item) = node.published("actus", sample("news", "typical")).await;
        told(&node).await;
        later(&node, 91).await;
        assert_eq!((front(&node).await, kinds(&node).await.len()), (0, 0));
        later(&node, 640).await;
        assert!(age(&node, &entry).await.archived_at.is_some());
        assert_eq!(kinds(&node).await, ["update"]);
        assert_eq!(node.item_of(&entry).await.version, item.version + 1);
        assert_eq!(node.public_titles().await, [item.title.as_str()], "it can still be read");
        assert_eq!(later(&node, 400).await, 0);
        assert!(kinds(&node).await.is_empty(), "archived once");
    }
);

on_both_databases!(
    async fn a_quotation_of_the_press_is_erased_after_ninety_days(db) {
        let node = node(db).await;
        service_of(&node, "press-review", "presse").await;
        followed_by(&node, "presse", &Remote::new("social.example", "reader")).await;
        let (entry, item) = node.published("presse", sample("press-review", "typical")).await;
        assert!(item.fields.contains("Nous formons"));
        told(&node).await;
        later(&node, 89).await;
        assert!(node.item_of(&entry).await.fields.contains("Nous formons"));
        later(&node, 2).await;
        let left = node.item_of(&entry).await;
        assert!(!left.fields.contains("Nous formons") && left.fields.contains("L’usine recrute"), "{}", left.fields);
        let written = revision(&node, &entry).await;
        assert!(!written.fields.contains("Nous formons"), "{}", written.fields);
        assert_eq!(kinds(&node).await, ["update"]);
        assert_eq!(node.state("presse", &item.uri).await, "published");
        assert_eq!(later(&node, 1_010).await, 1, "withdrawn after three years");
    }
);

on_both_databases!(
    async fn a_message_is_erased_everywhere(db) {
        let node = node(db).await;
        service_of(&node, "persons", "personnes").await;
        service_of(&node, "structures", "annuaire").await;
        service_of(&node, "partner-messages", "messages").await;
        node.published("annuaire", sample("structures", "typical")).await;
        node.published("personnes", sample("persons", "typical")).await;
        let (entry, item) = node.published("messages", sample("partner-messages", "typical")).await;
        told(&node).await;
        // It is valid until 20 March; the clock stands at 3 March.
        assert_eq!(later(&node, 17).await, 0);
        assert_eq!(later(&node, 1).await, 1);
        assert_eq!(kinds(&node).await, ["delete"]);
        let left = node.item_of(&entry).await;
        assert_eq!((left.title.as_str(), left.fields.as_str(), left.content.as_str()), ("(effacée)", "{}", ""));
        let written = revision(&node, &entry).await;
        assert_eq!((written.title.as_str(), written.fields.as_str()), ("(effacée)", "{}"));
        assert_eq!(decided(&node, &entry).await, ["submit", "publish", "expire", "erase"]);
        assert_ne!(left.url, item.url, "its page does not tell its title");
        assert_eq!(later(&node, 400).await, 0);
        assert_eq!(decided(&node, &entry).await.len(), 4, "erased once");
    }
);

on_both_databases!(
    async fn what_is_withdrawn_is_erased_in_time(db) {
        let node = node(db).await;
        service_of(&node, "job-offers", "offres").await;
        let (entry, item) = node.published("offres", sample("job-offers", "typical")).await;
        // Until 15 April, and a day.
        assert_eq!(later(&node, 43).await, 0);
        assert_eq!(later(&node, 2).await, 1);
        assert_eq!(node.state("offres", &item.uri).await, "expired");
        later(&node, 181).await;
        assert_eq!(node.item_of(&entry).await.title, item.title);
        later(&node, 2).await;
        assert_eq!(node.item_of(&entry).await.title, "(effacée)");
    }
);

on_both_databases!(
    async fn a_correction_takes_the_marks_away(db) {
        let node = node(db).await;
        service_of(&node, "structures", "annuaire").await;
        let (entry, _) = node.published("annuaire", sample("structures", "typical")).await;
        later(&node, 370).await;
        assert!(age(&node, &entry).await.check_at.is_some());
        let form = sample("structures", "typical");
        node.app.save_item(&Caller::Node, &entry.uid, form, None).await.expect("saved");
        node.step(&entry.uid, Submit).await;
        node.step(&entry.uid, Publish).await;
        assert_eq!(age(&node, &entry).await.check_at, None);
    }
);

on_both_databases!(
    async fn one_process_does_what_is_due(db) {
        let node = node(db).await;
        service_of(&node, "agenda", "agenda").await;
        let (_, item) = node.published("agenda", sample("agenda", "typical")).await;
        node.advance(Duration::days(10));
        let now = node.app.now().timestamp_millis();
        let taken = node.write(move |tx| Ok(tx.take_lease("ageing", "another process", now, now + 60_000)?)).await;
        assert!(taken);
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 0);
        assert_eq!(node.state("agenda", &item.uri).await, "published");
        node.advance(Duration::minutes(2));
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 1);
    }
);

on_both_databases!(
    async fn new_actions_of_a_type_hold_for_what_is_there(db) {
        let node = node(db).await;
        service_of(&node, "news", "actus").await;
        let (entry, _) = node.published("actus", sample("news", "typical")).await;
        node.app.upkeep().await.expect("upkeep");
        // As if the type had had no actions until now.
        let mut unplanned = age(&node, &entry).await;
        unplanned.due_at = None;
        node.write(move |tx| Ok(tx.save_age(&unplanned)?)).await;
        later(&node, 91).await;
        assert_eq!(front(&node).await, 1);
        node.write(|tx| Ok(tx.set_type_plan("news", "another")?)).await;
        later(&node, 0).await;
        assert_eq!(front(&node).await, 0);
    }
);

on_both_databases!(
    async fn a_received_item_ages_too(db) {
        let node = node(db).await;
        service_of(&node, "news", "actus").await;
        let remote = Remote::new("mef21.example", "actus");
        node.follows("actus", &remote, TrustLevel::Publish, "{}").await;
        remote.sends(&node.app, remote.item(1, 1)).await;
        node.app.upkeep().await.expect("upkeep");
        assert_eq!(front(&node).await, 1);
        later(&node, 91).await;
        assert_eq!((front(&node).await, node.public_titles().await.len()), (0, 1));
        let held = node.held_item(&remote.item_uri(1)).await.expect("item");
        assert_eq!(held.version, 1, "its version is its origin's");
    }
);
