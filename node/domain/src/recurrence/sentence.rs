//! Recurrences as people say them, in French and English: written, and read back.

use super::{DAYS, Frequency, Recurrence};
use crate::french;
use crate::message::Locale;
use crate::text::fold;
use chrono::{NaiveDate, Weekday};

const FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn name(day: Weekday, locale: Locale) -> &'static str {
    let at = day.num_days_from_monday() as usize;
    let names = if locale == Locale::Fr { &FR } else { &EN };
    names.get(at).copied().unwrap_or_default()
}

/// "a, b et c".
fn listed(words: Vec<String>, locale: Locale) -> String {
    let and = if locale == Locale::Fr { " et " } else { " and " };
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{}{and}{last}", before.join(", ")),
        _ => words.join(""),
    }
}

fn ordinal(which: i16, locale: Locale) -> String {
    match (which, locale) {
        (1, Locale::Fr) => "1er".to_owned(),
        (-1, Locale::Fr) => "dernier".to_owned(),
        (-2, Locale::Fr) => "avant-dernier".to_owned(),
        (n, Locale::Fr) if n > 0 => format!("{n}e"),
        (n, Locale::Fr) => format!("{}e avant la fin", -n),
        (1, Locale::En) => "1st".to_owned(),
        (2, Locale::En) => "2nd".to_owned(),
        (3, Locale::En) => "3rd".to_owned(),
        (-1, Locale::En) => "last".to_owned(),
        (-2, Locale::En) => "last but one".to_owned(),
        (n, Locale::En) if n > 0 => format!("{n}th"),
        (n, Locale::En) => format!("{}th from the end", -n),
    }
}

impl Recurrence {
    /// The rule in words: "chaque semaine, le mardi et le jeudi, jusqu'au mardi 30 juin 2026".
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        let mut parts = vec![self.pace(locale)];
        parts.extend(self.which_days(locale));
        if !self.months.is_empty() {
            let names = if locale == Locale::Fr { &french::MONTHS } else { &MONTHS_EN };
            let month =
                |at: &u8| names.get(usize::from(*at).saturating_sub(1)).map(|name| (*name).to_owned());
            let months = listed(self.months.iter().filter_map(month).collect(), locale);
            parts.push(if locale == Locale::Fr { format!("en {months}") } else { format!("in {months}") });
        }
        if let Some(count) = self.count {
            parts.push(match locale {
                Locale::Fr => format!("{count} fois"),
                Locale::En if count == 1 => "once".to_owned(),
                Locale::En => format!("{count} times"),
            });
        }
        if let Some(until) = self.until {
            let day = french::date(until, locale);
            parts.push(if locale == Locale::Fr { format!("jusqu'au {day}") } else { format!("until {day}") });
        }
        parts.join(", ")
    }

    fn pace(&self, locale: Locale) -> String {
        let every = self.interval;
        let (one, fr, en) = match self.frequency {
            Frequency::Daily => (("chaque jour", "every day"), "tous les {} jours", "every {} days"),
            Frequency::Weekly => {
                (("chaque semaine", "every week"), "toutes les {} semaines", "every {} weeks")
            }
            Frequency::Monthly => (("chaque mois", "every month"), "tous les {} mois", "every {} months"),
            Frequency::Yearly => (("chaque année", "every year"), "tous les {} ans", "every {} years"),
        };
        match (every, locale) {
            (1, Locale::Fr) => one.0.to_owned(),
            (1, Locale::En) => one.1.to_owned(),
            (_, Locale::Fr) => fr.replace("{}", &every.to_string()),
            (_, Locale::En) => en.replace("{}", &every.to_string()),
        }
    }

    fn which_days(&self, locale: Locale) -> Option<String> {
        let article = if locale == Locale::Fr { "le " } else { "on " };
        if let [at] = self.positions.as_slice() {
            let days =
                listed(self.days.iter().map(|(_, day)| name(*day, locale).to_owned()).collect(), locale);
            return Some(match locale {
                Locale::Fr => format!("le {} de ces jours : {days}", ordinal(*at, locale)),
                Locale::En => format!("the {} of these days: {days}", ordinal(*at, locale)),
            });
        }
        let day = |(which, day): &(Option<i8>, Weekday)| match (which, locale) {
            (Some(which), Locale::Fr) => {
                format!("le {} {}", ordinal((*which).into(), locale), name(*day, locale))
            }
            (Some(which), Locale::En) => {
                format!("the {} {}", ordinal((*which).into(), locale), name(*day, locale))
            }
            (None, _) => format!("{article}{}", name(*day, locale)),
        };
        let of_month = |at: &i8| match (at, locale) {
            (1, Locale::Fr) => "le 1er du mois".to_owned(),
            (-1, Locale::Fr) => "le dernier jour du mois".to_owned(),
            (-1, Locale::En) => "on the last day of the month".to_owned(),
            (at, Locale::Fr) if *at > 0 => format!("le {at} du mois"),
            (at, Locale::En) if *at > 0 => format!("on the {} of the month", ordinal((*at).into(), locale)),
            (at, Locale::Fr) => format!("le {}e jour avant la fin du mois", -at),
            (at, Locale::En) => format!("{} days before the end of the month", -at),
        };
        let mut words: Vec<String> = self.days.iter().map(day).collect();
        words.extend(self.month_days.iter().map(of_month));
        (!words.is_empty()).then(|| listed(words, locale))
    }
}

