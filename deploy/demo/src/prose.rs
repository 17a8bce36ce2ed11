//! Templates of texts: phrases with places, trades, dates and numbers to fill in.

use crate::calendar::{past_working_day, working_day};
use crate::french;
use crate::random::Random;
use crate::region::{Commune, Territory};
use crate::sector::{self, Sector, Sectors};
use anyhow::{Context, bail};
use chrono::{Datelike, Duration, NaiveDate};
use maillage_domain::message::Locale;
use std::collections::BTreeMap;

/// Where what a template tells takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In a commune of at least so many inhabitants.
    Town(u32),
    /// In a commune of so many inhabitants at least and at most.
    Village(u32, u32),
    /// All over an intercommunal body.
    Epci,
    /// All over the département.
    Department,
    /// Nowhere: advice, things held online.
    Nowhere,
}

/// A text to be told. Phrases hold `{name}`, or `{de name}`, `{a name}`, `{que name}` for French to agree
/// with it, with a capital at the beginning of a sentence: `{A commune}`.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Titles to choose from.
    pub titles: &'static [&'static str],
    /// Opening sentences to choose from.
    pub leads: &'static [&'static str],
    /// Paragraphs, each with its alternatives; an empty alternative leaves the paragraph out. With `|`
    /// the parts after the first are the points of a list.
    pub body: &'static [&'static [&'static str]],
    /// Slugs of themes.
    pub themes: &'static [&'static str],
    /// Where it takes place.
    pub scope: Scope,
    /// Which sectors it can be told of.
    pub sectors: Sectors,
    /// Numbers `{n1}`, `{n2}`…: lowest, highest, step.
    pub numbers: &'static [(u32, u32, u32)],
    /// Months in which it makes sense; all when empty.
    pub months: &'static [u32],
    /// How often it may be told on one node.
    pub uses: u8,
}

/// What a template says nothing of.
pub const PLAIN: Template = Template {
    titles: &[],
    leads: &[],
    body: &[],
    themes: &[],
    scope: Scope::Nowhere,
    sectors: Sectors::None,
    numbers: &[],
    months: &[],
    uses: 1,
};

/// What a template is told about.
pub struct Setting<'t> {
    /// Where.
    pub territory: &'t Territory,
    /// The commune, unless it takes place nowhere.
    pub commune: Option<&'t Commune>,
    /// The sector, where the template wants one.
    pub sector: Option<&'static Sector>,
    words: BTreeMap<String, String>,
}

/// A template told in a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Title.
    pub title: String,
    /// Opening sentences.
    pub lead: String,
    /// Paragraphs in HTML, without the opening.
    pub body: String,
}

impl<'t> Setting<'t> {
    /// Chooses place, sector, dates and numbers for a template; `None` when the territory has no place for it.
    pub fn choose(
        template: &Template,
        territory: &'t Territory,
        today: NaiveDate,
        random: &mut Random,
    ) -> Option<Self> {
        let sector = match template.sectors {
            Sectors::None => None,
            wanted => Some(sector::choose(wanted, territory.department.number, today.month(), random)?),
        };
        let towns = sector.map(|sector| sector.towns_of(territory.department.number)).unwrap_or_default();
        let commune = match template.scope {
            Scope::Nowhere => None,
            Scope::Town(_) | Scope::Village(..) if !towns.is_empty() => {
                Some(territory.one_of(random, towns)?)
            }
            Scope::Town(least) => Some(territory.commune(random, least, u32::MAX)?),
            Scope::Village(least, most) => Some(territory.commune(random, least, most)?),
            Scope::Epci => Some(territory.commune_of_epci(random)?),
            Scope::Department => Some(territory.commune(random, 300, u32::MAX)?),
        };
        let mut setting = Self { territory, commune, sector, words: BTreeMap::new() };
        setting.place_words();
        setting.sector_words(random);
        setting.number_words(template.numbers, random);
        setting.date_words(today, random);
        Some(setting)
    }

