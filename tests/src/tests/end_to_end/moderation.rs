//! The second pair of eyes on A.

use super::region::Region;
use anyhow::Result;
use serde_json::json;

/// Neither a contributor nor a moderator publishes an item of their own; another moderator does.
pub async fn nobody_publishes_their_own(region: &Region) -> Result<()> {
    let fields = json!({
        "titre": "Une page d'accueil plus claire",
        "chapo": "Les rubriques sont rangées par besoin.",
        "thematiques": ["droits"],
    });
    for (who, other) in [(&region.author, &region.moderator), (&region.moderator, &region.deputy)] {
        let draft = who.create("actus", fields.clone()).await?;
        // What is missing is said before anybody has to read it.
        let empty = who.create("actus", json!({ "titre": "Un titre seul" })).await?;
        let refused = who.try_step(&empty.id, "submit").await?;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(refused.text.contains("chapo"), "{}", refused.text);
        who.step(&draft.id, "submit", "").await?;
        let own = who.try_step(&draft.id, "publish").await?;
        assert_eq!((own.status, own.media_type.as_str()), (403, "application/problem+json"), "{}", own.text);
        assert!(own.body["message"]["fr"].is_string() && own.body["message"]["en"].is_string());
        // Nothing of it is to be seen.
        let anybody = region.a.anonymous()?;
        assert_eq!(anybody.items("/services/actus/items").await?, []);
        let hidden = anybody.request(reqwest::Method::GET, &format!("/items/{}", draft.id), None).await?;
        assert_eq!(hidden.status, 404, "{}", hidden.text);
        // Somebody else declines it, with a reason that its author reads.
        let without = other.try_step(&draft.id, "decline").await?;
        assert_eq!(without.status, 422, "{}", without.text);
        let declined = other.step(&draft.id, "decline", "À compléter d'un exemple.").await?;
        assert_eq!(declined.state, "declined");
        let seen = who.get(&format!("/items/{}", draft.id)).await?;
        assert_eq!(seen["reason"], "À compléter d'un exemple.");
    }
    Ok(())
}

/// The moderator publishes everything that waits in a service; each was entered by somebody else.
pub async fn publish_what_waits(region: &Region, service: &str) -> Result<()> {
    let waiting = region.moderator.items(&format!("/services/{service}/items?waiting=true")).await?;
    assert!(!waiting.is_empty(), "nothing waits in {service}");
    for item in waiting {
        let published = region.moderator.step(&item.id, "publish", "").await?;
        assert_eq!((published.state.as_str(), published.version), ("published", item.version + 1));
    }
    Ok(())
}
