//! Back office: federation.

use super::{Rendered, Sample, Tone, rendered};
use maillage_domain::rule::Decision;
use maillage_ui::forms::{self, SubscriptionChoices};
use maillage_ui::views::{
    Count, DeliveriesPage, DeliveryLine, FollowLine, FollowersPage, FormView, Health, Link, OfficeSection,
    Opt, Paging, Partner, Region, SubscriptionLine, SubscriptionPage, SubscriptionsPage, Tab, Trial,
    federation_tabs,
};

pub fn pages(s: Sample) -> Vec<Rendered> {
    let choices = SubscriptionChoices {
        services: Some(s.list(&[Opt::new("agenda", "Agenda de la Nièvre"), Opt::new("news", "Actualités")])),
        themes: forms::theme_groups(s.t, &maillage_domain::theme::embedded(), |_| true),
        types: vec![Opt::new("news", "Actualités"), Opt::new("agenda", "Agenda")],
        exceptions: Some(1),
    };
    let subscription = forms::subscription(s.t, "/office/federation", "3f9c", &choices, &s.title("Suivre"))
        .cancel("/office/federation");
    vec![
        rendered("federation", &subscriptions(s)),
        rendered("federation-followers", &followers(s)),
        rendered("federation-deliveries", &deliveries(s)),
        rendered("federation-new", &subscribing(s, subscription)),
        rendered("federation-rules", &subscribed(s, &choices)),
    ]
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
        waiting: Count::exact(taken / 4),
        left: Count::exact(taken / 3),
        remove_action: s.some("/office/federation/1/remove".to_owned()),
    };
    SubscriptionsPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Federation, &[]),
        tabs: federation_tabs(s.t, "/office/federation", s.count(2), Some(s.count(3))),
        region: region(s),
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

fn region(s: Sample) -> Region {
    let partner =
        |name: &str, host: &str, follows, followed, health, state: &str, last: Option<i64>| Partner {
            name: s.title(name),
            host: s.title(host),
            follows,
            followed,
            health,
            state: s.title(state),
            last: last.map(|hours| s.ago(hours)),
        };
    let partners = s.list(&[
        partner("MEF de l’Yonne", "mef-yonne.example", 3, 2, Health::Well, "tout va bien", Some(1)),
        partner(
            "MEF de Côte-d’Or",
            "mef-cote-dor.example",
            1,
            0,
            Health::Waiting,
            "attend une réponse",
            None,
        ),
        partner(
            "observatoire.example",
            "observatoire.example",
            1,
            1,
            Health::Trouble,
            "ne répond plus",
            Some(75),
        ),
    ]);
    Region::new(s.t, &s.title("MEF de la Nièvre"), partners, s.count(27))
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
