//! Who federates with the office: a partner node both ways, fediverse accounts, one of which never
//! answers and one whose server is broken.

use super::office::{INNER, Office, article};
use crate::database::Kind;
use crate::node::Node;
use crate::until::{SOON, until};
use anyhow::{Context, Result};
use maillage_test_peer::{Peer, Reply, Style};
use serde_json::{Value, json};

/// Servers that have to go on running.
pub struct Network {
    pub partner: Node,
    _peers: [Peer; 3],
}

impl Network {
    /// Starts them, and has each of them do its part.
    pub async fn around(office: &Office) -> Result<Self> {
        let mut partner = Node::create("Maison de l'emploi d'essai (Auxois-Morvan)", "21", Kind::Sqlite)?;
        partner.add_service("news", "nouvelles", "Nouvelles de l'Auxois et du Morvan")?;
        let author =
            partner.add_account("redaction@mef21.example", "Rédaction", &[("nouvelles", "contributor")])?;
        let moderator =
            partner.add_account("relecture@mef21.example", "Relecture", &[("nouvelles", "moderator")])?;
        partner.start()?;
        for title in ["Un salon de l'alternance à Semur-en-Auxois", "La navette des saisonniers du Morvan"] {
            let draft = author.create("nouvelles", article(title)).await?;
            author.step(&draft.id, "submit", "").await?;
            moderator.step(&draft.id, "publish", "").await?;
        }
        let [reader, silent, broken] = [Peer::start()?, Peer::start()?, Peer::start()?];
        follow_partner(office, &partner).await?;
        // Followed, but never an answer: its Follow is on its way for good.
        let sleeper = silent.actor("endormi", Style::small_service())?;
        office.admin.subscribe("actus", &sleeper.handle(), "hold", json!({})).await?;
        follow_back(office, &partner, &reader, &broken).await?;
        Ok(Self { partner, _peers: [reader, silent, broken] })
    }
}

/// The office takes the partner's news, with a filter, an exception and a hold, and has them wait.
async fn follow_partner(office: &Office, partner: &Node) -> Result<()> {
    let rules = json!({
        "filter": { "any": [{ "theme": "emploi" }, { "theme": "formation" }] },
        "rules": [{ "when": { "territory": { "area": "departement:21" } }, "then": "ignore" }],
    });
    office.admin.subscribe("actus", &partner.handle("nouvelles"), "hold", rules).await?;
    until("the partner's news wait in the queue", SOON, async || {
        let waiting = office.moderator.items("/services/actus/items?waiting=true").await?;
        Ok((waiting.iter().filter(|item| !item.home).count() == 2).then_some(()))
    })
    .await
}

/// The partner and an account follow the news, another account asks to follow what is for partners,
/// and the server of a third breaks when it is written to.
async fn follow_back(office: &Office, partner: &Node, home: &Peer, broken: &Peer) -> Result<()> {
    let api = partner.admin()?;
    api.subscribe("nouvelles", &office.node.handle("actus"), "hold", json!({})).await?;
    let reader = home.actor("reader", Style::mastodon())?;
    let actus = reader.look_up(&office.node.handle("actus")).await?;
    let inner = reader.look_up(&office.node.handle(INNER)).await?;
    let follower = broken.actor("en-panne", Style::small_service())?;
    for (actor, service) in [(&reader, &actus), (&reader, &inner), (&follower, &actus)] {
        let follow = actor.follow(text(service, "id")?);
        assert_eq!(actor.post(text(service, "inbox")?, &follow).await?, 202);
    }
    until("three follow, and one asks to", SOON, async || {
        let following = office.admin.all("/services/actus/followers").await?;
        let asking = office.admin.all(&format!("/services/{INNER}/followers")).await?;
        Ok((following.len() == 3 && asking.len() == 1).then_some(()))
    })
    .await?;
    broken.serve("/users/en-panne/inbox", Reply::status(500));
    let item = office.publish("actus", article("Un guichet de plus à Cosne-Cours-sur-Loire")).await?;
    home.wait_for("Create", &item.uri, SOON).await?;
    until("a delivery has failed", SOON, async || {
        let due = office.admin.all("/deliveries?state=due").await?;
        Ok(due.iter().any(|one| one["last_status"] == 500).then_some(()))
    })
    .await
}

fn text<'a>(document: &'a Value, name: &str) -> Result<&'a str> {
    document[name].as_str().with_context(|| format!("no {name}: {document}"))
}
