//! The three nodes of the region: their folders, their addresses, their first administrator.

use crate::cast::{ADMINISTRATION, Person};
use crate::fill::program::Program;
use crate::region::{DEPARTMENTS, Department};
use anyhow::{Context, bail};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// One node of the region.
#[derive(Debug, Clone)]
pub struct Node {
    /// Whose it is.
    pub department: &'static Department,
    /// Its data folder.
    pub folder: PathBuf,
    /// Its port on `localhost`.
    pub port: u16,
}

impl Node {
    /// Its address.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// What follows the `@` in the addresses of its services.
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }
}

/// The nodes in their folders, made where they are missing.
///
/// # Errors
/// A port that is taken or not the one a node was made with, and whatever `maillage init` says.
pub async fn prepare(data: &Path, program: &Path, first_port: Option<u16>) -> anyhow::Result<Vec<Node>> {
    let mut nodes = Vec::new();
    for (at, department) in (0..).zip(&DEPARTMENTS) {
        let wanted = match first_port {
            Some(first) => {
                Some(first.checked_add(at).context("ports above 65535 / ports au-dessus de 65535")?)
            }
            None => None,
        };
        let folder = data.join(department.slug);
        let port = match known_port(&folder)? {
            Some(port) if wanted.is_some_and(|wanted| wanted != port) => bail!(
                "{} a été créé pour le port {port}, et l'adresse d'un nœud ne change pas : relancez sans --port, \
                 ou effacez {} pour tout refaire. / This node was made for port {port}: start without --port, or \
                 delete the folder to begin again.",
                folder.display(),
                data.display()
            ),
            Some(port) => port,
            None => wanted.unwrap_or(department.port),
        };
        must_be_free(port)?;
        nodes.push(Node { department, folder, port });
    }
    // Only now: a node keeps the port that it is made with.
    for node in &nodes {
        make(node, &Program::new(program, &node.folder)).await?;
    }
    Ok(nodes)
}

fn must_be_free(port: u16) -> anyhow::Result<()> {
    std::net::TcpListener::bind(("127.0.0.1", port)).map(drop).with_context(|| {
        format!(
            "le port {port} n'est pas libre (peut-être une région déjà lancée) : arrêtez ce programme, ou choisissez \
             d'autres ports avec --port / port {port} is not free (perhaps a region that runs already): stop that \
             program, or choose other ports with --port"
        )
    })
}

/// The nodes that have been prepared in a folder.
///
/// # Errors
/// A node that is missing.
pub fn known(data: &Path) -> anyhow::Result<Vec<Node>> {
    let mut nodes = Vec::new();
    for department in &DEPARTMENTS {
        let folder = data.join(department.slug);
        let port = known_port(&folder)?.with_context(|| {
            format!(
                "{} : aucun nœud ici, lancez d'abord « prepare » / no node here, run “prepare” first",
                folder.display()
            )
        })?;
        nodes.push(Node { department, folder, port });
    }
    Ok(nodes)
}

/// The part of a node's configuration that is read here.
#[derive(Deserialize)]
struct Configured {
    url: url::Url,
}

fn known_port(folder: &Path) -> anyhow::Result<Option<u16>> {
    let path = folder.join("maillage.toml");
    if !path.exists() {
        return Ok(None);
    }
    let read = || -> anyhow::Result<Option<u16>> {
        let configured: Configured = toml::from_str(&std::fs::read_to_string(&path)?)?;
        Ok(configured.url.port_or_known_default())
    };
    read().with_context(|| format!("{} ne peut pas être lu / cannot be read", path.display()))
}

async fn make(node: &Node, program: &Program) -> anyhow::Result<()> {
    let path = node.folder.join("maillage.toml");
    if !path.exists() {
        std::fs::create_dir_all(&node.folder)
            .with_context(|| format!("{} ne peut pas être créé / cannot be made", node.folder.display()))?;
        std::fs::write(&path, configuration(node))?;
    }
    let accounts = program.json(&["user", "list"]).await?;
    if accounts.as_array().is_some_and(|accounts| !accounts.is_empty()) {
        return Ok(());
    }
    let Person { email, password, .. } = ADMINISTRATION.on(node);
    let arguments = [
        "init",
        "--url",
        &node.url(),
        "--name",
        node.department.node,
        "--territory",
        node.department.number,
        "--admin",
        &email,
        "--password-stdin",
    ];
    program.run(&arguments, Some(&password)).await?;
    Ok(())
}

fn configuration(node: &Node) -> String {
    format!(
        "# Un nœud de la région de démonstration / a node of the demonstration region (deploy/start --demo).\n\
         # Toutes les clés / every key: maillage config --print-default\n\
         url = \"{}\"\n\n[server]\nbind = \"127.0.0.1:{}\"\nworkers = 1\n\n\
         # Les trois nœuds se parlent sur cette machine / the three nodes talk on this machine.\n\
         [federation]\nallow_private_networks = true\n\n[log]\nlevel = \"warn\"\n",
        node.url(),
        node.port
    )
}
