//! An actor: its documents in the shape that Mastodon and GoToSocial send, and what it does.

use crate::peer::{State, held, http};
use crate::style::{KeyId, Pem};
use crate::{Key, Message, Scheme, Style, cavage, digest, rfc9421};
use anyhow::{Context, Result, bail};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use url::Url;

const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// What the server knows of an actor.
pub(crate) struct ActorData {
    pub name: String,
    pub style: Style,
    pub key: Mutex<Key>,
}

/// An actor of a [`crate::Peer`]. Cheap to clone.
#[derive(Clone)]
pub struct Actor {
    state: Arc<State>,
    data: Arc<ActorData>,
    http: reqwest::Client,
}

/// The value of a `Date` header.
pub(crate) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn context() -> Value {
    json!([
        "https://www.w3.org/ns/activitystreams",
        "https://w3id.org/security/v1",
        {
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "toot": "http://joinmastodon.org/ns#",
            "featured": { "@id": "toot:featured", "@type": "@id" },
            "schema": "http://schema.org#",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
            "discoverable": "toot:discoverable",
            "sensitive": "as:sensitive",
            "ostatus": "http://ostatus.org#",
            "atomUri": "ostatus:atomUri",
            "conversation": "ostatus:conversation",
            "inReplyToAtomUri": "ostatus:inReplyToAtomUri",
            "Hashtag": "as:Hashtag"
        }
    ])
}

/// Addresses and documents.
impl ActorData {
    pub fn id(&self, base: &str) -> String {
        format!("{base}/users/{}", self.name)
    }

    pub fn key_id(&self, base: &str) -> String {
        match self.style.key_id {
            KeyId::Fragment => format!("{}#main-key", self.id(base)),
            KeyId::Path => format!("{}/main-key", self.id(base)),
        }
    }

    fn public_key(&self, base: &str) -> Result<Value> {
        let public = held(&self.key).public();
        let pem = match self.style.pem {
            Pem::Spki => public.to_spki_pem()?,
            Pem::Pkcs1 => public.to_pkcs1_pem()?,
        };
        Ok(json!({ "id": self.key_id(base), "owner": self.id(base), "publicKeyPem": pem }))
    }

    /// The whole document.
    pub fn document(&self, base: &str) -> Result<Value> {
        let id = self.id(base);
        let mut document = json!({
            "@context": context(),
            "id": id,
            "type": self.style.kind,
            "following": format!("{id}/following"),
            "followers": format!("{id}/followers"),
            "inbox": format!("{id}/inbox"),
            "outbox": format!("{id}/outbox"),
            "featured": format!("{id}/collections/featured"),
            "preferredUsername": self.name,
            "name": format!("{} (essais)", self.name),
            "summary": "<p>Compte d’essai</p>",
            "url": format!("{base}/@{}", self.name),
            "manuallyApprovesFollowers": false,
            "discoverable": true,
            "published": "2022-10-03T00:00:00Z",
            "publicKey": self.public_key(base)?,
            "tag": [],
            "attachment": [{ "type": "PropertyValue", "name": "Pronoms", "value": "iel" }],
        });
        if self.style.shared_inbox {
            document["endpoints"] = json!({ "sharedInbox": format!("{base}/inbox") });
        }
        Ok(document)
    }

    /// What GoToSocial shows to everybody at the address of the key: the type, the name, the key.
    pub fn stripped(&self, base: &str) -> Result<Value> {
        Ok(json!({
            "@context": ["https://w3id.org/security/v1", "https://www.w3.org/ns/activitystreams"],
            "id": self.id(base),
            "preferredUsername": self.name,
            "publicKey": self.public_key(base)?,
            "type": self.style.kind,
        }))
    }
}

