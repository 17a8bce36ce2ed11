//! The pages: one struct of plain values for each, with its template.

mod admin;
mod agenda;
mod around;
mod diff;
mod entry;
mod federation;
mod field;
mod form;
mod gate;
mod item_editing;
mod map;
mod parts;
mod people;
mod public_item;
mod public_list;
mod queue;
mod region;
mod revisions;
mod services;
mod shell;
mod sites;
mod themes;
mod told;
mod workshop;

pub use admin::{
    AccountLine, AccountsPage, NewToken, NoticesPage, OrganisationLine, PasswordPage, SettingsPage,
    TokenLine, TokensPage, settings_tabs,
};
pub use agenda::{Agenda, AgendaDay, AgendaEntry, AgendaWeek};
pub use around::AroundForm;
pub use diff::{DiffPart, DiffView, FieldDiff, word_diff};
pub use entry::{CommentLine, Decisions, EntryPage, HistoryLine, HistoryView, Reason, TalkView};
pub use federation::{
    DeliveriesPage, DeliveryLine, FollowLine, FollowersPage, Health, Outcome, SubscriptionLine,
    SubscriptionPage, SubscriptionsPage, Trial, federation_tabs,
};
pub use field::{AttachmentChoice, Control, FieldView, KeptFile, Opt, PlaceAnswer, PlaceChoice, ThemeGroup};
pub use form::{Button, FieldGroup, FormView};
pub use gate::{ErrorPage, LoginPage, ResumePage, SetupPage};
pub use item_editing::{Conflict, ItemFormPage, Preview};
pub use map::{MapPoint, MapTown, MapView};
pub use parts::{Badge, Count, Empty, Fact, Icon, Link, Notice, NoticeKind, Origin, Paging, Tab};
pub use people::{
    AuditFilter, AuditLine, AuditPage, Difference, GatePage, IdentityLine, InvitationLine, InvitationsPage,
    MailLine, MailsPage, Scan, SecondFactorPage, SecurityPage, SessionLine,
};
pub use public_item::{ItemPage, ServicePublicPage};
pub use public_list::{
    ActiveFilter, Facet, FacetGroup, Follow, HomeBlock, HomePage, HomeSection, ItemCard, ListPage, Listed,
    NodePage, PlainPage, SearchBox, SearchHint, SiteCard, WorkshopLine,
};
pub use queue::{Outcomes, QueueItem, QueueLine, QueuePage, QueuePick, QueueSeveralPage};
pub use region::{Partner, Region};
pub use revisions::{RevisionLine, RevisionPage, RevisionsPage};
pub use services::{
    FormPage, ImportPage, ImportProblemLine, ImportReport, ItemLine, MemberLine, ServiceLine, ServicePage,
    ServicesPage, WorkPage,
};
pub use shell::{Logo, OfficeFrame, OfficeSection, Shell, SiteFrame};
pub use sites::{
    BlockLine, BlocksPage, PlacementLine, SiteAdminPage, SiteLine, SiteMemberLine, SiteMembersPage,
    SitePageLine, SitePagesPage, SitesPage,
};
pub use themes::{ThemeLine, ThemesPage};
pub use told::{Enclosures, Figure, FileLink, Told};
pub use workshop::{
    DiscussionPage, DiscussionsPage, DocumentPage, DocumentsPage, Message, VersionLine, WorkshopMembersPage,
};
