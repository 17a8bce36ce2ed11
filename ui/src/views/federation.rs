//! Back office: what we follow, who follows us, what is on its way.

use super::{Count, Empty, Icon, Link, OfficeFrame, Paging, Shell, Tab};
use crate::i18n::{Translator, When};
use crate::paths;
use askama::Template;

/// How an exchange with another server goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// As it should.
    Well,
    /// Waits for the other side.
    Waiting,
    /// Fails, and is tried again.
    Trouble,
    /// Given up, or refused.
    Stopped,
}

impl Health {
    /// Suffix of the CSS class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Waiting => "waiting",
            Self::Trouble => "trouble",
            Self::Stopped => "stopped",
        }
    }

    fn icon(self) -> Icon {
        Icon(match self {
            Self::Well => "check",
            Self::Waiting => "clock",
            Self::Trouble => "alert",
            Self::Stopped => "cross",
        })
    }
}

/// The tabs of federation, with the number of requests that wait and of deliveries in trouble.
#[must_use]
pub fn federation_tabs(t: Translator, current: &str, requests: u64, trouble: u64) -> Vec<Tab> {
    let tab = |label: String, href: &str, count: u64| Tab {
        label,
        href: href.to_owned(),
        count: (count > 0).then_some(count),
        current: href == current,
    };
    vec![
        tab(t.get("federation-subscriptions"), paths::FEDERATION, 0),
        tab(t.get("federation-followers"), paths::FOLLOWERS, requests),
        tab(t.get("federation-deliveries"), paths::DELIVERIES, trouble),
    ]
}

/// One service that is followed.
#[derive(Debug, Clone)]
pub struct SubscriptionLine {
    /// Title of the followed service, with the subscription's page.
    pub link: Link,
    /// `@service@host`.
    pub handle: String,
    /// Into which service of ours.
    pub into: String,
    /// What happens to what arrives, as one sentence.
    pub rules: String,
    /// How it goes.
    pub health: Health,
    /// The same in words.
    pub state: String,
    /// Last exchange.
    pub last: Option<When>,
    /// How many items were taken.
    pub taken: Count,
    /// Stop following (POST).
    pub remove_action: String,
}

/// What we follow.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/subscriptions.html")]
pub struct SubscriptionsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// See [`federation_tabs`].
    pub tabs: Vec<Tab>,
    /// The subscriptions.
    pub lines: Vec<SubscriptionLine>,
    /// What to say when there are none.
    pub empty: Empty,
}

/// One follower of a service of ours.
#[derive(Debug, Clone)]
pub struct FollowLine {
    /// Name.
    pub name: String,
    /// `@name@host`.
    pub handle: String,
    /// Its page on its own server.
    pub href: String,
    /// The service it follows.
    pub service: String,
    /// Whether it is a node like this one.
    pub node: bool,
    /// Since when.
    pub since: When,
    /// How it goes.
    pub health: Health,
    /// The same in words.
    pub state: String,
    /// Accept (POST), while it waits.
    pub accept_action: Option<String>,
    /// Refuse or remove (POST).
    pub reject_action: Option<String>,
}

/// Who follows us.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/followers.html")]
pub struct FollowersPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// See [`federation_tabs`].
    pub tabs: Vec<Tab>,
    /// Requests that wait for an answer.
    pub requests: Vec<FollowLine>,
    /// Followers.
    pub followers: Vec<FollowLine>,
    /// How many there are.
    pub total: Count,
    /// What to say when there are none.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
}

/// One activity on its way to one inbox.
#[derive(Debug, Clone)]
pub struct DeliveryLine {
    /// What is sent, in words ("Publication : Forum de l'emploi").
    pub what: String,
    /// The inbox.
    pub inbox: String,
    /// How it goes.
    pub health: Health,
    /// The same in words.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// The last answer ("503 Service Unavailable", "pas de réponse"); empty before the first.
    pub answer: String,
    /// When it was created.
    pub since: When,
    /// When it is tried again.
    pub next: Option<When>,
    /// Try now (POST).
    pub retry_action: Option<String>,
}

/// What is on its way.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/deliveries.html")]
pub struct DeliveriesPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// See [`federation_tabs`].
    pub tabs: Vec<Tab>,
    /// How it goes as a whole, in a sentence.
    pub summary: String,
    /// States, with counts.
    pub states: Vec<Tab>,
    /// The deliveries.
    pub lines: Vec<DeliveryLine>,
    /// What to say when there are none.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
}
