//! A list as a map: a point for each commune where something is held, on the communes of its département.
//! It is drawn here, and asks nothing of anybody.

use super::listing::Listing;
use super::period::View;
use crate::i18n::Translator;
use crate::views::{Count, Link, MapPoint, MapTown, MapView};
use maillage_domain::place::PlaceCode;
use maillage_store::read::{GroundPlace, MapPlace};

/// Width of the drawing, in its own units.
const WIDTH: f64 = 640.0;
/// Heights between which it stays.
const HEIGHTS: (f64, f64) = (300.0, 760.0);
/// Room at its edges.
const MARGIN: f64 = 40.0;
/// Nearer points than this are drawn as one: each can be met by a finger.
const APART: f64 = 52.0;
/// Towns that are named for orientation.
const TOWNS: usize = 7;
/// Kilometres of one degree of latitude.
const DEGREE: f64 = 111.2;
/// Lengths that a scale may show, in kilometres.
const LENGTHS: [u32; 8] = [1, 2, 5, 10, 20, 50, 100, 200];

/// How degrees become places of the drawing: equal lengths in both directions, in the middle of the map.
struct Projection {
    west: f64,
    north: f64,
    narrowing: f64,
    scale: f64,
    height: f64,
}

impl Projection {
    fn of(points: &[(f64, f64)]) -> Option<Self> {
        let (mut south, mut north, mut west, mut east) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for (latitude, longitude) in points {
            (south, north) = (south.min(*latitude), north.max(*latitude));
            (west, east) = (west.min(*longitude), east.max(*longitude));
        }
        if points.is_empty() {
            return None;
        }
        let narrowing = ((south + north) / 2.0).to_radians().cos();
        // A single commune is drawn with some kilometres around it.
        let (wide, high) = (((east - west) * narrowing).max(0.1), (north - south).max(0.1));
        let inner = WIDTH - 2.0 * MARGIN;
        let scale = (inner / wide).min((HEIGHTS.1 - 2.0 * MARGIN) / high);
        let height = (high * scale + 2.0 * MARGIN).max(HEIGHTS.0);
        let (spare_x, spare_y) = (inner - wide * scale, height - 2.0 * MARGIN - high * scale);
        Some(Self {
            west: (west + east) / 2.0 - wide / narrowing / 2.0 - spare_x / scale / narrowing / 2.0,
            north: f64::midpoint(north, south) + high / 2.0 + spare_y / scale / 2.0,
            narrowing,
            scale,
            height,
        })
    }

    fn at(&self, latitude: f64, longitude: f64) -> (f64, f64) {
        let x = (longitude - self.west) * self.narrowing * self.scale + MARGIN;
        let y = (self.north - latitude) * self.scale + MARGIN;
        (tenth(x), tenth(y))
    }

    /// A length in kilometres that takes about a quarter of the width, and that in units.
    fn ruler(&self) -> (u32, f64) {
        let unit = self.scale / DEGREE;
        let fits = |km: &&u32| f64::from(**km) * unit <= WIDTH / 4.0;
        let km = LENGTHS.iter().rev().find(fits).copied().unwrap_or(LENGTHS[0]);
        (km, tenth(f64::from(km) * unit))
    }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Communes that are drawn as one point.
struct Cluster<'p> {
    x: f64,
    y: f64,
    places: Vec<&'p MapPlace>,
}

fn clusters<'p>(places: &'p [MapPlace], projection: &Projection) -> Vec<Cluster<'p>> {
    let mut all: Vec<Cluster<'p>> = Vec::new();
    // The most frequent first: they stand where they are, and others join them.
    for place in places {
        let (x, y) = projection.at(place.latitude, place.longitude);
        match all.iter_mut().find(|one| (one.x - x).hypot(one.y - y) < APART) {
            Some(near) => near.places.push(place),
            None => all.push(Cluster { x, y, places: vec![place] }),
        }
    }
    all
}

