//! `maillage init`: a node with its configuration, its database and its administrator.

use super::password;
use crate::cli::Init;
use crate::config;
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use maillage_app::address::Addresses;
use maillage_app::setup::{AccountForm, NodeForm};
use serde_json::json;

/// Makes a node.
pub async fn run(init: Init, out: Output) -> Result<(), Failure> {
    let addresses = Addresses::new(&init.url)?;
    let password = password()?;
    let admin = AccountForm { email: init.admin.clone(), display_name: String::new(), password };
    admin.check()?;
    let data = init.data.data;
    config::write_new(&data, &init.url)?;
    let node = Node::open(&data)?;
    if node.app.addresses() != &addresses {
        return Err(Failure::misused(
            format!(
                "{} est déjà configuré pour {} : choisissez un autre dossier.",
                data.display(),
                node.config.url
            ),
            format!(
                "{} is already configured for {}: choose another folder.",
                data.display(),
                node.config.url
            ),
        ));
    }
    let form = NodeForm { name: init.name, territory: init.territory };
    let account = node.app.initialise(form, admin).await?;
    node.app.close().await;
    let lines = [
        format!("Le nœud {} est prêt dans {}. / The node is ready.", addresses.base(), data.display()),
        format!("Ensuite / next: maillage serve --data {}", data.display()),
    ];
    out.say(
        &json!({ "url": addresses.base().as_str(), "data": data, "administrator": account.email }),
        &lines,
    )
}
