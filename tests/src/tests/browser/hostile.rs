//! A node to which others, and its own people, have given values that want to run in a browser.

use crate::database::Kind;
use crate::node::Node;
use crate::until::{SOON, until};
use anyhow::{Context, Result};
use maillage_test_peer::{Actor, Peer, Reply, Style};
use serde_json::{Value, json};

/// Each breaks out of another context: text, attribute, script, title, comment, style, template,
/// address, direction of writing. What runs shows a dialog.
const VALUES: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'\"--></style></script></title></textarea><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)//' onfocus='alert(1)' autofocus='",
    "<a href=\"javascript:alert(1)\">x</a>",
    "{{7*7}}${alert(1)}<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "'; DROP TABLE items; -- \" \\u003cscript\\u003ealert(1)\\u003c/script\\u003e &lt;script&gt;",
    "gnp.\u{202e}txt\u{2066}\"><b>à l'envers</b>",
];
/// Themes by which sections of one service differ.
const THEMES: [&str; 9] = [
    "emploi",
    "formation",
    "orientation",
    "insertion",
    "droits",
    "logement",
    "mobilite",
    "numerique",
    "sante",
];
/// A script as an address.
const SCRIPT: &str = "javascript:alert(1)";
/// Services that take what the hostile account says: held, and published at once.
const TAKING: [(&str, &str); 2] = [("veille", "hold"), ("selection", "publish")];
/// Moderates and administers.
const GUARD: &str = "admin@mef.example";
/// Has the name of a script.
const AUTHOR: &str = "redaction@mef58.example";

/// The node, and the server that speaks to it.
pub struct Hostile {
    node: Node,
    peer: Peer,
}

impl Hostile {
    /// Starts both, and has everything said.
    pub async fn start() -> Result<Self> {
        let mut node = Node::create(VALUES[0], "58", Kind::Sqlite)?;
        for (slug, _) in TAKING {
            node.add_service("news", slug, VALUES[1])?;
        }
        for (slug, title, visibility) in
            [("actus", VALUES[2], "public"), ("entre-nous", VALUES[3], "network")]
        {
            let usual = ["service", "add", "--type", "news", "--slug", slug, "--title", title];
            node.done(&[&usual[..], &["--visibility", visibility, "--purpose", VALUES[5]]].concat())?;
        }
        node.add_site("attaque", VALUES[3], &["selection", "actus"])?;
        for slug in ["veille", "selection", "actus", "entre-nous"] {
            node.done(&["service", "role", "--service", slug, "--user", GUARD, "--role", "service_manager"])?;
        }
        node.add_account(AUTHOR, VALUES[1], &[("actus", "contributor")])?;
        node.start()?;
        let peer = Peer::start()?;
        let hostile = Self { node, peer };
        hostile.say_here().await?;
        hostile.say_from_elsewhere(&hostile.peer).await?;
        hostile.follow(&hostile.peer).await?;
        Ok(hostile)
    }

    /// What the journey has to know.
    pub fn described(&self) -> Value {
        json!({ "url": self.node.base(), "site": "attaque", "service": "actus", "account": GUARD, "values": VALUES })
    }

    /// What the node's own people write: items that wait, that are published and sent back, names of
    /// organisations, of sections and of tokens.
    async fn say_here(&self) -> Result<()> {
        let (admin, author) = (self.node.admin()?, self.node.api(AUTHOR)?);
        for (number, value) in VALUES.iter().enumerate() {
            let fields = json!({
                "titre": value,
                "chapo": value,
                "texte": format!("<p>{value}</p>"),
                "auteur": value,
                "thematiques": ["emploi"],
            });
            let draft = author.create("actus", fields).await?;
            author.step(&draft.id, "submit", "").await?;
            match number % 3 {
                0 => drop(admin.step(&draft.id, "publish", "").await?),
                1 => drop(admin.step(&draft.id, "decline", value).await?),
                _ => {}
            }
            admin.post("/organisations", json!({ "name": value, "territory": "58" })).await?;
            admin.post("/tokens", json!({ "label": value })).await?;
            let section =
                json!({ "service": "actus", "title": value, "filter": { "themes": [THEMES[number]] } });
            admin.post("/sites/attaque/placements", section).await?;
        }
        Ok(())
    }

    /// What a followed account sends.
    async fn say_from_elsewhere(&self, peer: &Peer) -> Result<()> {
        let admin = self.node.admin()?;
        let mallory = peer.actor("mallory", Style::mastodon())?;
        disguise(peer, &mallory, VALUES[1], "mallory").await?;
        for (slug, trust) in TAKING {
            admin.subscribe(slug, &mallory.handle(), trust, json!({})).await?;
        }
        let follow = peer.wait_for("Follow", &mallory.id(), SOON).await?;
        let inbox = format!("{}/inbox", self.node.base());
        assert_eq!(mallory.post(&inbox, &mallory.accept(&follow.activity)).await?, 202);
        until("the follow is accepted", SOON, async || {
            let all = admin.get("/subscriptions").await?.to_string();
            Ok((all.matches("\"accepted\"").count() == TAKING.len()).then_some(()))
        })
        .await?;
        let mut taken = 0;
        for object in VALUES.iter().enumerate().flat_map(|(at, value)| objects(&mallory, peer, at, value)) {
            assert_eq!(mallory.post(&inbox, &mallory.create(&object)).await?, 202, "{object}");
            taken += 1;
        }
        until("everything is taken in", SOON, async || {
            let shown = admin.items("/services/selection/items?state=published").await?.len();
            Ok((shown == taken).then_some(()))
        })
        .await
    }