/// The map of a list; none where nothing of it names a commune.
pub(super) fn map(
    t: Translator,
    listing: &Listing,
    places: &[MapPlace],
    ground: &[GroundPlace],
) -> Option<MapView> {
    let here = places.iter().map(|place| (place.latitude, place.longitude));
    let around = ground.iter().map(|place| (place.latitude, place.longitude));
    let projection = Projection::of(&here.chain(around).collect::<Vec<_>>())?;
    let (km, ruler) = projection.ruler();
    let there = |places: &[&MapPlace]| {
        let codes: Vec<PlaceCode> = places.iter().filter_map(|place| place.code.parse().ok()).collect();
        Listing { view: View::List, page: 1, ..listing.at(codes) }.href()
    };
    let point = |one: &Cluster<'_>| {
        let count: i64 = one.places.iter().map(|place| place.count).sum();
        let items = Count::exact(count.unsigned_abs()).items(t);
        let first = one.places.first().map(|place| place.name.clone()).unwrap_or_default();
        let name = match one.places.len() {
            1 => first,
            _ => t.with("map-and-around", "place", first),
        };
        MapPoint {
            x: one.x,
            y: one.y,
            // Areas grow with what is there.
            radius: tenth((10.0 + 3.0 * (count as f64).sqrt()).min(24.0)),
            count: count.to_string(),
            label: format!("{name}{} {items}", t.get("colon")),
            href: there(&one.places),
        }
    };
    let mut named: Vec<&MapPlace> = places.iter().collect();
    named.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let line = |place: &&MapPlace| {
        let items = Count::exact(place.count.unsigned_abs()).items(t);
        (Link::new(&place.name, there(&[*place])), items)
    };
    let points: Vec<MapPoint> = clusters(places, &projection).iter().map(point).collect();
    Some(MapView {
        t,
        height: projection.height.round(),
        ground: ground
            .iter()
            .map(|place| projection.at(place.latitude, place.longitude))
            .map(|(x, y)| format!("M{x} {y}h0"))
            .collect(),
        towns: towns(ground, &points, &projection),
        points,
        ruler,
        ruler_end: ruler + MARGIN,
        kilometres: format!("{km}\u{a0}km"),
        places: named.iter().map(line).collect(),
    })
}

/// The largest towns, where their names do not stand in the way of a point or of another name.
fn towns(ground: &[GroundPlace], points: &[MapPoint], projection: &Projection) -> Vec<MapTown> {
    let mut largest: Vec<&GroundPlace> = ground.iter().filter(|place| place.population > 0).collect();
    largest.sort_by(|a, b| b.population.cmp(&a.population).then_with(|| a.name.cmp(&b.name)));
    let mut named: Vec<MapTown> = Vec::new();
    for place in largest {
        let (x, y) = projection.at(place.latitude, place.longitude);
        let (y, wide) = (y + 34.0, 9.0 * place.name.chars().count() as f64 / 2.0);
        let near =
            |other_x: f64, other_y: f64| (other_x - x).abs() < wide + 40.0 && (other_y - y).abs() < 26.0;
        let free = !points.iter().any(|point| near(point.x, point.y + 4.0))
            && !named.iter().any(|town| near(town.x, town.y))
            && x > wide
            && x + wide < WIDTH
            && y < projection.height - 30.0;
        if free {
            named.push(MapTown { name: place.name.clone(), x: tenth(x), y: tenth(y) });
        }
        if named.len() == TOWNS {
            break;
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str, latitude: f64, longitude: f64, count: i64) -> MapPlace {
        MapPlace { code: format!("commune:{code}"), name: code.to_owned(), latitude, longitude, count }
    }

    fn of(places: &[MapPlace]) -> MapView {
        map(
            Translator::default(),
            &Listing { path: "/services/agenda".to_owned(), ..Listing::default() },
            places,
            &[],
        )
        .expect("a map")
    }

    #[test]
    fn places_stand_as_they_lie() {
        // Nevers, Cosne-Cours-sur-Loire (north-west of it), Château-Chinon (east of it).
        let view = of(&[
            place("58194", 46.99, 3.16, 4),
            place("58086", 47.41, 2.93, 1),
            place("58062", 47.06, 3.93, 1),
        ]);
        let [nevers, cosne, chinon] = view.points.as_slice() else { panic!("{:?}", view.points) };
        assert!(cosne.y < nevers.y && cosne.x < nevers.x && chinon.x > nevers.x);
        for point in &view.points {
            assert!((0.0..=WIDTH).contains(&point.x) && (0.0..=view.height).contains(&point.y), "{point:?}");
        }
        // Nevers to Château-Chinon are 59 km; the drawing says so by its scale.
        let km: f64 = view.kilometres.trim_end_matches("\u{a0}km").parse().expect("a length");
        let far = (nevers.x - chinon.x).hypot(nevers.y - chinon.y) * km / view.ruler;
        assert!((57.0..61.0).contains(&far), "{far} km");
        assert!(nevers.radius > cosne.radius);
        assert_eq!(nevers.href, "/services/agenda?place=commune%3A58194");
    }

    #[test]
    fn neighbours_are_one_point_and_two_lines() {
        let view = of(&[
            place("58194", 46.99, 3.16, 4),
            place("58214", 46.985, 3.20, 2),
            place("58086", 47.41, 2.93, 1),
        ]);
        assert_eq!(view.points.len(), 2);
        assert_eq!((view.points[0].count.as_str(), view.places.len()), ("6", 3));
        assert!(view.points[0].href.contains("58194") && view.points[0].href.contains("58214"));
        // One commune alone is a map, too.
        assert_eq!(of(&[place("58194", 46.99, 3.16, 1)]).points.len(), 1);
        assert_eq!(map(Translator::default(), &Listing::default(), &[], &[]), None);
    }
}
