//! Sending mail: through a server, or into a folder. What is sent is queued by the use cases.

use crate::config::Mail;
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use async_trait::async_trait;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use maillage_app::ports::{self, OutgoingMail, PostError};
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

    async fn send(&self, message: Message) -> Result<(), PostError> {
        match self {
            Self::Folder(folder) => {
                folder.send(message).await.map(drop).map_err(|error| PostError::Later(error.to_string()))
            }
            Self::Server(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(PostError::Refused(error.to_string())),
                Err(error) => Err(PostError::Later(error.to_string())),
            },
        }
    }
}

/// The sender of what the use cases have queued.
pub struct Mailer {
    post: Post,
    from: Mailbox,
}

impl Mailer {
    /// The sender that is configured; none where no mail is sent.
    ///
    /// # Errors
    /// [`Failure::Misused`] when `mail.url` or `mail.from` is wrong.
    pub fn of(mail: &Mail) -> Result<Option<Self>, Failure> {
        match Post::of(mail)? {
            None => Ok(None),
            Some(post) => Ok(Some(Self { post, from: mailbox("mail.from", &mail.from)? })),
        }
    }
}

/// A message as it goes out: plain text, with a name of its own that stays the same when it is tried
/// again, and the mark that no person has sent it (RFC 3834), so that nobody's absence answers it.
fn compose(from: &Mailbox, mail: &OutgoingMail) -> Result<Message, PostError> {
    let refused = |error: &dyn std::fmt::Display| PostError::Refused(error.to_string());
    let to: lettre::Address = mail.recipient.parse().map_err(|error| refused(&error))?;
    let mark =
        HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let language = mail.locale.code().to_owned();
    let language = HeaderValue::new(HeaderName::new_from_ascii_str("Content-Language"), language);
    let mut builder: MessageBuilder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        // A line end in it is encoded, so that it ends no header.
        .subject(mail.subject.clone())
        .message_id(Some(format!("<maillage-{}@{}>", mail.id, from.email.domain())))
        .raw_header(mark)
        .raw_header(language)
        .header(ContentType::TEXT_PLAIN);
    if let Some(stop) = &mail.stop {
        let header = |name, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        builder = builder
            .raw_header(header("List-Unsubscribe", format!("<{stop}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    builder.body(mail.body.clone()).map_err(|error| refused(&error))
}

#[async_trait]
impl ports::Post for Mailer {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), PostError> {
        self.post.send(compose(&self.from, mail)?).await
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

#[cfg(test)]
mod tests {
    use super::*;
    use maillage_domain::message::Locale;

    fn mail(recipient: &str, subject: &str) -> OutgoingMail {
        OutgoingMail {
            id: 7,
            recipient: recipient.to_owned(),
            locale: Locale::Fr,
            subject: subject.to_owned(),
            body: "Bonjour,\n\nL’été à Nevers.\n".to_owned(),
            stop: None,
        }
    }

    #[test]
    fn what_was_subscribed_to_is_ended_with_one_click() {
        let stop = Some("https://mef58.example/alerts/stop/x".to_owned());
        let text = sent(&OutgoingMail { stop, ..mail("stage@mef58.example", "Bonjour") });
        assert!(text.contains("List-Unsubscribe: <https://mef58.example/alerts/stop/x>\r\n"), "{text}");
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{text}");
        assert!(!sent(&mail("stage@mef58.example", "Bonjour")).contains("List-Unsubscribe"));
    }

    fn sent(mail: &OutgoingMail) -> String {
        let from: Mailbox = "MEF de la Nièvre <noreply@mef58.example>".parse().unwrap();
        String::from_utf8(compose(&from, mail).unwrap().formatted()).unwrap()
    }

    #[test]
    fn no_subject_adds_a_header() {
        for subject in ["Bonjour\r\nBcc: x@evil.example", "Bonjour\nBcc: x@evil.example", "é\r\n\r\nBcc: x"]
        {
            let text = sent(&mail("stage@mef58.example", subject));
            let head = text.split("\r\n\r\n").next().unwrap();
            assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
            let names: Vec<_> =
                head.lines().filter(|l| !l.starts_with(' ')).map(|l| l.split(':').next()).collect();
            assert_eq!(names.len(), 9, "{head}");
        }
    }

    #[test]
    fn no_address_adds_a_recipient() {
        let from: Mailbox = "noreply@mef58.example".parse().unwrap();
        for recipient in [
            "a@b.example\r\nBcc: x@evil.example",
            "a@b.example, x@evil.example",
            "<a@b.example>",
            "a b@c.example",
        ] {
            let refused = compose(&from, &mail(recipient, "x"));
            assert!(matches!(refused, Err(PostError::Refused(_))), "{recipient:?}");
        }
    }

    #[tokio::test]
    async fn a_folder_takes_each_message_as_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("file:{}", folder.path().display());
        let configured = Mail { url, from: "MEF <noreply@mef58.example>".to_owned() };
        let mailer = Mailer::of(&configured).unwrap().expect("a sender");
        ports::Post::send(&mailer, &mail("stage@mef58.example", "Invitation")).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(&files[0]).unwrap();
        for expected in [
            "Subject: Invitation",
            "To: stage@mef58.example",
            "Auto-Submitted: auto-generated",
            "Message-ID: <maillage-7@mef58.example>",
        ] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
    }

    /// What a server answers decides whether a mail is tried again.
    #[tokio::test]
    async fn a_server_that_is_away_is_tried_again() {
        let url = "smtp://127.0.0.1:9".to_owned();
        let configured = Mail { url, from: "noreply@mef58.example".to_owned() };
        let mailer = Mailer::of(&configured).unwrap().expect("a sender");
        let answer = ports::Post::send(&mailer, &mail("stage@mef58.example", "Invitation")).await;
        assert!(matches!(answer, Err(PostError::Later(_))), "{answer:?}");
    }

    #[test]
    fn a_sender_without_an_address_is_told() {
        let configured = Mail { url: "smtp://127.0.0.1:9".to_owned(), from: String::new() };
        assert!(Mailer::of(&configured).is_err());
        assert!(Mailer::of(&Mail::default()).unwrap().is_none());
    }
}
