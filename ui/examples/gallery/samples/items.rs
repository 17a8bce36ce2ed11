//! Back office: writing items, one item, the queue.

use super::public::{body, item_facts, origin};
use super::{Rendered, Sample, Tone, rendered};
use maillage_domain::field::Fields;
use maillage_domain::registry::Registry;
use maillage_domain::workflow::EntryState;
use maillage_ui::assets::asset_url;
use maillage_ui::forms::{self, ItemChoices};
use maillage_ui::views::{
    Badge, CommentLine, Conflict, Decisions, DiffView, Enclosures, EntryPage, FieldDiff, Figure, FileLink,
    HistoryLine, HistoryView, ItemFormPage, Link, OfficeSection, Outcomes, Paging, Preview, QueueItem,
    QueueLine, QueuePage, QueuePick, QueueSeveralPage, Reason, Tab, TalkView, Told, word_diff,
};

pub fn pages(s: Sample) -> Vec<Rendered> {
    vec![
        rendered("office-item-form", &item_form(s)),
        rendered("office-entry", &entry(s)),
        rendered("office-several", &several(s)),
        rendered("office-queue", &queue(s, false)),
        rendered("office-queue-open", &queue(s, true)),
    ]
}

fn item_form(s: Sample) -> ItemFormPage {
    let registry = Registry::embedded().unwrap_or_else(|error| panic!("{error}"));
    let kind = registry.get("agenda").unwrap_or_else(|| panic!("agenda is embedded"));
    let values: Fields = serde_json::from_value(match s.tone {
        Tone::Empty => serde_json::json!({}),
        _ => serde_json::json!({
            "titre": s.title("Forum de l’emploi et de l’alternance"), "debut": "2026-03-05T14:00",
            "lieu": ["commune:58194"], "thematiques": ["emploi", "alternance"],
            "description": "<p>Vingt employeurs présentent leurs postes.</p><ul><li>entretiens</li><li>atelier <strong>CV</strong></li></ul>",
        }),
    })
    .unwrap_or_default();
    let themes = maillage_domain::theme::embedded();
    let choices = ItemChoices {
        themes: forms::theme_groups(s.t, &themes, |_| true),
        places: [("commune:58194".to_owned(), s.title("Nevers (Nièvre)"))].into(),
        suggestions: s.list(&["Nevers (58000)".to_owned(), s.title("Cosne-Cours-sur-Loire (58200)")]),
        ..ItemChoices::default()
    };
    let mut form = forms::item(s.t, "/office/services/agenda/new", "3f9c", kind, &values, &choices);
    let description = Link::new(s.title("Description"), "#f-description");
    let missing = s.list(&[description]);
    if s.tone == Tone::Extreme {
        for group in form.groups.clone() {
            for field in group.fields {
                form = form.with_problem(&field.name, s.title("Ceci n’est pas possible."));
            }
        }
    } else if s.tone == Tone::Typical {
        form = form.with_problem("fin", "La fin précède le début.");
    }
    ItemFormPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Services, &[("Mes services", "/office/services")]),
        heading: s.title("Forum de l’emploi et de l’alternance"),
        status: if s.tone == Tone::Extreme {
            s.text("Correction d’une fiche publiée")
        } else {
            String::new()
        },
        reason: if s.tone == Tone::Extreme { s.text("Il manque l’adresse") } else { String::new() },
        missing,
        conflict: (s.tone == Tone::Extreme).then(|| Conflict {
            t: s.t,
            who: s.title("Conseiller du pôle emploi-formation"),
            when: Some(s.ago(1)),
            href: "/office/items/1/revisions/2".to_owned(),
            diff: diff(s),
        }),
        preview: Preview {
            t: s.t,
            kind: s.title("Agenda"),
            title: s.text("Forum de l’emploi et de l’alternance"),
            told: told(s),
        },
        form: form.cancel("/office/services/agenda"),
    }
}

/// Pictures and files of an item.
pub(super) fn enclosures(s: Sample) -> Enclosures {
    let figure = |credit: &str| Figure {
        src: asset_url("mark.svg"),
        alt: s.title("L’accueil du public, un jour de forum"),
        credit: s.text(credit),
        width: 640,
        height: 420,
    };
    let file = |label: &str, told: &str, picture: bool| FileLink {
        href: "/fichiers/1/programme.pdf".to_owned(),
        label: s.title(label),
        told: s.text(told),
        picture,
    };
    Enclosures {
        t: s.t,
        pictures: s.list(&[figure("MEF de la Nièvre"), figure("")]),
        files: s.list(&[
            file("Programme de la journée", "PDF, 1,2\u{a0}Mo", false),
            file("Le plan d’accès", "PNG, yonne.example", true),
        ]),
    }
}

pub(super) fn told(s: Sample) -> Told {
    Told {
        t: s.t,
        when: s.some(s.ahead(48)),
        place: s.text("Nevers (Nièvre)"),
        lead: String::new(),
        body: body(s),
        enclosures: enclosures(s),
        themes: s.list(&["Emploi", "Alternance et apprentissage"].map(|theme| s.title(theme))),
        facts: item_facts(s),
    }
}