impl Actor {
    pub(crate) fn new(state: Arc<State>, data: Arc<ActorData>) -> Result<Self> {
        Ok(Self { state, data, http: http()? })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> String {
        self.data.id(&self.state.base)
    }

    /// Its key's id.
    #[must_use]
    pub fn key_id(&self) -> String {
        self.data.key_id(&self.state.base)
    }

    /// Its key.
    #[must_use]
    pub fn key(&self) -> Key {
        held(&self.data.key).clone()
    }

    /// Gives it another key under the same id.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn change_key(&self) -> Result<()> {
        *held(&self.data.key) = Key::generate()?;
        Ok(())
    }

    /// Its address, `@name@localhost:PORT`.
    #[must_use]
    pub fn handle(&self) -> String {
        format!("@{}@{}", self.data.name, self.state.host())
    }

    fn activity(&self, kind: &str, id: String, object: Value) -> Value {
        json!({ "@context": context(), "id": id, "type": kind, "actor": self.id(), "object": object })
    }

    fn fresh(&self, what: &str) -> String {
        format!("{}#{what}/{}", self.id(), self.state.next())
    }

    /// A Follow.
    #[must_use]
    pub fn follow(&self, target: &str) -> Value {
        let id = format!("{}/{:08x}-0000-4000-8000-000000000000", self.state.base, self.state.next());
        self.activity("Follow", id, target.into())
    }

    /// The Accept of a Follow, which stands inside it.
    #[must_use]
    pub fn accept(&self, follow: &Value) -> Value {
        let mut accepted = follow.clone();
        if let Some(map) = accepted.as_object_mut() {
            map.remove("@context");
        }
        self.activity("Accept", self.fresh("accepts/follows"), accepted)
    }

    /// The Undo of an activity, which stands inside it.
    #[must_use]
    pub fn undo(&self, activity: &Value) -> Value {
        let mut undone = activity.clone();
        if let Some(map) = undone.as_object_mut() {
            map.remove("@context");
        }
        self.activity("Undo", self.fresh("undo"), undone)
    }

    /// A public Note of its own, which its server then serves.
    #[must_use]
    pub fn note(&self, html: &str) -> Value {
        let path = format!("/users/{}/statuses/{}", self.data.name, self.state.next());
        let id = format!("{}{path}", self.state.base);
        let at = now();
        let note = json!({
            "id": id,
            "type": "Note",
            "summary": null,
            "inReplyTo": null,
            "published": at,
            "url": format!("{}/@{}/{}", self.state.base, self.data.name, self.state.next()),
            "attributedTo": self.id(),
            "to": [PUBLIC],
            "cc": [format!("{}/followers", self.id())],
            "sensitive": false,
            "atomUri": id,
            "inReplyToAtomUri": null,
            "conversation": format!("tag:{},2026:objectId=1:objectType=Conversation", self.state.host()),
            "content": html,
            "contentMap": { "fr": html },
            "attachment": [],
            "tag": [],
        });
        held(&self.state.objects).insert(path, note.clone());
        note
    }

    /// The Create of an object.
    #[must_use]
    pub fn create(&self, object: &Value) -> Value {
        let id = format!("{}/activity", object["id"].as_str().unwrap_or_default());
        let mut create = self.activity("Create", id, object.clone());
        create["published"] = object["published"].clone();
        create["to"] = object["to"].clone();
        create["cc"] = object["cc"].clone();
        create
    }

    /// The Update of an object, whose new form its server then serves.
    #[must_use]
    pub fn update(&self, object: &Value) -> Value {
        let mut object = object.clone();
        object["updated"] = now().into();
        let id = object["id"].as_str().unwrap_or_default().to_owned();
        if let Some(path) = id.strip_prefix(&self.state.base) {
            held(&self.state.objects).insert(path.to_owned(), object.clone());
        }
        let mut update = self.activity("Update", format!("{id}#updates/{}", self.state.next()), object);
        update["to"] = json!([PUBLIC]);
        update
    }

    /// The Delete of an object, of which its server keeps a Tombstone.
    #[must_use]
    pub fn delete(&self, id: &str) -> Value {
        let tombstone = json!({ "id": id, "type": "Tombstone", "atomUri": id });
        if let Some(path) = id.strip_prefix(&self.state.base) {
            held(&self.state.objects).insert(path.to_owned(), tombstone.clone());
        }
        let mut delete = self.activity("Delete", format!("{id}#delete"), tombstone);
        delete["to"] = json!([PUBLIC]);
        delete
    }

