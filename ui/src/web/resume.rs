//! A form that was sent when the session had ended: kept through signing in, so that nothing typed
//! is lost.

/// Before the name of each kept field.
const PREFIX: &str = "resume.field.";
/// The field that says where the form was going.
const ACTION: &str = "resume.action";
/// Fields of a kept form, at most.
const FIELDS: usize = 2_000;

/// A kept form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it was going: a path of this node.
    pub action: String,
    /// Its fields, the token of the ended session left out.
    pub fields: Vec<(String, String)>,
}

impl Kept {
    /// What was sent to this path.
    pub fn new(action: &str, sent: &[(String, String)]) -> Self {
        // A password is not written into a page; it is typed again.
        let secret = |name: &str| name.contains("password") || name == "present";
        let fields =
            sent.iter().filter(|(name, _)| name != "csrf" && !name.starts_with("resume.") && !secret(name));
        Self { action: super::visit::local(action), fields: fields.take(FIELDS).cloned().collect() }
    }

    /// The hidden fields that carry it through the login form.
    pub fn hidden(&self) -> Vec<(String, String)> {
        let action = (ACTION.to_owned(), self.action.clone());
        let fields = self.fields.iter().map(|(name, value)| (format!("{PREFIX}{name}"), value.clone()));
        std::iter::once(action).chain(fields).collect()
    }
}

/// The kept form among the fields of a login.
pub(super) fn kept(sent: &[(String, String)]) -> Option<Kept> {
    let action = sent.iter().find(|(name, _)| name == ACTION).map(|(_, action)| action.clone())?;
    let fields: Vec<(String, String)> = sent
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value.clone())))
        .collect();
    Some(Kept::new(&action, &fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_through_and_the_old_token_does_not() {
        let sent = [("csrf", "old"), ("titre", "Forum"), ("themes", "emploi"), ("themes", "formation")];
        let sent: Vec<(String, String)> =
            sent.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let form = Kept::new("/office/items/x/edit", &sent);
        assert_eq!(form.fields.len(), 3);
        assert_eq!(kept(&form.hidden()), Some(form));
        assert_eq!(Kept::new("https://evil.example/", &[]).action, crate::paths::WORK);
        assert_eq!(kept(&sent), None);
    }
}