/// Reads what people write, and what [`Recurrence::sentence`] says of plain rules. None where a word is
/// not understood: half a rule would be a wrong one.
pub(super) fn read(text: &str) -> Option<Recurrence> {
    let (text, until) = without_end(text)?;
    let folded = fold(&text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut rule = Recurrence::every(1, Frequency::Weekly);
    rule.until = until;
    let (mut paced, mut ranks, mut number) = (false, Vec::<i8>::new(), None::<u16>);
    let (mut position, mut named) = (0, false);
    while let Some(word) = words.get(position) {
        let next = words.get(position + 1).copied().unwrap_or_default();
        if let Some(day) = weekday(word) {
            if ranks.is_empty() {
                rule.days.push((None, day));
            }
            // "le 1er et le 3e lundi" says the day once.
            rule.days.extend(ranks.iter().map(|at| (Some(*at), day)));
            named = true;
        } else if let Some(at) = rank(word) {
            if std::mem::take(&mut named) {
                ranks.clear();
            }
            ranks.push(at);
        } else if let Ok(count) = word.parse::<u16>() {
            number = Some(count);
        } else if let Some(frequency) = unit(word) {
            match (number.take(), frequency) {
                // "le 15 du mois".
                (Some(day), Frequency::Monthly) if words.get(position.wrapping_sub(1)) == Some(&"du") => {
                    rule.month_days.push(i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?);
                    rule.frequency = Frequency::Monthly;
                }
                (every, frequency) => {
                    if !paced || frequency == Frequency::Monthly {
                        rule.frequency = frequency;
                    }
                    if let Some(every) = every.filter(|every| (1..=1_000).contains(every)) {
                        (rule.frequency, rule.interval) = fortnight(frequency, every);
                    }
                }
            }
            paced = true;
        } else if *word == "fois" || *word == "times" {
            rule.count = Some(number.take()?.into());
        } else if *word == "sur" && next == "deux" {
            rule.interval = 2;
            position += 1;
        } else if !FILLER.contains(word) {
            return None;
        }
        position += 1;
    }
    let numbered = rule.days.iter().any(|(which, _)| which.is_some());
    if numbered {
        rule.frequency = Frequency::Monthly;
    }
    let says_something = paced || !rule.days.is_empty();
    let whole = number.is_none() && (rule.frequency != Frequency::Weekly || rule.month_days.is_empty());
    (says_something && whole && rule.count != Some(0)).then_some(rule)
}

/// Fifteen days are two weeks.
fn fortnight(frequency: Frequency, every: u16) -> (Frequency, u16) {
    match (frequency, every) {
        (Frequency::Daily, 15) => (Frequency::Weekly, 2),
        other => other,
    }
}

/// Words that say nothing by themselves.
const FILLER: [&str; 26] = [
    "le", "les", "la", "l", "un", "une", "du", "de", "des", "et", "a", "tous", "toutes", "chaque", "tout",
    "toute", "on", "the", "every", "each", "and", "of", "in", "en", "pendant", "soit",
];

fn weekday(word: &str) -> Option<Weekday> {
    let single = word.strip_suffix('s').unwrap_or(word);
    let at = FR
        .iter()
        .position(|name| *name == single)
        .or_else(|| EN.iter().position(|name| name.to_lowercase() == single))?;
    DAYS.get(at).map(|(_, day)| *day)
}

fn rank(word: &str) -> Option<i8> {
    match word {
        "1er" | "1ers" | "premier" | "premiers" | "1st" | "first" => Some(1),
        "2e" | "2eme" | "deuxieme" | "second" | "2nd" => Some(2),
        "3e" | "3eme" | "troisieme" | "3rd" | "third" => Some(3),
        "4e" | "4eme" | "quatrieme" | "4th" | "fourth" => Some(4),
        "dernier" | "derniers" | "last" => Some(-1),
        _ => None,
    }
}

fn unit(word: &str) -> Option<Frequency> {
    match word {
        "jour" | "jours" | "day" | "days" | "quotidien" => Some(Frequency::Daily),
        "semaine" | "semaines" | "week" | "weeks" | "hebdomadaire" => Some(Frequency::Weekly),
        "mois" | "month" | "months" | "mensuel" => Some(Frequency::Monthly),
        "an" | "ans" | "annee" | "annees" | "year" | "years" => Some(Frequency::Yearly),
        _ => None,
    }
}

/// What stands before "jusqu'au 30/06/2026", and that day.
fn without_end(text: &str) -> Option<(String, Option<NaiveDate>)> {
    let lower = text.to_lowercase().replace('’', "'");
    for mark in ["jusqu'au", "jusqu'à", "until"] {
        if let Some((before, day)) = lower.split_once(mark) {
            return Some((before.to_owned(), Some(day_of(day)?)));
        }
    }
    Some((lower, None))
}

fn day_of(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('.');
    let plain = text.parse().or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"));
    if let Ok(day) = plain {
        return Some(crate::item::in_this_age(day));
    }
    // "mardi 30 juin 2026", "1er juin 2026".
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| weekday(word).is_none()).collect();
    let [day, month, year] = words.as_slice() else { return None };
    let same = |names: &[&str; 12]| names.iter().position(|name| fold(name) == *month);
    let month = u32::try_from(same(&french::MONTHS).or_else(|| same(&MONTHS_EN))?).ok()? + 1;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.trim_end_matches("er").parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_said_in_words() {
        for (rule, fr, en) in [
            ("FREQ=DAILY", "chaque jour", "every day"),
            ("FREQ=WEEKLY;BYDAY=TU", "chaque semaine, le mardi", "every week, on Tuesday"),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=6",
                "toutes les 2 semaines, le lundi et le mercredi, 6 fois",
                "every 2 weeks, on Monday and on Wednesday, 6 times",
            ),
            (
                "FREQ=MONTHLY;BYDAY=1MO,-1FR;UNTIL=20260630",
                "chaque mois, le 1er lundi et le dernier vendredi, jusqu'au mardi 30 juin 2026",
                "every month, the 1st Monday and the last Friday, until ",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=15",
                "chaque mois, le 15 du mois",
                "every month, on the 15th of the month",
            ),
            (
                "FREQ=YEARLY;BYMONTH=3,9",
                "chaque année, en mars et septembre",
                "every year, in March and September",
            ),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
                "chaque mois, le dernier de ces jours : lundi et mardi",
                "every month, the last of these days: Monday and Tuesday",
            ),
        ] {
            let read = Recurrence::read(rule).expect(rule);
            assert_eq!(read.sentence(Locale::Fr), fr);
            assert!(read.sentence(Locale::En).starts_with(en), "{}", read.sentence(Locale::En));
        }
    }

    #[test]
    fn sentences_are_read() {
        for (text, rule) in [
            ("tous les mardis", "FREQ=WEEKLY;BYDAY=TU"),
            ("Chaque semaine, le mardi et le jeudi", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("les lundis, mercredis et vendredis", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
            ("une semaine sur deux le lundi", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            ("tous les 15 jours", "FREQ=WEEKLY;INTERVAL=2"),
            ("tous les jours", "FREQ=DAILY"),
            ("le 1er lundi du mois", "FREQ=MONTHLY;BYDAY=1MO"),
            ("le 1er et le 3e lundi du mois", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
            (
                "le dernier vendredi de chaque mois jusqu’au 30/06/2026",
                "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260630",
            ),
            ("le 15 du mois", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("chaque semaine, le mardi, jusqu'au mardi 30 juin 2026", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630"),
            (
                "toutes les 2 semaines, le lundi et le mercredi, 6 fois",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=6",
            ),
            ("every week, on Tuesday", "FREQ=WEEKLY;BYDAY=TU"),
            ("the last Friday of every month", "FREQ=MONTHLY;BYDAY=-1FR"),
        ] {
            assert_eq!(Recurrence::read(text).map(|read| read.stored()).as_deref(), Some(rule), "{text}");
        }
        for unclear in ["le mardi sauf vacances", "jusqu'au 30/06/2026", "le", "3", "6 fois", "le 40 du mois"]
        {
            assert_eq!(Recurrence::read(unclear), None, "{unclear}");
        }
    }
}
