//! Back office: the versions of an item.

use super::items::{diff, told};
use super::{Rendered, Sample, rendered};
use maillage_domain::workflow::EntryState;
use maillage_ui::views::{Badge, OfficeSection, Opt, RevisionLine, RevisionPage, RevisionsPage};

pub fn pages(s: Sample) -> Vec<Rendered> {
    vec![rendered("office-revision", &revision(s)), rendered("office-revisions", &revisions(s))]
}

fn revision(s: Sample) -> RevisionPage {
    RevisionPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(
            OfficeSection::Services,
            &[("Agenda de la Nièvre", "/office/services/agenda"), ("Forum de l’emploi", "/office/items/1")],
        ),
        number: s.count(2),
        badge: Badge { t: s.t, state: EntryState::Declined },
        author: s.title("Secrétariat de l’institut"),
        saved: s.ago(3),
        reason: s.text("Il manque l’adresse de la salle."),
        diff: s.some(diff(s)),
        restore: s.some("/office/items/1/revisions/2/restore".to_owned()),
        csrf: "3f9c".to_owned(),
        all: "/office/items/1/revisions".to_owned(),
        title: s.title("Forum de l’emploi et de l’alternance"),
        told: told(s),
        previous: s.some("/office/items/1/revisions/1".to_owned()),
        next: s.some("/office/items/1/revisions/3".to_owned()),
    }
}

fn revisions(s: Sample) -> RevisionsPage {
    let line = |number: i64, state: EntryState, hours: i64| RevisionLine {
        href: format!("/office/items/1/revisions/{number}"),
        label: s.t.with("history-version", "number", number),
        title: s.title("Forum de l’emploi et de l’alternance"),
        badge: Badge { t: s.t, state },
        author: s.title("Secrétariat de l’institut"),
        saved: s.ago(hours),
        restore: (number < 3).then(|| format!("/office/items/1/revisions/{number}/restore")),
        restore_label: s.t.with("revision-restore", "number", number),
    };
    RevisionsPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(
            OfficeSection::Services,
            &[("Agenda de la Nièvre", "/office/services/agenda"), ("Forum de l’emploi", "/office/items/1")],
        ),
        href: "/office/items/1/revisions".to_owned(),
        csrf: "3f9c".to_owned(),
        title: s.title("Forum de l’emploi et de l’alternance"),
        lines: s.list(&[
            line(3, EntryState::Submitted, 1),
            line(2, EntryState::Declined, 26),
            line(1, EntryState::Published, 70),
        ]),
        options: s.list(&["3", "2", "1"].map(|number| Opt::new(number, number))),
        from: "1".to_owned(),
        to: "3".to_owned(),
        compared: s.t.with2("revisions-compared", ("from", "1"), ("to", "3")),
        diff: s.some(diff(s)),
    }
}
