//! Pages with content to look at and to test with: typical, empty, and as bad as it gets.

mod admin;
mod agenda;
mod gate;
mod home;
mod items;
mod network;
mod office;
mod people;
mod public;
mod revisions;
mod sites;
mod workshop;

use askama::Template;
use chrono::{DateTime, Duration, Utc};
use maillage_ui::i18n::{Translator, When};
use maillage_ui::views::{
    Empty, Icon, Link, Logo, Notice, NoticeKind, OfficeFrame, OfficeSection, Shell, SiteFrame,
};

/// What the content is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As on an ordinary day.
    Typical,
    /// Nothing there.
    Empty,
    /// Long, many, hostile.
    Extreme,
}

/// How a page is rendered: language and content.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    pub t: Translator,
    pub tone: Tone,
}

/// A page's name and its HTML.
pub type Rendered = (String, String);

/// Every page of the crate.
pub fn pages(t: Translator, tone: Tone) -> Vec<Rendered> {
    let sample = Sample { t, tone };
    let mut all = gate::pages(sample);
    all.extend(home::pages(sample));
    all.extend(public::pages(sample));
    all.extend(agenda::pages(sample));
    all.extend(office::pages(sample));
    all.extend(items::pages(sample));
    all.extend(revisions::pages(sample));
    all.extend(admin::pages(sample));
    all.extend(sites::pages(sample));
    all.extend(workshop::pages(sample));
    all.extend(network::pages(sample));
    all.extend(people::pages(sample));
    all
}

fn rendered(name: &str, page: &impl Template) -> Rendered {
    let html = page.render().unwrap_or_else(|error| panic!("{name}: {error}"));
    (name.to_owned(), html)
}

impl Sample {
    /// A text in the sample's tone.
    fn text(self, typical: &str) -> String {
        match self.tone {
            Tone::Typical => typical.to_owned(),
            Tone::Empty => String::new(),
            Tone::Extreme => {
                let start =
                    "<script>alert('x')</script> L'été à « Saint-Léger-des-Vignes » & \"alentours\" : ";
                let long = "rechtsschutzversicherungsgesellschaftenanticonstitutionnellement".repeat(3);
                format!("{start}{typical} {long}").chars().take(300).collect()
            }
        }
    }

    /// A text that is always there, such as a title.
    fn title(self, typical: &str) -> String {
        if self.tone == Tone::Empty { typical.to_owned() } else { self.text(typical) }
    }

    /// A list in the sample's tone: nothing, as given, or forty times as long.
    fn list<T: Clone>(self, typical: &[T]) -> Vec<T> {
        match self.tone {
            Tone::Typical => typical.to_vec(),
            Tone::Empty => Vec::new(),
            Tone::Extreme => typical.iter().cycle().take(40).cloned().collect(),
        }
    }

    fn some<T>(self, value: T) -> Option<T> {
        (self.tone != Tone::Empty).then_some(value)
    }

    fn count(self, typical: u64) -> u64 {
        match self.tone {
            Tone::Typical => typical,
            Tone::Empty => 0,
            Tone::Extreme => 1_234_567,
        }
    }

    fn now(self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_542_800, 0).unwrap_or_default()
    }

    fn ago(self, hours: i64) -> When {
        When::ago(self.now() - Duration::hours(hours), self.now(), chrono_tz::Europe::Paris, self.t)
    }

    fn ahead(self, hours: i64) -> When {
        When::full(self.now() + Duration::hours(hours), chrono_tz::Europe::Paris, self.t)
    }

    fn shell(self, name: &str) -> Shell {
        Shell {
            name: self.title(name),
            other_language: "?lang=en".to_owned(),
            base: "https://mef-nievre.example".to_owned(),
            csrf: "3f9c".to_owned(),
            notice: None,
        }
    }

    fn noticed(self, shell: Shell, text: &str) -> Shell {
        let action = Some(Link::new(self.title("Voir la fiche"), "/office/items/1"));
        Shell {
            notice: self.some(Notice { kind: NoticeKind::Done, text: self.title(text), action }),
            ..shell
        }
    }

    fn office(self, current: OfficeSection, trail: &[(&str, &str)]) -> OfficeFrame {
        OfficeFrame {
            account: self.title("Chargée d’information"),
            organisation: self.text("MEF de la Nièvre"),
            sections: OfficeSection::ALL.to_vec(),
            current,
            to_moderate: self.count(12) as u32,
            trail: trail.iter().map(|(label, href)| Link::new(self.title(label), *href)).collect(),
        }
    }

    fn site(self) -> SiteFrame {
        let sections = [
            Link::new("Agenda", "/sites/nievre/agenda"),
            Link::new("Actualités", "/sites/nievre/actualites"),
            Link::new("Formations", "/sites/nievre/formations"),
            Link::new("Revue de presse", "/sites/nievre/revue-de-presse"),
            Link::new("Qui peut m’aider ?", "/sites/nievre/annuaire"),
        ];
        SiteFrame {
            title: self.title("Emploi et formation en Nièvre"),
            href: "/sites/nievre".to_owned(),
            theme_href: "/sites/nievre/theme.css".to_owned(),
            logo: self.some(Logo { src: "/sites/nievre/logo/1".to_owned(), width: 480, height: 160 }),
            sections: self.list(&sections),
            current: "/sites/nievre/agenda".to_owned(),
            preview: self.title("Agenda"),
            published: self.text("2026-11-03T08:00:00Z"),
            modified: self.text("2026-11-04T08:00:00Z"),
            picture: None,
            about_one: false,
            node_name: self.title("MEF de la Nièvre"),
            footer: self.list(&[
                Link::new("Mentions légales", "/legal"),
                Link::new("Accessibilité", "/accessibility"),
            ]),
            description: self.text("Formations, agenda et actualités de l’emploi dans la Nièvre."),
            canonical: self.text("https://mef-nievre.example/"),
            feeds: self.list(&[(
                self.title("Agenda"),
                "/sites/nievre/agenda.rss".to_owned(),
                "application/rss+xml",
            )]),
            activity_href: self.text("https://mef-nievre.example/ap/s/1"),
            noindex: self.tone == Tone::Extreme,
        }
    }

    fn empty(self, icon: &'static str, title: &str, text: &str, action: Option<Link>) -> Empty {
        Empty { icon: Icon(icon), title: self.title(title), text: self.text(text), action }
    }
}
