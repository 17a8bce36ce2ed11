//! The mails of alerts.

use crate::address::Addresses;
use crate::mail::{LINK, Letter, letter, plain};
use maillage_domain::message::{Locale, Message};
use maillage_store::read::EntryView;
use maillage_store::rows::AlertRow;
use std::fmt::Write;

/// Items that one mail names; of more it says how many.
const NAMED: usize = 30;

/// The address that ends an alert.
pub(crate) fn stop_address(base: &str, token: &str) -> String {
    format!("{base}alerts/stop/{token}")
}

impl Letter {
    /// The link by which the owner of an address confirms an alert.
    pub fn alert_asked(locale: Locale, alert: &AlertRow, node: &str, base: &str) -> Self {
        let title = plain(&alert.title);
        let paragraphs = [
            Message::new(
                format!(
                    "Quelqu’un, sans doute vous, demande à recevoir à cette adresse les nouveautés de la liste « {title} »."
                ),
                format!(
                    "Somebody, probably you, asks that what is new in the list “{title}” be sent to this address."
                ),
            ),
            Message::new(
                format!("Pour les recevoir, ouvrez cette adresse et confirmez :\n{LINK}"),
                format!("To receive it, open this address and confirm:\n{LINK}"),
            ),
            Message::new(
                "Vous n’avez rien demandé ? Ne faites rien : sans confirmation, votre adresse est effacée au bout de trois jours.",
                "You asked for nothing? Do nothing: without confirmation your address is erased after three days.",
            ),
        ];
        let subject =
            Message::new(format!("Confirmez votre alerte : {title}"), format!("Confirm your alert: {title}"));
        letter(locale, &subject, &paragraphs, (node, base))
    }

    /// What is new in the list of an alert.
    pub fn alert(
        locale: Locale,
        alert: &AlertRow,
        new: &[&EntryView],
        node: &str,
        addresses: &Addresses,
    ) -> Self {
        let title = plain(&alert.title);
        let mut items = String::new();
        for view in new.iter().take(NAMED) {
            let page = addresses.item_page(&view.item.uid, &view.item.title);
            let _ = write!(items, "- {}\n  {page}\n", plain(&view.item.title));
        }
        let others = new.len().saturating_sub(NAMED);
        let list = addresses.url(&alert.path);
        let stop = stop_address(addresses.base().as_str(), &alert.stop_token);
        let mut paragraphs = vec![
            Message::new(format!("Du nouveau dans « {title} » :"), format!("New in “{title}”:")),
            Message::new(items.trim_end(), items.trim_end()),
        ];
        if others > 0 {
            paragraphs.push(Message::new(format!("Et {others} de plus."), format!("And {others} more.")));
        }
        paragraphs.push(Message::new(format!("Toute la liste : {list}"), format!("The whole list: {list}")));
        paragraphs.push(Message::new(
            format!("Pour ne plus rien recevoir de cette liste :\n{stop}"),
            format!("To receive no more of this list:\n{stop}"),
        ));
        let subject = match new {
            [one] => {
                let only = plain(&one.item.title);
                Message::new(format!("{title} : {only}"), format!("{title}: {only}"))
            }
            several => Message::new(
                format!("{title} : {} nouveautés", several.len()),
                format!("{title}: {} new items", several.len()),
            ),
        };
        letter(locale, &subject, &paragraphs, (node, addresses.base().as_str()))
    }
}
