//! Parameters of an address: each is named by the handler, and one that nobody has asked for is
//! refused, since a misspelt filter would otherwise silently show everything.

use crate::problem::Problem;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use maillage_domain::place::PlaceCode;
use std::future::{Ready, ready};
use std::str::FromStr;

/// Things on a page when none are asked for, and at most.
const LIMIT: (i64, i64) = (50, 200);

/// The parameters of one request.
pub struct Parameters {
    given: Vec<(String, String)>,
    asked: Vec<&'static str>,
}

impl Parameters {
    /// The parameters of a query string.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let given = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        Self { given: given.filter(|(_, value)| !value.is_empty()).collect(), asked: Vec::new() }
    }

    /// Every value of a parameter that may be repeated.
    pub fn many(&mut self, name: &'static str) -> Vec<String> {
        self.asked.push(name);
        self.given.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// The value of a parameter.
    ///
    /// # Errors
    /// 400 when it is given twice.
    pub fn one(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        let mut values = self.many(name).into_iter();
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Problem::malformed(
                "duplicate_parameter",
                name,
                format!("Le paramètre « {name} » est donné deux fois."),
                format!("The parameter “{name}” is given twice."),
            )),
            (value, None) => Ok(value),
        }
    }

    /// Values of a type, each from its text.
    ///
    /// # Errors
    /// 400 with the possible values.
    pub fn named<T: FromStr>(&mut self, name: &'static str, possible: &[&str]) -> Result<Vec<T>, Problem> {
        let bad = |value: &str| {
            let possible = possible.join(", ");
            Problem::malformed(
                "unknown_value",
                name,
                format!("« {name} » : valeur inconnue « {value} ». Possibles : {possible}."),
                format!("“{name}”: unknown value “{value}”. Possible: {possible}."),
            )
        };
        self.many(name).iter().map(|value| value.parse().map_err(|_| bad(value))).collect()
    }

    /// Places, by their code or the bare number of a département or commune.
    ///
    /// # Errors
    /// 400 for what is no code.
    pub fn places(&mut self, name: &'static str) -> Result<Vec<PlaceCode>, Problem> {
        let read = |value: &String| {
            PlaceCode::parse_input(value).map_err(|_| {
                Problem::malformed(
                    "not_a_place",
                    name,
                    format!(
                        "« {value} » n'est pas un lieu : écrivez commune:58194, departement:58 ou region:27."
                    ),
                    format!("“{value}” is no place: write commune:58194, departement:58 or region:27."),
                )
            })
        };
        self.many(name).iter().map(read).collect()
    }

    /// A yes or no; no when it is not given.
    ///
    /// # Errors
    /// 400 for anything but `true` and `false`.
    pub fn flag(&mut self, name: &'static str) -> Result<bool, Problem> {
        let values: Vec<bool> = self.named(name, &["true", "false"])?;
        Ok(values.last().copied().unwrap_or(false))
    }

    /// How many things a page holds: 1 to 200, 50 when nothing is said.
    ///
    /// # Errors
    /// 400 outside of that.
    pub fn limit(&mut self) -> Result<i64, Problem> {
        let (usual, most) = LIMIT;
        let Some(text) = self.one("limit")? else { return Ok(usual) };
        text.parse().ok().filter(|limit| (1..=most).contains(limit)).ok_or_else(|| {
            Problem::malformed(
                "wrong_value",
                "limit",
                format!("« limit » attend un nombre de 1 à {most}."),
                format!("“limit” takes a number from 1 to {most}."),
            )
        })
    }

    /// Refuses what nobody has asked for.
    ///
    /// # Errors
    /// 400 naming the parameter and those there are.
    pub fn finish(self) -> Result<(), Problem> {
        match self.given.iter().find(|(name, _)| !self.asked.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, _)) => {
                let known = self.asked.join(", ");
                Err(Problem::malformed(
                    "unknown_parameter",
                    name,
                    format!("Paramètre inconnu : « {name} ». Possibles : {known}."),
                    format!("Unknown parameter: “{name}”. Possible: {known}."),
                ))
            }
        }
    }
}

impl FromRequest for Parameters {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request.query_string())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_asked_for_or_refused() {
        let mut some = Parameters::of("theme=emploi&theme=numerique&limit=10&place=58&waiting=true&q=");
        assert_eq!(some.many("theme"), ["emploi", "numerique"]);
        assert_eq!(some.limit().ok(), Some(10));
        assert_eq!(some.places("place").ok().map(|p| p[0].to_string()).as_deref(), Some("departement:58"));
        assert_eq!(some.flag("waiting").ok(), Some(true));
        assert!(some.finish().is_ok(), "an empty parameter is none");
        let codes = |problem: Problem| problem.code;
        assert_eq!(Parameters::of("thme=x").finish().map_err(codes), Err("unknown_parameter"));
        assert_eq!(Parameters::of("q=a&q=b").one("q").map_err(codes), Err("duplicate_parameter"));
        assert_eq!(Parameters::of("limit=201").limit().map_err(codes), Err("wrong_value"));
        assert_eq!(Parameters::of("place=lune").places("place").map_err(codes), Err("not_a_place"));
        assert_eq!(Parameters::of("waiting=oui").flag("waiting").map_err(codes), Err("unknown_value"));
    }
}
