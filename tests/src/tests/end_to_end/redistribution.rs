//! What B and C have of A's items, and what becomes of it when A changes its mind.

use super::material::{BY_HAND, OF_THE_FEED, OF_THE_TABLE};
use super::reference::matching;
use super::region::{PUBLISHER, REPRISES, Region};
use super::shown::{assert_gone, assert_shown};
use crate::api::Api;
use crate::item::Item;
use crate::until::{SOON, until, until_equal};
use anyhow::{Context, Result};
use serde_json::json;
use std::collections::BTreeSet;

/// Every published item of A.
pub async fn of_a(region: &Region) -> Result<Vec<Item>> {
    let api = region.a.anonymous()?;
    let mut items = api.items("/services/actus/items").await?;
    items.extend(api.items("/services/agenda/items").await?);
    Ok(items)
}

/// Items of a service in a state, for those who may see them.
async fn in_state(api: &Api, service: &str, state: &str) -> Result<Vec<Item>> {
    let items = api.items(&format!("/services/{service}/items?state={state}")).await?;
    assert!(items.iter().all(|item| item.state == state), "{items:#?}");
    Ok(items)
}

/// Published items of a service.
pub async fn in_published(api: &Api, service: &str) -> Result<Vec<Item>> {
    in_state(api, service, "published").await
}

/// The ids of items, each once.
pub fn uris(items: &[Item]) -> BTreeSet<String> {
    let set: BTreeSet<String> = items.iter().map(|item| item.uri.clone()).collect();
    assert_eq!(set.len(), items.len(), "an item stands twice");
    set
}

/// B has exactly what the plain reference takes, in each of its services; C has what B announced.
pub async fn exactly_what_matches(region: &Region) -> Result<()> {
    let expected = matching(&of_a(region).await?);
    let held = async || {
        let mut items = in_state(&region.b_moderator, "a-relire", "submitted").await?;
        for state in ["published", "declined"] {
            items.extend(in_state(&region.b_moderator, "a-relire", state).await?);
        }
        Ok(uris(&items))
    };
    until_equal("B holds what matches", SOON, &expected, held).await?;
    for service in ["selection", "relais"] {
        let api = region.b.anonymous()?;
        let shown = async || Ok(uris(&in_state(&api, service, "published").await?));
        until_equal(&format!("B shows in {service} what matches"), SOON, &expected, shown).await?;
    }
    let api = region.c.anonymous()?;
    let shown = async || Ok(uris(&in_state(&api, REPRISES, "published").await?));
    until_equal("C shows what B announced", SOON, &expected, shown).await
}

/// What the reference takes is what the fixtures were written for; trust decides what becomes of it.
pub async fn held_or_published_by_trust(region: &Region) -> Result<()> {
    let titles = |items: &[Item]| items.iter().map(|item| item.title.clone()).collect::<BTreeSet<_>>();
    let expected: BTreeSet<String> =
        [&OF_THE_FEED[..], &OF_THE_TABLE, &BY_HAND].concat().into_iter().map(str::to_owned).collect();
    let held = in_state(&region.b_moderator, "a-relire", "submitted").await?;
    assert_eq!(titles(&held), expected);
    assert_eq!(titles(&region.b_moderator.items("/services/a-relire/items?waiting=true").await?), expected);
    assert_eq!(region.b.anonymous()?.items("/services/a-relire/items").await?, []);
    for (service, announced) in [("selection", false), ("relais", true)] {
        let shown = in_state(&region.b_moderator, service, "published").await?;
        assert_eq!(titles(&shown), expected, "{service}");
        assert!(shown.iter().all(|item| item.announced == announced && !item.home), "{service}");
        assert!(shown.iter().all(|item| item.decided_by.as_deref() == Some("trust")), "{service}");
    }
    // A held item is not on B's pages; the same one is, under the service that publishes at once.
    assert_gone(&region.b, "a-relire", OF_THE_FEED[0]).await?;
    Ok(())
}

/// Who published it, where it is found, and which way it came, on B and on C.
pub async fn with_its_origin(region: &Region) -> Result<()> {
    let originals = of_a(region).await?;
    let relay = Region::actor(&region.b, "relais").await?;
    for (node, service, last) in
        [(&region.b, "selection", None), (&region.b, "relais", None), (&region.c, REPRISES, Some(&relay))]
    {
        for copy in in_state(&node.anonymous()?, service, "published").await? {
            let original = originals.iter().find(|item| item.uri == copy.uri).context("an original")?;
            let actor = Region::actor(&region.a, &original.service).await?;
            assert_eq!(copy.origin.uri, actor);
            assert_eq!(copy.origin.host, region.a.host());
            assert_eq!(copy.origin.handle, region.a.handle(&original.service));
            assert_eq!(copy.origin.organisation, PUBLISHER);
            assert_eq!(copy.url, original.url);
            let mut way = vec![actor];
            way.extend(last.cloned());
            assert_eq!(copy.origin.path, way, "{} on {service}", copy.title);
            // The typed record has come along whole.
            assert_eq!((&copy.kind, &copy.fields), (&original.kind, &original.fields));
            assert_eq!((&copy.themes, &copy.places), (&original.themes, &original.places));
            assert_eq!((&copy.content, copy.version), (&original.content, original.version));
        }
    }
    for title in [OF_THE_FEED[2], OF_THE_TABLE[0], BY_HAND[0]] {
        assert_shown(&region.b, "selection", title, PUBLISHER).await?;
        assert_shown(&region.c, REPRISES, title, PUBLISHER).await?;
    }
    Ok(())
}

