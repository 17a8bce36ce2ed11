//! `maillage subscribe`: a service of ours follows another.

use super::named::Named;
use super::places;
use crate::cli::{Subscribe, Trust};
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use maillage_app::caller::Caller;
use maillage_app::subscription::SubscriptionForm;
use maillage_domain::place::PlaceCode;
use maillage_domain::rule::{Condition, PlaceRelation, RuleSet};
use maillage_domain::subscription::{BadHandle, Handle, TrustLevel};
use serde_json::json;

/// Follows a service.
pub async fn run(subscribe: Subscribe, out: Output) -> Result<(), Failure> {
    let handle: Handle = subscribe.source.parse().map_err(|e: BadHandle| Failure::Misused(e.message()))?;
    let rules = match &subscribe.rules {
        Some(text) => serde_json::from_str(text).map_err(|e| {
            Failure::misused(
                format!("Les règles ne sont pas du JSON attendu : {e}."),
                format!("The rules are not the expected JSON: {e}."),
            )
        })?,
        None => {
            RuleSet { filter: filter(&subscribe.themes, places(&subscribe.territories)?), rules: Vec::new() }
        }
    };
    let trust = match subscribe.trust {
        Trust::Hold => TrustLevel::Hold,
        Trust::Publish => TrustLevel::Publish,
        Trust::Announce => TrustLevel::Announce,
    };
    let node = Node::open(&subscribe.data.data)?;
    let federation = node.federation()?;
    let form = SubscriptionForm { trust, rules };
    let row = node.app.subscribe(&Caller::Node, &federation, &subscribe.to, &handle, form).await;
    let row = row.map_err(|error| Named::Service(&subscribe.to).or(error))?;
    node.app.close().await;
    let lines = [
        format!(
            "{} suit {handle} (confiance : {}). / {} follows {handle}.",
            subscribe.to, row.trust, subscribe.to
        ),
        "La demande part dès que le nœud marche. / The request leaves as soon as the node runs.".to_owned(),
    ];
    out.say(
        &json!({ "id": row.uid, "to": subscribe.to, "source": handle.to_string(), "trust": row.trust }),
        &lines,
    )
}

/// Any of the themes, in any of the territories.
fn filter(themes: &[String], territories: Vec<PlaceCode>) -> Condition {
    let any = |mut parts: Vec<Condition>| match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Condition::Any(parts)),
    };
    let themes = any(themes.iter().cloned().map(Condition::Theme).collect());
    let inside = |area| Condition::Territory { area, relation: PlaceRelation::Held };
    let territories = any(territories.into_iter().map(inside).collect());
    match (themes, territories) {
        (Some(themes), Some(territories)) => Condition::All(vec![themes, territories]),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Condition::Always,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_become_one_condition() {
        let nievre: PlaceCode = "departement:58".parse().unwrap();
        assert_eq!(filter(&[], Vec::new()), Condition::Always);
        assert_eq!(filter(&["emploi".into()], Vec::new()), Condition::Theme("emploi".into()));
        let both = filter(&["emploi".into(), "formation".into()], vec![nievre]);
        let expected = r#"{"all":[{"any":[{"theme":"emploi"},{"theme":"formation"}]},{"territory":{"area":"departement:58","relation":"held"}}]}"#;
        assert_eq!(serde_json::to_string(&both).unwrap(), expected);
    }
}