fn decisions(s: Sample) -> Decisions {
    let reasons = [
        "Il manque une date ou un lieu.",
        "Le texte recopie un article de presse.",
        "Hors du territoire ou du sujet de ce service.",
        "Déjà publié : c’est un doublon.",
    ];
    Decisions {
        t: s.t,
        csrf: "3f9c".to_owned(),
        revision: "7".to_owned(),
        back: "/office/queue".to_owned(),
        submit: None,
        publish: s.some("/office/items/1/publish".to_owned()),
        decline: s.some("/office/items/1/decline".to_owned()),
        withdraw: (s.tone == Tone::Extreme).then(|| "/office/items/1/withdraw".to_owned()),
        edit: s.some("/office/items/1/edit".to_owned()),
        reasons: s.list(&reasons.map(|reason| Reason(s.title(reason)))),
        checklist: s.list(&[s.text("L’annonce n’exclut personne."), s.text("Le salaire est dit.")]),
        scheduled: s.text("Publication prévue : mardi 10 mars 2026, 9 h."),
        unschedule: s.some("/office/items/1/unschedule".to_owned()),
        take_back: s.some("/office/items/1/take-back".to_owned()),
        note: if s.tone == Tone::Empty {
            "Vous avez écrit cette fiche : une autre personne doit la relire.".to_owned()
        } else {
            String::new()
        },
        missing: if s.tone == Tone::Typical {
            Vec::new()
        } else {
            vec![Link::new(s.title("Thèmes"), "/office/items/1/edit#f-thematiques")]
        },
        problem: if s.tone == Tone::Extreme { s.text("Indiquez la raison.") } else { String::new() },
        typed: if s.tone == Tone::Extreme { s.text("trop court") } else { String::new() },
    }
}

pub(super) fn diff(s: Sample) -> DiffView {
    let field = |label: &str, before: &str, after: &str| FieldDiff {
        label: s.title(label),
        parts: word_diff(&s.text(before), &s.text(after)),
    };
    DiffView {
        t: s.t,
        fields: s.list(&[
            field("Début", "jeudi 5 mars 2026, 14 h", "jeudi 5 mars 2026, 9 h"),
            field(
                "Description",
                "Vingt employeurs présentent leurs postes. Entrée libre.",
                "Vingt-deux employeurs présentent leurs postes, dont huit dans le soin. Entrée libre.",
            ),
        ]),
    }
}

fn entry(s: Sample) -> EntryPage {
    let step = |what: &str, who: &str, hours: i64, reason: &str| HistoryLine {
        what: s.title(what),
        who: s.title(who),
        when: s.ago(hours),
        reason: s.text(reason),
        revision: s.some(Link::new("version 2", "/office/items/1/revisions/2")),
    };
    EntryPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(
            OfficeSection::Services,
            &[("Mes services", "/office/services"), ("Agenda de la Nièvre", "/office/services/agenda")],
        ),
        title: s.title("Forum de l’emploi et de l’alternance"),
        kind: s.title("Agenda"),
        badge: Badge { t: s.t, state: EntryState::Published },
        origin: origin(s, false),
        original: (s.tone == Tone::Extreme)
            .then(|| Link::new(s.title("Voir l’original"), "https://mef-yonne.example/i/1")),
        held_because: if s.tone == Tone::Extreme { s.text("Gardée pour relecture.") } else { String::new() },
        decisions: decisions(s),
        diff: s.some(diff(s)),
        told: told(s),
        aged: s.list(&[s.text("À vérifier depuis le mardi 3 mars 2026.")]),
        confirm: s.some("/office/items/01956f3c/confirm".to_owned()),
        csrf: "token".to_owned(),
        public_href: s.some("/items/01956f3c".to_owned()),
        talk: talk(s),
        history: HistoryView {
            t: s.t,
            lines: s.list(&[
                step("Correction soumise", "Institut de formation du Val de Loire", 1, ""),
                step("Publiée", "Conseiller du pôle emploi-formation", 26, ""),
                step("Refusée", "Conseiller du pôle emploi-formation", 28, "L’adresse de la salle manque."),
                step("Créée", "Chargée d’information", 30, ""),
            ]),
        },
        versions: s.some("/office/items/01956f3c/revisions".to_owned()),
    }
}

fn talk(s: Sample) -> TalkView {
    let line = |who: &str, side: &str, hours: i64, text: &str| CommentLine {
        who: s.title(who),
        side: s.text(side),
        when: s.ago(hours),
        lines: s.list(&[s.text(text), s.text("Merci\u{a0}!")]),
    };
    TalkView {
        t: s.t,
        csrf: "3f9c".to_owned(),
        lines: s.list(&[
            line(
                "Conseiller du pôle emploi-formation",
                "modération",
                5,
                "Quelle salle, et à quelle heure\u{a0}?",
            ),
            line("Chargée d’information", "auteur", 2, "La salle des fêtes, à 14 h."),
        ]),
        action: s.some("/office/items/1/comments".to_owned()),
        problem: if s.tone == Tone::Extreme { s.text("Écrivez votre commentaire.") } else { String::new() },
        typed: String::new(),
    }
}

