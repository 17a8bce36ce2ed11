//! Full-text search: what is kept of a text to be found by, what a question asks for, and where it hits.
//!
//! Both sides are folded (no case, no accents) and stemmed by Snowball's French algorithm, so that
//! whichever database compares them finds the same.

use crate::text::{clip, fold};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;

/// Letters of a word that count.
const LETTERS: usize = 40;
/// Bytes kept of one text: about thirty pages.
const KEPT: usize = 200_000;
/// Words of a question that count, and words of one phrase.
const ASKED: usize = 8;
/// A word that may go on has at least so many letters.
const BEGUN: usize = 2;
/// Ends a part of a text, so that no phrase goes over it.
const BREAK: &str = ".";
/// Characters before the first hit that an excerpt begins with.
const BEFORE: usize = 60;

/// Words that are in nearly every text, folded: a question is not about them.
const COMMON: &[&str] = &[
    "a", "au", "aux", "avec", "ce", "ces", "cet", "cette", "d", "dans", "de", "des", "du", "en", "est", "et",
    "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "mes", "mon", "n", "nos", "notre", "nous", "on",
    "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "son", "sur", "un", "une", "vos",
    "votre", "vous", "y",
];

fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::French)
}

fn cut(word: &str) -> String {
    word.chars().take(LETTERS).collect()
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(cut).collect()
}

/// What is kept to find an item by: the stems of each part in their order, then the words themselves
/// where they are more than their stem, all between single spaces.
#[must_use]
pub fn kept<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    let stemmer = stemmer();
    let (mut kept, mut whole) = (String::from(" "), BTreeSet::new());
    for part in parts {
        for word in words(part) {
            let stem = stemmer.stem(&word).into_owned();
            if kept.len() + stem.len() > KEPT {
                break;
            }
            kept.push_str(&stem);
            kept.push(' ');
            if stem != word {
                whole.insert(word);
            }
        }
        kept.push_str(BREAK);
        kept.push(' ');
    }
    for word in whole {
        if kept.len() + word.len() > 2 * KEPT {
            break;
        }
        kept.push_str(&word);
        kept.push(' ');
    }
    kept
}

/// One word of a question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// Its stem.
    pub stem: String,
    /// The word as far as it was typed, where it may go on.
    pub begun: Option<String>,
}

impl Term {
    fn fits(&self, word: &str, stem: &str) -> bool {
        self.stem == stem || self.begun.as_deref().is_some_and(|begun| word.starts_with(begun))
    }
}

/// A question: an item answers it that has every term and every phrase. Holds letters and digits only,
/// whatever was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Question {
    /// Words, those of phrases among them; each once.
    pub terms: Vec<Term>,
    /// Stems that follow one another.
    pub phrases: Vec<Vec<String>>,
}

impl Question {
    /// Reads what somebody typed. What stands between quotes is a phrase; the last word may be one
    /// that is not typed to its end; articles and the like do not count beside other words.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let typed = typed.replace(['«', '»', '“', '”'], "\"");
        let parts: Vec<&str> = typed.split('"').collect();
        let (stemmer, mut question, mut common) = (stemmer(), Self::default(), Vec::new());
        let last = parts.len() - 1;
        for (at, part) in parts.iter().enumerate() {
            let words = words(part);
            let stem = |word: &String| stemmer.stem(word).into_owned();
            // A quote that is not closed begins no phrase.
            if at % 2 == 1 && at < last {
                let phrase: Vec<String> = words.iter().take(ASKED).map(stem).collect();
                for stem in &phrase {
                    question.ask(Term { stem: stem.clone(), begun: None });
                }
                if phrase.len() > 1 && question.phrases.len() < ASKED {
                    question.phrases.push(phrase);
                }
                continue;
            }
            for (position, word) in words.iter().enumerate() {
                let ends = at == last && position + 1 == words.len();
                let begun = (ends && word.chars().count() >= BEGUN).then(|| word.clone());
                let term = Term { stem: stem(word), begun };
                if COMMON.contains(&word.as_str()) { common.push(term) } else { question.ask(term) }
            }
        }
        if question.terms.is_empty() {
            common.into_iter().for_each(|term| question.ask(term));
        }
        question
    }

    fn ask(&mut self, term: Term) {
        if self.terms.len() < ASKED && !self.terms.contains(&term) {
            self.terms.push(term);
        }
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// A text in pieces, each with whether it is a word that was asked for.
    #[must_use]
    pub fn pieces<'t>(&self, text: &'t str) -> Vec<(bool, &'t str)> {
        if self.is_empty() {
            return vec![(false, text)];
        }
        let (stemmer, mut pieces) = (stemmer(), Vec::new());
        let mut plain = 0;
        for (start, word) in runs(text) {
            let folded = cut(&fold(word));
            let stem = stemmer.stem(&folded);
            if !folded.is_empty() && self.terms.iter().any(|term| term.fits(&folded, &stem)) {
                if plain < start {
                    pieces.push((false, &text[plain..start]));
                }
                pieces.push((true, word));
                plain = start + word.len();
            }
        }
        if plain < text.len() || pieces.is_empty() {
            pieces.push((false, &text[plain..]));
        }
        pieces
    }

    /// At most `max` characters of a text around its first hit, or none where it has no hit.
    #[must_use]
    pub fn excerpt(&self, text: &str, max: usize) -> Option<String> {
        let mut before = 0;
        for (hit, piece) in self.pieces(text) {
            if hit {
                if text[..before].chars().count() + piece.chars().count() < max {
                    return Some(clip(text, max));
                }
                let from = text[..before].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
                let from = text[from..before].find(' ').map_or(before, |space| from + space + 1);
                return Some(format!("… {}", clip(&text[from..], max.saturating_sub(2))));
            }
            before += piece.len();
        }
        None
    }
}

