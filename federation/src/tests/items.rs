//! One item of each service type, and what stands around it.

use super::world::World;
use crate::objects::item::item_document;
use async_trait::async_trait;
use maillage_app::caller::Caller;
use maillage_app::inbound::RemoteActor;
use maillage_app::outbound::PublishedItem;
use maillage_app::ports::Discovery;
use maillage_app::subscription::SubscriptionForm;
use maillage_app::{App, AppError};
use maillage_domain::registry::Registry;
use maillage_domain::rule::RuleSet;
use maillage_domain::service_type::WireForm;
use maillage_domain::subscription::{Handle, TrustLevel};
use serde_json::{Value, json};

/// Every type that is federated, in the order in which they refer to one another, with a service of each
/// and the fields of an item.
pub fn all() -> Vec<(String, String, Value)> {
    let registry = Registry::embedded().unwrap();
    let federated = registry.iter().filter(|known| known.wire != WireForm::None);
    federated
        .map(|known| {
            let (slug, fields) = match known.slug.as_str() {
                "news" => ("actualites", news("Un forum à Nevers")),
                "press-review" => ("presse", press()),
                "agenda" => ("agenda", agenda()),
                "trainings" => ("formations", training()),
                "structures" => ("annuaire", structure()),
                other => (other, sample(other, "typical")),
            };
            (known.slug.clone(), slug.to_owned(), fields)
        })
        .collect()
}

/// A kept item of a type, `typical` or `extreme`. Others are named by their titles.
pub fn sample(slug: &str, which: &str) -> Value {
    let path = format!("{}/../node/domain/samples/{slug}.json", env!("CARGO_MANIFEST_DIR"));
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    kept[which].clone()
}

pub fn news(title: &str) -> Value {
    json!({
        "titre": title,
        "chapo": format!("Résumé de « {title} »."),
        "texte": "<p>Trente entreprises <strong>recrutent</strong> &amp; forment.</p><ul><li>le matin</li><li>l’après-midi</li></ul>",
        "thematiques": ["emploi", "creation-entreprise"],
        "territoires": ["commune:58194", "commune:58086"],
        "lien": "https://ville.example/forum?an=2026&jour=3",
        "auteur": "Service animation",
        "date_publication": "2026-02-27",
    })
}

pub fn press() -> Value {
    json!({
        "titre": "L’usine recrute 40 personnes",
        "url": "https://journal.example/articles/usine",
        "source": "Le Journal du Centre",
        "date_parution": "2026-03-01",
        "commentaire": "<p>Des postes sans diplôme, avec formation.</p>",
        "thematiques": ["recrutement"],
        "territoires": ["commune:58194"],
        "extrait": "« Nous formons tout le monde »",
    })
}

pub fn agenda() -> Value {
    json!({
        "titre": "Forum des métiers",
        "debut": "2026-03-03T14:00",
        "fin": "2026-03-03T18:00",
        "autres_dates": ["2026-03-10T14:00/2026-03-10T18:00"],
        "chapo": "Quarante métiers en un après-midi",
        "lieu": ["commune:58194"],
        "adresse": "Maison de l'Emploi",
        "description": "<p>Venez nombreux.</p>",
        "thematiques": ["recrutement"],
        "mode": "sur_place",
        "statut": "programme",
        "inscription": "https://inscription.example/forum",
        "public": "Tout public",
        "accessibilite": ["mi", "hi"],
        "zone": ["departement:58"],
    })
}

pub fn training() -> Value {
    json!({
        "intitule": "Titre professionnel soudeur",
        "organisme": "Centre de formation",
        "objectif": "Apprendre à souder en six mois",
        "contenu": "<p>Atelier et théorie.</p>",
        "debut": "2026-04-06",
        "fin": "2026-09-30",
        "lieu": ["commune:58086"],
        "thematiques": ["se-former"],
        "zone": ["region:27"],
        "niveau_entree": "3",
        "certifiante": true,
        "duree_heures": 840,
        "cout": 0.0,
        "financeurs": ["region", "cpf"],
        "rncp": "RNCP1234",
        "formacodes": ["23026"],
        "nsf": ["254s"],
        "rome": ["H2913"],
        "certifinfo": "84069",
        "niveau_sortie": "3",
        "modalites_enseignement": "presentiel",
        "parcours": "individualise",
        "resultats_attendus": "Titre professionnel de niveau 3",
        "organisme_siret": "13000548100010",
        "organisme_nda": "27580000058",
        "lien": "https://formation.example/soudeur",
    })
}

