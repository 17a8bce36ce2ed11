//! The training offer: courses with their next session.

mod basics;
mod crafts;
mod services;

use super::{Desk, Piece};
use crate::calendar;
use crate::french;
use crate::prose::{PLAIN, Scope, Template, month_in_words};
use crate::region::DEPARTMENTS;
use crate::sector::Sectors;

/// A course.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    /// Title.
    pub title: &'static str,
    /// What one can do afterwards.
    pub objective: &'static str,
    /// Points of the programme.
    pub points: &'static [&'static str],
    /// Code of the level asked for.
    pub level: &'static str,
    /// Whether it leads to a certificate.
    pub certifying: bool,
    /// Shortest and longest length in hours.
    pub hours: (u32, u32),
    /// Slugs of themes.
    pub themes: &'static [&'static str],
    /// Codes of who may pay.
    pub funders: &'static [&'static str],
    /// Inhabitants of the smallest and largest commune where it is held.
    pub least: u32,
    /// See `least`.
    pub most: u32,
    /// Whether it is held where vines grow.
    pub vineyards: bool,
    /// Whether it is held online.
    pub remote: bool,
}

/// What most courses are: held on site, in a town.
pub const COURSE: Course = Course {
    title: "",
    objective: "",
    points: &[],
    level: "aucun",
    certifying: false,
    hours: (35, 35),
    themes: &[],
    funders: &[],
    least: 2_500,
    most: u32::MAX,
    vineyards: false,
    remote: false,
};

/// Every course.
pub fn courses() -> Vec<&'static Course> {
    [crafts::COURSES, services::COURSES, basics::COURSES].into_iter().flatten().collect()
}

/// Describes one course with its next session; `None` when this territory has no place for it.
pub fn piece(desk: &mut Desk<'_>, course: &Course) -> anyhow::Result<Option<Piece>> {
    let template = Template {
        scope: if course.remote { Scope::Nowhere } else { Scope::Village(course.least, course.most) },
        sectors: if course.vineyards { Sectors::Only(&["viticulture"]) } else { Sectors::None },
        ..PLAIN
    };
    let Some(setting) = desk.setting(&template) else { return Ok(None) };
    let hours = round_to(7, desk.random.between(course.hours.0, course.hours.1));
    let start = calendar::working_day(desk.today, i64::from(desk.random.between(6, 110)));
    // Long courses fill the week, short ones are spread over it.
    let weeks = if hours > 100 { hours.div_ceil(30) } else { hours.div_ceil(14) };
    let end = calendar::working_day(start, i64::from(weeks) * 7 - 3);
    let month = french::de(&month_in_words(start));
    let mut choices = vec![course.title.to_owned()];
    if !course.remote {
        choices.push(setting.fill(&format!("{}, {{a commune}}", course.title))?);
    }
    choices.push(format!("{}, session {month}", course.title));
    if !course.remote {
        choices.push(setting.fill(&format!("{}, {{a commune}}, session {month}", course.title))?);
    }
    let title = desk.first_free(&choices.iter().map(|choice| french::printed(choice)).collect::<Vec<_>>());
    let points = course.points.join("|");
    let mut content = setting.paragraph(&format!("Au programme :|{points}"))?;
    for sentence in [admission(desk, course), rhythm(desk, course, hours)] {
        content.push_str(&setting.paragraph(sentence)?);
    }
    let mut piece = Piece::new("trainings", "intitule", &title);
    piece
        .fields
        .set("organisme", organisation(desk, course, setting.commune.map(|commune| commune.name.as_str())));
    piece.fields.set("objectif", french::printed(course.objective));
    piece.fields.set("contenu", content);
    piece.fields.set("debut", start.to_string());
    piece.fields.set("fin", end.max(start).to_string());
    piece.fields.set("lieu", setting.held(template.scope));
    piece.fields.set("thematiques", course.themes.to_vec());
    piece.fields.set("niveau_entree", course.level);
    piece.fields.set("certifiante", course.certifying);
    piece.fields.set("duree_heures", hours);
    piece.fields.set("financeurs", course.funders.to_vec());
    if course.funders.contains(&"cpf") {
        piece.fields.set("cout", f64::from(round_to(10, hours * desk.random.between(8, 13))));
    }
    if desk.random.once_in(3) {
        piece.fields.set("zone", vec![desk.territory.code.to_string()]);
    }
    if desk.random.once_in(2) {
        let path = maillage_domain::text::slugify(&title, 60);
        piece.fields.set("lien", desk.house_page(&format!("formations/{path}")));
    }
    Ok(Some(piece))
}

fn round_to(step: u32, value: u32) -> u32 {
    (value / step).max(1) * step
}

fn admission(desk: &mut Desk<'_>, course: &Course) -> &'static str {
    let short = [
        "Inscription auprès de l'organisme, au plus tard une semaine avant le début.",
        "Il reste des places. Un justificatif d'identité est demandé le premier jour.",
    ];
    let long = [
        "L'admission se fait après une réunion d'information, un test de positionnement et un entretien.",
        "Un conseiller doit valider le projet avant l'entrée. Une période d'immersion est recommandée.",
        "Les candidatures sont examinées au fil de l'eau ; le positionnement dure une demi-journée.",
    ];
    let choices: &[&'static str] = if course.hours.1 < 100 { &short } else { &long };
    desk.random.pick(choices).copied().unwrap_or_default()
}

fn rhythm(desk: &mut Desk<'_>, course: &Course, hours: u32) -> &'static str {
    let remote = [
        "Travail à son rythme, avec une classe virtuelle par semaine.",
        "Séances en direct le soir, enregistrées pour ceux qui n'ont pas pu y assister.",
    ];
    let short = [
        "Journées de sept heures, de 9 h à 17 h.",
        "Une journée par semaine, pour rester compatible avec un emploi à temps partiel.",
    ];
    let long = [
        "Trente-cinq heures par semaine, dont un tiers du temps en entreprise.",
        "Rythme de trente heures par semaine, avec deux stages. Les personnes en situation de handicap peuvent demander un aménagement.",
        "Quatre jours par semaine. La restauration est possible sur place, et l'hébergement peut être étudié.",
    ];
    let choices: &[&'static str] = match (course.remote, hours > 100) {
        (true, _) => &remote,
        (false, false) => &short,
        (false, true) => &long,
    };
    desk.random.pick(choices).copied().unwrap_or_default()
}

/// An organisation of the project's own invention; apprentices go to the centre of the town.
fn organisation(desk: &mut Desk<'_>, course: &Course, commune: Option<&str>) -> String {
    const NAMES: [[&str; 4]; 3] = [
        [
            "Les Ateliers du Nivernais",
            "Campus des Bords de Loire",
            "Passerelle Morvan",
            "Institut nivernais des métiers",
        ],
        [
            "Les Ateliers de l'Ouche",
            "Campus des Hautes-Côtes",
            "Passerelle Auxois",
            "Institut côte-d'orien des métiers",
        ],
        [
            "Les Ateliers de l'Armançon",
            "Campus de Puisaye",
            "Passerelle Sénonais",
            "Institut icaunais des métiers",
        ],
    ];
    if let Some(commune) = commune.filter(|_| course.themes.contains(&"alternance")) {
        return french::printed(&format!("Centre de formation d'apprentis {}", french::de(commune)));
    }
    let at = DEPARTMENTS.iter().position(|known| known == desk.territory.department).unwrap_or_default();
    french::printed(desk.random.pick(&NAMES[at]).copied().unwrap_or_default())
}
