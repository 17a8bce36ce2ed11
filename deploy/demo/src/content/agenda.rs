//! The agenda: what is held in the weeks around today.

mod meetings;
mod recruiting;
mod workshops;

use super::{Desk, Piece};
use crate::calendar;
use crate::prose::{PLAIN, Scope, Setting, Template, day_in_words};
use chrono::NaiveDate;

/// Something that is held.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// What is told of it.
    pub told: Template,
    /// Hours it may be held at: hour and minute of beginning and end.
    pub hours: &'static [(u32, u32, u32, u32)],
    /// For whom.
    pub audience: &'static str,
    /// Code of the attendance mode.
    pub mode: &'static str,
    /// Whether it is held on a Saturday.
    pub saturday: bool,
}

/// What most events are: held on site, on a working day.
pub const ONE_DAY: Event =
    Event { told: PLAIN, hours: &[(9, 0, 12, 0)], audience: "", mode: "sur_place", saturday: false };

/// Every event.
pub fn events() -> Vec<&'static Event> {
    [recruiting::EVENTS, workshops::EVENTS, meetings::EVENTS].into_iter().flatten().collect()
}

/// Tells one event; `None` when this territory has no place for it.
pub fn piece(desk: &mut Desk<'_>, event: &Event, turn: usize) -> anyhow::Result<Option<Piece>> {
    let template = &event.told;
    let Some(setting) = desk.setting(template) else { return Ok(None) };
    let told = setting.tell(template, turn, &mut desk.random)?;
    let day = day_of(desk, event);
    let (from_hour, from_minute, to_hour, to_minute) =
        desk.random.pick(event.hours).copied().unwrap_or((9, 0, 12, 0));
    // The same workshop comes back in the same place: the date tells them apart in lists.
    let title = desk.first_free(&[told.title.clone(), format!("{}, {}", told.title, day_in_words(day))]);
    let mut piece = Piece::new("agenda", "titre", &title);
    piece.fields.set("debut", format!("{day}T{from_hour:02}:{from_minute:02}"));
    piece.fields.set("fin", format!("{day}T{to_hour:02}:{to_minute:02}"));
    piece.fields.set("description", format!("<p>{}</p>{}", told.lead, told.body));
    piece.fields.set("thematiques", template.themes.to_vec());
    piece.fields.set("lieu", setting.held(template.scope));
    piece.fields.set("public", crate::french::printed(event.audience));
    piece.fields.set("mode", event.mode);
    let status = if desk.random.once_in(14) { "complet" } else { "programme" };
    piece.fields.set("statut", status);
    if template.scope != Scope::Nowhere {
        piece.fields.set("adresse", room(desk, &setting));
    }
    if event.mode == "en_ligne" || desk.random.once_in(2) {
        let path = maillage_domain::text::slugify(&title, 60);
        piece.fields.set("inscription", desk.house_page(&format!("inscription/{path}")));
    }
    if desk.random.once_in(5) {
        piece.fields.set("zone", vec![desk.territory.code.to_string()]);
    }
    Ok(Some(piece))
}

/// Mostly in the coming ten weeks, the nearer ones more often; one in twenty was held yesterday or today.
fn day_of(desk: &mut Desk<'_>, event: &Event) -> NaiveDate {
    let random = &mut desk.random;
    let ahead = match random.below(20) {
        0 => random.between(0, 1) as i64 - 1,
        1..=9 => i64::from(random.between(2, 21)),
        10..=15 => i64::from(random.between(14, 45)),
        _ => i64::from(random.between(35, 75)),
    };
    if event.saturday {
        calendar::saturday(desk.today, ahead)
    } else {
        calendar::working_day(desk.today, ahead)
    }
}

/// A room that a commune of this size has.
fn room(desk: &mut Desk<'_>, setting: &Setting<'_>) -> String {
    const EVERYWHERE: &[&str] = &[
        "Mairie, salle du conseil",
        "Salle polyvalente, rue des Écoles",
        "Salle des fêtes, place du Marché",
    ];
    const BOURG: &[&str] = &[
        "Médiathèque, place du Marché",
        "Espace associatif, rue de la Gare",
        "Tiers-lieu, ancienne école, rue du Pont",
        "Salle polyvalente, rue des Écoles",
    ];
    const TOWN: &[&str] = &[
        "Espace emploi, 12 rue de la Gare",
        "Centre social, 4 rue des Tilleuls",
        "Pôle formation, zone d'activité, bâtiment B",
        "Médiathèque, salle de conférence",
        "Maison des associations, 8 place du Champ-de-Foire",
        "Salle des congrès, avenue de la Gare",
    ];
    let rooms = match setting.commune.map_or(0, |commune| commune.population) {
        0..1_500 => EVERYWHERE,
        1_500..4_000 => BOURG,
        _ => TOWN,
    };
    crate::french::printed(desk.random.pick(rooms).copied().unwrap_or_default())
}
