//! Back office: work and services.

use super::{Rendered, Sample, Tone, rendered};
use maillage_domain::workflow::EntryState;
use maillage_ui::forms;
use maillage_ui::views::{
    Badge, Count, Fact, FormPage, ImportPage, ImportProblemLine, ImportReport, ItemLine, Link, MemberLine,
    OfficeSection, Opt, Paging, ServiceLine, ServicePage, ServicesPage, Tab, WorkPage,
};

pub fn pages(s: Sample) -> Vec<Rendered> {
    vec![
        rendered("office-work", &work(s)),
        rendered("office-services", &services(s)),
        rendered("office-service", &service(s)),
        rendered("office-service-form", &service_form(s)),
        rendered("office-member-form", &member_form(s)),
        rendered("office-import", &import(s)),
    ]
}

fn line(
    s: Sample,
    title: &str,
    state: EntryState,
    service: &str,
    source: &str,
    hours: i64,
    remark: &str,
) -> ItemLine {
    ItemLine {
        t: s.t,
        href: "/office/items/1".to_owned(),
        title: s.title(title),
        badge: (s.tone != Tone::Empty).then_some(Badge { t: s.t, state }),
        service: s.text(service),
        source: s.title(source),
        changed: s.ago(hours),
        remark: s.text(remark),
    }
}

fn work(s: Sample) -> WorkPage {
    use EntryState::{Declined, Draft, Published, Submitted};
    WorkPage {
        t: s.t,
        shell: s
            .noticed(s.shell("MEF de la Nièvre"), "La fiche est soumise : une autre personne va la relire."),
        office: s.office(OfficeSection::Work, &[]),
        name: s.title("à vous"),
        create: s.list(&[
            Link::new(s.title("Un événement"), "/office/services/agenda/new"),
            Link::new(s.title("Une actualité"), "/office/services/news/new"),
            Link::new(s.title("Un article signalé"), "/office/services/presse/new"),
        ]),
        declined: s.list(&[line(
            s,
            "Portes ouvertes du centre d’apprentis",
            Declined,
            "Agenda",
            "vous",
            20,
            "Il manque l’heure de fin et l’adresse exacte ; la photo n’est pas libre de droits.",
        )]),
        asked: s.list(&[line(s, "Forum des métiers du soin", Submitted, "Agenda", "vous", 2, "")]),
        scheduled: s.list(&[line(
            s,
            "Journée portes ouvertes",
            Submitted,
            "Agenda",
            "vous",
            2,
            "Publication prévue : mardi 10 mars 2026, 9 h.",
        )]),
        drafts: s.list(&[
            line(s, "Aide au permis : qui peut la demander ?", Draft, "Actualités", "vous", 3, ""),
            line(s, "Atelier CV à La Charité-sur-Loire", Draft, "Agenda", "vous", 50, ""),
        ]),
        submitted: s.list(&[line(s, "Forum des métiers du soin", Submitted, "Agenda", "vous", 1, "")]),
        published: s.list(&[line(
            s,
            "La Région finance 120 places de formation",
            Published,
            "Actualités",
            "vous",
            70,
            "",
        )]),
        empty: s.empty(
            "pencil",
            "Rien en cours",
            "Écrivez une première fiche : un titre suffit pour l’enregistrer.",
            None,
        ),
    }
}

fn services(s: Sample) -> ServicesPage {
    let service =
        |title: &str, kind: &str, role: &str, visibility: &str, published: u64, to_review: u64| ServiceLine {
            link: Link::new(s.title(title), "/office/services/agenda"),
            kind: s.title(kind),
            role: s.title(role),
            visibility: s.title(visibility),
            published: Count::exact(published),
            to_review,
            create_href: s.some("/office/services/agenda/new".to_owned()),
        };
    ServicesPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Services, &[]),
        services: s.list(&[
            service("Agenda de la Nièvre", "Agenda", "Modérateur", "Public", 34, 3),
            service("Actualités", "Actualités", "Responsable", "Public", 128, 0),
            service("La presse du département", "Revue de presse", "Contributeur", "Public", 1_204, 9),
            service("Qui fait quoi", "Annuaire des structures", "Modérateur", "Réseau", 86, 0),
        ]),
        create_href: s.some("/office/services/new".to_owned()),
        empty: s.empty(
            "page",
            "Vous ne participez encore à aucun service",
            "Demandez à la personne qui administre le nœud de vous y ajouter.",
            None,
        ),
    }
}

