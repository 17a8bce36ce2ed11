//! One-time codes of one's own account: set up with a picture to scan, confirmed by a first code,
//! ended by another.

use crate::forms;
use crate::paths;
use crate::views::{FormView, Link, OfficeSection, Scan, SecondFactorPage};
use crate::web::{Desk, Posted, WebError};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maillage_app::AppError;
use maillage_app::second_factor::NewFactor;
use qrcode::{Color, EcLevel, QrCode};

/// Where a code that was typed goes; also the names of the fields.
const STEPS: [&str; 3] = ["confirm", "renew", "end"];
/// Squares around the picture that stay light, as its standard (ISO/IEC 18004) asks.
const QUIET: usize = 4;

/// The QR code of a text, as one path.
fn scan(text: &str) -> Result<Scan, AppError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(AppError::internal)?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == Color::Dark);
    let path = dark
        .map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET))
        .collect::<String>();
    Ok(Scan { side: width + 2 * QUIET, path })
}

/// GET /office/settings/second-factor
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn show(desk: Desk) -> Result<HttpResponse, WebError> {
    page(&desk, StatusCode::OK, Vec::new(), None).await
}

async fn page(
    desk: &Desk,
    status: StatusCode,
    fresh: Vec<String>,
    wrong: Option<(&'static str, AppError)>,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let on = desk.reads().run(|reads| reads.own_recovery_codes()).await?.is_some();
    let secret = if on {
        None
    } else {
        let NewFactor { secret, address } = desk.app().begin_second_factor(&desk.caller()).await?;
        let grouped = secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
        Some((grouped, scan(&address)?))
    };
    let mut status = status;
    let mut forms = Vec::new();
    for (step, heading, button) in [
        ("confirm", t.get("codes-confirm-title"), t.get("codes-confirm")),
        ("renew", t.get("recovery-title"), t.get("recovery-renew")),
        ("end", t.get("codes-end-title"), t.get("codes-end")),
    ] {
        if (step == "confirm") == on {
            continue;
        }
        let action = format!("{}/{step}", paths::SECOND_FACTOR);
        let mut form: FormView = forms::with_code(t, &action, &desk.csrf, step, button);
        if let Some((_, error)) = wrong.as_ref().filter(|(at, _)| *at == step) {
            form = form.with_problem(step, t.say(&error.message()));
        }
        forms.push((heading, form));
    }
    if let Some((_, error)) = wrong {
        status = WebError::from(error).status();
    }
    let trail = vec![
        Link::new(t.get("nav-settings"), paths::SETTINGS),
        Link::new(t.get("settings-security"), paths::SECURITY),
    ];
    let office = desk.frame(OfficeSection::Settings, trail);
    let page = SecondFactorPage { t, shell: desk.shell(), office, fresh, secret, forms };
    desk.page_with(status, &page)
}

/// POST /office/settings/second-factor/{step}: `confirm`, `renew` or `end`, with a code.
///
/// # Errors
/// [`AppError::NotFound`] for another step.
pub(in crate::web::office) async fn take(
    posted: Posted<Desk>,
    step: actix_web::web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let step = STEPS.into_iter().find(|known| *known == step.as_str()).ok_or(AppError::NotFound)?;
    let (caller, code) = (desk.caller(), posted.text(step));
    let outcome = match step {
        "confirm" => desk.app().confirm_second_factor(&caller, code).await,
        "renew" => desk.app().renew_recovery_codes(&caller, code).await,
        _ => desk.app().end_second_factor(&caller, code).await.map(|()| Vec::new()),
    };
    match outcome {
        Ok(codes) if codes.is_empty() => Ok(desk.done(paths::SECURITY, desk.t.get("codes-ended"))),
        Ok(codes) => page(desk, StatusCode::OK, codes, None).await,
        Err(error @ (AppError::Invalid { .. } | AppError::TooMany { .. })) => {
            page(desk, StatusCode::OK, Vec::new(), Some((step, error))).await
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn a_picture_has_its_corner_marks() {
        let picture = scan("otpauth://totp/mef58.example:a%40mef58.example?secret=ABC").expect("a picture");
        assert!(picture.side >= 21 + 8, "{}", picture.side);
        // The finder patterns (ISO/IEC 18004, 6.3.3) stand in three corners.
        let end = picture.side - 5;
        for corner in ["M4 4h".to_owned(), format!("M{end} 4h"), format!("M4 {end}h")] {
            assert!(picture.path.contains(&corner), "{corner}");
        }
    }
}
