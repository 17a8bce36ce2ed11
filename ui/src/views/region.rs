//! The partners of a node as a small picture, and in words beside it.

use super::Health;
use crate::i18n::{Translator, When};
use askama::Template;
use askama::filters::HtmlSafe;
use maillage_domain::text::clip;

/// Partners drawn; the words name all of them.
const DRAWN: usize = 14;
/// Half the picture's width and height, and of the ring on which partners stand.
const MIDDLE: (f64, f64) = (320.0, 150.0);
const RING: (f64, f64) = (230.0, 96.0);
/// Characters of a name in the picture: two of them stand side by side.
const NAME: usize = 22;
/// Usual width of a character and height of a line of names.
const CHARACTER: i64 = 10;
const LINE: i64 = 24;
/// The baseline of the node's own name.
const OWN_NAME: i64 = 122;
/// How far from the middle names no longer stand right below their partner, but lean inwards.
const ASIDE: f64 = 70.0;

/// Another node.
#[derive(Debug, Clone, PartialEq)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// Its host.
    pub host: String,
    /// How many services of it we follow.
    pub follows: u64,
    /// How many of our services it follows.
    pub followed: u64,
    /// How it goes.
    pub health: Health,
    /// The same in words.
    pub state: String,
    /// Last exchange.
    pub last: Option<When>,
}

/// Where a partner stands in the picture.
#[derive(Debug, Clone, PartialEq)]
struct Spot {
    name: String,
    class: &'static str,
    x: i64,
    y: i64,
    /// Where its name stands, and which part of the name stands there: start, middle, end.
    text_x: i64,
    text_y: i64,
    anchor: &'static str,
    /// Where the line to us begins and ends.
    from: (i64, i64),
    to: (i64, i64),
    /// Whether items come from it, and go to it.
    comes: bool,
    goes: bool,
}

/// The partners of a node.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "parts/region.html")]
pub struct Region {
    /// Language.
    pub t: Translator,
    /// Name of the node.
    pub own: String,
    /// Its partners.
    pub partners: Vec<Partner>,
    /// How many accounts of the fediverse follow it beside them.
    pub accounts: u64,
    spots: Vec<Spot>,
}

impl HtmlSafe for Region {}

impl Region {
    /// The picture of these partners.
    #[must_use]
    pub fn new(t: Translator, own: &str, partners: Vec<Partner>, accounts: u64) -> Self {
        let drawn = partners.len().min(DRAWN);
        let mut spots: Vec<Spot> =
            partners.iter().take(DRAWN).enumerate().map(|(at, one)| spot(one, at, drawn)).collect();
        let own = if own.chars().count() <= NAME { own.to_owned() } else { t.get("region-own") };
        leave_out_what_overlaps(&own, &mut spots);
        Self { t, own, partners, accounts, spots }
    }

    fn is_empty(&self) -> bool {
        self.partners.is_empty() && self.accounts == 0
    }
}

fn spot(partner: &Partner, at: usize, of: usize) -> Spot {
    // The first stands at the left, so that two partners stand side by side and not one over the other.
    let turn = std::f64::consts::PI + std::f64::consts::TAU * at as f64 / of as f64;
    let (x, y) = (MIDDLE.0 + RING.0 * turn.cos(), MIDDLE.1 + RING.1 * turn.sin());
    let length = ((x - MIDDLE.0).powi(2) + (y - MIDDLE.1).powi(2)).sqrt();
    let (dx, dy) = ((x - MIDDLE.0) / length, (y - MIDDLE.1) / length);
    // Rounded to whole pixels of a picture of a few hundred: exact.
    let point =
        |from_us: f64| ((MIDDLE.0 + dx * from_us).round() as i64, (MIDDLE.1 + dy * from_us).round() as i64);
    let (anchor, lean) = match x - MIDDLE.0 {
        aside if aside < -ASIDE => ("start", -12),
        aside if aside > ASIDE => ("end", 12),
        _ => ("middle", 0),
    };
    // Long names of houses begin alike: their hosts tell them apart.
    let short = partner.name.chars().count() <= NAME;
    Spot {
        name: clip(if short { &partner.name } else { &partner.host }, NAME),
        class: partner.health.class(),
        x: x.round() as i64,
        y: y.round() as i64,
        text_x: x.round() as i64 + lean,
        anchor,
        text_y: y.round() as i64 + if y < MIDDLE.1 - 1.0 { -18 } else { 28 },
        from: point(22.0),
        to: point(length - 16.0),
        comes: partner.follows > 0,
        goes: partner.followed > 0,
    }
}

/// Where a name lies in the picture: its left and right end, and its baseline.
#[derive(Debug, Clone, Copy)]
struct Written {
    from: i64,
    to: i64,
    y: i64,
}

impl Written {
    fn at(name: &str, x: i64, y: i64, anchor: &str) -> Self {
        let width = i64::try_from(name.chars().count()).unwrap_or_default() * CHARACTER;
        let from = match anchor {
            "start" => x,
            "end" => x - width,
            _ => x - width / 2,
        };
        Self { from, to: from + width, y }
    }

    fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to && (self.y - other.y).abs() < LINE
    }
}

impl Spot {
    fn written(&self) -> Written {
        Written::at(&self.name, self.text_x, self.text_y, self.anchor)
    }
}

/// Takes away names that would lie on others; the words beside the picture name everybody.
fn leave_out_what_overlaps(own: &str, spots: &mut [Spot]) {
    let mut taken = vec![Written::at(own, MIDDLE.0 as i64, OWN_NAME, "middle")];
    for spot in spots {
        let written = spot.written();
        if taken.iter().any(|other| written.overlaps(*other)) {
            spot.name.clear();
        } else {
            taken.push(written);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner(name: &str) -> Partner {
        Partner {
            name: name.to_owned(),
            host: "mef.example".to_owned(),
            follows: 1,
            followed: 0,
            health: Health::Well,
            state: String::new(),
            last: None,
        }
    }

    #[test]
    fn partners_stand_apart_and_inside_the_picture() {
        for many in 1..=20 {
            let partners = (0..many).map(|at| partner(&format!("Nœud {at}"))).collect();
            let region = Region::new(Translator::default(), "MEF", partners, 0);
            assert_eq!(region.spots.len(), many.min(DRAWN));
            for (at, one) in region.spots.iter().enumerate() {
                assert!((60..=580).contains(&one.x) && (30..=270).contains(&one.y), "{one:?}");
                for other in &region.spots[at + 1..] {
                    assert!((one.x - other.x).abs() + (one.y - other.y).abs() > 30, "{one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn no_name_lies_on_another_and_few_are_left_out() {
        for many in 1..=20 {
            let host = |at: usize| format!("maillage-{at}.exemple.example");
            let name = "Maison de l'emploi du Nivernais Morvan";
            let partners = (0..many).map(|at| Partner { host: host(at), ..partner(name) }).collect();
            let region = Region::new(Translator::default(), name, partners, 0);
            let named: Vec<&Spot> = region.spots.iter().filter(|one| !one.name.is_empty()).collect();
            assert!(named.len() >= many.min(4), "{many}: {named:?}");
            for (at, one) in named.iter().enumerate() {
                let written = one.written();
                assert!(written.from >= 0 && written.to <= 640, "{many}: {one:?}");
                for other in &named[at + 1..] {
                    assert!(!written.overlaps(other.written()), "{many}: {one:?} {other:?}");
                }
            }
        }
    }
}
