//! When the node's own database is away: nothing is lost, and peers are asked to come again.

use super::*;

#[test]
fn an_inbox_without_its_database_asks_to_come_again() {
    crate::scene::play(async {
        let world = World::start_on(Kind::Postgres).await?;
        let note = world.alice.note("<p>Pendant la panne</p>");
        let create = world.alice.message(&world.inbox(), &world.alice.create(&note))?;
        world.node.database().reachable(false)?;
        for _ in 0..3 {
            let answer = exchange(world.node.port(), &create.to_bytes()).await?;
            assert_eq!(answer.status, 503, "{}", answer.body);
            assert!(answer.head.to_ascii_lowercase().contains("\r\nretry-after: "), "{}", answer.head);
            // Nothing of the fault is told to strangers.
            assert!(!answer.body.contains("connection") && answer.body.len() < 200, "{}", answer.body);
        }
        let page = reqwest::get(format!("{}/", world.node.base())).await?;
        assert_eq!(page.status(), 503);
        let told = page.text().await?;
        assert!(told.contains("Le service reprend dans un instant"), "{told}");
        world.node.database().reachable(true)?;
        // The same bytes are taken as soon as it is back: no replay was noted.
        until("it is taken", SOON, async || Ok((world.send(&create).await? == 202).then_some(()))).await?;
        let id = note["id"].as_str().unwrap_or_default().to_owned();
        until("it is shown", SOON, async || Ok(world.shown().await?.contains(&id).then_some(()))).await
    });
}
