//! The part of structured fields (RFC 8941) that HTTP message signatures need, read strictly.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Members, items or parameters beyond which nobody honest goes.
const MAX_ENTRIES: usize = 32;

/// A bare item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BareItem {
    Integer(i64),
    String(String),
    Token(String),
    Bytes(Vec<u8>),
    Boolean(bool),
}

/// Parameters in the order given, each name once.
pub(super) type Parameters = Vec<(String, BareItem)>;

/// A member of a dictionary: one item, or a list of items in parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Member {
    Item(BareItem),
    List(Vec<(BareItem, Parameters)>, Parameters),
}

/// Reads a dictionary; none where it breaks the grammar or names a member twice.
pub(super) fn dictionary(text: &str) -> Option<Vec<(String, Member)>> {
    let mut reader = Reader { rest: text.trim_matches(' ') };
    let mut members: Vec<(String, Member)> = Vec::new();
    while !reader.rest.is_empty() {
        let key = reader.key()?;
        if members.len() == MAX_ENTRIES || members.iter().any(|(name, _)| *name == key) {
            return None;
        }
        let member = match reader.take('=') {
            true if reader.rest.starts_with('(') => reader.list()?,
            true => {
                let item = reader.bare()?;
                reader.parameters()?;
                Member::Item(item)
            }
            false => {
                reader.parameters()?;
                Member::Item(BareItem::Boolean(true))
            }
        };
        members.push((key, member));
        reader.space();
        if reader.rest.is_empty() {
            break;
        }
        if !reader.take(',') {
            return None;
        }
        reader.space();
        if reader.rest.is_empty() {
            return None;
        }
    }
    Some(members)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn take(&mut self, expected: char) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    /// The longest prefix of these characters.
    fn run(&mut self, accepted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !accepted(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        run
    }

    fn key(&mut self) -> Option<String> {
        if !self.rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '*') {
            return None;
        }
        let key = self.run(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.*".contains(c));
        Some(key.to_owned())
    }

    fn bare(&mut self) -> Option<BareItem> {
        let first = self.rest.chars().next()?;
        match first {
            '"' => self.string().map(BareItem::String),
            ':' => {
                let (encoded, rest) = self.rest.get(1..)?.split_once(':')?;
                self.rest = rest;
                STANDARD.decode(encoded).ok().map(BareItem::Bytes)
            }
            '?' => {
                let value = match self.rest.get(1..2)? {
                    "0" => false,
                    "1" => true,
                    _ => return None,
                };
                self.rest = self.rest.get(2..)?;
                Some(BareItem::Boolean(value))
            }
            '-' | '0'..='9' => {
                let digits = self.run(|c| c == '-' || c.is_ascii_digit());
                // Fifteen digits at most; a decimal point ends up as trailing text, hence refused.
                (digits.trim_start_matches('-').len() <= 15)
                    .then(|| digits.parse().ok().map(BareItem::Integer))
                    .flatten()
            }
            'a'..='z' | 'A'..='Z' | '*' => {
                let token = self.run(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~:/".contains(c));
                Some(BareItem::Token(token.to_owned()))
            }
            _ => None,
        }
    }

    fn string(&mut self) -> Option<String> {
        let mut value = String::new();
        let body = self.rest.get(1..)?;
        let mut characters = body.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = body.get(at + 1..)?;
                    return Some(value);
                }
                '\\' => match characters.next()?.1 {
                    escaped @ ('"' | '\\') => value.push(escaped),
                    _ => return None,
                },
                ' '..='~' => value.push(character),
                _ => return None,
            }
        }
        None
    }

    fn parameters(&mut self) -> Option<Parameters> {
        let mut parameters: Parameters = Vec::new();
        while self.take(';') {
            self.space();
            let key = self.key()?;
            let value = if self.take('=') { self.bare()? } else { BareItem::Boolean(true) };
            if parameters.len() == MAX_ENTRIES || parameters.iter().any(|(name, _)| *name == key) {
                return None;
            }
            parameters.push((key, value));
        }
        Some(parameters)
    }

    fn list(&mut self) -> Option<Member> {
        self.take('(');
        let mut items = Vec::new();
        loop {
            let before = self.rest.len();
            self.rest = self.rest.trim_start_matches(' ');
            if self.take(')') {
                return Some(Member::List(items, self.parameters()?));
            }
            let separated = items.is_empty() || self.rest.len() < before;
            if !separated || items.len() == MAX_ENTRIES {
                return None;
            }
            let item = self.bare()?;
            items.push((item, self.parameters()?));
        }
    }
}

/// Writes a bare item in its canonical form.
pub(super) fn serialise(item: &BareItem) -> String {
    match item {
        BareItem::Integer(number) => number.to_string(),
        BareItem::String(text) => {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        }
        BareItem::Token(token) => token.clone(),
        BareItem::Bytes(bytes) => format!(":{}:", STANDARD.encode(bytes)),
        BareItem::Boolean(true) => "?1".into(),
        BareItem::Boolean(false) => "?0".into(),
    }
}

/// Writes parameters in their canonical form: `;name=value`, a true one as `;name`.
pub(super) fn serialise_parameters(parameters: &Parameters) -> String {
    let one = |(name, value): &(String, BareItem)| match value {
        BareItem::Boolean(true) => format!(";{name}"),
        _ => format!(";{name}={}", serialise(value)),
    };
    parameters.iter().map(one).collect()
}
