//! A node in use: people, published items of every type, corrections, and a queue.

use crate::api::Api;
use crate::checkout;
use crate::database::Kind;
use crate::item::Item;
use crate::node::Node;
use crate::tests::material;
use anyhow::{Context, Result};
use maillage_test_peer::openid::{CLIENT, Provider, SECRET};
use serde_json::{Value, json};

/// Its name.
pub const NAME: &str = "Maison de l'emploi d'essai (Nièvre)";
/// What its login page calls the OpenID provider.
pub const PROVIDER: &str = "Connexion d'essai";
/// Its site.
pub const SITE: &str = "nievre";
/// A site without sections, and one with a filtered section.
const MORE_SITES: [(&str, &str); 2] = [("atelier", "Atelier de l'emploi"), ("nevers", "L'emploi à Nevers")];
/// Contributes to every service.
pub const AUTHOR: &str = "redaction@mef58.example";
/// Moderates every service.
pub const MODERATOR: &str = "relecture@mef58.example";
/// Has an account and no role yet.
pub const NEWCOMER: &str = "accueil@mef58.example";
/// Moderates a service in which nothing waits.
pub const READER: &str = "partenariats@mef58.example";
/// A service for partner nodes.
pub const INNER: &str = "entre-nous";
/// The public services: type, slug, title.
const SERVICES: [(&str, &str, &str); 4] = [
    ("news", "actus", "Actualités de la Nièvre"),
    ("agenda", "agenda", "Agenda de la Nièvre"),
    ("trainings", "formations", "Formations de la Nièvre et du Val de Loire"),
    ("structures", "annuaire", "Annuaire des structures"),
];

/// The node with what the journeys look for on it.
pub struct Office {
    pub node: Node,
    pub provider: Provider,
    pub admin: Api,
    pub author: Api,
    pub moderator: Api,
    /// Pages of one item of each type.
    pub shown: String,
    pub event: String,
    pub training: String,
    pub structure: String,
    /// The page of an item that is there no more.
    pub withdrawn: String,
    /// The id of a published item whose correction waits.
    pub corrected: String,
}

impl Office {
    /// The folder into which the node writes its mails.
    pub fn mails(&self) -> std::path::PathBuf {
        self.node.data().join("mails")
    }

    /// Starts the node and fills it.
    pub async fn start() -> Result<Self> {
        let mut node = Node::create(NAME, "58", Kind::Sqlite)?;
        for (kind, slug, title) in SERVICES {
            node.add_service(kind, slug, title)?;
        }
        let inner = ["--slug", INNER, "--title", "Entre partenaires", "--visibility", "network"];
        node.done(&[&["service", "add", "--type", "news"][..], &inner].concat())?;
        let slugs: Vec<&str> = SERVICES.iter().map(|(_, slug, _)| *slug).collect();
        node.add_site(SITE, "Emploi en Nièvre", &slugs)?;
        for (slug, title) in MORE_SITES {
            node.add_site(slug, title, &[])?;
        }
        let roles = |role| SERVICES.map(|(_, slug, _)| (slug, role));
        let author = node.add_account(AUTHOR, "Rédaction d'essai", &roles("contributor"))?;
        let moderator = node.add_account(MODERATOR, "Relecture d'essai", &roles("moderator"))?;
        node.add_account(NEWCOMER, "Accueil d'essai", &[])?;
        node.add_account(READER, "Partenariats d'essai", &[(INNER, "moderator")])?;
        let mails = node.data().join("mails");
        node.set("MAILLAGE__MAIL__URL", &format!("file:{}", mails.display()));
        node.set("MAILLAGE__MAIL__FROM", "MEF d'essai <ne-pas-repondre@mef58.example>");
        let provider = Provider::start(&node.base())?;
        for (key, value) in [
            ("ISSUER", provider.issuer()),
            ("CLIENT_ID", CLIENT),
            ("CLIENT_SECRET", SECRET),
            ("NAME", PROVIDER),
        ] {
            node.set(&format!("MAILLAGE__OPENID__{key}"), value);
        }
        node.start()?;
        let admin = node.admin()?;
        let mut office = Self {
            node,
            provider,
            admin,
            author,
            moderator,
            shown: String::new(),
            event: String::new(),
            training: String::new(),
            structure: String::new(),
            withdrawn: String::new(),
            corrected: String::new(),
        };
        office.set_up().await?;
        office.fill().await?;
        Ok(office)
    }

