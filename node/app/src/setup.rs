//! The first minutes of a node: its row, its actor, its administrator.

pub use crate::answers::{AccountForm, NodeForm};
pub(crate) use crate::answers::{check_password, territory};

use crate::App;
use crate::address::{Addresses, new_uid};
use crate::answers::{all_of, checked, is_wrong_code, unknown_territory, wrong_code};
use crate::error::AppError;
use crate::login::{Attempt, Session};
use crate::secret;
use chrono::{DateTime, Utc};
use maillage_domain::text::fold;
use maillage_store::Tx;
use maillage_store::rows::{AccountRow, ActorRow, NodeRow, OrganisationRow};
use subtle::ConstantTimeEq;

impl App {
    /// Makes the node where there is none: its row, its first organisation, its Application actor,
    /// its thesauri. Answers the one-time code with which the administrator is made in the browser,
    /// where there is no administrator yet; each call makes a new one.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when the database belongs to a node of another address.
    pub async fn prepare_node(&self) -> Result<Option<String>, AppError> {
        self.load_reference().await?;
        // Making a key takes long: only for a node that has none.
        let made = self.system().run(|reads| Ok(reads.node()?.is_some())).await?;
        let keys = if made { None } else { Some(secret::key_pair().await?) };
        let code = secret::spoken_code();
        let hash = secret::digest(&code);
        let (now, addresses) = (self.now(), self.addresses().clone());
        self.writer()
            .run(move |tx| {
                tx.take_turn("setup")?;
                let mut node = match tx.reads().node()? {
                    Some(node) if node.base_url != addresses.base().as_str() => {
                        return Err(other_address(&node, &addresses));
                    }
                    Some(node) => node,
                    None => {
                        let (private, public) =
                            keys.as_ref().ok_or_else(|| AppError::internal("the node has vanished"))?;
                        make_node(tx, &addresses, private, public, now)?
                    }
                };
                if tx.reads().count_administrators()? > 0 {
                    return Ok(None);
                }
                node.setup_code_hash = Some(hash.clone());
                tx.save_node(&node)?;
                Ok(Some(code.clone()))
            })
            .await
    }

    /// Names the node and makes its first administrator, from the command line.
    ///
    /// # Errors
    /// [`AppError::Invalid`]; [`AppError::Conflict`] when it has an administrator.
    pub async fn initialise(&self, node: NodeForm, admin: AccountForm) -> Result<AccountRow, AppError> {
        self.prepare_node().await?;
        self.make_first_administrator(node, admin, None).await
    }

    /// Names the node and makes its first administrator, from the first-run page, for who holds
    /// the code that the node printed. Wrong codes are counted for each network address.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with all that is wrong; [`AppError::TooMany`] after repeated wrong codes;
    /// [`AppError::Conflict`] when there is an administrator.
    pub async fn first_run(
        &self,
        code: &str,
        node: NodeForm,
        admin: AccountForm,
        network_address: &str,
    ) -> Result<Session, AppError> {
        let now = self.now().timestamp_millis();
        let attempt = Attempt::new(&format!("setup:{network_address}"), network_address, now);
        let (begun, given) = (attempt.clone(), secret::digest(&typed(code)));
        let is_right = self
            .writer()
            .run(move |tx| {
                begun.begin(tx)?;
                let node = tx.reads().node()?;
                if tx.reads().count_administrators()? > 0 {
                    return Err(set_up_already());
                }
                Ok::<bool, AppError>(is_code(node.as_ref(), &given))
            })
            .await?;
        // A wrong code is said beside what else is wrong.
        let code_is_right = if is_right { Ok(()) } else { Err(wrong_code()) };
        let made = match all_of([code_is_right, checked(&node, &admin)]) {
            Ok(()) => self.make_first_administrator(node, admin, Some(typed(code))).await,
            Err(error) => Err(error),
        };
        if !made.as_ref().is_err_and(is_wrong_code) {
            self.writer().run(move |tx| attempt.succeed(tx)).await?;
        }
        self.open_session(made?.id).await
    }

    /// Whether the node waits for its first administrator.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn awaits_first_run(&self) -> Result<bool, AppError> {
        Ok(self.system().run(|reads| Ok(reads.count_administrators()? == 0)).await?)
    }

    async fn make_first_administrator(
        &self,
        form: NodeForm,
        admin: AccountForm,
        code: Option<String>,
    ) -> Result<AccountRow, AppError> {
        checked(&form, &admin)?;
        let territory = territory(&form.territory)?;
        let hash = secret::hash_password(admin.password.clone()).await?;
        let now = self.now();
        let change = move |tx: &mut Tx<'_>| {
            tx.take_turn("administrators")?;
            let mut node = tx.reads().node()?.ok_or(AppError::NotFound)?;
            if tx.reads().count_administrators()? > 0 {
                return Err(set_up_already());
            }
            if let Some(code) = &code
                && !is_code(Some(&node), &secret::digest(code))
            {
                return Err(wrong_code());
            }
            tx.reads()
                .place(&territory.to_string())
                .map_err(|_| unknown_territory(&territory.to_string()))?;
            node.name = form.name.trim().to_owned();
            node.territory = territory.to_string();
            node.setup_code_hash = None;
            tx.save_node(&node)?;
            let mut actor = tx.reads().node_actor()?;
            actor.name.clone_from(&node.name);
            tx.save_actor(&actor)?;
            let mut organisation = tx
                .reads()
                .organisations()?
                .into_iter()
                .min_by_key(|body| body.id)
                .ok_or(AppError::NotFound)?;
            organisation.name.clone_from(&node.name);
            organisation.territory = Some(node.territory.clone());
            tx.save_organisation(&organisation)?;
            let mut row = new_account(&admin, hash.clone(), organisation.id, now);
            row.administrator = true;
            row.id = tx.insert_account(&row)?;
            Ok(row)
        };
        self.writer().run(change).await
    }
}