fn service(s: Sample) -> ServicePage {
    use EntryState::{Draft, Expired, Published, Submitted};
    let tab = |label: &str, count: u64, current: bool| Tab {
        label: s.title(label),
        href: "?state=x".to_owned(),
        count: Some(count),
        current,
    };
    let member = |name: &str, organisation: &str, role: &str| MemberLine {
        name: s.title(name),
        organisation: s.text(organisation),
        role: s.title(role),
        edit_href: s.some("/office/services/agenda/members/2".to_owned()),
        remove_action: s.some("/office/services/agenda/members/2/remove".to_owned()),
    };
    ServicePage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Services, &[("Mes services", "/office/services")]),
        title: s.title("Agenda de la Nièvre"),
        kind: s.title("Agenda, public"),
        purpose: s
            .text("Les réunions, forums et ateliers de l’emploi et de la formation dans le département."),
        create_href: s.some("/office/services/agenda/new".to_owned()),
        edit_href: s.some("/office/services/agenda/edit".to_owned()),
        member_href: s.some("/office/services/agenda/members/new".to_owned()),
        import_href: s.some("/office/services/agenda/import".to_owned()),
        tabs: vec![
            tab("Toutes", 41, true),
            tab("À relire", 3, false),
            tab("Publiées", 34, false),
            tab("Brouillons", 2, false),
            tab("Périmées", 2, false),
        ],
        state: s.text("submitted"),
        search_action: "/office/services/agenda".to_owned(),
        query: if s.tone == Tone::Extreme { s.text("x") } else { String::new() },
        items: s.list(&[
            line(
                s,
                "Forum des métiers du soin",
                Submitted,
                "",
                "Institut de formation du Val de Loire",
                1,
                "",
            ),
            line(
                s,
                "Forum de l’emploi et de l’alternance",
                Published,
                "",
                "MEF de la Nièvre",
                26,
                "Une correction attend d’être relue.",
            ),
            line(
                s,
                "Réunion d’information : devenir aide-soignant par l’apprentissage",
                Published,
                "",
                "reçu de mef-yonne.example",
                40,
                "",
            ),
            line(s, "Atelier CV à La Charité-sur-Loire", Draft, "", "MEF de la Nièvre", 50, ""),
            line(s, "Journée portes ouvertes de février", Expired, "", "MEF de la Nièvre", 400, ""),
        ]),
        empty: s.empty(
            "page",
            "Aucune fiche ici",
            "Écrivez la première, ou importez un fichier.",
            s.some(Link::new("Nouvelle fiche", "/office/services/agenda/new")),
        ),
        paging: Paging {
            t: s.t,
            page: 1,
            pages: s.some(3),
            previous: None,
            next: s.some("?page=2".to_owned()),
        },
        members: s.list(&[
            member("Chargée d’information", "MEF de la Nièvre", "Responsable"),
            member("Conseiller du pôle emploi-formation", "MEF de la Nièvre", "Modérateur"),
            member("Secrétariat de l’institut", "Institut de formation du Val de Loire", "Contributeur"),
        ]),
        facts: s.list(&[
            Fact::text(s.title("Adresse à suivre"), s.title("@agenda@mef-nievre.example")),
            Fact::text(s.title("Abonnés"), "4 nœuds, 27 comptes"),
            Fact::text(s.title("Licence"), s.title("Licence Ouverte 2.0")),
            Fact::text(s.title("Délai promis"), "2 jours"),
        ]),
        links: s.list(&[
            Link::new(s.title("Page publique"), "/services/agenda"),
            Link::new("Flux RSS", "/services/agenda.rss"),
        ]),
    }
}

fn service_form(s: Sample) -> FormPage {
    let types = [
        Opt::new("news", "Actualités"),
        Opt::new("agenda", "Agenda"),
        Opt::new("press-review", "Revue de presse"),
    ];
    let mut form = forms::service(s.t, "/office/services", "3f9c", Some(s.list(&types)), &s.text("LO-2.0"))
        .cancel("/office/services");
    if s.tone != Tone::Empty {
        let sent = [
            ("type", "agenda".to_owned()),
            ("title", s.title("Agenda de la Nièvre")),
            ("visibility", "public".to_owned()),
            ("self_validation", "true".to_owned()),
        ];
        form = form.filled(&sent.map(|(n, v)| (n.to_owned(), v)));
    }
    if s.tone == Tone::Extreme {
        form = form
            .with_problem("slug", s.title("Ce nom court est déjà pris."))
            .with_problem("delay_days", s.title("Écrivez un nombre de jours."));
    }
    FormPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Services, &[("Mes services", "/office/services")]),
        heading: s.title("Nouveau service"),
        intro: s.text("Un service est un fil de fiches d’un même type, avec ses membres et sa charte."),
        form,
    }
}

fn member_form(s: Sample) -> FormPage {
    let accounts = [
        Opt::new("3", "Conseiller du pôle emploi-formation – MEF de la Nièvre"),
        Opt::new("4", "Secrétariat – Institut de formation du Val de Loire"),
    ];
    FormPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(
            OfficeSection::Services,
            &[("Mes services", "/office/services"), ("Agenda de la Nièvre", "/office/services/agenda")],
        ),
        heading: s.title("Ajouter un membre"),
        intro: String::new(),
        form: forms::member(s.t, "/office/services/agenda/members", "3f9c", Some(s.list(&accounts)))
            .cancel("/office/services/agenda"),
    }
}

fn import(s: Sample) -> ImportPage {
    let themes = forms::theme_groups(s.t, &maillage_domain::theme::embedded(), |_| true);
    let problem = |line: &str, kept: bool, text: &str| ImportProblemLine {
        place: s.text(line),
        kept,
        text: s.t.typeset(&s.title(text)),
    };
    ImportPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Services, &[("Agenda de la Nièvre", "/office/services/agenda")]),
        columns: s.title("Titre, Début, Fin, Commune, Description, Thèmes"),
        model: "/office/services/agenda/import/model.csv".to_owned(),
        table: "/office/services/agenda/items.csv".to_owned(),
        report: s.some(ImportReport {
            source: s.title("agenda-mars.csv"),
            dry_run: s.tone == Tone::Extreme,
            created: s.count(41) as usize,
            updated: 3,
            unchanged: 12,
            left_out: 1,
            remarks: s.list(&[s.text(
                "« Thèmes » manque dans 12 fiches (lignes 2, 3, 4, …) : à compléter avant de les publier.",
            )]),
            problems: s.list(&[
                problem("ligne 7", false, "Titre : Remplissez « Titre »."),
                problem("ligne 12", true, "Commune : « Saint-Martin » désigne plusieurs lieux."),
            ]),
            next: s.some(Link::new(s.title("Relire les fiches importées"), "/office/queue")),
        }),
        form: forms::import(s.t, "/office/services/agenda/import", "3f9c", themes)
            .cancel("/office/services/agenda"),
    }
}
