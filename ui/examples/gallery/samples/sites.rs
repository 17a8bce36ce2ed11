//! Back office: what is set of a site.

use super::{Rendered, Sample, Tone, rendered};
use maillage_domain::block::{Block, Partner};
use maillage_domain::site::{PageKind, SiteKind};
use maillage_ui::forms;
use maillage_ui::views::{
    BlockLine, BlocksPage, FormPage, FormView, Link, OfficeSection, SiteMemberLine, SiteMembersPage,
    SitePageLine, SitePagesPage, Tab,
};

pub fn pages(s: Sample) -> Vec<Rendered> {
    let partners =
        Block::Partners { partners: vec![Partner { name: "Mission locale".to_owned(), url: String::new() }] };
    vec![
        rendered("site-blocks", &blocks(s)),
        rendered(
            "site-block-form",
            &form(s, "Partenaires", forms::block(s.t, "/office/sites/1/blocks", "3f9c", &partners)),
        ),
        rendered("site-pages", &plain_pages(s)),
        rendered(
            "site-page-form",
            &form(s, "Écrire une page", forms::page(s.t, "/office/sites/1/pages", "3f9c", PageKind::Page)),
        ),
        rendered("site-members", &members(s)),
        rendered(
            "site-edit",
            &form(s, "Modifier le site", forms::site(s.t, "/office/sites/1/edit", "3f9c", true, true)),
        ),
    ]
}

/// The parts of a site's settings.
pub fn tabs(s: Sample, current: usize) -> Vec<Tab> {
    let all = ["Rubriques", "Page d’accueil", "Pages", "Membres", "Modifier le site"];
    let tab = |(at, label): (usize, &&str)| Tab {
        label: s.title(label),
        href: format!("/office/sites/1/{at}"),
        count: (at == 0).then_some(s.count(5)),
        current: at == current,
    };
    all.iter().enumerate().map(tab).collect()
}

fn form(s: Sample, heading: &str, form: FormView) -> FormPage {
    let form =
        if s.tone == Tone::Extreme { form.with_problem("title", s.title("À corriger.")) } else { form };
    FormPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Sites, &[("Sites", "/office/sites")]),
        heading: s.title(heading),
        intro: s.text("Leurs noms, avec leurs sites."),
        form,
    }
}

fn blocks(s: Sample) -> BlocksPage {
    let line = |title: &str, about: &str| BlockLine {
        link: Link::new(s.title(title), "/office/sites/1/blocks/0"),
        about: s.title(about),
        up_action: s.some("/office/sites/1/blocks/0/up".to_owned()),
        down_action: s.some("/office/sites/1/blocks/0/down".to_owned()),
        remove_action: "/office/sites/1/blocks/0/remove".to_owned(),
    };
    let offered = Block::offered(SiteKind::Workshop);
    BlocksPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Sites, &[("Sites", "/office/sites")]),
        title: s.title("Emploi et formation en Nièvre"),
        public_href: "/sites/nievre".to_owned(),
        tabs: tabs(s, 1),
        lines: s
            .list(&[line("Recherche", "Le champ de recherche du site."), line("Rubriques", "3 éléments")]),
        offered: offered
            .iter()
            .map(|block| {
                let (name, hint) = forms::block_words(s.t, block);
                (Link::new(name, "/office/sites/1/blocks/new"), hint)
            })
            .collect(),
    }
}

fn plain_pages(s: Sample) -> SitePagesPage {
    let line = |title: &str, place: &str| SitePageLine {
        link: Link::new(s.title(title), "/office/sites/1/pages/x"),
        place: s.title(place),
        public_href: "/sites/nievre/pages/x".to_owned(),
        remove_action: "/office/sites/1/pages/x/remove".to_owned(),
    };
    SitePagesPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Sites, &[("Sites", "/office/sites")]),
        title: s.title("Emploi et formation en Nièvre"),
        public_href: "/sites/nievre".to_owned(),
        tabs: tabs(s, 2),
        lines: s.list(&[
            line("Qui sommes-nous", "Dans le menu"),
            line("Mentions légales", "En bas de chaque page"),
        ]),
        create_href: "/office/sites/1/pages/new".to_owned(),
        missing: if s.tone == Tone::Empty {
            vec![Link::new(s.title("Mentions légales"), "/office/sites/1/pages/new?kind=legal")]
        } else {
            Vec::new()
        },
    }
}

fn members(s: Sample) -> SiteMembersPage {
    let line = |name: &str, role: &str| SiteMemberLine {
        name: s.title(name),
        email: "information@mef-nievre.example".to_owned(),
        organisation: s.text("MEF de la Nièvre"),
        role: s.title(role),
        remove_action: "/office/sites/1/members/1/remove".to_owned(),
    };
    let form = forms::site_member(s.t, "/office/sites/1/members", "3f9c");
    SiteMembersPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Sites, &[("Sites", "/office/sites")]),
        title: s.title("Atelier du réseau"),
        public_href: "/sites/atelier".to_owned(),
        tabs: tabs(s, 3),
        intro: s.text("Eux seuls ouvrent ce site."),
        lines: s.list(&[line("Chargée d’information", "Gestion"), line("Conseiller", "Participation")]),
        form: if s.tone == Tone::Extreme {
            form.with_problem("email", s.title("Personne n’a de compte à cette adresse."))
        } else {
            form
        },
    }
}
