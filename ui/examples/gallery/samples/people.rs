//! People: links of mails, codes, sessions, invitations, mails, audit log.

use super::{Rendered, Sample, Tone, rendered};
use maillage_ui::forms;
use maillage_ui::views::{
    AuditFilter, AuditLine, AuditPage, Difference, FormPage, GatePage, IdentityLine, InvitationLine,
    InvitationsPage, Link, MailLine, MailsPage, OfficeSection, Opt, Paging, Scan, SecondFactorPage,
    SecurityPage, SessionLine, settings_tabs,
};

pub fn pages(s: Sample) -> Vec<Rendered> {
    let roles = s.list(&[Opt::new("contributor", "contributeur"), Opt::new("moderator", "modérateur")]);
    let services = s.list(&[Opt::new("agenda", "Agenda de la Nièvre")]);
    let bodies = s.list(&[Opt::new("1", "MEF de la Nièvre")]);
    let invite = forms::invitation(
        s.t,
        "/office/settings/invitations",
        "3f9c",
        roles.clone(),
        Some((services, bodies)),
    );
    let invite_to = forms::invitation(s.t, "/office/services/agenda/invite", "3f9c", roles, None);
    vec![
        rendered("gate-forgotten", &gate(s, Some(forms::forgotten(s.t, "3f9c")))),
        rendered("gate-reset", &gate(s, Some(forms::reset(s.t, "/reset/x", "3f9c")))),
        rendered("gate-invitation", &gate(s, Some(forms::accept(s.t, "/invitation/x", "3f9c")))),
        rendered("gate-code", &gate(s, Some(forms::login_code(s.t, "3f9c", "step", "/office")))),
        rendered("gate-ended", &gate(s, None)),
        rendered("security", &security(s)),
        rendered("second-factor", &second_factor(s, false)),
        rendered("second-factor-on", &second_factor(s, true)),
        rendered("invitations", &invitations(s)),
        rendered("invitation-form", &form(s, OfficeSection::Settings, invite)),
        rendered("invitation-service-form", &form(s, OfficeSection::Services, invite_to)),
        rendered("mails", &mails(s)),
        rendered("audit", &audit(s)),
    ]
}

fn form(s: Sample, section: OfficeSection, form: maillage_ui::views::FormView) -> FormPage {
    let form =
        if s.tone == Tone::Extreme { form.with_problem("email", s.title("Déjà invitée.")) } else { form };
    FormPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(section, &[("Réglages", "/office/settings")]),
        heading: s.title("Inviter par courriel"),
        intro: s.text("La personne reçoit un lien, valable sept jours."),
        form,
    }
}

fn gate(s: Sample, form: Option<maillage_ui::views::FormView>) -> GatePage {
    let form = form.map(|form| {
        if s.tone == Tone::Extreme { form.with_problem("", s.title("Trop d’essais.")) } else { form }
    });
    let next = form.is_none().then(|| Link::new(s.title("Se connecter"), "/login"));
    GatePage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        heading: s.title("Mot de passe oublié"),
        intro: s.list(&[s.title("Donnez l’adresse avec laquelle vous vous connectez.")]),
        form,
        next,
    }
}

fn security(s: Sample) -> SecurityPage {
    let session = |present: bool, device: &str| SessionLine {
        device: s.title(device),
        opened: s.ago(90),
        seen: s.ago(1),
        present,
        end_action: "/office/settings/security/sessions/1/end".to_owned(),
    };
    let mut sessions = vec![session(true, "Firefox sur Linux")];
    sessions.extend(s.list(&[session(false, "Safari sur iPhone")]));
    let identity = IdentityLine {
        provider: s.title("Connexion Nièvre"),
        email: s.title("stage@mef58.example"),
        linked: s.ago(90),
        used: s.some(s.ago(1)),
        unlink_action: "/office/settings/security/identities/1/unlink".to_owned(),
    };
    SecurityPage {
        identities: s.list(&[identity]),
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/security", s.tone != Tone::Empty),
        codes_left: s.some(8),
        codes_href: "/office/settings/second-factor".to_owned(),
        end_others: (sessions.len() > 1).then(|| "/office/settings/security/end-others".to_owned()),
        sessions,
    }
}

