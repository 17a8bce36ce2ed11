//! What items are told from: every template, event, course and kind of organisation in one form.

use super::{Desk, Piece, agenda, news, press, structures, trainings};
use crate::prose::{Scope, Template};
use chrono::{Datelike, NaiveDate};

/// Tells an item, or says that this territory has no place for it. The number chooses among wordings.
type Told = Box<dyn Fn(&mut Desk<'_>, usize) -> anyhow::Result<Option<Piece>>>;

/// One source of items.
pub struct Source {
    /// Whether its items have a place.
    pub placed: bool,
    /// How often a node may use it.
    pub uses: u8,
    /// How it is told.
    pub told: Told,
}

fn in_season(months: &[u32], today: NaiveDate) -> bool {
    months.is_empty() || months.contains(&today.month())
}

/// Every source of items of a service type that makes sense in this season.
pub fn of(service_type: &str, today: NaiveDate) -> Vec<Source> {
    let placed = |template: &Template| template.scope != Scope::Nowhere;
    match service_type {
        "news" => news::templates()
            .into_iter()
            .filter(|template| in_season(template.months, today))
            .map(|template| Source {
                placed: placed(template),
                uses: template.uses,
                told: Box::new(move |desk, turn| news::piece(desk, template, turn)),
            })
            .collect(),
        "press-review" => press::articles()
            .into_iter()
            .map(|article| Source {
                placed: placed(&article.told),
                uses: article.told.uses,
                told: Box::new(move |desk, turn| press::piece(desk, article, turn)),
            })
            .collect(),
        "agenda" => agenda::events()
            .into_iter()
            .map(|event| Source {
                placed: placed(&event.told),
                uses: event.told.uses,
                told: Box::new(move |desk, turn| agenda::piece(desk, event, turn)),
            })
            .collect(),
        "trainings" => trainings::courses()
            .into_iter()
            .map(|course| Source {
                placed: !course.remote,
                uses: 1,
                told: Box::new(move |desk, _| trainings::piece(desk, course)),
            })
            .collect(),
        _ => structures::bodies()
            .into_iter()
            .map(|body| Source {
                placed: !body.itinerant,
                uses: body.uses,
                told: Box::new(move |desk, turn| structures::piece(desk, body, turn)),
            })
            .collect(),
    }
}