    /// The Announce of an object.
    #[must_use]
    pub fn announce(&self, object: &str) -> Value {
        let mut announce = self.activity("Announce", self.fresh("announces"), object.into());
        announce["to"] = json!([PUBLIC]);
        announce
    }

    /// The signed POST of an activity to an inbox, in its own style.
    ///
    /// # Errors
    /// When the address is none, or nothing can be signed.
    pub fn message(&self, inbox: &str, activity: &Value) -> Result<Message> {
        self.signed("POST", inbox, Some(activity.to_string().into_bytes()))
    }

    fn signed(&self, method: &str, url: &str, body: Option<Vec<u8>>) -> Result<Message> {
        let url = Url::parse(url).with_context(|| format!("{url} is no address"))?;
        let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let with_digest = body.is_some();
        let mut message = Message::new(method, host, target, body.unwrap_or_default());
        let at = Utc::now();
        message.add("Date", http_date(at));
        if with_digest {
            message.add("Content-Type", "application/activity+json");
        }
        let key = self.key();
        match self.data.style.scheme {
            Scheme::Cavage => {
                if with_digest {
                    message.add("Digest", digest::header(&message.body));
                }
                let wanted = cavage::Parameters::usual(&self.key_id(), self.data.style.label, with_digest);
                let signature = cavage::sign(&message, &wanted, &key)?;
                message.add("Signature", signature);
            }
            Scheme::Rfc9421 => {
                if with_digest {
                    message.add("Content-Digest", digest::content_header(&message.body));
                }
                let input = rfc9421::Input::usual(&self.key_id(), at.timestamp(), with_digest);
                let (input, signature) = rfc9421::sign(&message, url.scheme(), &input, &key)?;
                message.add("Signature-Input", input);
                message.add("Signature", signature);
            }
        }
        Ok(message)
    }

    /// Sends an activity; the status of the answer.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn post(&self, inbox: &str, activity: &Value) -> Result<u16> {
        let message = self.message(inbox, activity)?;
        Ok(self.send(inbox, message).await?.status().as_u16())
    }

    async fn send(&self, url: &str, message: Message) -> Result<reqwest::Response> {
        let method = reqwest::Method::from_bytes(message.method.as_bytes())?;
        let mut request = self.http.request(method, url);
        for (name, value) in &message.headers {
            if !name.eq_ignore_ascii_case("host") {
                request = request.header(name, value);
            }
        }
        request.body(message.body).send().await.with_context(|| format!("{url} does not answer"))
    }

    /// Fetches a document, signed; status and JSON (null when there is none).
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn fetch(&self, url: &str) -> Result<(u16, Value)> {
        let mut message = self.signed("GET", url, None)?;
        message.add("Accept", "application/activity+json, application/ld+json");
        let answer = self.send(url, message).await?;
        let status = answer.status().as_u16();
        let text = answer.text().await.context("the body")?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// The document of the actor at an address `@name@host`, by WebFinger.
    ///
    /// # Errors
    /// When it is not found.
    pub async fn look_up(&self, handle: &str) -> Result<Value> {
        let account = handle.trim_start_matches('@');
        let host = account.split('@').nth(1).context("an address has a host")?;
        let url = format!("http://{host}/.well-known/webfinger?resource=acct:{account}");
        let answer: Value = serde_json::from_str(&self.http.get(&url).send().await?.text().await?)
            .with_context(|| format!("{url} is no JSON"))?;
        let links = answer["links"].as_array().context("no links")?;
        let own = links.iter().find(|link| link["rel"] == "self").context("no link to the actor")?;
        let id = own["href"].as_str().context("a link has an address")?;
        match self.fetch(id).await? {
            (200, document) if document["id"] == id => Ok(document),
            (status, document) => bail!("{id} answers {status}: {document}"),
        }
    }
}
