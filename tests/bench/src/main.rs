//! Benchmarks on real processes: ratios within one run, with the goal beside each.
//!
//! `tests/benchmark` builds the release program and runs this. What is measured is processor time
//! (`/proc/PID/stat`), not the clock, wherever work is compared with work; so a busy machine changes
//! little. Nothing here fails on a figure: the reader judges.

mod delivery;
mod inbox;
mod latency;
mod material;
mod pages;
mod processor;
mod reading;
mod report;
mod rest;
mod unit;
mod world;

use anyhow::Result;
use report::Report;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, port, bytes] = arguments.as_slice()
        && mode == "hello"
    {
        return pages::hello(port.parse()?, bytes.parse()?);
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let mut report = Report::default();
        if wanted("rest") {
            rest::measure(&mut report).await?;
        }
        if wanted("delivery") {
            delivery::measure(&mut report).await?;
        }
        if wanted("inbox") {
            inbox::measure(&mut report).await?;
        }
        if wanted("pages") {
            pages::measure(&mut report).await?;
        }
        if wanted("reading") {
            reading::measure(&mut report).await?;
        }
        if wanted("latency") {
            latency::measure(&mut report).await?;
        }
        report.print();
        Ok(())
    })
}
