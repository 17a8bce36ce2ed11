//! The same bytes again: answered 202, without effect.

use super::*;

/// Title and text of the one item that the node shows.
async fn only_item(world: &World) -> Result<(String, i64, String)> {
    let items = world.api.items("/services/veille/items").await?;
    match items.as_slice() {
        [one] => Ok((one.state.clone(), one.version, one.content.clone())),
        other => anyhow::bail!("{} items", other.len()),
    }
}

#[test]
fn a_replayed_create_is_answered_and_changes_nothing() {
    crate::scene::play(async {
        let world = World::start().await?;
        let note = world.alice.note("<p>Premier état</p>");
        let create = world.alice.message(&world.inbox(), &world.alice.create(&note))?;
        assert_eq!(world.send(&create).await?, 202);
        let first = until("the note is shown", SOON, async || Ok(Some(only_item(&world).await?))).await?;
        for _ in 0..5 {
            assert_eq!(world.send(&create).await?, 202);
        }
        assert_eq!(only_item(&world).await?, first);
        let mut second = note.clone();
        second["content"] = "<p>Second état</p>".into();
        let update = world.alice.message(&world.inbox(), &world.alice.update(&second))?;
        assert_eq!(world.send(&update).await?, 202);
        let changed = until("the change is shown", SOON, async || {
            let item = only_item(&world).await?;
            Ok(item.2.contains("Second état").then_some(item))
        })
        .await?;
        // The Create does not bring the first state back, nor does the Update count twice.
        assert_eq!(world.send(&create).await?, 202);
        assert_eq!(world.send(&update).await?, 202);
        assert_eq!(only_item(&world).await?, changed);
        let delete = world
            .alice
            .message(&world.inbox(), &world.alice.delete(note["id"].as_str().unwrap_or_default()))?;
        assert_eq!(world.send(&delete).await?, 202);
        until_equal("the note is gone", SOON, &BTreeSet::new(), async || world.shown().await).await?;
        // Neither the same bytes nor a late Create of another id bring it back.
        for message in [&create, &update, &delete] {
            assert_eq!(world.send(message).await?, 202);
        }
        let mut late = world.alice.create(&note);
        late["id"] = format!("{}/late", note["id"].as_str().unwrap_or_default()).into();
        assert_eq!(world.alice.post(&world.inbox(), &late).await?, 202);
        assert_eq!(world.shown().await?, BTreeSet::new());
        Ok(())
    });
}

#[test]
fn a_replay_at_the_same_moment_has_one_effect() {
    crate::scene::play(async {
        let world = World::start().await?;
        let note = world.alice.note("<p>Une fois seulement</p>");
        let bytes = world.alice.message(&world.inbox(), &world.alice.create(&note))?.to_bytes();
        let port = world.node.port();
        let mut at_once = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let bytes = bytes.clone();
            at_once.spawn(async move { exchange(port, &bytes).await });
        }
        while let Some(answer) = at_once.join_next().await {
            assert_eq!(answer??.status, 202);
        }
        until("the note is shown once", SOON, async || Ok(Some(only_item(&world).await?))).await?;
        Ok(())
    });
}

#[test]
fn a_replayed_follow_is_accepted_once() {
    crate::scene::play(async {
        let world = World::start().await?;
        let service = world.mallory.look_up(&world.node.handle("veille")).await?;
        let id = service["id"].as_str().unwrap_or_default().to_owned();
        let inbox = service["inbox"].as_str().unwrap_or_default();
        let follow = world.mallory.message(inbox, &world.mallory.follow(&id))?;
        for _ in 0..3 {
            assert_eq!(world.send(&follow).await?, 202);
        }
        let accepts =
            || world.away.received().iter().filter(|one| one.kind() == "Accept" && one.is_taken()).count();
        until("the follow is accepted", SOON, async || Ok((accepts() > 0).then_some(()))).await?;
        // Whatever else would come has come when a second follow is answered.
        let other = world.away.actor("autre", Style::mastodon())?;
        let second = other.follow(&id);
        assert_eq!(other.post(inbox, &second).await?, 202);
        let second_id = second["id"].as_str().unwrap_or_default();
        world.away.wait_for("Accept", second_id, SOON).await?;
        assert_eq!(accepts(), 2);
        let followers = world.api.all("/services/veille/followers").await?;
        assert_eq!(followers.len(), 2, "{followers:?}");
        Ok(())
    });
}
