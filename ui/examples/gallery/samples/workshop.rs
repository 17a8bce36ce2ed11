//! Inside a workshop.

use super::{Rendered, Sample, Tone, rendered};
use maillage_ui::forms;
use maillage_ui::views::{
    DiscussionPage, DiscussionsPage, DocumentPage, DocumentsPage, Link, Message, Opt, VersionLine,
    WorkshopLine, WorkshopMembersPage,
};

pub fn pages(s: Sample) -> Vec<Rendered> {
    vec![
        rendered("workshop-documents", &documents(s)),
        rendered("workshop-document", &document(s)),
        rendered("workshop-discussions", &discussions(s)),
        rendered("workshop-discussion", &discussion(s)),
        rendered("workshop-members", &members(s)),
    ]
}

/// A line of a list.
pub fn line(s: Sample, title: &str) -> WorkshopLine {
    WorkshopLine {
        link: Link::new(s.title(title), "/sites/atelier/atelier/documents/1"),
        about: s.list(&[s.title("Version 3"), s.title("compte-rendu.pdf, 1,2 Mo"), s.title("Rédaction")]),
        when: s.ago(5),
    }
}

fn folders(s: Sample) -> Vec<Opt> {
    s.list(&[Opt::new("1", s.title("Comités")), Opt::new("2", s.title("Conventions"))])
}

fn documents(s: Sample) -> DocumentsPage {
    let form = forms::workshop::document(s.t, "/sites/atelier/atelier/documents", "3f9c", folders(s));
    DocumentsPage {
        t: s.t,
        shell: s.shell("Atelier du réseau"),
        site: s.site(),
        folders: s.list(&[
            (Link::new(s.title("Tous"), "/sites/atelier/atelier/documents"), true),
            (Link::new(s.title("Comités"), "/sites/atelier/atelier/documents?folder=1"), false),
        ]),
        lines: s.list(&[line(s, "Compte rendu du comité"), line(s, "Convention d’objectifs")]),
        form: s.some(if s.tone == Tone::Extreme {
            form.with_problem("file", s.title("Ce genre de fichier n’est pas accepté."))
        } else {
            form
        }),
        folder_form: s.some(forms::workshop::folder(s.t, "/sites/atelier/atelier/folders", "3f9c")),
        remove_action: s.some("/sites/atelier/atelier/folders/1/remove".to_owned()),
    }
}

fn document(s: Sample) -> DocumentPage {
    let version = |number: u64, note: &str| VersionLine {
        link: Link::new(
            s.t.with("document-version", "number", number),
            "/sites/atelier/atelier/documents/1/versions/3",
        ),
        file: s.title("compte-rendu.pdf, 1,2 Mo"),
        note: s.text(note),
        by: s.text("Rédaction"),
        when: s.ago(5),
    };
    let action = "/sites/atelier/atelier/documents/1";
    DocumentPage {
        t: s.t,
        shell: s.shell("Atelier du réseau"),
        site: s.site(),
        trail: vec![Link::new(s.title("Documents"), "/sites/atelier/atelier/documents")],
        heading: s.title("Compte rendu du comité"),
        note: s.text("Ce qui a été décidé le 3 mars."),
        versions: s.list(&[version(3, "Relu par la direction"), version(2, ""), version(1, "")]),
        discussions: s.list(&[line(s, "Une question sur le point 4")]),
        form: s.some(forms::workshop::version(s.t, action, "3f9c")),
        edit_form: None,
        discussion_form: None,
        remove_action: s.some(format!("{action}/remove")),
    }
}

fn discussions(s: Sample) -> DiscussionsPage {
    DiscussionsPage {
        t: s.t,
        shell: s.shell("Atelier du réseau"),
        site: s.site(),
        about: s.some(Link::new(s.title("Forum de l’emploi"), "/sites/atelier/fiches/1/forum")),
        lines: s.list(&[line(s, "Préparer le forum de mars"), line(s, "Une question sur le point 4")]),
        form: s.some(forms::workshop::discussion(s.t, "/sites/atelier/atelier/discussions", "3f9c")),
    }
}

fn discussion(s: Sample) -> DiscussionPage {
    let message = |by: &str, text: &str| Message {
        by: s.text(by),
        when: s.ago(5),
        paragraphs: s.list(&[s.title(text)]),
    };
    DiscussionPage {
        t: s.t,
        shell: s.shell("Atelier du réseau"),
        site: s.site(),
        trail: vec![Link::new(s.title("Discussions"), "/sites/atelier/atelier/discussions")],
        heading: s.title("Préparer le forum de mars"),
        about: s.some(Link::new(s.title("Compte rendu du comité"), "/sites/atelier/atelier/documents/1")),
        messages: s.list(&[
            message("Rédaction", "Qui tient le stand de l’alternance\u{202f}?"),
            message("Relecture", "Nous pouvons y être le matin."),
        ]),
        form: s.some(forms::workshop::message(s.t, "/sites/atelier/atelier/discussions/1", "3f9c")),
    }
}

fn members(s: Sample) -> WorkshopMembersPage {
    WorkshopMembersPage {
        t: s.t,
        shell: s.shell("Atelier du réseau"),
        site: s.site(),
        lines: s.list(&[
            (s.title("Chargée d’information"), s.text("MEF de la Nièvre"), s.title("Gestion")),
            (s.title("Conseiller"), s.text("Mission locale"), s.title("Participation")),
        ]),
        set_href: s.some("/office/sites/1/members".to_owned()),
    }
}
