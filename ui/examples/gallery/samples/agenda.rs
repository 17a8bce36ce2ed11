//! Agendas by month and by week.

use super::{Rendered, Sample, Tone, public, rendered};
use chrono::{Datelike, Days, NaiveDate};
use maillage_domain::french;
use maillage_ui::views::{
    Agenda, AgendaDay, AgendaEntry, AgendaWeek, AroundForm, Link, ListPage, Listed, Opt, Tab,
};

/// What happens on days of the month.
const EVENTS: [(u32, &str, &str, &str); 6] = [
    (3, "9\u{a0}h\u{a0}–\u{a0}12\u{a0}h", "Permanence de la mission locale", "Clamecy (Nièvre)"),
    (5, "14\u{a0}h", "Atelier : préparer un entretien", "Nevers (Nièvre)"),
    (5, "18\u{a0}h\u{a0}30", "Réunion publique : le compte personnel de formation", "Decize (Nièvre)"),
    (6, "(suite)", "Salon de l’apprentissage", "Magny-Cours (Nièvre)"),
    (
        19,
        "",
        "Journée portes ouvertes des centres de formation d’apprentis",
        "Cosne-Cours-sur-Loire (Nièvre)",
    ),
    (26, "10\u{a0}h", "Forum de l’emploi et de l’alternance", "Nevers (Nièvre)"),
];

/// The layouts of a list by date; the one of this number is shown.
pub fn tabs(s: Sample, current: usize) -> Vec<Tab> {
    let tab = |(at, label): (usize, &str)| Tab {
        label: s.title(label),
        href: "?view=month".to_owned(),
        count: None,
        current: at == current,
    };
    ["Liste", "Mois", "Semaine"].into_iter().enumerate().map(tab).collect()
}

/// The form for days and distances.
pub fn around(s: Sample) -> AroundForm {
    let distance = |km: &str| Opt { value: km.to_owned(), label: format!("{km}\u{a0}km"), ..Opt::default() };
    AroundForm {
        t: s.t,
        action: "/sites/nievre/agenda".to_owned(),
        keep: vec![("theme".to_owned(), s.text("emploi"))],
        from: s.text("2026-11-03"),
        until: String::new(),
        near: s.text("Nevers (Nièvre)"),
        distances: ["5", "10", "20"].map(distance).to_vec(),
        km: "20".to_owned(),
        error: if s.tone == Tone::Extreme {
            s.text("Aucun lieu ne s’appelle ainsi.")
        } else {
            String::new()
        },
        is_open: s.tone != Tone::Empty,
    }
}

fn entry(s: Sample, time: &str, title: &str, place: &str) -> AgendaEntry {
    AgendaEntry {
        link: Link::new(s.title(title), "/sites/nievre/fiches/1/x"),
        time: time.to_owned(),
        place: s.text(place),
        warning: if s.tone == Tone::Extreme { s.text("Annulé") } else { String::new() },
        cancelled: s.tone == Tone::Extreme,
    }
}

fn day(s: Sample, day: NaiveDate) -> AgendaDay {
    let of_day = EVENTS.iter().filter(|event| event.0 == day.day() || s.tone == Tone::Extreme);
    let outside = day.month() != 11;
    AgendaDay {
        iso: day.to_string(),
        number: day.day().to_string(),
        name: french::date(day, s.t.locale),
        today: day.day() == 25 && !outside,
        outside,
        entries: match s.tone == Tone::Empty || outside {
            true => Vec::new(),
            false => of_day.map(|(_, time, title, place)| entry(s, time, title, place)).collect(),
        },
    }
}

fn weeks(s: Sample, from: NaiveDate, count: u64) -> Vec<AgendaWeek> {
    let week = |number: u64| AgendaWeek {
        link: Link::new(format!("S{}", 44 + number), "?view=week&at=2026-W44"),
        days: (0..7).map(|days| day(s, from + Days::new(7 * number + days))).collect(),
    };
    (0..count).map(week).collect()
}

fn page(s: Sample, current: usize, agenda: Agenda) -> ListPage {
    let page = public::list(s);
    let list = Listed {
        tabs: tabs(s, current),
        agenda: Some(agenda),
        items: Vec::new(),
        paging: Default::default(),
        ..page.list
    };
    ListPage { list, ..page }
}

fn agenda(s: Sample, heading: &str, weekdays: Vec<String>, weeks: Vec<AgendaWeek>) -> Agenda {
    Agenda {
        t: s.t,
        heading: s.title(heading),
        previous: s.some(Link::new(s.title("Mois précédent"), "?at=2026-10")),
        present: Link::new(s.title("Ce mois-ci"), "?"),
        is_present: true,
        next: s.some(Link::new(s.title("Mois suivant"), "?at=2026-12")),
        running: s.list(&[entry(
            s,
            "lundi 2 novembre 2026 – vendredi 29 janvier 2027",
            "Titre professionnel : conducteur de travaux",
            "Varennes-Vauzelles (Nièvre)",
        )]),
        weekdays,
        weeks,
        nothing: (s.tone == Tone::Empty).then(|| Link::new(s.title("Voir toute la liste"), "?")),
        more: s.tone == Tone::Extreme,
        address: "https://mef-nievre.example/sites/nievre/agenda?view=month".to_owned(),
    }
}

pub fn pages(s: Sample) -> Vec<Rendered> {
    let monday = NaiveDate::from_ymd_opt(2026, 10, 26).unwrap_or_default();
    let names = (0..7).map(|days| french::weekday(monday + Days::new(days), s.t.locale)).collect();
    let month = agenda(s, "Novembre 2026", names, weeks(s, monday, 6));
    let week =
        agenda(s, "Semaine du 23 au 29 novembre 2026", Vec::new(), weeks(s, monday + Days::new(28), 1));
    vec![rendered("site-agenda-month", &page(s, 1, month)), rendered("site-agenda-week", &page(s, 2, week))]
}
