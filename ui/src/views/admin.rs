//! Back office: organisations, accounts, tokens.

use super::{Empty, FormView, Icon, Link, OfficeFrame, Shell, Tab};
use crate::i18n::{Translator, When};
use crate::paths;
use askama::Template;

/// The tabs of the settings; accounts and organisations only for who administers the node.
#[must_use]
pub fn settings_tabs(t: Translator, current: &str, administrator: bool) -> Vec<Tab> {
    let tab = |label: String, href: &str| Tab {
        label,
        href: href.to_owned(),
        count: None,
        current: href == current,
    };
    let mut tabs = Vec::new();
    if administrator {
        tabs.push(tab(t.get("settings-organisations"), paths::SETTINGS));
        tabs.push(tab(t.get("settings-accounts"), paths::ACCOUNTS));
        tabs.push(tab(t.get("settings-invitations"), paths::INVITATIONS));
        tabs.push(tab(t.get("settings-themes"), paths::THEMES));
        tabs.push(tab(t.get("settings-audit"), paths::AUDIT));
        tabs.push(tab(t.get("settings-mails"), paths::MAILS));
        tabs.push(tab(t.get("settings-node"), paths::NODE));
    }
    tabs.push(tab(t.get("settings-notices"), paths::NOTICES));
    tabs.push(tab(t.get("settings-password"), paths::PASSWORD));
    tabs.push(tab(t.get("settings-security"), paths::SECURITY));
    tabs.push(tab(t.get("settings-tokens"), paths::TOKENS));
    tabs
}

/// An organisation.
#[derive(Debug, Clone)]
pub struct OrganisationLine {
    /// Name, with its form.
    pub link: Link,
    /// Territory in words; empty where it has none.
    pub territory: String,
    /// How many accounts belong to it.
    pub accounts: u64,
}

/// The node's own settings and its organisations.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/settings.html")]
pub struct SettingsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings, this one included.
    pub tabs: Vec<Tab>,
    /// The organisations.
    pub lines: Vec<OrganisationLine>,
    /// Where one is added; none where the account may not.
    pub create_href: Option<String>,
    /// What to say when there are none.
    pub empty: Empty,
}

/// An account.
#[derive(Debug, Clone)]
pub struct AccountLine {
    /// Name, with its form.
    pub link: Link,
    /// E-mail address.
    pub email: String,
    /// Organisation; empty where it has none.
    pub organisation: String,
    /// What it may do, in words.
    pub roles: Vec<String>,
    /// When it was made.
    pub made: When,
    /// Whether it may log in.
    pub enabled: bool,
}

/// The node's accounts.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/accounts.html")]
pub struct AccountsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings.
    pub tabs: Vec<Tab>,
    /// The accounts.
    pub lines: Vec<AccountLine>,
    /// Where one is added; none where the account may not.
    pub create_href: Option<String>,
    /// What to say when there are none.
    pub empty: Empty,
}

/// One's own password.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/password.html")]
pub struct PasswordPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings.
    pub tabs: Vec<Tab>,
    /// The address with which the account signs in.
    pub account: String,
    /// See [`crate::forms::own_password`].
    pub form: FormView,
}

/// How soon one is told by mail.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/notices.html")]
pub struct NoticesPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings.
    pub tabs: Vec<Tab>,
    /// The address to which the mails go.
    pub account: String,
    /// Whether this node sends mail at all.
    pub sends_mail: bool,
    /// See [`crate::forms::notices`].
    pub form: FormView,
}

/// A token.
#[derive(Debug, Clone)]
pub struct TokenLine {
    /// What it is for.
    pub name: String,
    /// Created.
    pub created: When,
    /// Last used; none where it never was.
    pub used: Option<When>,
    /// Revoke (POST).
    pub revoke_action: String,
}

/// A token that was just created; shown this once.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// The token.
    pub secret: String,
}

/// The account's tokens for programs.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/tokens.html")]
pub struct TokensPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings.
    pub tabs: Vec<Tab>,
    /// The one just created.
    pub fresh: Option<NewToken>,
    /// The tokens.
    pub lines: Vec<TokenLine>,
    /// See [`crate::forms::token`].
    pub form: FormView,
    /// What to say when there are none.
    pub empty: Empty,
}
