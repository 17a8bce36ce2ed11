//! Pages before the back office: first run, login, errors.

use super::{FormView, Link, Shell};
use crate::i18n::Translator;
use askama::Template;

/// The page that creates the administrator.
#[derive(Debug, Clone, Template)]
#[template(path = "setup.html")]
pub struct SetupPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// See [`crate::forms::setup`].
    pub form: FormView,
}

/// The login page.
#[derive(Debug, Clone, Template)]
#[template(path = "login.html")]
pub struct LoginPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Whether a form is kept that was sent when the session had ended.
    pub kept: bool,
    /// Whether a forgotten password can be set anew by mail.
    pub forgotten: bool,
    /// Signs in through the identity provider, where there is one.
    pub provider: Option<Link>,
    /// See [`crate::forms::login`].
    pub form: FormView,
}

/// After signing in again: a form that was sent when the session had ended, to be sent once more.
#[derive(Debug, Clone, Template)]
#[template(path = "resume.html")]
pub struct ResumePage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Where the form was going.
    pub action: String,
    /// Token of the new session.
    pub csrf: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
}

/// What happened, what it means, what to do.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// HTTP status.
    pub status: u16,
    /// What happened.
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// What to do.
    pub remedy: String,
    /// What exactly is refused, in words for users; empty where there is nothing to add.
    pub detail: String,
    /// Where to go on.
    pub next: Link,
    /// Where to sign in, where the page may be there for those who are.
    pub sign_in: Option<Link>,
    /// Number under which the node's log tells more; empty where there is none.
    pub request_id: String,
}

impl ErrorPage {
    /// Statuses with a page of their own wording.
    pub const STATUSES: [u16; 10] = [400, 403, 404, 405, 409, 410, 413, 429, 500, 503];

    /// The page of a status; those without a wording of their own are told as 400 or 500.
    #[must_use]
    pub fn new(t: Translator, shell: Shell, status: u16) -> Self {
        let told = match status {
            known if Self::STATUSES.contains(&known) => known,
            421 => 404,
            401 => 403,
            client if client < 500 => 400,
            _ => 500,
        };
        let say = |part: &str| t.get(&format!("error-{told}-{part}"));
        Self {
            t,
            shell,
            status,
            title: say("title"),
            meaning: say("meaning"),
            remedy: say("remedy"),
            detail: String::new(),
            next: Link::new(t.get("error-home"), "/"),
            sign_in: None,
            request_id: String::new(),
        }
    }
}
