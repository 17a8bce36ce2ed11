//! Public pages.

use super::items::enclosures;
use super::{Rendered, Sample, Tone, rendered};
use maillage_domain::search::Question;
use maillage_ui::html::{CleanHtml, JsonLd};
use maillage_ui::i18n::When;
use maillage_ui::views::{
    ActiveFilter, Count, Facet, FacetGroup, Fact, Follow, ItemCard, ItemPage, Link, ListPage, Listed,
    MapPoint, MapTown, MapView, NodePage, Origin, Paging, SearchBox, SearchHint, ServicePublicPage, SiteCard,
};

pub const BODY: &str = "<p>Vingt employeurs de l’agglomération et des communes voisines présentent leurs postes : \
aide à domicile, conduite de bus, maintenance industrielle, cuisine, accueil.</p>\
<p>Sur place :</p><ul><li>des entretiens de dix minutes, sans rendez-vous ;</li>\
<li>un atelier pour relire son CV, toutes les demi-heures ;</li>\
<li>un point d’information sur les formations financées par la Région.</li></ul>\
<p>Venez avec plusieurs exemplaires de votre CV. <strong>Une garderie est ouverte de 9 h à 12 h.</strong> \
Le programme complet est sur <a href=\"https://forum-emploi.example/programme\">la page du forum</a>.</p>";

pub fn pages(s: Sample) -> Vec<Rendered> {
    vec![
        rendered("public-list", &list(s)),
        rendered("public-map", &map(s)),
        rendered("public-item", &item(s)),
        rendered("public-service", &service(s)),
        rendered("public-node", &node(s)),
    ]
}

