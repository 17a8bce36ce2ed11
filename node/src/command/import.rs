//! `maillage import`: a feed or a table into the moderation queue of a service.

use super::named::Named;
use super::places;
use crate::cli::Import;
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use crate::progress::Progress;
use maillage_app::caller::Caller;
use maillage_app::import::{Report, Source};
use maillage_app::ports::Fetcher;
use serde_json::json;
use url::Url;

/// Imports a file or what is at an address.
pub async fn run(import: Import, out: Output) -> Result<(), Failure> {
    let node = Node::open(&import.data.data)?;
    let caller = match &import.account {
        Some(email) => {
            node.app.account_caller(email).await.map_err(|error| Named::Account(email).or(error))?
        }
        None => Caller::Node,
    };
    let progress = Progress::begin(out, &format!("Lecture / reading: {}", import.source));
    let mut source = Source {
        themes: import.themes.clone(),
        places: places(&import.places)?,
        dry_run: import.dry_run,
        ..Source::default()
    };
    let bytes = read(&node, &import.source, &mut source).await?;
    progress.now(format!("Import: {} ({} kio / KiB)", import.source, bytes.len() / 1024));
    let report = node.app.import(&caller, &import.service, bytes, &source).await;
    drop(progress);
    let report = report.map_err(|error| Named::Service(&import.service).or(error))?;
    node.app.close().await;
    tell(&report, import.dry_run, out)?;
    if report.problems.iter().any(|problem| !problem.kept) { Err(Failure::Partial) } else { Ok(()) }
}

async fn read(node: &Node, from: &str, source: &mut Source) -> Result<Vec<u8>, Failure> {
    if from.starts_with("http://") || from.starts_with("https://") {
        let url = Url::parse(from).map_err(|error| {
            Failure::misused(
                format!("« {from} » n'est pas une adresse ({error})."),
                format!("“{from}” is not an address ({error})."),
            )
        })?;
        let federation = node.federation()?;
        let fetched = Fetcher::fetch(&federation, &url).await?;
        source.url = Some(fetched.url);
        source.content_type = fetched.content_type;
        return Ok(fetched.body);
    }
    std::fs::read(from).map_err(|error| {
        Failure::misused(
            format!("Le fichier {from} ne peut pas être lu ({error}). Vérifiez son nom."),
            format!("The file {from} cannot be read ({error}). Check its name."),
        )
    })
}

fn tell(report: &Report, dry_run: bool, out: Output) -> Result<(), Failure> {
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|p| json!({ "line": p.line, "kept": p.kept, "message": { "fr": p.message.fr, "en": p.message.en } }))
        .collect();
    let value = json!({
        "dry_run": dry_run,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "problems": problems,
        "remarks": report.remarks.iter().map(|said| json!({ "fr": said.fr, "en": said.en })).collect::<Vec<_>>(),
    });
    let refused = report.problems.iter().filter(|p| !p.kept).count();
    let would = if dry_run { "À blanc / dry run. " } else { "" };
    let mut lines = vec![format!(
        "{would}Nouvelles / new: {} · modifiées / changed: {} · inchangées / unchanged: {} · refusées / left out: {refused}",
        report.created, report.updated, report.unchanged
    )];
    lines.extend(report.problems.iter().map(|p| {
        let kept = if p.kept { "prise, à vérifier / taken, to be checked" } else { "refusée / left out" };
        format!("ligne / line {} ({kept}) : {} / {}", p.line, p.message.fr, p.message.en)
    }));
    lines.extend(report.remarks.iter().map(|remark| format!("{} / {}", remark.fr, remark.en)));
    out.say(&value, &lines)
}