fn several(s: Sample) -> QueueSeveralPage {
    let pick = |(number, title): (usize, &str)| QueuePick {
        value: format!("01956f3c.{number}"),
        title: s.title(title),
        about: s.list(&["Nouvelle", "Mission locale", "Agenda de la Nièvre"].map(|part| s.title(part))),
        href: "/office/queue?item=01956f3c".to_owned(),
        ticked: number == 0,
    };
    let titles = ["Forum de l’emploi", "Portes ouvertes du centre de formation", "Atelier CV"];
    let outcome = |title: &str, said: &str, done: bool| Outcomes {
        title: s.title(title),
        href: "/office/items/01956f3c".to_owned(),
        said: s.title(said),
        done,
    };
    QueueSeveralPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Queue, &[]),
        action: "/office/queue/several".to_owned(),
        outcomes: s.list(&[
            outcome("Salon de l’apprentissage", "Publiée.", true),
            outcome("Réunion publique", "Remplissez « Thèmes ».", false),
        ]),
        picks: s.list(&titles.into_iter().enumerate().map(pick).collect::<Vec<_>>()),
        reason: s.text("Il manque l’adresse."),
        problem: if s.tone == Tone::Extreme { s.t.get("several-no-reason") } else { String::new() },
        queue_href: "/office/queue".to_owned(),
    }
}

fn queue(s: Sample, chosen: bool) -> QueuePage {
    let waits =
        |title: &str, hours: i64, source: &str, received: bool, author: &str, service: &str| QueueLine {
            href: "/office/queue?item=1".to_owned(),
            title: s.title(title),
            waiting: s.ago(hours),
            deadline: s.text(if hours > 48 { "en retard de 1 jour" } else { "d’ici 2 jours" }),
            late: hours > 48,
            source: s.title(source),
            received,
            author: s.title(author),
            service: s.title(service),
            talk: if hours > 48 { s.text("message de l’auteur") } else { String::new() },
            open: false,
        };
    let mut lines = s.list(&[
        waits(
            "Forum de l’emploi et de l’alternance",
            70,
            "correction",
            false,
            "Institut de formation du Val de Loire",
            "Agenda",
        ),
        waits(
            "Recrutement : la filière bois cherche vingt apprentis dans le Morvan",
            26,
            "reçue de mef-yonne.example",
            true,
            "MEF de l’Yonne",
            "Actualités",
        ),
        waits(
            "Réunion d’information sur la validation des acquis",
            20,
            "reçue de mef-cote-dor.example",
            true,
            "MEF de la Côte-d’Or",
            "Agenda",
        ),
        waits(
            "L’usine de Clamecy recrute trente personnes",
            5,
            "importée",
            false,
            "Presse du département",
            "Revue de presse",
        ),
        waits(
            "Atelier « Préparer son entretien »",
            2,
            "de notre équipe",
            false,
            "Secrétariat de l’institut",
            "Agenda",
        ),
    ]);
    if let Some(first) = lines.first_mut() {
        first.open = true;
    }
    let tab = |label: &str, count: u64, current: bool| Tab {
        label: s.title(label),
        href: "?show=x".to_owned(),
        count: Some(count),
        current,
    };
    QueuePage {
        t: s.t,
        shell: s.noticed(
            s.shell("MEF de la Nièvre"),
            "Publiée. Elle part maintenant vers 4 nœuds et 27 abonnés.",
        ),
        office: s.office(OfficeSection::Queue, &[]),
        total: s.count(5),
        filters: vec![
            tab("Toutes", 5, true),
            tab("De notre équipe", 2, false),
            tab("Reçues", 2, false),
            tab("Corrections", 1, false),
        ],
        lines,
        item: s.some(QueueItem {
            title: s.title("Forum de l’emploi et de l’alternance"),
            kind: s.title("Agenda, correction d’une fiche publiée"),
            origin: origin(s, true),
            original: Some(Link::new(s.title("Voir l’original"), "https://mef-yonne.example/i/1")),
            held_because: s
                .text("Gardée pour relecture : le service suivi est réglé sur « Relire d’abord »."),
            diff: Some(diff(s)),
            told: told(s),
            decisions: decisions(s),
            href: "/office/items/1".to_owned(),
            next: Some("/office/queue?item=2".to_owned()),
        }),
        chosen,
        list_href: "/office/queue?show=own".to_owned(),
        several_href: "/office/queue/several?show=own".to_owned(),
        empty: s.empty(
            "cup",
            "Plus rien à modérer",
            "Tout est relu. Les prochaines fiches apparaîtront ici.",
            None,
        ),
        paging: Paging { t: s.t, page: 1, pages: None, previous: None, next: None },
    }
}
