//! The main job with three processes: items imported and moderated on A, filtered and shown on B,
//! passed on to C, corrected, withdrawn, and nothing lost when B is killed.

mod crash;
mod material;
mod moderation;
mod redistribution;
mod reference;
mod region;
mod samples;
mod shown;

use crate::database::Kind;
use crate::scene::play;
use region::Region;

#[test]
fn three_nodes_on_sqlite() {
    play(main_job(Kind::Sqlite));
}

#[test]
fn three_nodes_on_postgresql() {
    play(main_job(Kind::Postgres));
}

async fn main_job(kind: Kind) -> anyhow::Result<()> {
    let mut region = Region::start(kind)?;
    moderation::nobody_publishes_their_own(&region).await?;
    // Half of it is there before anybody follows, and is read back; the rest arrives by itself.
    material::import_feed(&region).await?;
    moderation::publish_what_waits(&region, "actus").await?;
    region.follow().await?;
    material::import_table(&region).await?;
    material::write_by_hand(&region).await?;
    moderation::publish_what_waits(&region, "agenda").await?;
    moderation::publish_what_waits(&region, "actus").await?;
    redistribution::exactly_what_matches(&region).await?;
    redistribution::held_or_published_by_trust(&region).await?;
    redistribution::with_its_origin(&region).await?;
    redistribution::held_items_wait_for_a_decision(&region).await?;
    redistribution::corrections_reach_everybody(&region).await?;
    redistribution::what_no_longer_matches_goes(&region).await?;
    redistribution::withdrawals_reach_everybody(&region).await?;
    crash::two_hundred_items_survive_a_kill(&mut region).await?;
    redistribution::exactly_what_matches(&region).await
}
