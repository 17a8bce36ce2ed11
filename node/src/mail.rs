//! Sending mail: through a server, or into a folder.

use crate::config::Mail;
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use lettre::message::Mailbox;
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where mail goes, as configured.
pub enum Post {
    /// A server.
    Server(AsyncSmtpTransport<Tokio1Executor>),
    /// A folder: one `.eml` file for each message.
    Folder(AsyncFileTransport<Tokio1Executor>),
}

impl Post {
    /// The configured way; none where no mail is sent.
    ///
    /// # Errors
    /// [`Failure::Misused`] when `mail.url` is wrong.
    pub fn of(mail: &Mail) -> Result<Option<Self>, Failure> {
        let url = mail.url.trim();
        if url.is_empty() {
            return Ok(None);
        }
        if let Some(folder) = url.strip_prefix("file:") {
            std::fs::create_dir_all(folder)?;
            return Ok(Some(Self::Folder(AsyncFileTransport::new(folder))));
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| {
            Failure::misused(
                format!("mail.url n'est pas une adresse de serveur ({error}) : écrivez smtp://SERVEUR:25, smtps://NOM:MOT_DE_PASSE@SERVEUR:465 ou file:DOSSIER."),
                format!("mail.url is no address of a server ({error}): write smtp://SERVER:25, smtps://USER:PASSWORD@SERVER:465 or file:FOLDER."),
            )
        })?;
        Ok(Some(Self::Server(builder.timeout(Some(PATIENCE)).build())))
    }

    /// Whether the server answers.
    ///
    /// # Errors
    /// The reason, for who runs the node.
    pub async fn test(&self) -> Result<(), String> {
        match self {
            Self::Folder(_) => Ok(()),
            Self::Server(server) => match server.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err("NOOP".to_owned()),
                Err(error) => Err(error.to_string()),
            },
        }
    }

    async fn send(&self, message: Message) -> Result<(), String> {
        match self {
            Self::Folder(folder) => folder.send(message).await.map(drop).map_err(|error| error.to_string()),
            Self::Server(server) => server.send(message).await.map(drop).map_err(|error| error.to_string()),
        }
    }
}

/// Sends a trial message, so that the settings are known to be right before they are needed.
///
/// # Errors
/// [`Failure`] with what to change.
pub async fn trial(data: PathBuf, to: String, out: Output) -> Result<(), Failure> {
    let node = Node::open(&data)?;
    let post = Post::of(&node.config.mail)?.ok_or_else(|| {
        Failure::misused(
            "Aucun courrier n'est configuré : écrivez mail.url et mail.from.",
            "No mail is configured: write mail.url and mail.from.",
        )
    })?;
    let from = mailbox("mail.from", &node.config.mail.from)?;
    let message = Message::builder()
        .from(from)
        .to(mailbox("--to", &to)?)
        .subject("Maillage : message d’essai / trial message")
        .body(format!(
            "Le courrier de {} fonctionne.\nThe mail of this node works.\n",
            node.app.addresses().base()
        ))
        .map_err(|error| {
            Failure::failed(
                format!("Le message ne peut pas être composé ({error})."),
                format!("The message cannot be composed ({error})."),
            )
        })?;
    post.send(message).await.map_err(|error| {
        Failure::failed(
            format!("Le message n'est pas parti ({error}). Vérifiez mail.url."),
            format!("The message was not sent ({error}). Check mail.url."),
        )
    })?;
    out.say(&json!({ "sent": to }), &[format!("Message envoyé à {to}. / Message sent.")])
}

fn mailbox(name: &str, text: &str) -> Result<Mailbox, Failure> {
    text.parse().map_err(|error| {
        Failure::misused(
            format!("{name} : « {text} » n'est pas une adresse ({error})."),
            format!("{name}: “{text}” is not an address ({error})."),
        )
    })
}
