//! People: links from mails, sessions, codes, invitations, mails that wait, the audit log.

use super::{Empty, FormView, Icon, Link, OfficeFrame, Opt, Paging, Shell, Tab};
use crate::i18n::{Translator, When};
use askama::Template;

/// A page before the back office that says something and asks something: what a link of a mail leads
/// to, a forgotten password, the code after the password.
#[derive(Debug, Clone, Template)]
#[template(path = "gate.html")]
pub struct GatePage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Heading.
    pub heading: String,
    /// What it is about, in paragraphs.
    pub intro: Vec<String>,
    /// What it asks; none where it only says something.
    pub form: Option<FormView>,
    /// Where to go instead.
    pub next: Option<Link>,
}

impl GatePage {
    fn trouble(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.trouble() > 0)
    }
}

/// A session of one's own account.
#[derive(Debug, Clone)]
pub struct SessionLine {
    /// The browser, in words.
    pub device: String,
    /// When it was opened.
    pub opened: When,
    /// When it was last used.
    pub seen: When,
    /// Whether this page is read in it.
    pub present: bool,
    /// Ends it (POST).
    pub end_action: String,
}

/// Who one's own account is at an identity provider.
#[derive(Debug, Clone)]
pub struct IdentityLine {
    /// The provider: its name, or its address where it is not the present one.
    pub provider: String,
    /// The address that it confirmed when the two were linked.
    pub email: String,
    /// When that was.
    pub linked: When,
    /// When it was last signed in with.
    pub used: Option<When>,
    /// Unlinks it (POST).
    pub unlink_action: String,
}

/// The safety of one's own account: codes, identities and sessions.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/security.html")]
pub struct SecurityPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings.
    pub tabs: Vec<Tab>,
    /// Recovery codes that are left; none where no codes are asked for.
    pub codes_left: Option<i64>,
    /// Where codes are set up, or ended.
    pub codes_href: String,
    /// The identities.
    pub identities: Vec<IdentityLine>,
    /// The sessions.
    pub sessions: Vec<SessionLine>,
    /// Ends every other session (POST); none where there is only this one.
    pub end_others: Option<String>,
}

/// A picture that a device scans: the dark squares of a QR code as one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Squares of one side, the quiet zone included.
    pub side: usize,
    /// Data of the path.
    pub path: String,
}

/// One-time codes: set up, confirmed, ended.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/second_factor.html")]
pub struct SecondFactorPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Recovery codes that were just made; shown this once.
    pub fresh: Vec<String>,
    /// The secret to type and the picture to scan, while codes do not count yet.
    pub secret: Option<(String, Scan)>,
    /// Forms with their headings.
    pub forms: Vec<(String, FormView)>,
}

/// An invitation that was not used yet.
#[derive(Debug, Clone)]
pub struct InvitationLine {
    /// Address.
    pub email: String,
    /// What it gives, in words.
    pub gives: Vec<String>,
    /// Who invites; empty for the node.
    pub by: String,
    /// When it was made.
    pub made: When,
    /// Until when it may be used.
    pub until: When,
    /// Whether that is over.
    pub over: bool,
    /// Sends it again (POST).
    pub again_action: String,
    /// Takes it back (POST).
    pub revoke_action: String,
}

/// Invitations.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/invitations.html")]
pub struct InvitationsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings.
    pub tabs: Vec<Tab>,
    /// Whether this node sends mail: nobody is invited otherwise.
    pub sends_mail: bool,
    /// Where somebody is invited.
    pub create_href: Option<String>,
    /// The invitations.
    pub lines: Vec<InvitationLine>,
    /// What to say when there are none.
    pub empty: Empty,
}

/// A mail that waits, or was given up.
#[derive(Debug, Clone)]
pub struct MailLine {
    /// Subject.
    pub subject: String,
    /// Address.
    pub recipient: String,
    /// Whether it was given up.
    pub failed: bool,
    /// When it was written.
    pub written: When,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong; empty where nothing did.
    pub problem: String,
    /// Tries it again (POST); none while it waits.
    pub retry_action: Option<String>,
}

/// Mails that were not sent yet.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/mails.html")]
pub struct MailsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings.
    pub tabs: Vec<Tab>,
    /// Whether this node sends mail.
    pub sends_mail: bool,
    /// The mails.
    pub lines: Vec<MailLine>,
    /// What to say when there are none.
    pub empty: Empty,
}

/// What has changed of a thing: its name in the store, before, after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Name.
    pub name: String,
    /// Before; empty where there was nothing.
    pub before: String,
    /// After; empty where there is nothing.
    pub after: String,
}

/// A line of the audit log.
#[derive(Debug, Clone)]
pub struct AuditLine {
    /// When.
    pub at: When,
    /// Who.
    pub who: String,
    /// What was done to what kind of thing, in words.
    pub what: String,
    /// Name of the thing.
    pub name: String,
    /// Service; empty where it concerns none.
    pub service: String,
    /// What has changed.
    pub differences: Vec<Difference>,
}

/// A choice of the log's filters.
#[derive(Debug, Clone)]
pub struct AuditFilter {
    /// Name under which it is sent.
    pub name: &'static str,
    /// Label.
    pub label: String,
    /// What can be chosen.
    pub options: Vec<Opt>,
    /// What is chosen; empty for all.
    pub chosen: String,
}

/// The audit log.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/audit.html")]
pub struct AuditPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings.
    pub tabs: Vec<Tab>,
    /// Filters.
    pub filters: Vec<AuditFilter>,
    /// First day, `YYYY-MM-DD`, or empty.
    pub from: String,
    /// Last day, or empty.
    pub until: String,
    /// Where the lines are to be had as a table.
    pub export_href: String,
    /// The lines.
    pub lines: Vec<AuditLine>,
    /// What to say when there are none.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
}
