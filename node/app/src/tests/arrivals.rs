//! Items of others in every order: what comes twice, late or the wrong way round ends in one state.

use super::node::{TestNode, node};
use super::remote::{Remote, fetched};
use crate::inbound::Effect;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::on_both_databases;
use maillage_store::testing::TestDatabase;

/// What happens to one item of `origin`, which `relay` passes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Create,
    Update,
    Delete,
    Announce,
    UndoAnnounce,
}

use Event::{Announce, Create, Delete, UndoAnnounce, Update};

/// Every order of these events.
fn permutations(events: &[Event]) -> Vec<Vec<Event>> {
    let Some((first, rest)) = events.split_first() else { return vec![vec![]] };
    let mut all = Vec::new();
    for shorter in permutations(rest) {
        for at in 0..=shorter.len() {
            let mut longer = shorter.clone();
            longer.insert(at, *first);
            all.push(longer);
        }
    }
    all
}

/// What is seen of an item in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    title: Option<String>,
    state: String,
    announced: bool,
    path: Vec<String>,
}

struct Scene {
    node: TestNode,
    origin: Remote,
    relay: Remote,
}

impl Scene {
    /// `actus` follows the relay, and the origin too where `direct`.
    async fn new(db: &TestDatabase, direct: bool, trust: TrustLevel) -> Self {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (origin, relay) = (Remote::new("mef21.example", "actus"), Remote::new("mef89.example", "relais"));
        node.follows("actus", &relay, trust, "{}").await;
        if direct {
            node.follows("actus", &origin, trust, "{}").await;
        }
        origin.introduce(&node.app).await;
        Self { node, origin, relay }
    }

    /// One event about the item of this number; what is fetched is the origin's latest version.
    async fn play(&self, number: u32, event: Event, twice: bool) {
        let (app, uri) = (&self.node.app, self.origin.item_uri(number));
        let id = |kind: &str, of: &Remote| format!("https://{}/x/{kind}-{number}", of.host);
        for _ in 0..if twice { 2 } else { 1 } {
            match event {
                Create => {
                    let item = self.origin.item(number, 1);
                    app.item_received(Some(&id("create", &self.origin)), &self.origin.uri, item)
                        .await
                        .map(drop)
                }
                Update => {
                    let item = self.origin.item(number, 2);
                    app.item_received(Some(&id("update", &self.origin)), &self.origin.uri, item)
                        .await
                        .map(drop)
                }
                Delete => {
                    app.deleted(Some(&id("delete", &self.origin)), &self.origin.uri, &uri).await.map(drop)
                }
                Announce => {
                    let announce = id("announce", &self.relay);
                    app.fetch_later(Some(&announce), &self.relay.uri, &uri).await.expect("queued");
                    fetched(app, &self.origin, self.origin.item(number, 2)).await;
                    Ok(())
                }
                UndoAnnounce => {
                    let (undo, announce) = (id("undo", &self.relay), id("announce", &self.relay));
                    app.announce_undone(&undo, &self.relay.uri, &uri, Some(&announce)).await.map(drop)
                }
            }
            .expect("received");
        }
    }

    async fn seen(&self, number: u32) -> Seen {
        let uri = self.origin.item_uri(number);
        let entry = self.node.entry("actus", &uri).await;
        let shown = entry.as_ref().is_some_and(|entry| entry.state == "published");
        let title = self.node.held_item(&uri).await.map(|item| item.title).filter(|_| shown);
        let state = entry.as_ref().map_or_else(|| "absent".to_owned(), |entry| entry.state.clone());
        let announced = entry.as_ref().is_some_and(|entry| entry.announce_uri.is_some());
        let path = entry.filter(|_| shown).map(|entry| serde_json::from_str(&entry.path).expect("path"));
        Seen { title, state, announced, path: path.unwrap_or_default() }
    }

    /// Plays every order of the events, each about an item of its own.
    async fn all_end_alike(&self, events: &[Event], expected: impl Fn(&Seen) -> bool) {
        for (number, order) in (0_u32..).zip(permutations(events)) {
            for event in &order {
                self.play(number, *event, number % 2 == 1).await;
            }
            let seen = self.seen(number).await;
            assert!(expected(&seen), "{order:?} ended as {seen:?}");
        }
    }
}

on_both_databases!(
    async fn an_update_may_come_before_its_create(db) {
        let scene = Scene::new(db, true, TrustLevel::Publish).await;
        let expected = Seen {
            title: Some(String::new()),
            state: "published".into(),
            announced: false,
            path: vec![scene.origin.uri.clone()],
        };
        let alike = |seen: &Seen| {
            seen.title.as_deref().is_some_and(|title| title.ends_with("version 2"))
                && Seen { title: Some(String::new()), ..seen.clone() } == expected
        };
        scene.all_end_alike(&[Create, Update], alike).await;
        scene.all_end_alike(&[Update, Update, Create, Create], alike).await;
    }
);