    /// A section with a filter, and an organisation beside the node's own.
    async fn set_up(&self) -> Result<()> {
        let filter = json!({ "themes": ["emploi", "formation"], "places": ["commune:58194"] });
        let section = json!({ "service": "actus", "title": "À Nevers et autour", "filter": filter });
        self.admin.post("/sites/nevers/placements", section).await?;
        let body =
            json!({ "name": "Mission locale d'essai", "url": "https://ml58.example", "territory": "58" });
        self.admin.post("/organisations", body).await.map(drop)
    }

    /// News, an agenda, a course, a structure; one withdrawn, one corrected, one sent back, one draft.
    async fn fill(&mut self) -> Result<()> {
        for fields in material::news() {
            let published = self.publish("actus", fields).await?;
            if published.title == material::SHOWN {
                self.shown = published.url;
            } else if published.title == "Préparer un entretien" {
                self.corrected = self.correct(&published).await?;
            }
        }
        // The agenda is published, the feed waits.
        let table = std::fs::read(checkout().join("tests/fixtures/agenda-windows1252.csv"))?;
        self.author.import("agenda", "", "text/csv", table).await?;
        for item in self.moderator.items("/services/agenda/items?waiting=true").await? {
            self.event = self.moderator.step(&item.id, "publish", "").await?.url;
        }
        let feed = std::fs::read(checkout().join("tests/fixtures/actualites-latin1-sans-declaration.rss"))?;
        self.author.import("actus", "place=departement:58", "application/rss+xml", feed).await?;
        self.training = self.publish("formations", training()).await?.url;
        self.structure = self.publish("annuaire", structure()).await?.url;
        let gone = self.publish("actus", article("Un forum qui n'aura pas lieu")).await?;
        self.withdrawn = self.moderator.step(&gone.id, "withdraw", "Annulé par son organisateur").await?.url;
        let back = self.author.create("actus", article("Une permanence à préciser")).await?;
        self.author.step(&back.id, "submit", "").await?;
        self.moderator
            .step(&back.id, "decline", "Précisez l'adresse et les heures de la permanence.")
            .await?;
        self.author.create("actus", article("Un brouillon de la semaine")).await?;
        Ok(())
    }

    /// Has an item written by one person and published by another.
    pub async fn publish(&self, service: &str, fields: Value) -> Result<Item> {
        let draft = self.author.create(service, fields).await?;
        self.author.step(&draft.id, "submit", "").await?;
        self.moderator.step(&draft.id, "publish", "").await.with_context(|| draft.title.clone())
    }

    /// Has a correction of an item wait; the item's id.
    async fn correct(&self, item: &Item) -> Result<String> {
        let mut fields = item.fields.clone();
        fields["chapo"] =
            "Trois conseils pour préparer un entretien, et deux ateliers pour s'exercer.".into();
        fields["thematiques"] = json!(["preparer-sa-candidature", "emploi"]);
        self.author.save(&item.id, fields).await?;
        self.author.step(&item.id, "submit", "").await?;
        Ok(item.id.clone())
    }
}

/// An article about Nevers.
pub fn article(title: &str) -> Value {
    json!({
        "titre": title,
        "chapo": format!("{title}, en une phrase."),
        "texte": "<p>Le détail vient ici.</p>",
        "thematiques": ["emploi"],
        "territoires": ["commune:58194"],
    })
}

fn training() -> Value {
    json!({
        "intitule": "Titre professionnel d'agent de maintenance des équipements industriels",
        "organisme": "Centre de formation d'essai",
        "objectif": "Savoir entretenir et dépanner les machines d'un atelier.",
        "contenu": "<h2>Au programme</h2><ul><li>lire un plan ;</li><li>trouver une panne ;</li><li>travailler \
            en sécurité.</li></ul><p>Huit semaines de stage en entreprise.</p>",
        "debut": "2031-09-08",
        "fin": "2032-03-20",
        "lieu": ["commune:58194"],
        "zone": ["departement:58"],
        "thematiques": ["formation", "emploi"],
        "niveau_entree": "aucun",
        "certifiante": true,
        "lien": "https://formation.example/agent-de-maintenance",
    })
}

fn structure() -> Value {
    json!({
        "nom": "Mission locale d'essai de la Nièvre",
        "sigle": "ML 58",
        "description": "<p>Accueille les jeunes de 16 à 25 ans sortis de l'école, et les accompagne vers \
            l'emploi et la formation.</p>",
        "thematiques": ["jeunes", "insertion"],
        "commune": ["commune:58194"],
        "adresse": "3 rue de l'Essai",
        "code_postal": "58000",
        "telephone": "0386000000",
        "courriel": "accueil@ml58.example",
        "site_web": "https://ml58.example/",
        "horaires": "du lundi au vendredi de 9 h à 12 h et de 13 h 30 à 17 h",
        "zone_intervention": ["departement:58"],
    })
}
