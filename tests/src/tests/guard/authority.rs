//! Verified activities whose actor has no authority over what they are about.

use super::*;

#[test]
fn only_its_owner_changes_an_object() {
    crate::scene::play(async {
        let world = World::start().await?;
        // Bob is followed too: what he says of his own would be taken.
        world.follow(&world.bob, 2).await?;
        let note = world.alice.note("<p>Le texte d’alice</p>");
        let id = note["id"].as_str().unwrap_or_default().to_owned();
        assert_eq!(world.alice.post(&world.inbox(), &world.alice.create(&note)).await?, 202);
        until_equal("alice's note is shown", SOON, &BTreeSet::from([id.clone()]), async || {
            world.shown().await
        })
        .await?;
        let mut forged = note.clone();
        forged["content"] = "<p>Un texte de bob</p>".into();
        let mut stolen = forged.clone();
        stolen["attributedTo"] = world.bob.id().into();
        let inbox = world.inbox();
        let update = |object: &serde_json::Value, by: &Actor| json!({ "id": format!("{}#u/{}", by.id(), object["attributedTo"]), "type": "Update", "actor": by.id(), "object": object });
        // The same host is not enough.
        assert_eq!(world.bob.post(&inbox, &update(&forged, &world.bob)).await?, 403);
        assert_eq!(world.mallory.post(&inbox, &update(&forged, &world.mallory)).await?, 403);
        assert_eq!(world.bob.post(&inbox, &update(&stolen, &world.bob)).await?, 403);
        let delete = |by: &Actor| json!({ "id": format!("{}#d", by.id()), "type": "Delete", "actor": by.id(), "object": id });
        assert_eq!(world.bob.post(&inbox, &delete(&world.bob)).await?, 403);
        assert_eq!(world.mallory.post(&inbox, &delete(&world.mallory)).await?, 403);
        let person = json!({ "id": format!("{}#p", world.bob.id()), "type": "Update", "actor": world.bob.id(), "object": { "id": world.alice.id(), "type": "Person", "publicKey": { "id": world.alice.key_id(), "owner": world.alice.id(), "publicKeyPem": world.bob.key().public().to_spki_pem()? } } });
        assert_eq!(world.bob.post(&inbox, &person).await?, 403);
        // Alice's key is still alice's, and her note is as she wrote it.
        let items = world.api.items("/services/veille/items").await?;
        let texts: Vec<(&str, bool)> =
            items.iter().map(|item| (item.uri.as_str(), item.content.contains("Le texte d’alice"))).collect();
        assert_eq!(texts, [(id.as_str(), true)]);
        let changed = world.alice.update(&{
            let mut note = note.clone();
            note["content"] = "<p>Corrigé par alice</p>".into();
            note
        });
        assert_eq!(world.alice.post(&inbox, &changed).await?, 202);
        until("alice's own change is shown", SOON, async || {
            let items = world.api.items("/services/veille/items").await?;
            Ok(items.iter().any(|item| item.content.contains("Corrigé par alice")).then_some(()))
        })
        .await?;
        assert_eq!(world.alice.post(&inbox, &world.alice.delete(&id)).await?, 202);
        until_equal("alice's own deletion is carried out", SOON, &BTreeSet::new(), async || {
            world.shown().await
        })
        .await
    });
}

#[test]
fn what_is_announced_is_fetched_from_its_origin() {
    crate::scene::play(async {
        let world = World::start().await?;
        let inbox = world.inbox();
        // An embedded object is not believed: what mallory's server serves counts.
        let note = world.mallory.note("<p>Ce que mallory a vraiment écrit</p>");
        let mut forged = note.clone();
        forged["content"] = "<p>Ce qu’alice lui fait dire</p>".into();
        let mut announce = world.alice.announce(note["id"].as_str().unwrap_or_default());
        announce["object"] = forged;
        assert_eq!(world.alice.post(&inbox, &announce).await?, 202);
        let found = until("the announced note is shown", SOON, async || {
            Ok(world.api.items("/services/veille/items?state=published").await?.into_iter().next())
        })
        .await?;
        assert!(found.content.contains("vraiment écrit"), "{}", found.content);
        assert_eq!(found.origin.path, [world.mallory.id(), world.alice.id()]);
        // An object that says it is another's, or that is found under another id, is refused.
        let lie = json!({ "id": world.alice.id(), "type": "Note", "attributedTo": world.alice.id(), "content": "x" });
        world.away.serve("/mensonge", Reply::body("application/activity+json", lie.to_string()));
        world.away.serve("/texte", Reply::body("text/plain", note.to_string()));
        for path in ["/mensonge", "/texte", "/nulle-part"] {
            let announce = world.alice.announce(&format!("{}{path}", world.away.base()));
            assert_eq!(world.alice.post(&inbox, &announce).await?, 202);
            until(&format!("{path} is fetched"), SOON, async || {
                Ok(world.away.seen().iter().any(|seen| seen.message.target == path).then_some(()))
            })
            .await?;
        }
        assert_eq!(world.shown().await?, BTreeSet::from([found.uri]));
        Ok(())
    });
}

#[test]
fn what_nobody_asked_for_changes_nothing() {
    crate::scene::play(async {
        let world = World::start().await?;
        let inbox = world.inbox();
        let bob = &world.bob;
        let accept = json!({ "id": format!("{}#a", bob.id()), "type": "Accept", "actor": bob.id(), "object": format!("{}/x/0", world.node.base()) });
        assert_eq!(bob.post(&inbox, &accept).await?, 202);
        // The follow of alice, answered by bob.
        let follow =
            world.home.received().into_iter().find(|one| one.kind() == "Follow").context("a Follow")?;
        let reject = json!({ "id": format!("{}#r", bob.id()), "type": "Reject", "actor": bob.id(), "object": follow.activity });
        assert_eq!(bob.post(&inbox, &reject).await?, 403);
        // Nobody follows bob: his note is left alone.
        assert_eq!(bob.post(&inbox, &bob.create(&bob.note("<p>Un texte de bob</p>"))).await?, 202);
        // Types that are not understood are left alone too.
        for kind in ["Like", "Flag", "Move", "Question", "Bidule"] {
            let odd = json!({ "id": format!("{}#{kind}", bob.id()), "type": kind, "actor": bob.id(), "object": world.alice.id() });
            assert_eq!(bob.post(&inbox, &odd).await?, 202, "{kind}");
        }
        assert_eq!(world.shown().await?, BTreeSet::new());
        let subscriptions = world.api.get("/subscriptions").await?.to_string();
        assert!(
            subscriptions.contains("\"accepted\"") && !subscriptions.contains(&bob.id()),
            "{subscriptions}"
        );
        Ok(())
    });
}
