//! Back office: sites, federation, settings.

use super::{Rendered, Sample, Tone, rendered};
use maillage_domain::rule::Decision;
use maillage_ui::forms::{self, SubscriptionChoices};
use maillage_ui::views::{
    AccountLine, AccountsPage, Count, DeliveriesPage, DeliveryLine, Fact, FollowLine, FollowersPage,
    FormPage, FormView, Health, Link, NewToken, OfficeSection, Opt, OrganisationLine, Paging, PasswordPage,
    PlacementLine, SettingsPage, SiteAdminPage, SiteLine, SitesPage, SubscriptionLine, SubscriptionPage,
    SubscriptionsPage, Tab, TokenLine, TokensPage, Trial, federation_tabs, settings_tabs,
};

pub fn pages(s: Sample) -> Vec<Rendered> {
    let themes = forms::theme_groups(s.t, &maillage_domain::theme::embedded());
    let choices = SubscriptionChoices {
        services: Some(s.list(&[Opt::new("agenda", "Agenda de la Nièvre"), Opt::new("news", "Actualités")])),
        themes: themes.clone(),
        types: vec![Opt::new("news", "Actualités"), Opt::new("agenda", "Agenda")],
        exceptions: Some(1),
    };
    let subscription = forms::subscription(s.t, "/office/federation", "3f9c", &choices, &s.title("Suivre"))
        .cancel("/office/federation");
    let site =
        forms::site(s.t, "/office/sites", "3f9c", &s.title("Créer le site"), true).cancel("/office/sites");
    let placement =
        forms::placement(s.t, "/office/sites/1/placements", "3f9c", choices.services.clone(), themes);
    let organisations = s.list(&[Opt::new("1", "MEF de la Nièvre")]);
    vec![
        rendered("federation", &subscriptions(s)),
        rendered("federation-followers", &followers(s)),
        rendered("federation-deliveries", &deliveries(s)),
        rendered("federation-new", &subscribing(s, subscription)),
        rendered("federation-rules", &subscribed(s, &choices)),
        rendered("sites", &sites(s)),
        rendered("site", &site_page(s)),
        rendered("site-form", &form(s, OfficeSection::Sites, "Nouveau site", site)),
        rendered("placement-form", &form(s, OfficeSection::Sites, "Ajouter une rubrique", placement)),
        rendered("organisations", &organisations_page(s)),
        rendered(
            "organisation-form",
            &form(
                s,
                OfficeSection::Settings,
                "Nouvel organisme",
                forms::organisation(s.t, "/office/settings", "3f9c"),
            ),
        ),
        rendered("accounts", &accounts(s)),
        rendered(
            "account-form",
            &form(
                s,
                OfficeSection::Settings,
                "Nouveau compte",
                forms::account(s.t, "/office/settings/accounts", "3f9c", organisations.clone(), true),
            ),
        ),
        rendered(
            "account-edit",
            &form(
                s,
                OfficeSection::Settings,
                "Modifier le compte",
                forms::account(s.t, "/office/settings/accounts/2", "3f9c", organisations, false),
            ),
        ),
        rendered("tokens", &tokens(s)),
        rendered("password", &password(s)),
    ]
}

fn password(s: Sample) -> PasswordPage {
    let form = forms::own_password(s.t, "3f9c");
    PasswordPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/password", s.tone != Tone::Empty),
        account: s.title("information@mef-nievre.example"),
        form: if s.tone == Tone::Extreme {
            form.with_problem("present", s.title("Ce n’est pas votre mot de passe actuel."))
        } else {
            form
        },
    }
}

fn subscribing(s: Sample, form: FormView) -> SubscriptionPage {
    SubscriptionPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Federation, &[("Fédération", "/office/federation")]),
        heading: s.title("Suivre un service"),
        handle: String::new(),
        into: String::new(),
        sentence: String::new(),
        foreign: false,
        trial: None,
        form,
    }
}

