//! First run, login, errors.

use super::{Rendered, Sample, Tone, rendered};
use maillage_ui::forms;
use maillage_ui::views::{ErrorPage, Link, LoginPage, Opt, ResumePage, SetupPage};

pub fn pages(s: Sample) -> Vec<Rendered> {
    let mut all =
        vec![rendered("setup", &setup(s)), rendered("login", &login(s)), rendered("resume", &resume(s))];
    for status in ErrorPage::STATUSES.into_iter().chain([410, 418]) {
        let mut page = ErrorPage::new(s.t, s.shell("MEF de la Nièvre"), status);
        page.request_id = s.text("01956f3c-7b1e");
        page.detail = if status == 403 {
            s.text("Cette action est réservée aux modérateurs du service « Agenda ».")
        } else {
            String::new()
        };
        page.sign_in = (status == 404).then(|| Link::new(s.title("Se connecter"), "/login"));
        all.push(rendered(&format!("error-{status}"), &page));
    }
    all
}

fn setup(s: Sample) -> SetupPage {
    let territories = s.list(&[
        Opt::new("58", "58 – Nièvre"),
        Opt::new("21", "21 – Côte-d’Or"),
        Opt::new("89", "89 – Yonne"),
    ]);
    let mut form = forms::setup(s.t, "3f9c", territories);
    if s.tone != Tone::Empty {
        let sent = [("code", "7Q4K-91XD"), ("node_name", &s.title("MEF de la Nièvre")), ("territory", "58")];
        let sent: Vec<_> = sent.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        form = form
            .filled(&sent)
            .with_problem("email", s.title("Écrivez une adresse complète, par exemple contact@mef.example."))
            .with_problem("password", s.title("Le mot de passe est trop court : douze caractères au moins."));
    }
    SetupPage { t: s.t, shell: s.shell("Maillage"), form }
}

fn login(s: Sample) -> LoginPage {
    let mut form = forms::login(s.t, "3f9c", &s.title("/office"));
    if s.tone == Tone::Extreme {
        form = form.with_problem("", s.title("L’adresse ou le mot de passe est inexact."));
    }
    LoginPage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        kept: s.tone == Tone::Extreme,
        forgotten: s.tone != Tone::Empty,
        provider: s
            .some(Link::new(s.title("Se connecter avec Connexion Nièvre"), "/login/openid?next=%2Foffice")),
        form,
    }
}

fn resume(s: Sample) -> ResumePage {
    ResumePage {
        t: s.t,
        shell: s.shell("MEF de la Nièvre"),
        action: "/office/services/agenda/new".to_owned(),
        csrf: "3f9c".to_owned(),
        fields: s.list(&[("titre".to_owned(), s.text("Forum de l’emploi"))]),
    }
}
