//! The first minutes of a node: its row, its actor, its administrator.

use crate::App;
use crate::address::{Addresses, new_uid};
use crate::error::AppError;
use crate::login::Session;
use crate::secret;
use chrono::{DateTime, Utc};
use maillage_domain::place::PlaceCode;
use maillage_domain::text::fold;
use maillage_domain::validation::is_email;
use maillage_store::Tx;
use maillage_store::rows::{AccountRow, ActorRow, NodeRow, OrganisationRow};
use subtle::ConstantTimeEq;

/// What a node needs to know of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeForm {
    /// Name, such as "Maison de l'Emploi de la Nièvre".
    pub name: String,
    /// Territory: a place code, or the bare number of a département.
    pub territory: String,
}

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountForm {
    /// E-mail address.
    pub email: String,
    /// Name shown to others.
    pub display_name: String,
    /// Password, at least 12 characters.
    pub password: String,
}

impl AccountForm {
    /// Checks address and password.
    ///
    /// # Errors
    /// [`AppError::Invalid`].
    pub fn check(&self) -> Result<(), AppError> {
        if !is_email(self.email.trim()) {
            return Err(AppError::invalid(
                "email",
                "not_an_email",
                "Écrivez une adresse électronique, par exemple accueil@exemple.fr.",
                "Write an e-mail address, such as desk@example.org.",
            ));
        }
        check_password(&self.password)
    }
}

/// Refuses a password that is too short, or absurdly long.
pub(crate) fn check_password(password: &str) -> Result<(), AppError> {
    if (12..=512).contains(&password.chars().count()) {
        return Ok(());
    }
    Err(AppError::invalid(
        "password",
        "password_length",
        "Choisissez un mot de passe de 12 signes au moins : quelques mots suffisent.",
        "Choose a password of at least 12 characters: a few words will do.",
    ))
}

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
        let keys = if made { None } else { Some(secret::key_pair()?) };
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
    /// the code that the node printed.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] when the code is wrong; [`AppError::Conflict`] when there is an administrator.
    pub async fn first_run(
        &self,
        code: &str,
        node: NodeForm,
        admin: AccountForm,
    ) -> Result<Session, AppError> {
        let account = self.make_first_administrator(node, admin, Some(code.trim().to_lowercase())).await?;
        self.open_session(account.id).await
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
        admin.check()?;
        if form.name.trim().is_empty() {
            return Err(AppError::invalid(
                "name",
                "required",
                "Donnez un nom au nœud.",
                "Give the node a name.",
            ));
        }
        let territory = territory(&form.territory)?;
        let hash = secret::hash_password(admin.password.clone()).await?;
        let now = self.now();
        let change = move |tx: &mut Tx<'_>| {
            tx.take_turn("administrators")?;
            let mut node = tx.reads().node()?.ok_or(AppError::NotFound)?;
            if tx.reads().count_administrators()? > 0 {
                return Err(AppError::conflict(
                    "Ce nœud a déjà un administrateur : connectez-vous.",
                    "This node already has an administrator: sign in.",
                ));
            }
            if let Some(code) = &code {
                let given = secret::digest(code);
                let kept = node.setup_code_hash.clone().unwrap_or_default();
                if !bool::from(given.as_bytes().ct_eq(kept.as_bytes())) {
                    return Err(wrong_code());
                }
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
            let mut organisation =
                tx.reads().organisations()?.into_iter().min_by_key(|body| body.id).ok_or(AppError::NotFound)?;
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

/// The place code of what was typed as a territory.
pub(crate) fn territory(text: &str) -> Result<PlaceCode, AppError> {
    PlaceCode::parse_input(text.trim()).map_err(|_| unknown_territory(text))
}

fn unknown_territory(text: &str) -> AppError {
    AppError::invalid(
        "territory",
        "unknown_place",
        format!(
            "Territoire inconnu : « {text} ». Écrivez un numéro de département (58) ou un code (region:27)."
        ),
        format!("Unknown territory: “{text}”. Write the number of a département (58) or a code (region:27)."),
    )
}

fn wrong_code() -> AppError {
    AppError::invalid(
        "code",
        "wrong_code",
        "Ce code n'est pas le bon. Il est affiché par le programme à chaque démarrage.",
        "This is not the code. The program prints it whenever it starts.",
    )
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
        revision: 1,
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
