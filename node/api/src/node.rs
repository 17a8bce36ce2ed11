//! The node itself.

use crate::caller::Visitor;
use crate::problem::Problem;
use actix_web::{get, web};
use maillage_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// A node: one installation, one domain of the federation.
#[derive(Serialize, ToSchema)]
pub struct Node {
    /// Name, such as "Maison de l'Emploi de la Nièvre".
    pub name: String,
    /// Public address.
    pub url: String,
    /// Host, with the port where there is one: the part of handles after the second `@`.
    pub host: String,
    /// Code of its territory, such as `departement:58`.
    pub territory: String,
    /// Name of its territory.
    pub territory_name: String,
    /// Id of its own actor, which signs fetches and follows.
    pub actor: String,
    /// The program.
    pub software: &'static str,
    /// Version of the program.
    pub version: &'static str,
}

/// The node.
#[utoipa::path(
    tag = "node",
    summary = "The node",
    responses((status = 200, description = "Name, address and territory of the node", body = Node)),
    security((), ("bearer" = [])),
)]
#[get("/node")]
pub async fn get_node(visitor: Visitor) -> Result<web::Json<Node>, Problem> {
    let addresses = visitor.app().addresses().clone();
    let node = visitor
        .read(move |reads| {
            let node = reads.node()?.ok_or(StoreError::NotFound)?;
            let territory = reads.places(std::slice::from_ref(&node.territory))?.pop();
            Ok(Node {
                name: node.name,
                host: addresses.host(),
                url: node.base_url,
                territory_name: territory.map_or_else(|| node.territory.clone(), |place| place.name),
                territory: node.territory,
                actor: reads.node_actor()?.uri,
                software: "maillage",
                version: env!("CARGO_PKG_VERSION"),
            })
        })
        .await?;
    Ok(web::Json(node))
}
