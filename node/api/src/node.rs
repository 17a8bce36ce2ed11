//! The node itself.

use crate::body::Posted;
use crate::caller::Visitor;
use crate::problem::Problem;
use actix_web::{get, put, web};
use maillage_app::App;
use maillage_app::setup::NodeForm;
use maillage_store::StoreError;
use maillage_store::read::Reads;
use serde::{Deserialize, Serialize};
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
    Ok(web::Json(visitor.read(described(visitor.app())).await?))
}

/// What is said of a node anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedNode {
    /// Name, at most 140 characters.
    name: String,
    /// Territory: a place code, or the bare number of a département.
    territory: String,
}

/// Gives the node another name or territory. Whoever follows a service hears of it.
#[utoipa::path(
    tag = "node",
    summary = "Change the node",
    request_body = ChangedNode,
    responses((status = 200, description = "The node as it is now", body = Node)),
    security(("bearer" = [])),
)]
#[put("/node")]
pub async fn change_node(posted: Posted<ChangedNode>) -> Result<web::Json<Node>, Problem> {
    let Posted { signed, form } = posted;
    let form = NodeForm { name: form.name, territory: form.territory };
    signed.app().change_node(&signed.caller, form).await?;
    Ok(web::Json(signed.read(described(signed.app())).await?))
}

/// Reads what is said of the node.
fn described(app: &App) -> impl FnOnce(&mut Reads<'_>) -> Result<Node, StoreError> + Send + 'static + use<> {
    let addresses = app.addresses().clone();
    move |reads| {
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
    }
}
