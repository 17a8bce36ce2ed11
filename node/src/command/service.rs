//! `maillage service`: types, services, roles.

use super::named::Named;
use crate::cli::{RoleName, Service, VisibilityName};
use crate::config;
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use maillage_app::caller::Caller;
use maillage_app::service::ServiceForm;
use maillage_domain::role::Role;
use maillage_domain::service::{Charter, Visibility};
use serde_json::json;
use std::path::Path;

/// Carries out `service …`.
pub async fn run(service: Service, out: Output) -> Result<(), Failure> {
    match service {
        Service::Types { data } => types(&data.data, out),
        Service::Add { data, type_slug, slug, title, visibility, purpose, licence } => {
            let visibility = visibility.map(|name| match name {
                VisibilityName::Public => Visibility::Public,
                VisibilityName::Network => Visibility::Network,
                VisibilityName::Private => Visibility::Private,
            });
            let node = Node::open(&data.data)?;
            // A command line may make services before the server has run for the first time.
            node.app.prepare_node().await?;
            let charter = Charter { purpose, licence, ..Charter::default() };
            let form = ServiceForm { title, visibility, charter, self_validation: false };
            let row = node.app.add_service(&Caller::Node, &type_slug, &slug, form).await?;
            let handle = format!("@{}@{}", row.slug, node.app.addresses().host());
            node.app.close().await;
            let line = format!("Service créé / service made: {handle}");
            out.say(
                &json!({ "id": row.uid, "slug": row.slug, "type": row.type_slug, "handle": handle }),
                &[line],
            )
        }
        Service::Role { data, service, user, role, remove } => {
            let node = Node::open(&data.data)?;
            let role = role.filter(|_| !remove).map(|name| match name {
                RoleName::Contributor => Role::Contributor,
                RoleName::Moderator => Role::Moderator,
                RoleName::ServiceManager => Role::ServiceManager,
            });
            let set = node.app.set_role(&Caller::Node, &service, &user, role).await;
            set.map_err(|error| Named::Service(&service).or(error))?;
            node.app.close().await;
            let line = match role {
                Some(role) => format!("Rôle donné / role given: {user}, {} ({service})", role.as_str()),
                None => format!("Rôle retiré / role taken away: {user} ({service})"),
            };
            out.say(&json!({ "service": service, "user": user, "role": role.map(Role::as_str) }), &[line])
        }
        Service::List { data } => list(Node::open(&data.data)?, out).await,
    }
}

fn types(data: &Path, out: Output) -> Result<(), Failure> {
    let registry = config::registry(data)?;
    let value: Vec<_> = registry.iter().map(|t| json!({ "slug": t.slug, "fr": t.fr, "en": t.en })).collect();
    // Slug and label alone, as scripts read them.
    let lines: Vec<String> = registry.iter().map(|t| format!("{}\t{}", t.slug, t.fr)).collect();
    out.say(&json!(value), &lines)
}

async fn list(node: Node, out: Output) -> Result<(), Failure> {
    let services = node.app.reads(Caller::Node.viewer()).run(|reads| reads.services()).await?;
    let host = node.app.addresses().host();
    let value: Vec<_> = services
        .iter()
        .map(|s| json!({ "slug": s.slug, "type": s.type_slug, "title": s.title, "visibility": s.visibility, "handle": format!("@{}@{host}", s.slug) }))
        .collect();
    let lines: Vec<String> = services
        .iter()
        .map(|s| format!("@{}@{host}\t{}\t{}\t{}", s.slug, s.type_slug, s.visibility, s.title))
        .collect();
    out.say(&json!(value), &lines)
}