/// What a card is made from: kind, title, hours ahead, place, summary, publisher, hours ago.
pub type Told = (&'static str, &'static str, Option<i64>, &'static str, &'static str, &'static str, i64);

pub const EVENTS: [Told; 3] = [
    (
        "Agenda",
        "Forum de l’emploi et de l’alternance",
        Some(48),
        "Nevers (Nièvre)",
        "Vingt employeurs présentent leurs postes ; entretiens sans rendez-vous et atelier CV toute la matinée.",
        "MEF de la Nièvre",
        2,
    ),
    (
        "Agenda",
        "Réunion d’information : devenir aide-soignant par l’apprentissage",
        Some(75),
        "Cosne-Cours-sur-Loire (Nièvre)",
        "Le métier, la formation en dix-huit mois, le contrat et la rémunération. Ouvert à tous, sans inscription.",
        "Institut de formation du Val de Loire",
        26,
    ),
    (
        "Agenda",
        "Atelier « Premiers pas avec l’ordinateur »",
        Some(120),
        "",
        "Trois demi-journées, en ligne ou dans un lieu proche, pour écrire un courriel et déposer une candidature.",
        "Réseau numérique du Morvan",
        30,
    ),
];
pub const NEWS: [Told; 3] = [
    (
        "Actualité",
        "La Région finance 120 places de formation supplémentaires dans l’industrie",
        None,
        "Bourgogne-Franche-Comté",
        "Soudure, maintenance, conduite de ligne : les entrées commencent en avril, y compris pour les salariés en reconversion.",
        "MEF de la Nièvre",
        5,
    ),
    (
        "Actualité",
        "Mobilité : une aide de 200 € pour passer le permis",
        None,
        "Nièvre",
        "Elle s’adresse aux demandeurs d’emploi qui habitent à plus de deux kilomètres d’un arrêt de bus.",
        "Département de la Nièvre",
        50,
    ),
    (
        "Actualité",
        "Ce que disent les employeurs : les besoins de main-d’œuvre de l’année",
        None,
        "Nevers (Nièvre)",
        "L’enquête annuelle recense 3 400 projets de recrutement, dont la moitié sont jugés difficiles.",
        "MEF de la Nièvre",
        72,
    ),
];

pub fn cards(s: Sample, told: &[Told], with_kind: bool, level: u8) -> Vec<ItemCard> {
    let card = |(kind, title, ahead, place, summary, publisher, ago): &Told| ItemCard {
        t: s.t,
        href: "/items/01956f3c".to_owned(),
        title: s.title(title),
        kind: if with_kind { s.title(kind) } else { String::new() },
        when: ahead.map(|hours| s.ahead(hours)),
        place: s.text(place),
        summary: s.text(summary),
        publisher: s.text(publisher),
        published: s.ago(*ago),
        warning: if s.tone == Tone::Extreme { s.text("Annulé") } else { String::new() },
        cancelled: s.tone == Tone::Extreme,
        group: String::new(),
        level,
        asked: if with_kind { Question::read("emploi formations") } else { Question::default() },
    };
    s.list(&told.iter().map(card).collect::<Vec<_>>())
}

pub fn search(s: Sample) -> SearchBox {
    SearchBox {
        t: s.t,
        action: "/sites/nievre/search".to_owned(),
        query: if s.tone == Tone::Extreme { s.text("\"><script>") } else { String::new() },
        keep: if s.tone == Tone::Extreme { vec![("theme".to_owned(), s.text("emploi"))] } else { Vec::new() },
        hints: if s.tone == Tone::Extreme { vec![hint(s)] } else { Vec::new() },
    }
}

fn hint(s: Sample) -> SearchHint {
    SearchHint {
        text: s.text("Aux alentours :"),
        links: vec![Link::new(s.title("CC Cœur de Loire (12 fiches)"), "?place=epci:200067916")],
    }
}

pub fn follow(s: Sample) -> Follow {
    let handles = [
        Link::new(s.title("@agenda@mef-nievre.example"), "/services/agenda"),
        Link::new(s.title("@actualites@mef-nievre.example"), "/services/actualites"),
    ];
    Follow {
        t: s.t,
        rss: "/agenda.rss?theme=emploi".to_owned(),
        atom: "/agenda.atom".to_owned(),
        ics: if s.tone == Tone::Empty { String::new() } else { "/agenda.ics".to_owned() },
        alert: s.text("/alerts/new?list=%2Fsites%2Fnievre%2Fagenda"),
        webcal: "webcal://mef-nievre.example/agenda.ics".to_owned(),
        handles: s.list(&handles),
    }
}

fn facets(s: Sample) -> Vec<FacetGroup> {
    let group = |title: &str, values: &[(&str, u64, bool)]| FacetGroup {
        title: s.title(title),
        facets: s.list(
            &values
                .iter()
                .map(|(label, count, chosen)| Facet {
                    label: s.title(label),
                    count: Count { value: s.count(*count), capped: s.tone == Tone::Extreme },
                    href: "?theme=emploi".to_owned(),
                    chosen: *chosen,
                })
                .collect::<Vec<_>>(),
        ),
    };
    let themes = [
        ("Emploi", 18, true),
        ("Recrutement et forums", 11, false),
        ("Formation", 9, false),
        ("Alternance et apprentissage", 7, false),
        ("Orientation et métiers", 5, false),
        ("Numérique", 4, false),
        ("Mobilité", 3, false),
        ("Création d’entreprise", 2, false),
        ("Lecture, écriture, calcul", 1, false),
    ];
    let places = [
        ("Nevers Agglomération", 12, false),
        ("CC Cœur de Loire", 6, false),
        ("CC Morvan Sommets et Grands Lacs", 4, true),
        ("Sans lieu", 3, false),
    ];
    vec![group("Thèmes", &themes), group("Territoires", &places)]
}

pub fn list(s: Sample) -> ListPage {
    let active = ["Thème : Emploi", "Territoire : CC Morvan Sommets et Grands Lacs"];
    let paging = Paging {
        t: s.t,
        page: 2,
        pages: s.some(s.count(3)),
        previous: s.some("?page=1".to_owned()),
        next: s.some("?page=3".to_owned()),
    };
    ListPage {
        t: s.t,
        shell: s.shell("Emploi et formation en Nièvre"),
        site: s.site(),
        heading: s.title("Agenda"),
        intro: s.text("Forums, réunions d’information et ateliers, par date."),
        list: Listed {
            total: Count { value: s.count(18), capped: s.tone == Tone::Extreme },
            active: s.list(&active.map(|label| ActiveFilter { label: s.title(label), href: "?".to_owned() })),
            empty: s.empty(
                "search",
                "Rien ne correspond à ces filtres",
                "Enlevez un filtre, ou cherchez dans tout le département.",
                Some(Link::new(s.title("Voir tout l’agenda"), "/sites/nievre/agenda")),
            ),
            paging,
            tabs: super::agenda::tabs(s, 0),
            ..listed(s)
        },
    }
}

/// The list as a map.
fn map(s: Sample) -> ListPage {
    let point = |name: &str, x: f64, y: f64, count: u64| MapPoint {
        x,
        y,
        radius: 10.0 + count as f64,
        count: s.count(count).to_string(),
        label: s.title(name),
        href: "?place=commune%3A58194".to_owned(),
    };
    let places = [("Nevers (Nièvre)", 12), ("Cosne-Cours-sur-Loire (Nièvre)", 4)];
    let drawn = MapView {
        t: s.t,
        height: 480.0,
        ground: "M80 300h0M120 260h0M200 100h0M340 210h0M420 330h0".to_owned(),
        towns: s.list(&[MapTown { name: s.title("Clamecy"), x: 330.0, y: 120.0 }]),
        points: s.list(&[point("Nevers", 110.0, 330.0, 12), point("Cosne-Cours-sur-Loire", 70.0, 90.0, 4)]),
        ruler: 120.0,
        ruler_end: 160.0,
        kilometres: "20\u{a0}km".to_owned(),
        places: s.list(&places.map(|(name, count)| {
            (Link::new(s.title(name), "?place=commune%3A58194"), Count::exact(count).items(s.t))
        })),
    };
    let page = list(s);
    ListPage {
        list: Listed { map: s.some(drawn), items: Vec::new(), tabs: super::agenda::tabs(s, 2), ..page.list },
        ..page
    }
}

/// A list of which nothing was chosen yet.
fn listed(s: Sample) -> Listed {
    Listed {
        search: search(s),
        total: Count::exact(s.count(34)),
        active: Vec::new(),
        clear_href: "/sites/nievre/agenda".to_owned(),
        facets: if s.tone == Tone::Empty { Vec::new() } else { facets(s) },
        around: Some(super::agenda::around(s)),
        tabs: Vec::new(),
        agenda: None,
        map: None,
        items: cards(s, &EVENTS, false, 2),
        empty: s.empty(
            "clock",
            "Rien n’est encore publié",
            "Suivez le service pour recevoir la première fiche.",
            None,
        ),
        paging: Paging { t: s.t, page: 1, pages: None, previous: None, next: s.some("?page=2".to_owned()) },
        follow: follow(s),
    }
}

pub fn origin(s: Sample, received: bool) -> Origin {
    Origin {
        t: s.t,
        publisher: s.title("MEF de la Nièvre"),
        service: Link::new(s.title("Agenda de la Nièvre"), s.text("/services/agenda")),
        received_from: received.then(|| s.title("mef-yonne.example")),
        announced_by: (s.tone == Tone::Extreme).then(|| s.title("mef-cote-dor.example")),
        published: s.some(s.ago(26)),
        updated: s.some(s.ago(2)),
    }
}

pub fn body(s: Sample) -> CleanHtml {
    match s.tone {
        Tone::Typical => CleanHtml::new(BODY),
        Tone::Empty => CleanHtml::default(),
        Tone::Extreme => CleanHtml::new(&format!(
            "<script>alert(1)</script><p onclick=x>{}</p>{BODY}<pre>{}</pre>",
            "mot".repeat(200),
            "x".repeat(400)
        )),
    }
}

pub fn item_facts(s: Sample) -> Vec<Fact> {
    s.list(&[
        Fact::text(s.title("Adresse"), s.title("Maison de la culture, 2 boulevard Pierre-de-Coubertin")),
        Fact::text(s.title("Participation"), s.title("sur place")),
        Fact::text(s.title("Public"), s.title("Demandeurs d’emploi, lycéens, salariés en reconversion")),
        Fact {
            label: s.title("Ouvert aux habitants de"),
            values: vec![Link::new(s.title("Nièvre"), "/d/58"), Link::new(s.title("Cher"), "/d/18")],
        },
    ])
}

fn item(s: Sample) -> ItemPage {
    let themes = ["Recrutement et forums", "Alternance et apprentissage", "Préparer sa candidature"];
    let when = When { text: format!("{} – 17\u{a0}h", s.ahead(48).text), ..s.ahead(48) };
    ItemPage {
        t: s.t,
        shell: s.shell("Emploi et formation en Nièvre"),
        site: s.site(),
        trail: s.list(&[Link::new("Emploi et formation en Nièvre", "/sites/nievre"), Link::new("Agenda", "/sites/nievre/agenda")]),
        lang: s.some("fr".to_owned()),
        kind: s.title("Agenda"),
        title: s.title("Forum de l’emploi et de l’alternance"),
        when: s.some(when),
        place: s.text("Maison de la culture, Nevers (Nièvre)"),
        warning: if s.tone == Tone::Extreme { s.text("Annulé") } else { String::new() },
        cancelled: s.tone == Tone::Extreme,
        lead: s.text("Vingt employeurs, des entretiens sans rendez-vous et un atelier CV toute la matinée."),
        body: body(s),
        enclosures: enclosures(s),
        main_action: s.some(Link::new(s.title("S’inscrire"), "https://forum-emploi.example/inscription")),
        main_action_host: s.text("forum-emploi.example"),
        facts: item_facts(s),
        themes: s.list(&themes.map(|theme| Link::new(s.title(theme), "/sites/nievre?theme=x"))),
        origin: origin(s, s.tone != Tone::Empty),
        original: s.some(Link::new(s.title("Voir l’original sur mef-yonne.example"), "https://mef-yonne.example/i/1")),
        licence: s.some(Link::new("Licence Ouverte 2.0", s.text("https://www.etalab.gouv.fr/licence-ouverte-open-licence/"))),
        permalink: "https://mef-nievre.example/items/01956f3c".to_owned(),
        discussions: s.some(Link::new(s.t.count("item-discussions", 3), "/sites/atelier/atelier/discussions?item=1")),
        calendar: s.some("/fiches/01956f3c.ics".to_owned()),
        related: cards(s, &NEWS[..2], true, 3),
        json_ld: s.some(JsonLd::new(&serde_json::json!({"@context": "https://schema.org", "@type": "Event", "name": s.title("Forum")}))),
    }
}

fn service(s: Sample) -> ServicePublicPage {
    ServicePublicPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        site: s.site(),
        kind: s.title("Agenda"),
        title: s.title("Agenda de la Nièvre"),
        purpose: s
            .text("Les réunions, forums et ateliers de l’emploi et de la formation dans le département."),
        handle: s.text("@agenda@mef-nievre.example"),
        charter: s.list(&[
            Fact::text(s.title("Qui relit ?"), s.title("L’équipe du pôle information")),
            Fact::text(s.title("Délai de réponse"), s.title("2 jours ouvrés")),
            Fact {
                label: s.title("Licence"),
                values: vec![Link::new("Licence Ouverte 2.0", "https://www.etalab.gouv.fr/")],
            },
        ]),
        list: Listed { follow: Follow { handles: Vec::new(), ..follow(s) }, ..listed(s) },
    }
}

