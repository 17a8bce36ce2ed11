//! Folding of headers and labels: what stays the same when accents, case and signs differ.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, no accents, ligatures opened, every run of other characters one `_`, none at the ends.
/// `"N° d'offre (€)"` gives `n_d_offre`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            _ if c.is_alphanumeric() && c != 'º' && c != 'ª' => folded.push(c),
            _ if folded.ends_with('_') || folded.is_empty() => {}
            _ => folded.push('_'),
        }
    }
    folded.truncate(folded.trim_end_matches('_').len());
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn headers_fold() {
        for (raw, folded) in [
            ("Intitulé", "intitule"),
            ("N° d'offre", "n_d_offre"),
            (" Durée (h) ", "duree_h"),
            ("Cœur de métier", "coeur_de_metier"),
            ("_id", "id"),
            ("DATE_OUVERTURE", "date_ouverture"),
            ("€", ""),
        ] {
            assert_eq!(fold(raw), folded);
        }
    }
}