    /// Makes a word known to phrases.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.words.insert(name.to_owned(), value.into());
    }

    fn place_words(&mut self) {
        let department = self.territory.department;
        self.set("dep", department.name);
        self.set("en_dep", department.within);
        self.set("maison", format!("la {}", department.node));
        if let Some(commune) = self.commune {
            self.set("commune", commune.name.clone());
            if let Some(epci) = self.territory.epci_of(commune) {
                self.set("epci", epci.name.clone());
            }
        }
    }

    fn sector_words(&mut self, random: &mut Random) {
        let Some(sector) = self.sector else { return };
        let mut jobs: Vec<usize> = (0..sector.jobs.len()).collect();
        random.shuffle(&mut jobs);
        let singular: Vec<&str> = jobs.iter().map(|at| sector.jobs[*at].0).collect();
        let plural: Vec<&str> = jobs.iter().map(|at| sector.jobs[*at].1).collect();
        self.set("secteur", sector.name);
        // "les métiers du bâtiment", but not "les métiers des métiers du soin".
        let trades = if sector.name.starts_with("les métiers") {
            sector.name.to_owned()
        } else {
            format!("les métiers {}", french::de(sector.name))
        };
        self.set("les_metiers", trades);
        self.set("metier", singular[0]);
        self.set("metier2", singular[1]);
        self.set("metiers", french::listed(&plural[..3], "et"));
        // In running text every trade has its own article or preposition: "de maçons et d'élagueurs".
        let each = |agree: fn(&str) -> String, count: usize| {
            let agreed: Vec<String> = plural[..count].iter().map(|trade| agree(trade)).collect();
            french::listed(&agreed.iter().map(String::as_str).collect::<Vec<_>>(), "et")
        };
        self.set("de_metiers", each(french::de, 3));
        self.set("de_metiers2", each(french::de, 2));
        self.set("les_metiers2", each(|trade| format!("les {trade}"), 2));
        self.set("des_metiers2", each(|trade| format!("des {trade}"), 2));
        self.set("metiers_virgules", plural[..3].join(", "));
        self.set("metiers_ou", french::listed(&singular[..3], "ou"));
        self.set("employeurs", sector.employers);
        self.set("entreprise", sector.company);
        self.set("gestes", sector.tasks);
        self.set("atout", *random.pick(sector.appeal).unwrap_or(&""));
        self.set("attendu", *random.pick(sector.wanted).unwrap_or(&""));
    }

    fn number_words(&mut self, numbers: &[(u32, u32, u32)], random: &mut Random) {
        for (at, (low, high, step)) in numbers.iter().enumerate() {
            let value = low + step * random.between(0, (high - low) / step);
            self.set(&format!("n{}", at + 1), french::digits(value));
            self.set(&format!("m{}", at + 1), french::number(value, false));
            self.set(&format!("f{}", at + 1), french::number(value, true));
        }
    }

    fn date_words(&mut self, today: NaiveDate, random: &mut Random) {
        let soon = working_day(today, i64::from(random.between(5, 14)));
        let later = working_day(soon, i64::from(random.between(7, 20)));
        let past = past_working_day(today, i64::from(random.between(4, 18)));
        self.set("date", day_in_words(soon));
        self.set("date2", day_in_words(later));
        self.set("passe", day_in_words(past));
        self.set("mois", month_in_words(today + Duration::days(32)));
        self.set("mois2", month_in_words(today + Duration::days(63)));
    }

    /// The phrase with every placeholder filled in, as it is printed.
    ///
    /// # Errors
    /// A placeholder that this setting knows no word for.
    pub fn fill(&self, phrase: &str) -> anyhow::Result<String> {
        let mut out = String::with_capacity(phrase.len() * 2);
        let mut rest = phrase;
        while let Some((before, tail)) = rest.split_once('{') {
            let (asked, after) =
                tail.split_once('}').with_context(|| format!("unclosed {{ in « {phrase} »"))?;
            out.push_str(before);
            out.push_str(&self.word(asked).with_context(|| format!("in « {phrase} »"))?);
            rest = after;
        }
        out.push_str(rest);
        Ok(french::printed(&out))
    }

    fn word(&self, asked: &str) -> anyhow::Result<String> {
        let lower = asked.to_lowercase();
        let (preposition, name) = lower.split_once(' ').unwrap_or(("", &lower));
        let value = self.words.get(name).with_context(|| format!("no word for {{{asked}}}"))?;
        let agreed = match preposition {
            "" => value.clone(),
            "de" => french::de(value),
            "a" => french::a(value),
            "que" => french::que(value),
            other => bail!("no preposition {other}"),
        };
        let capital = asked.starts_with(char::is_uppercase);
        Ok(if capital { french::capitalised(&agreed) } else { agreed })
    }

    /// Codes of the places where it is held.
    pub fn held(&self, scope: Scope) -> Vec<String> {
        match (scope, self.commune) {
            (Scope::Nowhere, _) | (_, None) => Vec::new(),
            (Scope::Department, _) => vec![self.territory.code.to_string()],
            (Scope::Epci, Some(commune)) => vec![commune.epci.as_ref().unwrap_or(&commune.code).to_string()],
            (_, Some(commune)) => vec![commune.code.to_string()],
        }
    }

    /// Tells the template. `turn` chooses title and opening, so that neighbours tell it differently.
    ///
    /// # Errors
    /// A placeholder that is not known here.
    pub fn tell(&self, template: &Template, turn: usize, random: &mut Random) -> anyhow::Result<Told> {
        let turned = |list: &[&'static str]| list.get(turn % list.len().max(1)).copied().unwrap_or_default();
        let mut body = String::new();
        for alternatives in template.body {
            let chosen = random.pick(alternatives).copied().unwrap_or_default();
            if !chosen.is_empty() {
                body.push_str(&self.paragraph(chosen)?);
            }
        }
        let title = french::capitalised(&self.fill(turned(template.titles))?);
        let lead = french::capitalised(&self.fill(turned(template.leads))?);
        Ok(Told { title, lead, body })
    }

    /// One paragraph of HTML, with its list where it has one.
    pub fn paragraph(&self, phrase: &str) -> anyhow::Result<String> {
        let filled = french::capitalised(&self.fill(phrase)?);
        let mut parts = filled.split('|');
        let mut html = format!("<p>{}</p>", parts.next().unwrap_or_default());
        let points: Vec<String> = parts.map(|point| format!("<li>{point}</li>")).collect();
        if !points.is_empty() {
            html.push_str(&format!("<ul>{}</ul>", points.concat()));
        }
        Ok(html)
    }
}