/// A moderator of B publishes one held item and declines another; A's service does not notice.
pub async fn held_items_wait_for_a_decision(region: &Region) -> Result<()> {
    let held = in_state(&region.b_moderator, "a-relire", "submitted").await?;
    let find = |title: &str| held.iter().find(|item| item.title == title).context("a held item");
    let (taken, left) = (find(OF_THE_FEED[0])?, find(OF_THE_FEED[1])?);
    assert_eq!(region.b_moderator.step(&taken.id, "publish", "").await?.state, "published");
    assert_shown(&region.b, "a-relire", OF_THE_FEED[0], PUBLISHER).await?;
    let declined = region.b_moderator.step(&left.id, "decline", "Déjà annoncé ici.").await?;
    assert_eq!(
        (declined.state.as_str(), declined.reason.as_deref()),
        ("declined", Some("Déjà annoncé ici."))
    );
    // Only its origin corrects a received item.
    let refused = region
        .b_moderator
        .request(
            reqwest::Method::PUT,
            &format!("/items/{}", taken.id),
            Some(json!({ "fields": taken.fields })),
        )
        .await?;
    assert_eq!(refused.status, 409, "{}", refused.text);
    Ok(())
}

/// The item of A with this title.
async fn original(region: &Region, title: &str) -> Result<Item> {
    of_a(region).await?.into_iter().find(|item| item.title == title).with_context(|| title.to_owned())
}

/// Changes one field of a published item by its author; its moderator publishes the change.
async fn correct(region: &Region, item: &Item, field: &str, value: serde_json::Value) -> Result<Item> {
    let mut fields = item.fields.clone();
    fields[field] = value;
    region.author.save(&item.id, fields).await?;
    region.author.step(&item.id, "submit", "").await?;
    // What is published stays up as it was until somebody has read the change.
    let meanwhile = region.a.anonymous()?.get(&format!("/items/{}", item.id)).await?;
    assert_eq!((&meanwhile["title"], &meanwhile["state"]), (&json!(item.title), &json!("published")));
    region.moderator.step(&item.id, "publish", "").await
}

/// A corrected title stands on B and C, in the held copy too, and on their pages.
pub async fn corrections_reach_everybody(region: &Region) -> Result<()> {
    let title = "Café de l’emploi, désormais le jeudi";
    let item = original(region, OF_THE_TABLE[0]).await?;
    let corrected = correct(region, &item, "titre", json!(title)).await?;
    assert_eq!((corrected.title.as_str(), corrected.version), (title, item.version + 1));
    let copies = [
        (&region.b_moderator, "a-relire", "submitted"),
        (&region.b_moderator, "selection", "published"),
        (&region.b_moderator, "relais", "published"),
        (&region.c_admin, REPRISES, "published"),
    ];
    for (api, service, state) in copies {
        until(&format!("the correction reaches {service}"), SOON, async || {
            let copies = in_state(api, service, state).await?;
            let copy = copies.iter().find(|copy| copy.uri == item.uri).context("a copy")?;
            Ok((copy.title == title && copy.version == corrected.version).then_some(()))
        })
        .await?;
    }
    assert_shown(&region.b, "selection", title, PUBLISHER).await?;
    assert_shown(&region.c, REPRISES, title, PUBLISHER).await?;
    Ok(())
}

/// An item whose theme becomes another leaves B, and so C, though it stays on A.
pub async fn what_no_longer_matches_goes(region: &Region) -> Result<()> {
    let item = original(region, OF_THE_FEED[2]).await?;
    correct(region, &item, "thematiques", json!(["logement"])).await?;
    exactly_what_matches(region).await?;
    assert!(!matching(&of_a(region).await?).contains(&item.uri));
    assert_gone(&region.b, "selection", &item.title).await?;
    assert_gone(&region.c, REPRISES, &item.title).await
}

/// A withdrawn item is gone everywhere: from lists, pages and feeds of A, B and C; held, published
/// or decided by a person.
pub async fn withdrawals_reach_everybody(region: &Region) -> Result<()> {
    for title in [OF_THE_FEED[0], BY_HAND[0]] {
        let item = original(region, title).await?;
        let gone = region.moderator.step(&item.id, "withdraw", "Annulé par l'organisateur.").await?;
        assert_eq!(gone.state, "withdrawn");
        let document = crate::page::open_as(&item.uri, "application/activity+json").await?;
        assert_eq!((document.status, document.text.contains("Tombstone")), (410, true), "{}", document.text);
        exactly_what_matches(region).await?;
        for (node, service) in
            [(&region.b, "selection"), (&region.b, "relais"), (&region.b, "a-relire"), (&region.c, REPRISES)]
        {
            let left = node.anonymous()?.items(&format!("/services/{service}/items")).await?;
            assert!(left.iter().all(|copy| copy.uri != item.uri), "{service} still has {title}");
            assert_gone(node, service, title).await?;
        }
        assert_gone(&region.a, &item.service, title).await?;
    }
    Ok(())
}