fn subscribed(s: Sample, choices: &SubscriptionChoices) -> SubscriptionPage {
    let choices = SubscriptionChoices {
        services: None,
        exceptions: (s.tone != Tone::Empty).then_some(2),
        ..choices.clone()
    };
    let form = forms::subscription(
        s.t,
        "/office/federation/subscriptions/1",
        "3f9c",
        &choices,
        &s.title("Enregistrer"),
    );
    let sentence = s.t.typeset(
        "Ce qui a pour thème « Emploi » et se passe ici : Nièvre est publié aussitôt ; le reste est écarté.",
    );
    let tried = [
        ("Forum de l’emploi et de l’alternance", Decision::Publish),
        ("Réunion d’information : devenir aide-soignant par l’apprentissage", Decision::Publish),
        ("Salon des vins de Pouilly", Decision::Ignore),
    ];
    let titles: Vec<(String, Decision)> =
        s.list(&tried).into_iter().map(|(title, decision)| (s.title(title), decision)).collect();
    let trial = Trial::of(
        s.t,
        s.title(&sentence),
        titles.iter().map(|(title, decision)| (title.as_str(), *decision)),
    );
    SubscriptionPage {
        heading: s.title("Agenda de l’Yonne"),
        handle: s.title("@agenda@mef-yonne.example"),
        into: s.title("Agenda de la Nièvre"),
        sentence: s.title(&sentence),
        foreign: s.tone == Tone::Empty,
        trial: Some(trial),
        ..subscribing(s, form.cancel("/office/federation"))
    }
}

fn form(s: Sample, section: OfficeSection, heading: &str, form: FormView) -> FormPage {
    let form = if s.tone == Tone::Extreme {
        let names: Vec<String> = form.groups.iter().flat_map(|g| &g.fields).map(|f| f.name.clone()).collect();
        names.iter().fold(form, |form, name| form.with_problem(name, s.title("À corriger.")))
    } else {
        form
    };
    FormPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(section, &[]),
        heading: s.title(heading),
        intro: String::new(),
        form,
    }
}

fn subscriptions(s: Sample) -> SubscriptionsPage {
    let follows = |title: &str,
                   handle: &str,
                   into: &str,
                   rules: &str,
                   health,
                   state: &str,
                   last: Option<i64>,
                   taken| SubscriptionLine {
        link: Link::new(s.title(title), "/office/federation/1"),
        handle: s.title(handle),
        into: s.title(into),
        rules: s.t.typeset(&s.title(rules)),
        health,
        state: s.title(state),
        last: last.map(|hours| s.ago(hours)),
        taken: Count::exact(taken),
        remove_action: s.some("/office/federation/1/remove".to_owned()),
    };
    SubscriptionsPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Federation, &[]),
        tabs: federation_tabs(s.t, "/office/federation", s.count(2), Some(s.count(3))),
        lines: s.list(&[
            follows("Agenda de l’Yonne", "@agenda@mef-yonne.example", "Agenda de la Nièvre",
                "Ce qui a pour thème « Emploi » et se passe ici : Nièvre est publié aussitôt ; le reste est écarté.", Health::Well, "suivi", Some(1), 48),
            follows("Actualités de Côte-d’Or", "@actualites@mef-cote-dor.example", "Actualités", "Tout ce qui arrive attend d’être relu.", Health::Waiting, "attend une réponse", None, 0),
            follows("Observatoire régional", "@etudes@observatoire.example", "Actualités",
                "Ce qui se passe à moins de 40 km de Nevers (Nièvre) est publié aussitôt et transmis à nos abonnés ; le reste est écarté.", Health::Trouble, "ne répond pas depuis 3 jours", Some(75), 12),
        ]),
        empty: s.empty("network", "Vous ne suivez encore aucun service", "Suivez l’agenda d’un département voisin : ses fiches attendront votre accord.", None),
    }
}

