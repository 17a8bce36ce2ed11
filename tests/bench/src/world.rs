//! Nodes and content that several benchmarks use.

use anyhow::Result;
use maillage_tests::api::Api;
use maillage_tests::database::Kind;
use maillage_tests::node::Node;
use serde_json::{Value, json};

/// A running node with an agenda, its contributor and its moderator.
pub struct House {
    /// The node.
    pub node: Node,
    /// Writes.
    pub writer: Api,
    /// Reads over what others write, and publishes.
    pub reader: Api,
}

/// Makes and starts a node on SQLite, with a service of this slug.
///
/// # Errors
/// Those of the program.
pub fn house(service: &str) -> Result<House> {
    let mut node = Node::create("MEF de la Nièvre", "58", Kind::Sqlite)?;
    // As a node in use logs.
    node.set("MAILLAGE__LOG__LEVEL", "warn");
    node.add_service("agenda", service, "Agenda")?;
    let writer = node.add_account("redaction@mef.example", "Rédaction", &[(service, "contributor")])?;
    let reader = node.add_account("relecture@mef.example", "Relecture", &[(service, "moderator")])?;
    node.start()?;
    Ok(House { node, writer, reader })
}

/// The fields of an event with this number.
pub fn event(number: usize) -> Value {
    json!({
        "titre": format!("Atelier de préparation au forum de l'emploi, séance {number}"),
        "debut": "2030-03-05T14:00",
        "fin": "2030-03-05T17:00",
        "lieu": ["commune:58194"],
        "thematiques": ["emploi"],
        "description": "<p>Relecture de CV, simulation d'entretien et rencontre avec des employeurs du bassin. \
            Venez avec une version imprimée de votre CV ; une conseillère vous reçoit sans rendez-vous.</p>",
    })
}

impl House {
    /// Writes, submits and publishes an event; its id in the service and its permanent id.
    ///
    /// # Errors
    /// The node's answer when it is refused.
    pub async fn publish(&self, service: &str, number: usize) -> Result<(String, String)> {
        let item = self.writer.create(service, event(number)).await?;
        self.writer.step(&item.id, "submit", "").await?;
        let published = self.reader.step(&item.id, "publish", "").await?;
        Ok((published.id, published.uri))
    }
}
