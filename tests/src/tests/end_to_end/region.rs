//! Three nodes with their services, sites and people.

use crate::api::Api;
use crate::database::Kind;
use crate::node::Node;
use crate::until::{SOON, until};
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Name of node A, which its items carry as their publisher.
pub const PUBLISHER: &str = "Maison de l'emploi d'essai (Nièvre)";

/// A publishes; B follows A with a filter; C follows B.
pub struct Region {
    pub a: Node,
    pub b: Node,
    pub c: Node,
    /// Writes on A.
    pub author: Api,
    /// Moderates on A.
    pub moderator: Api,
    /// Moderates on A what the moderator has written.
    pub deputy: Api,
    /// Manages B.
    pub b_admin: Api,
    /// Moderates on B.
    pub b_moderator: Api,
    /// Manages C.
    pub c_admin: Api,
}

/// Services of A.
pub const A_SERVICES: [(&str, &str, &str); 2] =
    [("news", "actus", "Actualités de la Nièvre"), ("agenda", "agenda", "Agenda de la Nièvre")];
/// Services of B, each with the trust of its subscriptions.
pub const B_SERVICES: [(&str, &str, &str); 3] = [
    ("a-relire", "hold", "À relire"),
    ("selection", "publish", "Sélection"),
    ("relais", "announce", "Relais"),
];
/// The service of C.
pub const REPRISES: &str = "reprises";

/// Theme employment, in the Nièvre or any area inside it.
pub fn rules() -> Value {
    json!({ "filter": { "all": [{ "theme": "emploi" }, { "territory": { "area": "departement:58" } }] } })
}

impl Region {
    /// Makes and starts the three nodes; nobody follows anybody yet.
    pub fn start(kind: Kind) -> Result<Self> {
        let mut a = Node::create(PUBLISHER, "58", kind)?;
        let mut b = Node::create("Maison de l'emploi d'essai (Côte-d'Or)", "21", kind)?;
        let mut c = Node::create("Maison de l'emploi d'essai (Yonne)", "89", kind)?;
        for (service_type, slug, title) in A_SERVICES {
            a.add_service(service_type, slug, title)?;
        }
        for (slug, _, title) in B_SERVICES {
            b.add_service("news", slug, title)?;
        }
        c.add_service("news", REPRISES, "Reprises")?;
        a.add_site("nievre", "Emploi en Nièvre", &["actus", "agenda"])?;
        b.add_site("cote-dor", "Emploi en Côte-d'Or", &["selection", "a-relire", "relais"])?;
        c.add_site("yonne", "Emploi dans l'Yonne", &[REPRISES])?;
        let both = |role| [("actus", role), ("agenda", role)];
        let author = a.add_account("redaction@mef58.example", "Rédaction", &both("contributor"))?;
        let moderator = a.add_account("relecture@mef58.example", "Relecture", &both("moderator"))?;
        let deputy = a.add_account("direction@mef58.example", "Direction", &both("service_manager"))?;
        let roles = B_SERVICES.map(|(slug, _, _)| (slug, "moderator"));
        let b_moderator = b.add_account("relecture@mef21.example", "Relecture", &roles)?;
        let (b_admin, c_admin) = (b.admin()?, c.admin()?);
        for node in [&mut a, &mut b, &mut c] {
            node.start()?;
        }
        Ok(Self { a, b, c, author, moderator, deputy, b_admin, b_moderator, c_admin })
    }

    /// B follows A's services into each of its own, by the API and once by the command line; C
    /// follows B's relay. Waits until every follow is accepted.
    pub async fn follow(&self) -> Result<()> {
        for (slug, trust, _) in B_SERVICES {
            for (_, source, _) in A_SERVICES {
                let handle = self.a.handle(source);
                if (slug, source) == ("selection", "agenda") {
                    let arguments = ["subscribe", "--to", slug, &handle, "--trust", trust];
                    let filter = ["--theme", "emploi", "--territory", "58"];
                    self.b.done(&[&arguments[..], &filter].concat())?;
                } else {
                    self.b_admin.subscribe(slug, &handle, trust, rules()).await?;
                }
            }
        }
        self.c_admin.subscribe(REPRISES, &self.b.handle("relais"), "publish", json!({})).await?;
        for (api, number) in [(&self.b_admin, 6), (&self.c_admin, 1)] {
            until("every follow is accepted", SOON, async || {
                let all = api.all("/subscriptions").await?;
                let accepted = all.iter().filter(|one| one.to_string().contains("\"accepted\"")).count();
                Ok((accepted == number).then_some(()))
            })
            .await?;
        }
        Ok(())
    }

    /// The id of the actor of one of A's services.
    pub async fn actor(node: &Node, service: &str) -> Result<String> {
        let account = format!("{service}@{}", node.host());
        let url = format!("{}/.well-known/webfinger?resource=acct:{account}", node.base());
        let document: Value = serde_json::from_str(&crate::page::text(&url).await?)?;
        let links = document["links"].as_array().context("links")?;
        let own = links.iter().find(|link| link["rel"] == "self").context("a link to the actor")?;
        Ok(own["href"].as_str().context("an address")?.to_owned())
    }
}
