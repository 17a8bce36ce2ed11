//! Places of the official geography.

use crate::answer::Page;
use crate::caller::Visitor;
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::{get, web};
use maillage_store::rows::PlaceRow;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A place of the official geography.
#[derive(Serialize, ToSchema)]
pub struct Place {
    /// Its code, such as `commune:58194`.
    pub code: String,
    /// `country`, `region`, `department`, `epci`, `commune`, `municipal_district` or `former`.
    pub kind: String,
    /// Official name.
    pub name: String,
    /// The areas it lies in, nearest first.
    pub within: Vec<Area>,
    /// Latitude of its centre in degrees, where known.
    pub latitude: Option<f64>,
    /// Longitude of its centre in degrees, where known.
    pub longitude: Option<f64>,
    /// Inhabitants, where known.
    pub population: Option<i64>,
    /// Code of the commune that has taken over, for a former one.
    pub successor: Option<String>,
}

/// An area above a place.
#[derive(Serialize, ToSchema)]
pub struct Area {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// What is looked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct PlaceSearch {
    /// The beginning of a name, or a postal code; nothing is found without it.
    q: Option<String>,
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
}

/// Places by name or postal code, the most populated first.
#[utoipa::path(
    tag = "reference",
    summary = "Find places",
    params(PlaceSearch),
    responses((status = 200, description = "Places that begin so; none for an empty text", body = Page<Place>)),
    security((), ("bearer" = [])),
)]
#[get("/places")]
pub async fn find_places(visitor: Visitor, mut asked: Parameters) -> Result<web::Json<Page<Place>>, Problem> {
    let (text, limit) = (asked.one("q")?.unwrap_or_default(), asked.limit()?);
    asked.finish()?;
    let places = visitor
        .read(move |reads| {
            let mut found = reads.find_places(&text, limit)?;
            found.truncate(usize::try_from(limit).unwrap_or_default());
            let codes: Vec<String> =
                found.iter().flat_map(|place| place.ancestors.split(' ')).map(str::to_owned).collect();
            let above = reads.places(&codes)?;
            Ok(found.into_iter().map(|place| Place::of(place, &above)).collect())
        })
        .await?;
    Ok(web::Json(Page { items: places, next: None }))
}

impl Place {
    fn of(row: PlaceRow, above: &[PlaceRow]) -> Self {
        let area = |code: &str| {
            above
                .iter()
                .find(|area| area.code == code)
                .map(|area| Area { code: area.code.clone(), name: area.name.clone() })
        };
        Self {
            within: row.ancestors.split(' ').filter_map(area).collect(),
            code: row.code,
            kind: row.kind,
            name: row.name,
            latitude: row.latitude,
            longitude: row.longitude,
            population: row.population,
            successor: row.successor,
        }
    }
}
