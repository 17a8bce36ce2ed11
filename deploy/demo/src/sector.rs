//! Sectors of the local economy that texts are told about.

mod crafts;
mod services;

use crate::random::Random;

/// A sector: its trades, who employs, what is done there and what is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Sector {
    /// Key in templates.
    pub key: &'static str,
    /// With its article.
    pub name: &'static str,
    /// At least four trades, singular and plural.
    pub jobs: &'static [(&'static str, &'static str)],
    /// Who recruits, after "avec": "des artisans et des entreprises du bâtiment".
    pub employers: &'static str,
    /// One employer, with its article.
    pub company: &'static str,
    /// What beginners learn, as infinitives.
    pub tasks: &'static str,
    /// Sentences that say what the work is like.
    pub appeal: &'static [&'static str],
    /// Sentences that say what employers ask for.
    pub wanted: &'static [&'static str],
    /// Months in which it recruits; all when empty.
    pub months: &'static [u32],
    /// Where it is found, by département, when not everywhere: INSEE codes.
    pub towns: &'static [(&'static str, &'static [&'static str])],
}

/// Which sectors a template can be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sectors {
    /// It is not about a sector.
    None,
    /// Any of them.
    Any,
    /// These.
    Only(&'static [&'static str]),
}

impl Sector {
    /// Codes of the communes where the sector is found in a département; empty where everywhere.
    pub fn towns_of(&self, department: &str) -> &'static [&'static str] {
        self.towns.iter().find(|(number, _)| *number == department).map_or(&[], |(_, codes)| codes)
    }
}

/// Every sector.
pub fn all() -> impl Iterator<Item = &'static Sector> + Clone {
    crafts::SECTORS.iter().chain(services::SECTORS)
}

/// One of the wanted sectors that is found in the département and in season in this month.
pub fn choose(wanted: Sectors, department: &str, month: u32, random: &mut Random) -> Option<&'static Sector> {
    let fits = |sector: &&'static Sector| {
        let asked = match wanted {
            Sectors::None => false,
            Sectors::Any => true,
            Sectors::Only(keys) => keys.contains(&sector.key),
        };
        let found = sector.towns.is_empty() || !sector.towns_of(department).is_empty();
        asked && found && (sector.months.is_empty() || sector.months.contains(&month))
    };
    let fitting: Vec<&'static Sector> = all().filter(fits).collect();
    random.pick(&fitting).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_sector_says_enough() {
        let keys: BTreeSet<_> = all().map(|sector| sector.key).collect();
        assert_eq!(keys.len(), all().count());
        for sector in all() {
            assert!(sector.jobs.len() >= 4, "{}", sector.key);
            assert!(!sector.appeal.is_empty() && !sector.wanted.is_empty(), "{}", sector.key);
            let sentences = sector.appeal.iter().chain(sector.wanted);
            assert!(sentences.into_iter().all(|s| s.ends_with('.')), "{}", sector.key);
            assert!(!sector.tasks.ends_with('.') && !sector.company.ends_with('.'), "{}", sector.key);
        }
    }
}
