//! JSON that is not what a route takes: which key, and what it takes instead, in both languages.

use crate::problem::Problem;
use serde::de::IgnoredAny;
use serde_json::error::Category;

/// What is wrong with a body that could not be read.
pub fn explain(error: &serde_json::Error, text: &[u8]) -> Problem {
    if error.classify() != Category::Data {
        if error.classify() == Category::Syntax && serde_json::from_slice::<IgnoredAny>(text).is_ok() {
            return shape(error, text);
        }
        let (line, column) = (error.line(), error.column());
        return Problem::malformed(
            "malformed_json",
            "",
            format!("Le corps n'est pas du JSON lisible : voyez la ligne {line}, colonne {column}."),
            format!("The body is not readable JSON: see line {line}, column {column}."),
        );
    }
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let key = key_at(text, error.line(), error.column());
    unknown(said, &key).or_else(|| wrong(said, &key)).unwrap_or_else(|| {
        // A value that a type of ours refuses says so in both languages.
        let (fr, en) = said.split_once(" / ").unwrap_or((said, said));
        Problem::malformed("wrong_value", &key, format!("« {key} » : {fr}."), format!("“{key}”: {en}."))
    })
}

/// JSON that is well-formed, and yet not what one of a closed set of forms looks like (serde_json tells
/// these as faults of syntax), or is nested too deep.
fn shape(error: &serde_json::Error, text: &[u8]) -> Problem {
    if error.to_string().starts_with("recursion limit") {
        return Problem::malformed("too_deep", "", "Trop de niveaux imbriqués.", "Nested too deep.");
    }
    let key = key_at(text, error.line(), error.column());
    // What ends with the value of a first key has a second one: the object around both is wrong.
    let last = byte_at(text, error.line(), error.column());
    let second = last.is_some_and(|byte| matches!(byte, b'"' | b'}' | b']'));
    let key = if second { key.rsplit_once('.').map_or("", |(around, _)| around) } else { key.as_str() };
    Problem::malformed(
        "wrong_shape",
        key,
        format!("« {key} » attend un texte, ou un objet à une seule clé : voyez /api/v1/openapi.json."),
        format!("“{key}” takes a text, or an object with one key: see /api/v1/openapi.json."),
    )
}

/// A key or a value that is none of those there are, and keys that are missing or stand twice.
fn unknown(said: &str, key: &str) -> Option<Problem> {
    let inside = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    if let Some(rest) = said.strip_prefix("unknown field ") {
        let key = if key.is_empty() { quoted(rest).next().unwrap_or_default() } else { key };
        let known = listed(rest);
        return Some(Problem::malformed(
            "unknown_key",
            key,
            format!("Clé inconnue : « {key} ». Possibles : {known}."),
            format!("Unknown key: “{key}”. Possible: {known}."),
        ));
    }
    if let Some(rest) = said.strip_prefix("missing field ") {
        let key = inside(quoted(rest).next()?);
        return Some(Problem::malformed(
            "missing_key",
            &key,
            format!("Il manque la clé « {key} »."),
            format!("The key “{key}” is missing."),
        ));
    }
    if said.starts_with("duplicate field ") {
        return Some(Problem::malformed(
            "duplicate_key",
            key,
            format!("La clé « {key} » est donnée deux fois."),
            format!("The key “{key}” is given twice."),
        ));
    }
    let rest = said.strip_prefix("unknown variant ")?;
    let (value, known) = (quoted(rest).next()?, listed(rest));
    Some(Problem::malformed(
        "unknown_value",
        key,
        format!("« {key} » : valeur inconnue « {value} ». Possibles : {known}."),
        format!("“{key}”: unknown value “{value}”. Possible: {known}."),
    ))
}