fn followers(s: Sample) -> FollowersPage {
    let follower = |name: &str, handle: &str, node, waiting: bool| FollowLine {
        name: s.title(name),
        handle: s.title(handle),
        href: "https://mef-yonne.example/".to_owned(),
        service: s.title("Agenda de la Nièvre"),
        node,
        since: s.ago(30),
        health: if waiting { Health::Waiting } else { Health::Well },
        state: s.title(if waiting { "demande" } else { "accepté" }),
        accept_action: waiting.then(|| "/office/federation/followers/1/accept".to_owned()),
        reject_action: Some("/office/federation/followers/1/reject".to_owned()),
    };
    FollowersPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Federation, &[]),
        tabs: federation_tabs(s.t, "/office/federation/followers", s.count(1), None),
        requests: s.list(&[follower(
            "MEF de Saône-et-Loire",
            "@node@mef-saone-et-loire.example",
            true,
            true,
        )]),
        followers: s.list(&[
            follower("MEF de l’Yonne", "@node@mef-yonne.example", true, false),
            follower("Médiathèque de Nevers", "@mediatheque@social.example", false, false),
        ]),
        total: Count::exact(s.count(31)),
        empty: s.empty(
            "network",
            "Personne ne suit encore vos services",
            "Donnez l’adresse d’un service à un partenaire : elle est sur sa page publique.",
            None,
        ),
        paging: Paging {
            t: s.t,
            page: 1,
            pages: s.some(2),
            previous: None,
            next: s.some("?page=2".to_owned()),
        },
    }
}

fn deliveries(s: Sample) -> DeliveriesPage {
    let delivery = |what: &str, inbox: &str, health, state: &str, attempts, answer: &str| DeliveryLine {
        what: s.title(what),
        inbox: s.title(inbox),
        health,
        state: s.title(state),
        attempts,
        answer: s.text(answer),
        since: s.ago(20),
        next: s.some(s.ahead(1)),
        retry_action: s.some("/office/federation/deliveries/1/retry".to_owned()),
    };
    let tab = |label: &str, count, current| Tab {
        label: s.title(label),
        href: "?state=x".to_owned(),
        count: Some(count),
        current,
    };
    DeliveriesPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Federation, &[]),
        tabs: federation_tabs(s.t, "/office/federation/deliveries", 0, Some(s.count(3))),
        summary: s.title("Sur 212 envois depuis hier, 209 sont arrivés et 3 seront retentés."),
        states: vec![tab("En cours", 3, true), tab("Arrivés", 209, false), tab("Abandonnés", 0, false)],
        lines: s.list(&[
            delivery(
                "Publication : Forum de l’emploi et de l’alternance",
                "https://observatoire.example/inbox",
                Health::Trouble,
                "sera retenté",
                4,
                "503 Service Unavailable",
            ),
            delivery(
                "Correction : Aide au permis",
                "https://social.example/inbox",
                Health::Waiting,
                "en attente",
                0,
                "",
            ),
            delivery(
                "Retrait : Atelier CV",
                "https://ancien-noeud.example/inbox",
                Health::Stopped,
                "abandonné",
                31,
                "pas de réponse",
            ),
        ]),
        empty: s.empty("check", "Tout est arrivé", "Aucun envoi n’attend.", None),
        paging: Paging { t: s.t, page: 1, pages: None, previous: None, next: None },
    }
}

fn sites(s: Sample) -> SitesPage {
    let site = |title: &str, kind: &str, sections, items| SiteLine {
        link: Link::new(s.title(title), "/office/sites/1"),
        kind: s.title(kind),
        sections,
        items: Count::exact(items),
        public_href: "/sites/nievre".to_owned(),
    };
    SitesPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Sites, &[]),
        lines: s.list(&[
            site("Emploi et formation en Nièvre", "Site de consultation", 5, 412),
            site("Atelier du réseau", "Atelier", 2, 38),
        ]),
        create_href: s.some("/office/sites/new".to_owned()),
        empty: s.empty(
            "page",
            "Aucun site encore",
            "En une minute : un titre, une couleur, et les services à montrer.",
            s.some(Link::new("Créer un site", "/office/sites/new")),
        ),
    }
}

