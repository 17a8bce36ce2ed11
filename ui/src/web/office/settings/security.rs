//! The safety of one's own account: whether codes are asked for, who it is at an identity provider, and
//! which browsers are signed in.

use crate::paths;
use crate::views::{IdentityLine, OfficeSection, SecurityPage, SessionLine, settings_tabs};
use crate::web::office::lines::ago;
use crate::web::{Desk, Posted, WebError};
use actix_web::{HttpResponse, web};
use maillage_store::rows::{IdentityRow, SessionRow};

/// GET /office/settings/security
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn show(desk: Desk) -> Result<HttpResponse, WebError> {
    let now = desk.app().now().timestamp_millis();
    let read = desk.reads().run(move |reads| {
        Ok((reads.own_sessions(now)?, reads.own_recovery_codes()?, reads.own_identities()?))
    });
    let (sessions, codes_left, identities) = read.await?;
    let t = desk.t;
    let others = sessions.len() > 1;
    let page = SecurityPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::SECURITY, desk.administers()),
        codes_left,
        codes_href: paths::SECOND_FACTOR.to_owned(),
        identities: identities.into_iter().map(|row| identity(&desk, row)).collect(),
        sessions: sessions.iter().map(|row| line(&desk, row)).collect(),
        end_others: others.then(|| format!("{}/end-others", paths::SECURITY)),
    };
    desk.page(&page)
}

fn line(desk: &Desk, row: &SessionRow) -> SessionLine {
    SessionLine {
        device: device(desk, &row.device),
        opened: ago(desk, row.created_at),
        seen: ago(desk, row.seen_at),
        present: desk.session.as_ref().is_some_and(|session| session.id == row.id),
        end_action: format!("{}/sessions/{}/end", paths::SECURITY, row.id),
    }
}

fn identity(desk: &Desk, row: IdentityRow) -> IdentityLine {
    let name = desk.app().identity_provider().and_then(|provider| provider.name_of(&row.issuer));
    IdentityLine {
        provider: name.map_or(row.issuer, str::to_owned),
        email: row.email,
        linked: ago(desk, row.created_at),
        used: row.used_at.map(|used| ago(desk, used)),
        unlink_action: format!("{}/identities/{}/unlink", paths::SECURITY, row.id),
    }
}

/// A browser in words, from what it calls itself: the first that fits, since each names its ancestors.
fn named(device: &str) -> (&'static str, &'static str) {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let of = |list: &[(&str, &'static str)]| {
        list.iter().find(|(sign, _)| device.contains(sign)).map_or("", |(_, name)| name)
    };
    (of(&BROWSERS), of(&SYSTEMS))
}

fn device(desk: &Desk, device: &str) -> String {
    let t = desk.t;
    match named(device) {
        ("", "") if device.is_empty() => t.get("session-unknown"),
        ("", "") => device.chars().take(60).collect(),
        ("", name) | (name, "") => name.to_owned(),
        (browser, system) => t.with2("session-device", ("browser", browser), ("system", system)),
    }
}

/// POST /office/settings/security/sessions/{session}/end
///
/// # Errors
/// [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn end(
    posted: Posted<Desk>,
    session: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    desk.app().end_session(&desk.caller(), session.into_inner()).await?;
    Ok(desk.done(paths::SECURITY, desk.t.get("session-ended")))
}

/// POST /office/settings/security/end-others
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn end_others(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let kept = desk.session.as_ref().map_or(0, |session| session.id);
    let ended = desk.app().end_other_sessions(&desk.caller(), kept).await?;
    let ended = u64::try_from(ended).unwrap_or_default();
    Ok(desk.done(paths::SECURITY, desk.t.count("sessions-ended", ended)))
}

/// POST /office/settings/security/identities/{identity}/unlink
///
/// # Errors
/// [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn unlink(
    posted: Posted<Desk>,
    identity: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    desk.app().unlink_identity(&desk.caller(), identity.into_inner()).await?;
    Ok(desk.done(paths::SECURITY, desk.t.get("identity-unlinked")))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn browsers_are_told_apart() {
        for (calls_itself, expected) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                ("Edge", "Windows"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                ("Safari", "iPhone"),
            ),
            ("curl/8.5.0", ("", "")),
        ] {
            assert_eq!(named(calls_itself), expected, "{calls_itself}");
        }
    }
}
