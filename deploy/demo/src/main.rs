//! Fills a region of three nodes with believable content, through the same API that everybody uses.

mod calendar;
mod content;
mod french;
mod prose;
mod random;
mod region;
mod sector;

fn main() -> anyhow::Result<()> {
    let territories = region::Territory::all()?;
    let today = chrono::Local::now().date_naive();
    for (territory, pieces) in territories.iter().zip(content::region(&territories, today, 58)?) {
        eprintln!("{}: {}", territory.department.slug, pieces.len());
    }
    Ok(())
}
