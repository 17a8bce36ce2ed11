//! What a use case refuses, said in the form that asked for it: nothing typed is lost.

use crate::i18n::Translator;
use crate::views::FormView;
use crate::web::WebError;
use actix_web::ResponseError;
use actix_web::http::StatusCode;
use maillage_app::AppError;

/// The form with what is wrong in it, and the status of the page that shows it. `names` are fields
/// that are called otherwise in the form: as the use case calls them, as the form does.
///
/// # Errors
/// What no form can say: missing rights, a missing thing, faults of ours.
pub(in crate::web) fn refused(
    t: Translator,
    form: FormView,
    error: AppError,
    names: &[(&str, &str)],
) -> Result<(StatusCode, FormView), WebError> {
    let form = match &error {
        AppError::Invalid { problems } => problems.iter().fold(form, |form, problem| {
            let renamed = names.iter().find(|(theirs, _)| *theirs == problem.field);
            form.with_problem(
                renamed.map_or(problem.field.as_str(), |(_, ours)| ours),
                t.say(&problem.message),
            )
        }),
        AppError::Conflict(message) | AppError::Remote(message) => form.with_problem("", t.say(message)),
        AppError::Unavailable(_) => form.with_problem("", t.say(&error.message())),
        _ => return Err(error.into()),
    };
    Ok((WebError::from(error).status_code(), form))
}
