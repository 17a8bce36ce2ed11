//! The mail that tells somebody what concerns them: what waits, what was said, decided and sent.

use super::words::{Letter, letter, plain};
use maillage_domain::message::{Locale, Message};
use maillage_domain::notice::NoticeKind;

/// Things of one kind that a mail names, at most; of others it says how many there are.
const NAMED: usize = 12;

/// One thing that is told: its kind, its title and its page.
pub(crate) struct Told {
    pub kind: NoticeKind,
    pub title: String,
    pub page: String,
}

fn heading(kind: NoticeKind) -> Message {
    match kind {
        NoticeKind::Waiting => Message::new("À relire :", "To be read and decided:"),
        NoticeKind::Said => {
            Message::new("On vous a écrit au sujet de :", "Somebody has written to you about:")
        }
        NoticeKind::Declined => Message::new("À reprendre :", "Sent back to you:"),
        NoticeKind::Published => Message::new("Publié :", "Published:"),
        NoticeKind::ToCheck => Message::new("À vérifier :", "To be checked:"),
        NoticeKind::Message => Message::new("Messages dans vos ateliers :", "Messages in your workshops:"),
        NoticeKind::Document => Message::new("Documents dans vos ateliers :", "Documents in your workshops:"),
    }
}

impl Letter {
    /// What there is to tell, kind by kind; `settings` is where the pace is chosen.
    pub fn notices(locale: Locale, told: &[Told], settings: &str, node: &str, base: &str) -> Self {
        let mut kinds: Vec<NoticeKind> = told.iter().map(|one| one.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut paragraphs: Vec<Message> = kinds.into_iter().map(|kind| paragraph(kind, told)).collect();
        paragraphs.push(Message::new(
            format!("Vous choisissez ici quand ces messages vous parviennent, ou qu’ils ne viennent plus :\n{settings}"),
            format!("Here you choose when these mails reach you, or that they come no more:\n{settings}"),
        ));
        let name = plain(node);
        let count = told.len();
        let subject = match told {
            [one] => Message::new(
                format!("{} {}", heading(one.kind).fr, plain(&one.title)),
                format!("{} {}", heading(one.kind).en, plain(&one.title)),
            ),
            _ => Message::new(
                format!("{count} nouveautés sur {name}"),
                format!("{count} things new on {name}"),
            ),
        };
        letter(locale, &subject, &paragraphs, (node, base))
    }
}

fn paragraph(kind: NoticeKind, told: &[Told]) -> Message {
    let of_kind: Vec<&Told> = told.iter().filter(|one| one.kind == kind).collect();
    let lines: Vec<String> =
        of_kind.iter().take(NAMED).map(|one| format!("- {}\n  {}", plain(&one.title), one.page)).collect();
    let more = of_kind.len().saturating_sub(NAMED);
    let (and_fr, and_en) = match more {
        0 => (String::new(), String::new()),
        more => (format!("\n- et {more} de plus"), format!("\n- and {more} more")),
    };
    let (heading, lines) = (heading(kind), lines.join("\n"));
    Message::new(format!("{}\n{lines}{and_fr}", heading.fr), format!("{}\n{lines}{and_en}", heading.en))
}