fn node(s: Sample) -> NodePage {
    let card = |title: &str, intro: &str, count: u64| SiteCard {
        link: Link::new(s.title(title), "/sites/nievre"),
        intro: s.text(intro),
        items: Count::exact(s.count(count)),
    };
    let services = [
        (
            "Agenda".to_owned(),
            Link::new(s.title("Agenda de la Nièvre"), "/services/agenda"),
            s.title("@agenda@mef-nievre.example"),
        ),
        (
            "Revue de presse".to_owned(),
            Link::new(s.title("La presse du département"), "/services/presse"),
            s.title("@presse@mef-nievre.example"),
        ),
    ];
    NodePage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        site: maillage_ui::views::SiteFrame {
            sections: Vec::new(),
            theme_href: String::new(),
            title: s.title("MEF de la Nièvre"),
            ..s.site()
        },
        intro: s.text("Maison de l’emploi et de la formation : ses sites et ses services ouverts à tous."),
        sites: s.list(&[
            card(
                "Emploi et formation en Nièvre",
                "Formations, rendez-vous et actualités près de chez vous.",
                412,
            ),
            card("Observatoire de l’emploi", "Études et chiffres du bassin de Nevers.", 57),
        ]),
        services: s.list(&services),
        empty: s.empty("page", "Aucun site n’est encore ouvert", "Revenez bientôt.", None),
    }
}