/// A value of another type, or out of range.
fn wrong(said: &str, key: &str) -> Option<Problem> {
    let (code, rest) = match (said.strip_prefix("invalid type: "), said.strip_prefix("invalid value: ")) {
        (Some(rest), _) => ("wrong_type", rest),
        (_, Some(rest)) => ("wrong_value", rest),
        _ => return None,
    };
    let (found, wanted) = rest.rsplit_once(", expected ")?;
    let (found, wanted) = (kind(found), kind(wanted));
    if key.is_empty() {
        return Some(Problem::malformed(
            code,
            key,
            format!("Le corps doit être {}, pas {}.", wanted.0, found.0),
            format!("The body has to be {}, not {}.", wanted.1, found.1),
        ));
    }
    Some(Problem::malformed(
        code,
        key,
        format!("« {key} » attend {}, pas {}.", wanted.0, found.0),
        format!("“{key}” takes {}, not {}.", wanted.1, found.1),
    ))
}

/// A kind of JSON value as serde names it, in French and English.
fn kind(said: &str) -> (String, String) {
    let is = |starts: &[&str]| starts.iter().any(|start| said.starts_with(start));
    let (fr, en) = if is(&["string", "a string", "a borrowed string", "character"]) {
        ("un texte", "a text")
    } else if is(&["boolean", "a boolean"]) {
        ("true ou false", "true or false")
    } else if is(&["sequence", "a sequence"]) {
        ("une liste", "a list")
    } else if is(&["map", "a map", "struct", "internally", "adjacently"]) {
        ("un objet", "an object")
    } else if is(&["null", "unit"]) {
        ("null", "null")
    } else if is(&["u16"]) {
        ("un nombre entier de 0 à 65535", "a whole number from 0 to 65535")
    } else if is(&["u", "i8", "i16", "i32", "i64", "usize"]) {
        ("un nombre entier", "a whole number")
    } else if is(&["f32", "f64"]) {
        ("un nombre", "a number")
    } else if let Some(number) = said.strip_prefix("integer ").or(said.strip_prefix("floating point ")) {
        return (number.replace('`', ""), number.replace('`', ""));
    } else {
        return (said.to_owned(), said.to_owned());
    };
    (fr.to_owned(), en.to_owned())
}

/// The words between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The words that serde expected, after the one it found.
fn listed(rest: &str) -> String {
    let known = quoted(rest).skip(1).collect::<Vec<_>>().join(", ");
    if known.is_empty() { "—".to_owned() } else { known }
}

/// A container that is open at some point of a text.
struct Open {
    object: bool,
    key: Option<String>,
    wants_key: bool,
    index: usize,
}

/// The key in which a text stands at this line and column (both from 1, in bytes, the column being
/// the last byte read), such as `rules.filter.all[0].theme`.
fn key_at(text: &[u8], line: usize, column: usize) -> String {
    let end = end_at(text, line, column);
    // What is about to be opened belongs to the key before it.
    let opens = byte_at(text, line, column).is_some_and(|byte| matches!(byte, b'{' | b'['));
    let end = if opens { end - 1 } else { end };
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < end {
        match text[at] {
            b'{' => open.push(Open { object: true, key: None, wants_key: true, index: 0 }),
            b'[' => open.push(Open { object: false, key: None, wants_key: false, index: 0 }),
            b'}' | b']' => drop(open.pop()),
            b',' => {
                if let Some(inner) = open.last_mut() {
                    inner.wants_key = inner.object;
                    inner.index += 1;
                }
            }
            b'"' => {
                let close = end_of_string(text, at);
                if let Some(inner) = open.last_mut().filter(|inner| inner.wants_key) {
                    inner.key = serde_json::from_slice(&text[at..close]).ok();
                    inner.wants_key = false;
                }
                at = close - 1;
            }
            _ => {}
        }
        at += 1;
    }
    open.iter().fold(String::new(), |mut path, inner| {
        match &inner.key {
            Some(key) if path.is_empty() => path.push_str(key),
            Some(key) => path = format!("{path}.{key}"),
            None if inner.object => {}
            None => path = format!("{path}[{}]", inner.index),
        }
        path
    })
}

/// How many bytes have been read at this line and column.
fn end_at(text: &[u8], line: usize, column: usize) -> usize {
    let lines = text.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    (before + column).min(text.len())
}

/// The last byte read at this line and column.
fn byte_at(text: &[u8], line: usize, column: usize) -> Option<u8> {
    text.get(end_at(text, line, column).checked_sub(1)?).copied()
}

/// The position after the string that begins here.
fn end_of_string(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < text.len() && text[at] != b'"' {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(text.len())
}