fn site_page(s: Sample) -> SiteAdminPage {
    let section = |title: &str, service: &str, filter: &str, order: &str| PlacementLine {
        link: Link::new(s.title(title), "/office/sites/1/placements/1"),
        service: s.title(service),
        filter: s.title(filter),
        order: s.title(order),
        items: Count::exact(34),
        up_action: s.some("/office/sites/1/placements/1/up".to_owned()),
        down_action: s.some("/office/sites/1/placements/1/down".to_owned()),
        remove_action: "/office/sites/1/placements/1/remove".to_owned(),
    };
    SiteAdminPage {
        t: s.t,
        shell: s.noticed(s.shell("MEF de la Nièvre"), "La rubrique est ajoutée."),
        office: s.office(OfficeSection::Sites, &[("Sites", "/office/sites")]),
        title: s.title("Emploi et formation en Nièvre"),
        public_href: "/sites/nievre".to_owned(),
        edit_href: s.some("/office/sites/1/edit".to_owned()),
        create_href: s.some("/office/sites/1/placements/new".to_owned()),
        facts: s.list(&[
            Fact::text(s.title("Genre"), s.title("Site de consultation")),
            Fact::text(s.title("Adresse"), "/sites/nievre"),
            Fact::text(s.title("Couleur"), "#1b5e6b"),
        ]),
        lines: s.list(&[
            section(
                "Agenda",
                "Agenda de la Nièvre",
                "Tous les thèmes, dans la Nièvre.",
                "Les prochaines dates d’abord",
            ),
            section(
                "Formations",
                "Offre de formation de l’Yonne",
                "Thèmes Formation et Alternance, Nevers Agglomération.",
                "Par titre",
            ),
        ]),
        empty: s.empty(
            "page",
            "Ce site est encore vide",
            "Ajoutez une rubrique : un service, et ce que vous voulez en montrer.",
            None,
        ),
    }
}

fn organisations_page(s: Sample) -> SettingsPage {
    SettingsPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings", true),
        lines: s.list(&[
            OrganisationLine {
                link: Link::new(s.title("MEF de la Nièvre"), s.text("/office/settings/organisations/1")),
                territory: s.text("Nièvre"),
                accounts: 6,
            },
            OrganisationLine {
                link: Link::new(
                    s.title("Institut de formation du Val de Loire"),
                    "/office/settings/organisations/2",
                ),
                territory: s.text("CC Cœur de Loire"),
                accounts: 1,
            },
        ]),
        create_href: s.some("/office/settings/organisations/new".to_owned()),
        empty: s.empty("page", "Aucun organisme", "", None),
    }
}

fn accounts(s: Sample) -> AccountsPage {
    let account = |name: &str, email: &str, roles: &[&str], made: i64, enabled| AccountLine {
        link: Link::new(s.title(name), "/office/settings/accounts/1"),
        email: s.title(email),
        organisation: s.text("MEF de la Nièvre"),
        roles: s.list(&roles.iter().map(|role| s.title(role)).collect::<Vec<_>>()),
        made: s.ago(made),
        enabled,
    };
    AccountsPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/accounts", true),
        lines: s.list(&[
            account(
                "Chargée d’information",
                "information@mef-nievre.example",
                &["Administre le nœud", "Responsable de « Agenda »"],
                9_000,
                true,
            ),
            account(
                "Secrétariat de l’institut",
                "secretariat@institut.example",
                &["Contributeur de « Agenda »"],
                700,
                true,
            ),
            account("Ancien compte d’accueil", "accueil@mef-nievre.example", &["aucun rôle"], 12_000, false),
        ]),
        create_href: s.some("/office/settings/accounts/new".to_owned()),
        empty: s.empty("page", "Aucun compte", "", None),
    }
}

fn tokens(s: Sample) -> TokensPage {
    let token = |name: &str, used: Option<i64>| TokenLine {
        name: s.title(name),
        created: s.ago(900),
        used: used.map(|hours| s.ago(hours)),
        revoke_action: "/office/settings/tokens/1/revoke".to_owned(),
    };
    TokensPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/tokens", true),
        fresh: s.some(NewToken {
            name: s.title("base de formation"),
            secret: "mlg_5pX2vYc0R8mQd7sL1aZt".to_owned(),
        }),
        lines: s.list(&[token("base de formation", None), token("affichage de l’accueil", Some(3))]),
        form: forms::token(s.t, "3f9c"),
        empty: s.empty(
            "page",
            "Aucun jeton",
            "Un programme qui doit écrire ou lire ici en a besoin d’un.",
            None,
        ),
    }
}