on_both_databases!(
    async fn what_was_deleted_does_not_come_back(db) {
        let scene = Scene::new(db, true, TrustLevel::Announce).await;
        let gone = |seen: &Seen| seen.title.is_none() && !seen.announced && seen.state != "published";
        scene.all_end_alike(&[Create, Update, Delete], gone).await;
        scene.all_end_alike(&[Announce, Create, Delete], gone).await;
    }
);

on_both_databases!(
    async fn what_only_a_relay_brings_goes_when_it_takes_it_back(db) {
        let scene = Scene::new(db, false, TrustLevel::Announce).await;
        let gone = |seen: &Seen| seen.title.is_none() && !seen.announced && seen.state != "published";
        scene.all_end_alike(&[Announce, UndoAnnounce], gone).await;
        scene.all_end_alike(&[Announce, UndoAnnounce, Delete], gone).await;
    }
);

on_both_databases!(
    async fn what_comes_by_two_ways_stays_while_one_is_left(db) {
        let scene = Scene::new(db, true, TrustLevel::Announce).await;
        let expected = |seen: &Seen| {
            seen.state == "published"
                && seen.announced
                && seen.title.as_deref().is_some_and(|title| title.ends_with("version 2"))
                && seen.path == [scene.origin.uri.clone()]
        };
        scene.all_end_alike(&[Create, Update, Announce, UndoAnnounce], expected).await;
    }
);

on_both_databases!(
    async fn the_same_activity_again_changes_nothing(db) {
        let scene = Scene::new(db, true, TrustLevel::Announce).await;
        let app = &scene.node.app;
        let activity = scene.origin.activity("create");
        let item = scene.origin.item(1, 1);
        let first = app.item_received(Some(&activity), &scene.origin.uri, item.clone()).await.expect("received");
        assert_eq!(first, Effect::Done);
        let told = crate::tests::telling::told(&scene.node).await.len();
        for _ in 0..5 {
            let again = app.item_received(Some(&activity), &scene.origin.uri, item.clone()).await;
            assert_eq!(again.expect("known"), Effect::Nothing);
        }
        assert!(app.was_received(&activity).await.expect("read"));
        assert!(crate::tests::telling::told(&scene.node).await.is_empty());
        assert!(told > 0);
        // Another activity that says the same is no news either.
        let unchanged = app.item_received(Some(&scene.origin.activity("create")), &scene.origin.uri, item).await;
        assert_eq!(unchanged.expect("taken"), Effect::Nothing);
        assert!(crate::tests::telling::told(&scene.node).await.is_empty(), "it is not announced twice");
    }
);

on_both_databases!(
    async fn software_without_versions_goes_by_its_dates(db) {
        let scene = Scene::new(db, true, TrustLevel::Publish).await;
        let app = &scene.node.app;
        let version = |number| crate::inbound::RemoteItem { version: 0, ..scene.origin.item(7, number) };
        scene.origin.sends(app, version(3)).await;
        scene.origin.sends(app, version(2)).await;
        let title = scene.node.held_item(&scene.origin.item_uri(7)).await.expect("item").title;
        assert!(title.ends_with("version 3"), "{title}");
        // A clock that is years ahead does not keep every later change out.
        let mut ahead = version(4);
        ahead.updated = Some(app.now() + chrono::Duration::days(4_000));
        scene.origin.sends(app, ahead).await;
        scene.node.advance(chrono::Duration::days(2));
        let mut right = version(5);
        right.updated = Some(app.now());
        scene.origin.sends(app, right).await;
        let title = scene.node.held_item(&scene.origin.item_uri(7)).await.expect("item").title;
        assert!(title.ends_with("version 5"), "{title}");
    }
);

on_both_databases!(
    async fn a_moved_event_is_a_change_also_without_typed_fields(db) {
        let scene = Scene::new(db, true, TrustLevel::Announce).await;
        let mut item = crate::inbound::RemoteItem { version: 0, ..scene.origin.item(8, 1) };
        item.core.starts_at = Some(scene.node.app.now());
        scene.origin.sends(&scene.node.app, item.clone()).await;
        crate::tests::telling::told(&scene.node).await;
        item.core.starts_at = Some(scene.node.app.now() + chrono::Duration::days(7));
        item.updated = Some(scene.node.app.now());
        assert_eq!(scene.origin.sends(&scene.node.app, item).await, Effect::Done);
        let kinds: Vec<String> = crate::tests::telling::told(&scene.node).await.into_iter().map(|t| t.kind).collect();
        assert_eq!(kinds, ["announce"], "those who follow us learn of the new date");
    }
);
