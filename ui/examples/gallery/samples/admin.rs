//! Back office: sites and settings.

use super::{Rendered, Sample, Tone, rendered};
use maillage_domain::notice::Pace;
use maillage_ui::forms;
use maillage_ui::views::{
    AccountLine, AccountsPage, Count, Fact, FormPage, FormView, Link, NewToken, NoticesPage, OfficeSection,
    Opt, OrganisationLine, PasswordPage, PlacementLine, SettingsPage, SiteAdminPage, SiteLine, SitesPage,
    ThemeLine, ThemesPage, TokenLine, TokensPage, settings_tabs,
};

pub fn pages(s: Sample) -> Vec<Rendered> {
    let themes = forms::theme_groups(s.t, &maillage_domain::theme::embedded(), |_| true);
    let mut services = s.list(&[Opt::new("agenda", "Agenda de la Nièvre"), Opt::new("news", "Actualités")]);
    // Each has an address of its own.
    for (number, service) in services.iter_mut().enumerate().skip(2) {
        service.value = format!("{}-{number}", service.value);
    }
    let site = forms::new_site(s.t, "3f9c", services.clone()).cancel("/office/sites");
    let placement = forms::placement(s.t, "/office/sites/1/placements", "3f9c", Some(services), themes);
    let organisations = s.list(&[Opt::new("1", "MEF de la Nièvre")]);
    let broader = s.list(&[Opt::new("mobilite", "Mobilité"), Opt::new("emploi", "Emploi")]);
    let theme =
        forms::theme(s.t, "/office/settings/themes", "3f9c", broader, true).cancel("/office/settings/themes");
    vec![
        rendered("sites", &sites(s)),
        rendered("site", &site_page(s)),
        rendered("site-form", &form(s, OfficeSection::Sites, "Nouveau site", site)),
        rendered("placement-form", &form(s, OfficeSection::Sites, "Ajouter une rubrique", placement)),
        rendered("themes", &themes_page(s)),
        rendered("theme-form", &form(s, OfficeSection::Settings, "Nouveau thème", theme)),
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
        rendered("notices", &notices(s)),
        rendered("password", &password(s)),
    ]
}

fn notices(s: Sample) -> NoticesPage {
    let form = forms::notices(s.t, "3f9c", Pace::Daily);
    NoticesPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/notices", s.tone != Tone::Empty),
        account: s.title("information@mef-nievre.example"),
        sends_mail: s.tone == Tone::Typical,
        form: if s.tone == Tone::Extreme {
            form.with_problem("pace", s.t.get("notices-choose"))
        } else {
            form
        },
    }
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
        tabs: super::sites::tabs(s, 0),
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

fn themes_page(s: Sample) -> ThemesPage {
    let line = |label: &str, depth: usize, own: bool, codes: &[&str]| ThemeLine {
        link: Link::new(s.title(label), "/office/settings/themes/mobilite"),
        depth,
        own,
        retired: own,
        codes: s.list(&codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>()),
        items: 12,
    };
    ThemesPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/themes", true),
        lines: s.list(&[
            line("Mobilité", 0, false, &[]),
            line("Préparer un permis", 1, false, &["formacode:31822", "rome:K2110"]),
            line("Vélo", 2, true, &["rome:N44"]),
        ]),
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