pub fn structure() -> Value {
    json!({
        "nom": "Mission locale Nevers Sud Nivernais",
        "sigle": "ML58",
        "description": "<p>Accompagne les jeunes de 16 à 25 ans.</p>",
        "thematiques": ["jeunes"],
        "commune": ["commune:58194"],
        "adresse": "1 rue de la République",
        "code_postal": "58000",
        "telephone": "+33386000000",
        "courriel": "accueil@mission.example",
        "site_web": "https://mission.example/",
        "siret": "13000548100010",
        "type": "ML",
        "reseaux_porteurs": ["mission-locale"],
        "accessibilite_lieu": "https://acceslibre.example/nevers/mission-locale/",
        "latitude": 46.9896,
        "longitude": 3.159,
        "horaires": "Du lundi au vendredi",
        "zone_intervention": ["departement:58"],
    })
}

/// A node with a service and a published item of each type.
pub async fn node_with_all(world: &World) {
    for (kind, slug, fields) in all() {
        let widest = world.app().registry().get(&kind).unwrap().widest;
        world.service(&kind, &slug, widest).await;
        world.publish(&slug, fields).await;
    }
}

/// The one item of a service, ready for its wire form.
pub async fn only_item(world: &World, slug: &str) -> PublishedItem {
    let slug = slug.to_owned();
    world
        .read(move |reads| {
            let service = reads.service(&slug)?;
            let mut views = reads.outbox(service.id, None, 2)?;
            assert_eq!(views.len(), 1);
            App::published_item(reads, views.remove(0))
        })
        .await
}

/// The item that a service published last, ready for its wire form.
pub async fn latest_item(world: &World, slug: &str) -> PublishedItem {
    let slug = slug.to_owned();
    world
        .read(move |reads| {
            let service = reads.service(&slug)?;
            let mut views = reads.outbox(service.id, None, 9)?;
            views.sort_by_key(|view| view.item.id);
            App::published_item(reads, views.pop().unwrap())
        })
        .await
}

/// The document of the one item of a service.
pub async fn document(world: &World, slug: &str) -> Value {
    item_document(&only_item(world, slug).await, world.app().registry(), world.app().addresses())
}

/// Finds one actor, whatever is asked for.
pub struct Found(pub RemoteActor);

#[async_trait]
impl Discovery for Found {
    async fn discover(&self, _handle: &Handle) -> Result<RemoteActor, AppError> {
        Ok(self.0.clone())
    }
}

/// Has a service follow an actor; the id of the Follow, which is answered if `accepted`.
pub async fn follow(
    world: &World,
    service: &str,
    actor: &RemoteActor,
    trust: TrustLevel,
    accepted: bool,
) -> String {
    let form = SubscriptionForm { trust, rules: RuleSet::default() };
    let handle = Handle { name: "source".to_owned(), host: "elsewhere.example".to_owned() };
    let found = Found(actor.clone());
    world.app().subscribe(&Caller::Node, &found, service, &handle, form).await.unwrap();
    let uri = actor.uri.clone();
    let follow = world
        .read(move |reads| {
            let actor = reads.actor(&uri)?;
            Ok(reads.follow_of(actor.id)?.unwrap().uri)
        })
        .await;
    if accepted {
        let activity = json!({
            "id": format!("{}#accept", actor.uri),
            "type": "Accept",
            "actor": actor.uri,
            "object": follow,
        });
        world.receive(activity).await.unwrap();
    }
    follow
}

/// A public Note of an actor.
pub fn note(actor: &RemoteActor, name: &str, text: &str) -> Value {
    json!({
        "id": format!("{}/notes/{name}", actor.uri),
        "type": "Note",
        "attributedTo": actor.uri,
        "to": [crate::objects::PUBLIC],
        "cc": [actor.followers],
        "published": "2026-03-03T10:00:00Z",
        "content": format!("<p>{text}</p>"),
    })
}

/// An activity of an actor.
pub fn activity(kind: &str, name: &str, actor: &RemoteActor, object: Value) -> Value {
    json!({
        "id": format!("{}#{name}", actor.uri),
        "type": kind,
        "actor": actor.uri,
        "to": [crate::objects::PUBLIC],
        "object": object,
    })
}