/// "jeudi 12 mars".
pub fn day_in_words(day: NaiveDate) -> String {
    let full = maillage_domain::french::date(day, Locale::Fr);
    full.rsplit_once(' ').map_or(full.clone(), |(short, _)| short.to_owned())
}

/// "mars".
pub fn month_in_words(day: NaiveDate) -> String {
    day_in_words(day).rsplit_once(' ').map(|(_, month)| month.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Territory;

    #[test]
    fn phrases_agree_with_what_fills_them() {
        let region = Territory::all().expect("geography");
        let today = "2026-11-25".parse().expect("date");
        let mut random = Random::new(1, "prose");
        let template = Template {
            scope: Scope::Town(3_000),
            sectors: Sectors::Only(&["batiment"]),
            numbers: &[(12_400, 12_400, 100)],
            ..PLAIN
        };
        let mut setting = Setting::choose(&template, &region[2], today, &mut random).expect("setting");
        setting.set("commune", "Auxerre");
        let told = setting
            .fill("{A commune} : {n1} heures {de secteur}, l'équipe {de commune} {en_dep}")
            .expect("filled");
        assert_eq!(
            told,
            "À Auxerre\u{a0}: 12\u{202f}400 heures du bâtiment, l’équipe d’Auxerre dans l’Yonne"
        );
        assert!(setting.fill("{inconnu}").is_err() && setting.fill("{commune").is_err());
        assert_eq!(
            setting.paragraph("Au programme :|un|deux").expect("list"),
            "<p>Au programme\u{a0}:</p><ul><li>un</li><li>deux</li></ul>"
        );
    }

    #[test]
    fn dates_are_said_without_their_year() {
        assert_eq!(day_in_words("2026-12-01".parse().expect("date")), "mardi 1er décembre");
        assert_eq!(month_in_words("2026-12-01".parse().expect("date")), "décembre");
    }
}
