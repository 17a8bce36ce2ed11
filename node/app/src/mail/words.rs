//! What mails say, in French and English: what happened, what to do, and what to do if it was not
//! asked for.

use maillage_domain::message::{Locale, Message};
use maillage_domain::role::Role;

/// Stands in a text where a link goes that is made when the mail is sent.
pub(crate) const LINK: char = '\u{fffc}';

/// Subject and text of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub subject: String,
    pub body: String,
}

/// Somebody's words on one line, without signs that end a header, turn the text or stand for a link.
pub(crate) fn plain(words: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line: String = words
        .chars()
        .filter(|c| !turns(*c) && *c != LINK)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// French text with the spaces that do not break.
fn typeset(text: &str) -> String {
    [" :", " ;", " ?", " !", " »"]
        .iter()
        .fold(text.replace("« ", "«\u{a0}"), |text, sign| text.replace(sign, &sign.replace(' ', "\u{a0}")))
}

/// Puts the parts of a mail together: a greeting, paragraphs, and who writes.
pub(crate) fn letter(
    locale: Locale,
    subject: &Message,
    paragraphs: &[Message],
    (node, base): (&str, &str),
) -> Letter {
    let greeting = Message::new("Bonjour,", "Hello,");
    let all = std::iter::once(&greeting).chain(paragraphs);
    let text: Vec<&str> = all.map(|message| message.get(locale)).collect();
    let body = format!("{}\n\n-- \n{}\n{base}\n", text.join("\n\n"), plain(node));
    let (subject, body) = match locale {
        Locale::Fr => (typeset(subject.get(locale)), typeset(&body)),
        Locale::En => (subject.get(locale).to_owned(), body),
    };
    Letter { subject, body }
}

fn role(role: Role) -> Message {
    match role {
        Role::Contributor => Message::new("écrire des fiches", "write items"),
        Role::Moderator => Message::new("modérer", "moderate"),
        Role::ServiceManager => Message::new("gérer", "manage"),
    }
}

/// Who invites to what.
pub(crate) struct Invited<'a> {
    pub by: Option<&'a str>,
    pub administrator: bool,
    pub roles: &'a [(String, Role)],
}

impl Letter {
    /// An invitation.
    pub fn invitation(locale: Locale, invited: &Invited<'_>, node: &str, base: &str) -> Self {
        let name = plain(node);
        let by = invited.by.map(plain);
        let mut given: Vec<Message> = Vec::new();
        if invited.administrator {
            given.push(Message::new("- administrer le nœud", "- administer the node"));
        }
        for (service, held) in invited.roles {
            let (held, service) = (role(*held), plain(service));
            given.push(Message::new(
                format!("- {} dans « {service} »", held.fr),
                format!("- {} in “{service}”", held.en),
            ));
        }
        let join = |of: fn(&Message) -> &str| given.iter().map(of).collect::<Vec<_>>().join("\n");
        let what = if given.is_empty() {
            Message::new("Vous pourrez vous connecter.", "You will be able to sign in.")
        } else {
            Message::new(
                format!("Vous pourrez :\n{}", join(|m| &m.fr)),
                format!("You will be able to:\n{}", join(|m| &m.en)),
            )
        };
        let opening = match &by {
            Some(by) => Message::new(
                format!("{by} vous invite à rejoindre {name}."),
                format!("{by} invites you to join {name}."),
            ),
            None => Message::new(
                format!("Vous êtes invité à rejoindre {name}."),
                format!("You are invited to join {name}."),
            ),
        };
        let paragraphs = [
            opening,
            what,
            Message::new(
                format!("Pour accepter, ouvrez cette adresse et choisissez un mot de passe :\n{LINK}"),
                format!("To accept, open this address and choose a password:\n{LINK}"),
            ),
            Message::new(
                "Ce lien sert une seule fois, pendant sept jours. Si vous recevez plusieurs messages, seul le lien du dernier fonctionne.",
                "This link works once, for seven days. If you receive several messages, only the link of the last one works.",
            ),
            Message::new(
                "Vous n’attendiez pas cette invitation ? Ne faites rien : aucun compte n’est créé sans vous.",
                "You did not expect this invitation? Do nothing: no account is made without you.",
            ),
        ];
        let subject =
            Message::new(format!("Invitation à rejoindre {name}"), format!("Invitation to join {name}"));
        letter(locale, &subject, &paragraphs, (node, base))
    }