    /// Accounts with such names and addresses follow and ask to follow; their servers break.
    async fn follow(&self, peer: &Peer) -> Result<()> {
        let admin = self.node.admin()?;
        for (number, value) in VALUES.iter().enumerate() {
            let actor = peer.actor(&format!("f{number}"), Style::small_service())?;
            // What no user name may hold; the name itself holds it all.
            let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let odd = |c: &char| c.is_whitespace() || c.is_control() || turns(c) || "@/:?#<>".contains(*c);
            let username: String = value.chars().filter(|c| !odd(c)).collect();
            disguise(peer, &actor, value, &username).await?;
            for slug in ["actus", "entre-nous"] {
                let service = actor.look_up(&self.node.handle(slug)).await?;
                let id = service["id"].as_str().context("an id")?;
                let inbox = service["inbox"].as_str().context("an inbox")?;
                assert_eq!(actor.post(inbox, &actor.follow(id)).await?, 202, "{value}");
            }
            let broken = Reply { status: 500, ..Reply::body("text/html", *value) };
            peer.serve(&format!("/users/f{number}/inbox"), broken);
        }
        until("all of them are known", SOON, async || {
            let (mut following, mut asking) = (0, 0);
            for (slug, count) in [("actus", &mut following), ("entre-nous", &mut asking)] {
                *count = admin.all(&format!("/services/{slug}/followers")).await?.len();
            }
            Ok((following == VALUES.len() && asking == VALUES.len()).then_some(()))
        })
        .await?;
        let published = admin.items("/services/actus/items?state=published").await?;
        let item = published.first().context("a published item")?;
        admin.step(&item.id, "withdraw", VALUES[0]).await?;
        until("deliveries wait, and one has failed", SOON, async || {
            let due = admin.all("/deliveries?state=due").await?;
            let failed = due.iter().any(|one| one["last_status"] == 500);
            Ok((failed && due.len() >= VALUES.len()).then_some(()))
        })
        .await
    }
}

/// Has the actor's document say these names, and hostile addresses wherever it may.
async fn disguise(peer: &Peer, actor: &Actor, name: &str, username: &str) -> Result<()> {
    let (status, mut document) = actor.fetch(&actor.id()).await?;
    assert_eq!(status, 200, "{document}");
    let id = actor.id();
    document["name"] = name.into();
    document["preferredUsername"] = username.into();
    document["summary"] = format!("<p>{name}</p>").into();
    document["inbox"] = format!("{id}/inbox?x='\"><script>alert(1)</script>").into();
    document["url"] = json!([SCRIPT, format!("{id}?x='\"><script>alert(1)</script>")]);
    document["icon"] = json!({ "type": "Image", "url": SCRIPT, "name": name });
    document["attachment"] = json!([{ "type": "PropertyValue", "name": name, "value": name }]);
    document["tag"] = json!([{ "type": "Hashtag", "name": name, "href": SCRIPT }]);
    if let Some(map) = document.as_object_mut() {
        map.remove("endpoints");
    }
    let path = id.strip_prefix(peer.base()).context("an actor of this peer")?;
    peer.serve(path, Reply::body("application/activity+json", document.to_string()));
    Ok(())
}

/// The objects in which one value is said: an article and an event of any software, and the record of
/// a node.
fn objects(mallory: &Actor, peer: &Peer, number: usize, value: &str) -> [Value; 3] {
    let object = |kind: &str, form: &str| {
        json!({
            "id": format!("{}/objects/{form}-{number}", mallory.id()),
            "type": kind,
            "attributedTo": mallory.id(),
            "to": ["https://www.w3.org/ns/activitystreams#Public"],
            "published": "2026-03-03T13:00:00Z",
            "url": format!("{}/@mallory/{form}-{number}?x='\"><script>alert(1)</script>", peer.base()),
            "name": value,
            "summary": value,
            "content": format!("<p>{number} {value}</p><p onclick=\"alert(1)\">{value}</p>"),
            "contentMap": { value: value },
            "tag": [{ "type": "Hashtag", "name": format!("#{value}"), "href": SCRIPT }, { "type": "Mention", "name": value, "href": SCRIPT }],
            "attachment": [
                { "type": "Link", "href": SCRIPT, "name": value },
                { "type": "Image", "url": SCRIPT, "name": value, "mediaType": "image/svg+xml" },
                { "type": "Link", "href": "https://mef58.example/?x='\"><script>alert(1)</script>", "name": value },
            ],
            "location": { "type": "Place", "name": value, "address": value },
            "icon": { "type": "Image", "url": SCRIPT },
        })
    };
    let (article, mut event, mut record) =
        (object("Article", "article"), object("Event", "event"), object("Article", "record"));
    event["startTime"] = "2031-03-03T13:00:00Z".into();
    event["timezone"] = value.into();
    record["record"] = json!({
        "form": 1,
        "type": "news",
        "version": 1,
        "fields": { "titre": value, "chapo": value, "texte": format!("<p>{value}</p>"), "auteur": value, "thematiques": ["emploi"] },
        "themes": ["emploi", value],
        "publisherPlace": value,
        "organisation": value,
        "language": "fr",
        "licence": if number.is_multiple_of(2) { SCRIPT } else { value },
        "timezone": value,
    });
    [article, event, record]
}