fn second_factor(s: Sample, on: bool) -> SecondFactorPage {
    let step = |step: &str, label: &str| {
        let form = forms::with_code(s.t, "/office/settings/second-factor/x", "3f9c", step, s.title(label));
        let wrong = s.tone == Tone::Extreme && step != "renew";
        let form = if wrong { form.with_problem(step, s.title("Ce code n’est pas le bon.")) } else { form };
        (s.title(label), form)
    };
    let secret = (!on).then(|| {
        let path = "M4 4h1v1h-1zM6 4h1v1h-1zM4 6h1v1h-1z".to_owned();
        ("JBSW Y3DP EHPK 3PXP".to_owned(), Scan { side: 41, path })
    });
    SecondFactorPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[("Réglages", "/office/settings")]),
        fresh: if on { s.list(&["k3vd-9mqa-x7ph-2c4e".to_owned()]) } else { Vec::new() },
        secret,
        forms: if on {
            vec![step("renew", "Codes de secours"), step("end", "Ne plus demander de code")]
        } else {
            vec![step("confirm", "Vérifier")]
        },
    }
}

fn invitations(s: Sample) -> InvitationsPage {
    let line = |over: bool| InvitationLine {
        email: s.title("stage@mef58.example"),
        gives: s.list(&[s.title("modérateur : Agenda de la Nièvre")]),
        by: s.text("Direction"),
        made: s.ago(50),
        until: s.ahead(100),
        over,
        again_action: "/office/settings/invitations/1/again".to_owned(),
        revoke_action: "/office/settings/invitations/1/revoke".to_owned(),
    };
    InvitationsPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/invitations", true),
        sends_mail: s.tone != Tone::Empty,
        create_href: s.some("/office/settings/invitations/new".to_owned()),
        lines: s.list(&[line(false), line(true)]),
        empty: s.empty(
            "page",
            "Aucune invitation en attente",
            "On invite depuis la page d’un service.",
            None,
        ),
    }
}

fn mails(s: Sample) -> MailsPage {
    let line = |failed: bool| MailLine {
        subject: s.title("Invitation à rejoindre MEF de la Nièvre"),
        recipient: s.title("stage@mef58.example"),
        failed,
        written: s.ago(70),
        attempts: 12,
        problem: if failed { s.title("550 no such mailbox") } else { String::new() },
        retry_action: failed.then(|| "/office/settings/mails/1/retry".to_owned()),
    };
    MailsPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/mails", true),
        sends_mail: s.tone != Tone::Empty,
        lines: s.list(&[line(true), line(false)]),
        empty: s.empty("check", "Aucun message en attente", "", None),
    }
}

fn audit(s: Sample) -> AuditPage {
    let line = |what: &str| AuditLine {
        at: s.ago(3),
        who: s.title("Direction"),
        what: s.title(what),
        name: s.text("Agenda de la Nièvre"),
        service: s.text("Agenda de la Nièvre"),
        differences: s.list(&[Difference {
            name: s.title("title"),
            before: s.text("Agenda"),
            after: s.title("Agenda de la Nièvre"),
        }]),
    };
    let filter = |name: &'static str, label: &str| AuditFilter {
        name,
        label: s.title(label),
        options: vec![Opt::new("agenda", s.title("Agenda de la Nièvre"))],
        chosen: s.text("agenda"),
    };
    AuditPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        office: s.office(OfficeSection::Settings, &[]),
        tabs: settings_tabs(s.t, "/office/settings/audit", true),
        filters: vec![filter("who", "Qui"), filter("service", "Service"), filter("subject", "Quoi")],
        from: if s.tone == Tone::Empty { String::new() } else { "2026-03-01".to_owned() },
        until: String::new(),
        export_href: "/office/settings/audit.csv".to_owned(),
        lines: s.list(&[line("Service : changement"), line("Fiche : refus")]),
        empty: s.empty("page", "Aucune ligne", "", None),
        paging: Paging {
            t: s.t,
            page: 2,
            pages: None,
            previous: s.some("?after=".to_owned()),
            next: s.some("?after=1-1".to_owned()),
        },
    }
}
