//! Addresses of the back office with their parameters.

/// The address of a page with these parameters; empty ones are left out.
pub(super) fn with(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters.iter().filter(|(_, value)| !value.is_empty()));
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn empty_parameters_are_left_out() {
        assert_eq!(with("/office/queue", &[("show", ""), ("item", "")]), "/office/queue");
        assert_eq!(
            with("/x", &[("q", "à b&c"), ("show", ""), ("after", "1-2")]),
            "/x?q=%C3%A0+b%26c&after=1-2"
        );
    }
}
