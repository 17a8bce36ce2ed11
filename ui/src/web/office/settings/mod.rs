//! Settings: organisations and accounts for who administers the node, safety and tokens for everybody.

pub(super) mod accounts;
pub(super) mod audit;
pub(super) mod invitations;
pub(super) mod mails;
pub(super) mod node;
pub(super) mod notices;
pub(super) mod organisations;
pub(super) mod password;
pub(super) mod second_factor;
pub(super) mod security;
pub(super) mod themes;
pub(super) mod tokens;

use crate::paths;
use crate::views::{FormPage, FormView, Link, OfficeSection, settings_tabs};
use crate::web::{Desk, WebError};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

/// A page of the settings that is one form, below the list it belongs to.
fn form_page(
    desk: &Desk,
    status: StatusCode,
    above: Link,
    heading: String,
    intro: String,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let first = settings_tabs(t, "", desk.administers()).into_iter().next();
    let settings = first.map_or_else(|| paths::SETTINGS.to_owned(), |tab| tab.href);
    let mut trail = vec![Link::new(t.get("nav-settings"), &settings)];
    if above.href != settings {
        trail.push(above);
    }
    let office = desk.frame(OfficeSection::Settings, trail);
    desk.page_with(status, &FormPage { t, shell: desk.shell(), office, heading, intro, form })
}