fn set_up_already() -> AppError {
    AppError::conflict(
        "Ce nœud a déjà un administrateur : connectez-vous.",
        "This node already has an administrator: sign in.",
    )
}

/// Whether the digest is that of the node's one-time code.
fn is_code(node: Option<&NodeRow>, digest: &str) -> bool {
    let kept = node.and_then(|node| node.setup_code_hash.as_deref()).unwrap_or_default();
    bool::from(digest.as_bytes().ct_eq(kept.as_bytes()))
}

/// A code as people type it: capitals and spaces do not matter.
fn typed(code: &str) -> String {
    code.split_whitespace().collect::<String>().to_lowercase()
}

/// The row of a new account.
pub(crate) fn new_account(
    form: &AccountForm,
    hash: String,
    organisation: i64,
    now: DateTime<Utc>,
) -> AccountRow {
    let email = form.email.trim().to_owned();
    let name = form.display_name.trim();
    AccountRow {
        id: 0,
        uid: new_uid(now),
        email_folded: email.to_lowercase(),
        display_name: if name.is_empty() {
            email.split('@').next().unwrap_or_default().to_owned()
        } else {
            name.to_owned()
        },
        email,
        password_hash: Some(hash),
        administrator: false,
        organisation_id: organisation,
        locale: "fr".to_owned(),
        disabled_at: None,
        created_at: now.timestamp_millis(),
    }
}

fn other_address(node: &NodeRow, addresses: &Addresses) -> AppError {
    AppError::conflict(
        format!(
            "Cette base est celle du nœud {} et la configuration dit {}. L'adresse d'un nœud ne change pas : corrigez `url`.",
            node.base_url,
            addresses.base()
        ),
        format!(
            "This database belongs to the node {} and the configuration says {}. The address of a node does not change: correct `url`.",
            node.base_url,
            addresses.base()
        ),
    )
}

fn make_node(
    tx: &mut Tx<'_>,
    addresses: &Addresses,
    private: &str,
    public: &str,
    now: DateTime<Utc>,
) -> Result<NodeRow, AppError> {
    let millis = now.timestamp_millis();
    let mut node = NodeRow {
        id: 0,
        uid: new_uid(now),
        name: addresses.host(),
        base_url: addresses.base().to_string(),
        territory: "pays:FR".to_owned(),
        setup_code_hash: None,
        geography_version: Some(maillage_domain::geography::GEOGRAPHY_VERSION.to_owned()),
        created_at: millis,
    };
    node.id = tx.insert_node(&node)?;
    let organisation = OrganisationRow {
        id: 0,
        uid: new_uid(now),
        name: node.name.clone(),
        url: Some(node.base_url.clone()),
        territory: None,
        created_at: millis,
    };
    tx.insert_organisation(&organisation)?;
    let actor = local_actor(
        addresses,
        "Application",
        &fold(&addresses.host()).replace(' ', "-"),
        &node.name,
        public,
        now,
    );
    let id = tx.insert_actor(&actor)?;
    tx.keep_private_key(id, private)?;
    Ok(node)
}

/// The row of one of our own actors.
pub(crate) fn local_actor(
    addresses: &Addresses,
    kind: &str,
    username: &str,
    name: &str,
    public_key: &str,
    now: DateTime<Utc>,
) -> ActorRow {
    let uid = new_uid(now);
    let uri = addresses.actor(&uid);
    ActorRow {
        id: 0,
        kind: kind.to_owned(),
        username: username.to_owned(),
        host: addresses.host(),
        name: name.to_owned(),
        summary: String::new(),
        url: None,
        inbox: format!("{uri}/inbox"),
        shared_inbox: Some(addresses.url("/inbox")),
        outbox: Some(format!("{uri}/outbox")),
        followers: Some(format!("{uri}/followers")),
        key_id: format!("{uri}#main-key"),
        public_key: public_key.to_owned(),
        raw: None,
        gone: false,
        local: true,
        created_at: now.timestamp_millis(),
        fetched_at: now.timestamp_millis(),
        uid,
        uri,
    }
}
