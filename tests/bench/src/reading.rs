//! Pages for readers on a node with 1,000 and with 100,000 items: how long each takes when it is made anew.

use crate::material::{SERVICES, fill};
use crate::report::{Report, percentile};
use anyhow::{Context, Result, ensure};
use maillage_tests::database::Kind;
use maillage_tests::node::Node;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

const FEW: usize = 1_000;
const MANY: usize = 100_000;
/// Times that each page is asked for.
const TIMES: usize = 31;

/// What readers open. A page that sets the language is made for its reader alone, and kept for nobody.
const PAGES: [(&str, &str); 13] = [
    ("the node's first page", "/?lang=fr"),
    ("a site's first page", "/sites/nievre?lang=fr"),
    ("all of a site", "/sites/nievre/recherche?lang=fr"),
    ("a section by date of publication", "/sites/nievre/actualites?lang=fr"),
    ("a later page of it", "/sites/nievre/actualites?page=9&lang=fr"),
    ("a section by title", "/sites/nievre/structures?lang=fr"),
    ("an agenda", "/sites/nievre/agenda?lang=fr"),
    ("a service", "/services/presse?lang=fr"),
    ("a theme", "/sites/nievre/recherche?theme=recrutement&lang=fr"),
    ("a theme and a place", "/sites/nievre/actualites?theme=emploi&place=departement%3A58&lang=fr"),
    ("a search for what is in one of eight", "/sites/nievre/recherche?q=aide-soignant&lang=fr"),
    ("a search for what is everywhere", "/sites/nievre/recherche?q=employeurs+metiers&lang=fr"),
    ("a search for one item", "/sites/nievre/recherche?q=seance+404&lang=fr"),
];

/// Measures every page on both nodes.
///
/// # Errors
/// Those of the nodes.
pub async fn measure(report: &mut Report) -> Result<()> {
    let (few, many) = (medians(FEW).await?, medians(MANY).await?);
    for ((name, _), (few, many)) in PAGES.iter().zip(few.into_iter().zip(many)) {
        report.ratio(
            &format!("{name}: {MANY} items ÷ {FEW}"),
            many / few,
            "under 1.5, and under 50 ms",
            format!("{many:.1} ms ÷ {few:.1} ms"),
        );
    }
    Ok(())
}

/// Milliseconds of each page, the median, on a node with so many items.
async fn medians(items: usize) -> Result<Vec<f64>> {
    let mut node = Node::create("MEF de la Nièvre", "58", Kind::Sqlite)?;
    node.set("MAILLAGE__LOG__LEVEL", "warn");
    for (slug, kind, title, _) in SERVICES {
        node.add_service(kind, slug, title)?;
    }
    node.add_site("nievre", "Emploi et formation en Nièvre", &SERVICES.map(|(slug, ..)| slug))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis().try_into()?;
    let file = node.data().join("maillage.db");
    fill(&format!("sqlite:{}", file.display()), items, now).await?;
    node.start()?;
    let client = reqwest::Client::new();
    let mut medians = Vec::new();
    for (name, path) in PAGES {
        let url = format!("{}{path}", node.base());
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let begun = Instant::now();
            let text = client.get(&url).send().await?.error_for_status()?.text().await?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            ensure!(text.contains("</html>"), "{name} is cut");
        }
        medians.push(percentile(&mut times, 0.5));
    }
    node.stop().context("the node stops")?;
    Ok(medians)
}
