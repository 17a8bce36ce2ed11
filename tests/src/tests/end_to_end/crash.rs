//! B is killed while A publishes; after its restart it has everything, and C has it too.

use super::redistribution::{in_published, of_a, uris};
use super::reference::matching;
use super::region::{REPRISES, Region};
use crate::api::Api;
use crate::until::{until, until_equal};
use anyhow::{Context, Result};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;

/// Items that A publishes.
const ITEMS: usize = 200;
/// People who publish at the same time.
const AT_ONCE: usize = 4;
/// Items after which B is killed: some have arrived, most have not.
const KILLED_AFTER: usize = 60;
/// How long the rest may take after the restart.
const PATIENCE: Duration = Duration::from_secs(240);

/// 200 items are published on A; B dies by `kill -9` in the middle and is started again.
pub async fn two_hundred_items_survive_a_kill(region: &mut Region) -> Result<()> {
    let published = Arc::new(AtomicUsize::new(0));
    let mut work = JoinSet::new();
    for part in 0..AT_ONCE {
        let (author, moderator, published) =
            (region.author.clone(), region.moderator.clone(), published.clone());
        work.spawn(async move { publish(part, &author, &moderator, &published).await });
    }
    until("a part is published", PATIENCE, async || {
        Ok((published.load(Ordering::Relaxed) >= KILLED_AFTER).then_some(()))
    })
    .await?;
    until("some of it is on B", PATIENCE, async || {
        let there = in_published(&region.b.anonymous()?, "selection").await?;
        Ok(there.iter().any(|item| item.title.starts_with("Offre")).then_some(()))
    })
    .await?;
    region.b.kill()?;
    let at_death = published.load(Ordering::Relaxed);
    assert!(at_death < ITEMS, "everything was published before B could be killed");
    let mut made = BTreeSet::new();
    while let Some(part) = work.join_next().await {
        made.extend(part.context("a publisher")??);
    }
    assert_eq!(made.len(), ITEMS);
    region.b.start()?;
    let expected = matching(&of_a(region).await?);
    assert!(made.is_subset(&expected));
    for (node, service) in [(&region.b, "selection"), (&region.b, "relais"), (&region.c, REPRISES)] {
        let api = node.anonymous()?;
        let shown = async || Ok(uris(&in_published(&api, service).await?));
        until_equal(&format!("{service} has every item after the restart"), PATIENCE, &expected, shown)
            .await?;
    }
    Ok(())
}

async fn publish(
    part: usize,
    author: &Api,
    moderator: &Api,
    published: &AtomicUsize,
) -> Result<BTreeSet<String>> {
    let mut made = BTreeSet::new();
    for number in 0..ITEMS / AT_ONCE {
        let number = part * ITEMS / AT_ONCE + number + 1;
        let fields = json!({
            "titre": format!("Offre n° {number} : un poste à pourvoir"),
            "chapo": "Un poste à pourvoir près de chez vous.",
            "thematiques": ["trouver-un-emploi"],
            "territoires": ["commune:58194"],
        });
        let draft = author.create("actus", fields).await?;
        author.step(&draft.id, "submit", "").await?;
        made.insert(moderator.step(&draft.id, "publish", "").await?.uri);
        published.fetch_add(1, Ordering::Relaxed);
    }
    Ok(made)
}
