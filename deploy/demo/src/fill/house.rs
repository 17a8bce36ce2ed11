//! One node's house: partner organisation, accounts, services, members, public site.

use super::client::Client;
use super::program::Program;
use crate::cast::{self, PARTNER, PARTS, Part};
use crate::nodes::Node;
use anyhow::Context;
use serde_json::{Value, json};

/// A service of every node.
pub struct Service {
    /// Its short name.
    pub slug: &'static str,
    /// Its type.
    pub service_type: &'static str,
    /// Its title, before the name of the département.
    pub title: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Within how many days an item is answered.
    delay_days: u16,
    /// Title of its section on the public site.
    section: &'static str,
}

/// The services of every node: five own ones, and the news that come from the neighbours.
pub const SERVICES: [Service; 6] = [
    Service {
        slug: "actualites",
        service_type: "news",
        title: "Actualités de l’emploi",
        purpose: "Les nouvelles de la maison et de ses partenaires : emploi, formation, insertion, création d’entreprise.",
        delay_days: 2,
        section: "Actualités",
    },
    Service {
        slug: "agenda",
        service_type: "agenda",
        title: "Agenda de l’emploi et de la formation",
        purpose: "Ateliers, réunions d’information, visites et forums, ici et chez nos voisins.",
        delay_days: 2,
        section: "Agenda",
    },
    Service {
        slug: "formations",
        service_type: "trainings",
        title: "Offre de formation",
        purpose: "Les prochaines sessions de formation, avec leurs conditions d’entrée et leurs financements.",
        delay_days: 5,
        section: "Formations",
    },
    Service {
        slug: "revue-de-presse",
        service_type: "press-review",
        title: "Revue de presse",
        purpose: "Ce que la presse dit du travail et de l’emploi, avec un mot de notre équipe.",
        delay_days: 1,
        section: "Revue de presse",
    },
    Service {
        slug: "structures",
        service_type: "structures",
        title: "Annuaire des structures",
        purpose: "Qui fait quoi : accompagnement, formation, insertion, mobilité, logement.",
        delay_days: 10,
        section: "Annuaire",
    },
    Service {
        slug: "voisins",
        service_type: "news",
        title: "Ailleurs en Bourgogne",
        purpose: "Les actualités des départements voisins qui intéressent aussi nos habitants.",
        delay_days: 3,
        section: "Ailleurs en Bourgogne",
    },
];

/// One node with the clients of those who work on it.
pub struct House {
    /// The node.
    pub node: Node,
    /// Its command line.
    pub program: Program,
    /// The API as the administrator uses it.
    pub administration: Client,
    /// As the newsroom does.
    pub newsroom: Client,
    /// As the partner does.
    pub partner: Client,
    /// As the moderators do.
    pub moderation: Client,
}

impl House {
    /// Makes what is missing of a house, and opens a client for each part.
    ///
    /// # Errors
    /// What the node says.
    pub async fn set_up(node: Node, program: Program) -> anyhow::Result<Self> {
        let token = program.token(&cast::ADMINISTRATION.on(&node).email).await?;
        let administration = Client::new(&node.url(), &token)?;
        let organisation = partner(&administration, &node).await?;
        accounts(&administration, &node, &organisation).await?;
        services(&administration, &node).await?;
        site(&administration, &node).await?;
        let client =
            async |part: &Part| Client::new(&node.url(), &program.token(&part.on(&node).email).await?);
        Ok(Self {
            newsroom: client(&cast::NEWSROOM).await?,
            partner: client(&PARTNER).await?,
            moderation: client(&cast::MODERATION).await?,
            administration,
            program,
            node,
        })
    }
}

/// The texts of a key in a list.
fn known(list: &[Value], key: &str) -> Vec<String> {
    list.iter().filter_map(|one| one.get(key)?.as_str().map(str::to_owned)).collect()
}

async fn partner(client: &Client, node: &Node) -> anyhow::Result<String> {
    let name = cast::partner_organisation(node);
    let bodies = client.list("/organisations").await?;
    let body = match bodies.into_iter().find(|body| body.get("name").and_then(Value::as_str) == Some(&name)) {
        Some(body) => body,
        None => {
            client
                .post("/organisations", &json!({ "name": name, "territory": node.department.number }))
                .await?
        }
    };
    let id = body.get("id").and_then(Value::as_str).context("an organisation without id")?;
    Ok(id.to_owned())
}

async fn accounts(client: &Client, node: &Node, organisation: &str) -> anyhow::Result<()> {
    let emails = known(&client.list("/accounts").await?, "email");
    for part in PARTS {
        let person = part.on(node);
        if emails.contains(&person.email) {
            continue;
        }
        let mut account =
            json!({ "email": person.email, "display_name": part.name, "password": person.password });
        if part == &PARTNER {
            account["organisation"] = organisation.into();
        }
        client.post("/accounts", &account).await?;
    }
    Ok(())
}

async fn services(client: &Client, node: &Node) -> anyhow::Result<()> {
    let slugs = known(&client.list("/services").await?, "slug");
    let of = crate::french::printed(&crate::french::de(node.department.name));
    for service in &SERVICES {
        if !slugs.iter().any(|slug| slug == service.slug) {
            let title = if service.slug == "voisins" {
                service.title.to_owned()
            } else {
                format!("{} {of}", service.title)
            };
            let made = json!({
                "type": service.service_type, "slug": service.slug, "title": title,
                "purpose": service.purpose, "moderators": "L’équipe de modération de la maison",
                "delay_days": service.delay_days, "licence": "etalab-2.0",
            });
            client.post("/services", &made).await?;
        }
        for part in PARTS {
            if let Some(role) = part.role {
                let path = format!("/services/{}/members/{}", service.slug, part.on(node).email);
                client.put(&path, &json!({ "role": role })).await?;
            }
        }
    }
    Ok(())
}

async fn site(client: &Client, node: &Node) -> anyhow::Result<()> {
    let slug = node.department.slug;
    if !known(&client.list("/sites").await?, "slug").iter().any(|known| known == slug) {
        let title = format!("Emploi et formation {}", crate::french::printed(node.department.within));
        let intro = "Site de démonstration : les organismes, les journaux et les annonces sont inventés, les communes sont vraies.";
        let made = json!({ "slug": slug, "title": title, "intro": intro, "accent": node.department.accent });
        client.post("/sites", &made).await?;
    }
    let site = client.get(&format!("/sites/{slug}")).await?;
    let placed = site.get("placements").and_then(Value::as_array).map(|list| known(list, "service"));
    for service in &SERVICES {
        if !placed.iter().flatten().any(|known| known == service.slug) {
            let placement = json!({ "service": service.slug, "title": service.section });
            client.post(&format!("/sites/{slug}/placements"), &placement).await?;
        }
    }
    Ok(())
}