/// The words of a text as they stand, each with where it begins.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let joins = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(joins)?;
        let end = text[start..].find(|c| !joins(c)).map_or(text.len(), |length| start + length);
        from = end;
        Some((start, &text[start..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(question: &str, text: &str) -> bool {
        let (question, kept) = (Question::read(question), kept([text]));
        let has = |term: &Term| {
            kept.contains(&format!(" {} ", term.stem))
                || term.begun.as_ref().is_some_and(|begun| kept.contains(&format!(" {begun}")))
        };
        question.terms.iter().all(has)
            && question.phrases.iter().all(|phrase| kept.contains(&format!(" {} ", phrase.join(" "))))
    }

    #[test]
    fn forms_of_a_word_find_one_another() {
        for (question, text) in [
            ("formations", "Une formation d'aide-soignant"),
            ("employes", "Un employé recherché"),
            ("régionale", "Les aides régionales"),
            ("CHÂTEAU", "Forum de Chateau-Chinon"),
            ("formatio", "Une formation"),
            ("offre de la formation", "Offres, formations"),
            ("Œuvre", "les oeuvres"),
        ] {
            assert!(finds(question, text), "{question} in {text}");
        }
        for (question, text) in [
            ("soudure", "Une formation d'aide-soignant"),
            ("formation soudure", "Une formation"),
            ("forma emploi", "Une formation pour l'emploi"),
        ] {
            assert!(!finds(question, text), "{question} in {text}");
        }
    }

    #[test]
    fn quotes_ask_for_words_that_follow_one_another() {
        assert!(finds("« aide à domicile »", "Aides à domicile (H/F)"));
        assert!(!finds("\"aide à domicile\"", "Domicile : une aide"));
        assert!(finds("\"aide à domicile", "Domicile : une aide"), "a quote that is not closed");
        let kept = kept(["Aide", "domicile"]);
        assert!(!kept.contains(" aid domicil "), "no phrase goes from one part to the next: {kept}");
    }

    #[test]
    fn whatever_is_typed_is_a_question() {
        let long = "mot ".repeat(2_500);
        for typed in ["", "\"", "\"\"\"", "' OR 1=1 --", "*", "NEAR(a b)", "a\0b", "%_%", &long, "((((", "-"]
        {
            let question = Question::read(typed);
            let clean = |word: &String| !word.is_empty() && word.chars().all(char::is_alphanumeric);
            assert!(question.terms.len() <= ASKED, "{typed}");
            assert!(question.terms.iter().all(|term| clean(&term.stem)), "{typed}: {question:?}");
            assert!(question.terms.iter().filter_map(|term| term.begun.as_ref()).all(clean), "{typed}");
        }
        assert_eq!(Question::read("le de").terms.len(), 2, "common words alone are words");
    }

    #[test]
    fn hits_are_marked_in_the_words_as_they_stand() {
        let question = Question::read("formations emplo");
        let text = "L'Emploi & la Formation <b>";
        let said: Vec<_> = question.pieces(text);
        assert_eq!(
            said,
            [(false, "L'"), (true, "Emploi"), (false, " & la "), (true, "Formation"), (false, " <b>")]
        );
        assert_eq!(said.iter().map(|(_, piece)| *piece).collect::<String>(), text);
        assert_eq!(Question::default().pieces(""), [(false, "")]);
    }

    #[test]
    fn an_excerpt_is_taken_around_the_first_hit() {
        let text = format!("{}une formation utile pour tous", "Du texte avant cela. ".repeat(30));
        let excerpt = Question::read("formation").excerpt(&text, 100).expect("a hit");
        assert!(excerpt.starts_with("… ") && excerpt.contains("une formation utile"), "{excerpt}");
        assert!(excerpt.chars().count() <= 100);
        assert_eq!(Question::read("soudure").excerpt(&text, 100), None);
        assert_eq!(Question::read("texte").excerpt("Un texte", 100).as_deref(), Some("Un texte"));
    }
}
