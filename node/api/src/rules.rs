//! Rules of a subscription, as the document describes them. What is read and written is
//! `maillage_domain::rule`; a test holds these equal to it.

use crate::moment::Moment;
use utoipa::ToSchema;

/// What is taken of a followed service: the filter decides what is taken at all, the first rule that
/// holds what happens to it, the trust level otherwise.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::rule::RuleSet")]
pub struct RuleSet {
    /// What is taken; the rest is ignored. Everything when it is not said.
    #[schema(required = false)]
    pub filter: Condition,
    /// Exceptions to the trust level, in order; at most 100.
    #[schema(required = false)]
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::rule::Rule")]
pub struct Rule {
    /// When it applies.
    pub when: Condition,
    /// What it decides.
    pub then: Decision,
}

/// What a rule decides.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::rule::Decision")]
pub enum Decision {
    /// Left out.
    Ignore,
    /// Held for moderation.
    Hold,
    /// Published.
    Publish,
    /// Published and announced to our own followers.
    Announce,
}

/// A condition on an item: an object with one key, or the text `always` or `no_place`. At most 8
/// levels deep.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::rule::Condition")]
pub enum Condition {
    /// Every item.
    Always,
    /// All of these.
    #[schema(no_recursion)]
    All(Vec<Condition>),
    /// At least one of these.
    #[schema(no_recursion)]
    Any(Vec<Condition>),
    /// Not this.
    #[schema(no_recursion)]
    Not(Box<Condition>),
    /// The theme with this slug, or a narrower one.
    Theme(String),
    /// Inside an area, or the area itself.
    Territory {
        /// Commune or any area above, such as `departement:58`.
        area: String,
        /// Which of the item's places; where it is held when nothing is said.
        #[schema(required = false)]
        relation: PlaceRelation,
    },
    /// Held within a distance of a place.
    Radius {
        /// The commune at the centre.
        place: String,
        /// Distance in kilometres, 0 to 2000.
        km: f64,
        /// Filled in by the node; what is given here is not looked at.
        centre: Option<Centre>,
    },
    /// The item says no place where it is held.
    NoPlace,
    /// The service type, by slug.
    Type(String),
    /// A word or sequence of words of title, summary or text; letter case and accents do not count.
    Keyword(String),
    /// The language (ISO 639-1).
    Language(String),
    /// The item's start, or else its publication: `from` ≤ date < `until`.
    Date {
        /// Earliest.
        from: Option<Moment>,
        /// First moment that is too late.
        until: Option<Moment>,
    },
}

/// Which of an item's three places a condition looks at.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::rule::PlaceRelation")]
pub enum PlaceRelation {
    /// Where it is held.
    Held,
    /// The territory of who publishes it.
    Publisher,
    /// Whose inhabitants are eligible.
    Eligible,
    /// Any of the three.
    Any,
}

/// A point on the globe (WGS 84).
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::place::Coordinates")]
pub struct Centre {
    /// Latitude in degrees, north positive.
    pub lat: f64,
    /// Longitude in degrees, east positive.
    pub lon: f64,
}
