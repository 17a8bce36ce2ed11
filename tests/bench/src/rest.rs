//! A node at rest: how long it takes to start, and what it holds in memory.

use crate::processor::resident_mebibytes;
use crate::report::{Report, percentile};
use anyhow::{Context, Result};
use maillage_tests::database::Kind;
use maillage_tests::node::Node;
use std::time::{Duration, Instant};

/// Starts that are timed.
const STARTS: usize = 5;
/// How long a node is left alone before its memory is read.
const REST: Duration = Duration::from_secs(10);

/// Measures start-up time and resident memory.
///
/// # Errors
/// Those of the node.
pub async fn measure(report: &mut Report) -> Result<()> {
    let mut node = Node::create("MEF de la Nièvre", "58", Kind::Sqlite)?;
    node.set("MAILLAGE__LOG__LEVEL", "warn");
    node.add_service("agenda", "agenda", "Agenda")?;
    let mut starts = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let began = Instant::now();
        node.start()?;
        reqwest::get(format!("{}/healthz", node.base())).await?.error_for_status()?;
        starts.push(began.elapsed().as_secs_f64() * 1e3);
        node.stop()?;
    }
    let half = percentile(&mut starts, 0.5);
    report.figure(
        "start-up, to the first answer",
        format!("{half:.0} ms"),
        "as low as can be",
        format!("median of {STARTS}; looked at every 20 ms"),
    );
    node.start()?;
    reqwest::get(format!("{}/services/agenda", node.base())).await?.error_for_status()?;
    tokio::time::sleep(REST).await;
    let memory = resident_mebibytes(node.pid().context("the node runs")?)?;
    report.figure(
        "resident memory at rest",
        format!("{memory:.1} MiB"),
        "at most 60 MiB",
        format!("after one page and {} s alone", REST.as_secs()),
    );
    Ok(())
}
