//! The reasons for declining that a service offers to its moderators, beside what they write themselves.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::role::Action;
use serde_json::json;

/// The most reasons of a service.
const MOST: usize = 30;
/// The longest reason, in characters.
const LONGEST: usize = 500;

impl App {
    /// Sets the reasons for declining that a service offers, one for each line; none to offer the usual ones.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`].
    pub async fn set_decline_reasons(
        &self,
        caller: &Caller,
        service: &str,
        lines: &str,
    ) -> Result<(), AppError> {
        let (caller, slug) = (caller.clone(), service.to_owned());
        let reasons = read(lines);
        self.writer()
            .run(move |tx| {
                let service = tx.reads().service(&slug)?;
                caller.may(tx, service.id, Action::Manage)?;
                let reasons = reasons.as_ref().map_err(|problem| problem())?;
                let before = tx.reads().decline_reasons(service.id)?;
                if before == *reasons {
                    return Ok(());
                }
                tx.set_decline_reasons(service.id, reasons)?;
                let state = |reasons: &[String]| json!({ "reasons": reasons }).to_string();
                let of = ("service", service.uid.as_str(), service.title.as_str());
                let states = (state(&before), state(reasons));
                tx.write_down(of, Some(service.id), "reasons", states)?;
                Ok(())
            })
            .await
    }
}

/// Each reason once, in their order.
fn read(lines: &str) -> Result<Vec<String>, fn() -> AppError> {
    let mut reasons: Vec<String> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.chars().count() > LONGEST {
            return Err(too_long);
        }
        if !reasons.iter().any(|known| known == line) {
            reasons.push(line.to_owned());
        }
    }
    if reasons.len() > MOST { Err(too_many) } else { Ok(reasons) }
}

fn too_long() -> AppError {
    AppError::invalid(
        "reasons",
        "too_long",
        format!("Une raison est trop longue : {LONGEST} caractères au plus sur chaque ligne."),
        format!("A reason is too long: {LONGEST} characters at most on each line."),
    )
}

fn too_many() -> AppError {
    AppError::invalid(
        "reasons",
        "too_many",
        format!("C'est trop de raisons : {MOST} au plus."),
        format!("These are too many reasons: {MOST} at most."),
    )
}
