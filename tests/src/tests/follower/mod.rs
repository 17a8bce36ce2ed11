//! Fediverse accounts that follow a service of ours: independent actors, in the ways of other
//! software, that check whatever we send them.

mod answers;
mod follows;
mod restricted;

use crate::api::Api;
use crate::database::Kind;
use crate::item::Item;
use crate::node::Node;
use crate::until::SOON;
use anyhow::{Context, Result};
use maillage_test_peer::{Actor, Peer, Received};
use serde_json::{Value, json};

/// A node with one service, its author and its moderator.
pub struct Desk {
    pub node: Node,
    pub author: Api,
    pub moderator: Api,
    /// The document of the service's actor, as a peer has fetched it.
    pub service: Value,
}

/// Slug of the service.
pub const SERVICE: &str = "actus";

impl Desk {
    /// Starts the node.
    pub async fn start() -> Result<Self> {
        let mut node = Node::create("Maison de l'emploi suivie", "58", Kind::usual())?;
        node.add_service("news", SERVICE, "Actualités de la Nièvre")?;
        let author = node.add_account("redaction@mef58.example", "Rédaction", &[(SERVICE, "contributor")])?;
        let moderator =
            node.add_account("relecture@mef58.example", "Relecture", &[(SERVICE, "moderator")])?;
        node.start()?;
        let peer = Peer::start()?;
        let watcher = peer.actor("curieux", maillage_test_peer::Style::mastodon())?;
        let service = watcher.look_up(&node.handle(SERVICE)).await?;
        Ok(Self { node, author, moderator, service })
    }

    /// The id of the service's actor.
    pub fn actor(&self) -> &str {
        self.service["id"].as_str().unwrap_or_default()
    }

    /// Its inbox.
    pub fn inbox(&self) -> &str {
        self.service["inbox"].as_str().unwrap_or_default()
    }

    /// Publishes an item with this title.
    pub async fn publish(&self, title: &str) -> Result<Item> {
        let fields = json!({
            "titre": title,
            "chapo": format!("{title}, en une phrase."),
            "texte": "<p>Le détail, avec un <a href=\"https://mef58.example/page\">lien</a>.</p>",
            "thematiques": ["emploi"],
            "territoires": ["commune:58194"],
        });
        let draft = self.author.create(SERVICE, fields).await?;
        self.author.step(&draft.id, "submit", "").await?;
        self.moderator.step(&draft.id, "publish", "").await
    }

    /// Publishes another title of an item.
    pub async fn correct(&self, item: &Item, title: &str) -> Result<Item> {
        let mut fields = item.fields.clone();
        fields["titre"] = title.into();
        self.author.save(&item.id, fields).await?;
        self.author.step(&item.id, "submit", "").await?;
        self.moderator.step(&item.id, "publish", "").await
    }

    /// Follows the service as this actor, and waits for the Accept; the Follow.
    pub async fn followed_by(&self, peer: &Peer, actor: &Actor) -> Result<Value> {
        let follow = actor.follow(self.actor());
        assert_eq!(actor.post(self.inbox(), &follow).await?, 202);
        let id = follow["id"].as_str().unwrap_or_default();
        let accept = peer.wait_for("Accept", id, SOON).await?;
        self.check(&accept, "Accept")?;
        // The Follow that was accepted, as it was sent.
        assert_eq!(accept.activity["object"]["object"], self.actor(), "{}", accept.activity);
        assert_eq!(accept.activity["object"]["actor"], actor.id(), "{}", accept.activity);
        Ok(follow)
    }

    /// The signature was verified by the peer; it is the service's own, under an id of this node.
    fn check(&self, received: &Received, kind: &str) -> Result<()> {
        let proof = received.proof.clone().map_err(anyhow::Error::msg).context(kind.to_owned())?;
        assert_eq!(proof.actor, self.actor());
        assert_eq!(Value::from(proof.key_id), self.service["publicKey"]["id"]);
        assert_eq!(received.activity["actor"], self.actor());
        let id = received.activity["id"].as_str().context("an id")?;
        assert!(id.starts_with(&self.node.base()), "{id}");
        let media_type = received.message.value("content-type").unwrap_or_default();
        assert!(media_type.starts_with("application/activity+json"), "{media_type}");
        Ok(())
    }
}
