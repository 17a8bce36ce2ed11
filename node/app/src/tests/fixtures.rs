//! Documents constructed in the likeness of what partners send; the texts are this project's own.

/// An agenda as a French spreadsheet saves it: Windows-1252, semicolons, CRLF, dd/mm/yyyy.
pub fn agenda_of_a_spreadsheet() -> Vec<u8> {
    windows_1252(
        "Intitulé;Date de début;Date de fin;Commune;CP;Descriptif;Thèmes\r\n\
         Café de l’emploi;05/10/2026 09:30;05/10/2026 11:30;Nevers;58000;Rencontre ouverte à tous;Emploi\r\n\
         \"Atelier \"\"CV\"\"\";06/10/2026 14:00;;COSNE COURS SUR LOIRE;58200;\"Refaire son CV,\r\nsur place\";Emploi, Formation\r\n\
         Visite d’entreprise;32/13/2026;;Clamecy;58500;Date à confirmer;Emploi\r\n\
         ;07/10/2026 09:00;;Nevers;58000;Une ligne sans intitulé;Emploi\r\n\
         Réunion d’information;08/10/2026 18:00;;Trifouillis-les-Oies;99999;Lieu inconnu;Formation\r\n",
    )
}

/// The same table with other rows of the type `news`.
pub fn table(rows: &[&str]) -> Vec<u8> {
    let mut text = "Titre;Chapô;Commune\n".to_owned();
    rows.iter().for_each(|row| {
        text.push_str(row);
        text.push('\n');
    });
    text.into_bytes()
}

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '’' => 0x92,
            '€' => 0x80,
            other => u8::try_from(u32::from(other)).expect("a sign of Latin-1"),
        })
        .collect()
}

/// One entry of a feed.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    pub guid: &'a str,
    pub link: &'a str,
    pub title: &'a str,
    pub text: &'a str,
}

pub fn rss(entries: &[Entry<'_>]) -> Vec<u8> {
    let items: String = entries
        .iter()
        .map(|entry| {
            format!(
                "<item><title>{}</title><link>{}</link><guid isPermaLink=\"false\">{}</guid>\
                 <description>&lt;p&gt;{}&lt;/p&gt;</description>\
                 <pubDate>Sat, 28 Feb 2026 23:30:00 GMT</pubDate></item>",
                entry.title, entry.link, entry.guid, entry.text
            )
        })
        .collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Le Journal du Nivernais</title><link>https://journal.example/</link><description>Nouvelles</description>{items}</channel></rss>").into_bytes()
}