    /// The link with which a forgotten password is set anew.
    pub fn reset(locale: Locale, node: &str, base: &str) -> Self {
        let paragraphs = [
            Message::new(
                "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte.",
                "Somebody, probably you, has asked for a new password for your account.",
            ),
            Message::new(
                format!(
                    "Pour le choisir, ouvrez cette adresse dans l’heure ; elle sert une seule fois :\n{LINK}"
                ),
                format!("To choose it, open this address within the hour; it works once:\n{LINK}"),
            ),
            Message::new(
                "Vous n’avez rien demandé ? Ne faites rien : votre mot de passe ne change pas. Si cela se répète, prévenez la personne qui administre ce nœud.",
                "You asked for nothing? Do nothing: your password does not change. If it happens again, tell who administers this node.",
            ),
        ];
        let subject = Message::new(
            format!("Nouveau mot de passe pour {}", plain(node)),
            format!("New password for {}", plain(node)),
        );
        letter(locale, &subject, &paragraphs, (node, base))
    }

    /// The password was changed.
    pub fn password_changed(locale: Locale, node: &str, base: &str) -> Self {
        let happened = Message::new(
            "Le mot de passe de votre compte vient d’être changé. Tous les appareils doivent se reconnecter.",
            "The password of your account has just been changed. All devices have to sign in again.",
        );
        let subject = Message::new("Votre mot de passe a été changé", "Your password was changed");
        letter(locale, &subject, &[happened, not_you(base)], (node, base))
    }

    /// Codes are asked for from now on.
    pub fn second_factor_on(locale: Locale, node: &str, base: &str) -> Self {
        let happened = Message::new(
            "Votre compte demande désormais un code en plus du mot de passe.",
            "Your account now asks for a code beside the password.",
        );
        let subject = Message::new("Code de connexion activé", "Codes are asked for when you sign in");
        letter(locale, &subject, &[happened, not_you(base)], (node, base))
    }

    /// No codes are asked for any more.
    pub fn second_factor_off(locale: Locale, node: &str, base: &str) -> Self {
        let happened = Message::new(
            "Votre compte ne demande plus de code : le mot de passe suffit.",
            "Your account no longer asks for a code: the password is enough.",
        );
        let subject = Message::new("Code de connexion désactivé", "No more codes when you sign in");
        letter(locale, &subject, &[happened, not_you(base)], (node, base))
    }

    /// The account can be signed in to through a provider from now on.
    pub fn identity_linked(locale: Locale, provider: &str, node: &str, base: &str) -> Self {
        let provider = plain(provider);
        let happened = Message::new(
            format!("Vous pouvez désormais vous connecter à votre compte avec {provider}."),
            format!("You can sign in to your account with {provider} from now on."),
        );
        let subject = Message::new(
            format!("Votre compte est relié à {provider}"),
            format!("Your account is linked to {provider}"),
        );
        letter(locale, &subject, &[happened, not_you(base)], (node, base))
    }
}

fn not_you(base: &str) -> Message {
    Message::new(
        format!(
            "Ce n’était pas vous ? Demandez aussitôt un nouveau mot de passe : {base}forgotten – et prévenez la personne qui administre ce nœud."
        ),
        format!(
            "It was not you? Ask for a new password at once: {base}forgotten – and tell who administers this node."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebodys_words_stay_on_their_line() {
        assert_eq!(plain("MEF\r\nBcc: x@evil.example\u{202e}\u{fffc}\0 58"), "MEF Bcc: x@evil.example 58");
        let roles = [("Agenda\nde \u{fffc}tous".to_owned(), Role::Moderator)];
        let invited = Invited { by: Some("A\nB"), administrator: false, roles: &roles };
        for locale in [Locale::Fr, Locale::En] {
            let letter = Letter::invitation(locale, &invited, "Nœud\r\nCc: x", "https://mef58.example/");
            assert!(!letter.subject.contains(['\r', '\n']), "{}", letter.subject);
            assert_eq!(letter.body.matches(LINK).count(), 1, "{}", letter.body);
            assert!(letter.body.contains("Agenda de tous"), "{}", letter.body);
        }
    }

    #[test]
    fn french_is_typeset() {
        let letter = Letter::reset(Locale::Fr, "MEF de la Nièvre", "https://mef58.example/");
        for wrong in [" :", " ;", " ?", "« "] {
            assert!(!letter.body.contains(wrong), "{wrong:?} in {}", letter.body);
        }
    }
}
