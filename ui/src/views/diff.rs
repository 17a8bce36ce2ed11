//! What a correction changes, word by word.

use crate::i18n::Translator;
use askama::Template;
use askama::filters::HtmlSafe;

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffPart {
    /// In both.
    Same(String),
    /// Only before.
    Removed(String),
    /// Only after.
    Added(String),
}

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDiff {
    /// The field's label.
    pub label: String,
    /// Its words.
    pub parts: Vec<DiffPart>,
}

/// What a correction changes.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/diff.html")]
pub struct DiffView {
    /// Language.
    pub t: Translator,
    /// Fields that change, in the order of the form.
    pub fields: Vec<FieldDiff>,
}

impl HtmlSafe for DiffView {}

/// Above this many pairs of words, texts are compared as wholes.
const MOST_PAIRS: usize = 4_000_000;

/// The words of two texts, told apart by their longest common subsequence.
#[must_use]
pub fn word_diff(before: &str, after: &str) -> Vec<DiffPart> {
    let (old, new) = (words(before), words(after));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = (old.len().min(new.len())) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut parts = Vec::new();
    push(&mut parts, DiffPart::Same(old[..head].concat()));
    if old_middle.len() * new_middle.len() > MOST_PAIRS {
        push(&mut parts, DiffPart::Removed(old_middle.concat()));
        push(&mut parts, DiffPart::Added(new_middle.concat()));
    } else {
        middle(&mut parts, old_middle, new_middle);
    }
    push(&mut parts, DiffPart::Same(old[old.len() - tail..].concat()));
    parts
}

/// Words, each with the space before it.
fn words(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() && in_word {
            found.push(&text[start..at]);
            start = at;
        }
        in_word = !c.is_whitespace();
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

fn middle(parts: &mut Vec<DiffPart>, old: &[&str], new: &[&str]) {
    let lengths = common_lengths(old, new);
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            push(parts, DiffPart::Same(old[i].to_owned()));
            i += 1;
            j += 1;
        } else if j == new.len() || (i < old.len() && lengths[i + 1][j] >= lengths[i][j + 1]) {
            push(parts, DiffPart::Removed(old[i].to_owned()));
            i += 1;
        } else {
            push(parts, DiffPart::Added(new[j].to_owned()));
            j += 1;
        }
    }
}

/// Length of the longest common subsequence of `old[i..]` and `new[j..]`, for each i and j.
fn common_lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut lengths = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i][j] = match old[i] == new[j] {
                true => lengths[i + 1][j + 1] + 1,
                false => lengths[i + 1][j].max(lengths[i][j + 1]),
            };
        }
    }
    lengths
}

/// Adds a run, joined with the one before where both are of one kind.
fn push(parts: &mut Vec<DiffPart>, part: DiffPart) {
    use DiffPart::{Added, Removed, Same};
    match (parts.last_mut(), part) {
        (_, Same(text) | Removed(text) | Added(text)) if text.is_empty() => {}
        (Some(Same(last)), Same(text))
        | (Some(Removed(last)), Removed(text))
        | (Some(Added(last)), Added(text)) => {
            last.push_str(&text);
        }
        (_, part) => parts.push(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DiffPart::{Added, Removed, Same};

    #[test]
    fn changed_words_are_told_apart() {
        let parts = word_diff("Forum mardi à Nevers, salle A", "Forum jeudi à Nevers, grande salle A");
        assert_eq!(
            parts,
            [
                Same("Forum".into()),
                Removed(" mardi".into()),
                Added(" jeudi".into()),
                Same(" à Nevers,".into()),
                Added(" grande".into()),
                Same(" salle A".into()),
            ]
        );
    }

    #[test]
    fn both_texts_can_be_read_out_of_the_parts() {
        let texts = ["", "a", "a b c", " b  c a\nd", "é è « x »", "c b a a b"];
        for before in texts {
            for after in texts {
                let (mut old, mut new) = (String::new(), String::new());
                for part in word_diff(before, after) {
                    match part {
                        Same(text) => {
                            old.push_str(&text);
                            new.push_str(&text);
                        }
                        Removed(text) => old.push_str(&text),
                        Added(text) => new.push_str(&text),
                    }
                }
                assert_eq!((old.as_str(), new.as_str()), (before, after));
            }
        }
    }

    #[test]
    fn very_long_texts_are_compared_as_wholes() {
        let (before, after) = ("a ".repeat(3_000), "b ".repeat(3_000));
        assert_eq!(word_diff(&before, &after).iter().filter(|p| matches!(p, Removed(_))).count(), 1);
    }
}
