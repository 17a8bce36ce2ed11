//! Fills a region of three nodes with believable content, through the same API that everybody uses.

mod calendar;
mod cast;
mod content;
mod fill;
mod french;
mod nodes;
mod prose;
mod random;
mod region;
mod sector;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;

/// Une région de démonstration : trois nœuds qui se suivent / a demonstration region of three nodes.
#[derive(Debug, Parser)]
#[command(name = "maillage-demo", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Where the region is.
#[derive(Debug, Args)]
struct Where {
    /// Dossier de la région / the region's folder
    #[arg(long, value_name = "DIR", default_value = "demo")]
    data: PathBuf,
    /// Le programme maillage / the maillage program
    #[arg(long, value_name = "PATH", default_value = "maillage")]
    program: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Crée les nœuds qui manquent et les nomme, une ligne chacun / makes the nodes that are missing
    #[command(
        after_help = "Exemple / example:\n  maillage-demo prepare --data demo --program target/release/maillage"
    )]
    Prepare {
        #[command(flatten)]
        place: Where,
        /// Premier de trois ports qui se suivent / the first of three ports
        #[arg(long, value_name = "PORT")]
        first_port: Option<u16>,
    },
    /// Remplit les nœuds, qui doivent marcher / fills the nodes, which must be running
    #[command(
        after_help = "Exemple / example:\n  maillage-demo fill --data demo --program target/release/maillage"
    )]
    Fill {
        #[command(flatten)]
        place: Where,
        /// Ce qui choisit les textes / what chooses the texts
        #[arg(long, default_value_t = 58)]
        seed: u64,
    },
    /// Dit où aller et comment se connecter / says where to go and how to sign in
    #[command(after_help = "Exemple / example:\n  maillage-demo guide --data demo")]
    Guide {
        #[command(flatten)]
        place: Where,
    },
    /// Montre le contenu en JSON, une fiche par ligne, sans rien remplir / shows the content alone
    #[command(after_help = "Exemple / example:\n  maillage-demo show --seed 7 | head")]
    Show {
        /// Ce qui choisit les textes / what chooses the texts
        #[arg(long, default_value_t = 58)]
        seed: u64,
    },
}

fn main() -> std::process::ExitCode {
    let runtime = tokio::runtime::Runtime::new().context("tokio");
    match runtime.and_then(|runtime| runtime.block_on(run(Arguments::parse().command))) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            // `{:#}` tells the causes in one line.
            let _ = writeln!(std::io::stderr(), "maillage-demo : {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Prepare { place, first_port } => {
            for node in nodes::prepare(&place.data, &place.program, first_port).await? {
                say(&format!("{}\t{}\t{}", node.department.slug, node.port, node.folder.display()))?;
            }
            Ok(())
        }
        Command::Fill { place, seed } => {
            let nodes = nodes::known(&place.data)?;
            fill::region(&place.data, &place.program, nodes, seed).await
        }
        Command::Guide { place } => {
            for line in cast::guide(&nodes::known(&place.data)?) {
                say(&line)?;
            }
            Ok(())
        }
        Command::Show { seed } => {
            let territories = region::Territory::all()?;
            let today = chrono::Local::now().date_naive();
            for (territory, pieces) in territories.iter().zip(content::region(&territories, today, seed)?) {
                for piece in pieces {
                    let shown = serde_json::json!({
                        "node": territory.department.slug, "type": piece.service_type,
                        "fate": piece.fate.name(), "fields": piece.fields,
                    });
                    say(&shown.to_string())?;
                }
            }
            Ok(())
        }
    }
}

/// A line on standard output; a reader that has gone away is no error.
fn say(line: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout().lock(), "{line}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        other => Ok(other?),
    }
}
