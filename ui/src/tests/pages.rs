//! What has to hold for every page, with empty, typical and extreme content, in both languages.

use super::markup::{Tag, read};
use super::source_texts;
use crate::i18n::{Locale, Translator};
use crate::samples::{Tone, pages};
use std::collections::BTreeSet;

fn every_page(mut check: impl FnMut(&str, &str, &[Tag])) {
    for locale in [Locale::Fr, Locale::En] {
        for tone in [Tone::Typical, Tone::Empty, Tone::Extreme] {
            for (name, html) in pages(Translator::new(locale), tone) {
                let name = format!("{name} ({tone:?}, {locale:?})");
                let tags = read(&name, &html);
                check(&name, &html, &tags);
            }
        }
    }
}

#[test]
fn every_message_is_there() {
    every_page(|name, html, _| assert!(!html.contains('⟦'), "{name}: {:?}", html.split('⟦').nth(1)));
}

#[test]
fn landmarks_headings_and_language() {
    every_page(|name, html, tags| {
        let count = |element: &str| tags.iter().filter(|tag| tag.name == element).count();
        assert_eq!(count("h1"), 1, "{name}: h1");
        assert_eq!(count("main"), 1, "{name}: main");
        assert_eq!(count("title"), 1, "{name}: title");
        assert!(count("header") >= 1, "{name}: header");
        assert!(tags[0].get("lang").is_some(), "{name}: lang");
        assert!(html.contains("href=\"#main\""), "{name}: skip link");
        assert!(!html.contains("<title> –"), "{name}: empty title");
        let mut last = 0;
        for tag in tags.iter().filter(|tag| matches!(tag.name.as_str(), "h1" | "h2" | "h3")) {
            let level = tag.name.as_bytes()[1] - b'0';
            assert!(level <= last + 1, "{name}: h{level} after h{last}");
            last = level;
        }
    });
}

#[test]
fn ids_are_unique_and_every_reference_leads_somewhere() {
    every_page(|name, _, tags| {
        let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{name}: an id stands twice in {ids:?}");
        for tag in tags {
            let local = tag.get("href").and_then(|href| href.strip_prefix('#'));
            let described = tag.get("aria-describedby").into_iter().chain(tag.get("aria-labelledby"));
            let named =
                described.flat_map(str::split_whitespace).chain(tag.get("for")).chain(tag.get("list"));
            for target in local.into_iter().chain(named) {
                assert!(
                    !target.is_empty() && unique.contains(target),
                    "{name}: nothing has the id {target:?}"
                );
            }
        }
    });
}

#[test]
fn every_control_has_a_label_and_every_form_a_token() {
    every_page(|name, html, tags| {
        let labelled: BTreeSet<&str> =
            tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
        for tag in tags {
            let visible = matches!(tag.name.as_str(), "input" | "select" | "textarea")
                && tag.get("type") != Some("hidden");
            if visible {
                let id = tag.get("id").unwrap_or_default();
                assert!(labelled.contains(id), "{name}: no label for {tag:?}");
            }
            if matches!(tag.name.as_str(), "nav") {
                assert!(tag.get("aria-label").is_some(), "{name}: unnamed nav");
            }
        }
        let posts = tags.iter().filter(|t| t.name == "form" && t.get("method") == Some("post")).count();
        let tokens = tags.iter().filter(|t| t.get("name") == Some("csrf")).count();
        assert_eq!(posts, tokens, "{name}: a form without token");
        assert!(!html.contains("name=\"csrf\" value=\"\""), "{name}: an empty token");
    });
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    every_page(|name, _, tags| {
        for tag in tags {
            assert!(tag.get("style").is_none() && tag.name != "style", "{name}: inline style");
            for (attribute, value) in &tag.attributes {
                assert!(!attribute.starts_with("on"), "{name}: {attribute}");
                assert!(!value.trim_start().starts_with("javascript:"), "{name}: {value}");
            }
            let loads = match tag.name.as_str() {
                "script" if tag.get("type") == Some("application/ld+json") => None,
                "script" => Some(tag.get("src").unwrap_or_else(|| panic!("{name}: inline script"))),
                "img" => tag.get("src"),
                "link" if !matches!(tag.get("rel"), Some("alternate" | "canonical")) => tag.get("href"),
                _ => None,
            };
            if let Some(address) = loads {
                assert!(address.starts_with('/') && !address.starts_with("//"), "{name}: {address}");
                if let Some(path) = address.strip_prefix(crate::assets::PREFIX) {
                    assert!(crate::assets::find(address).is_some(), "{name}: no asset {path}");
                }
            }
        }
    });
}

#[test]
fn hostile_text_is_text() {
    every_page(|name, html, tags| {
        let scripts = tags.iter().filter(|t| t.name == "script").count();
        assert_eq!(html.matches("<script").count(), scripts, "{name}");
        assert!(!html.contains("<script>alert"), "{name}");
        if name.contains("Extreme") && !name.starts_with("error") {
            assert!(html.contains("&#60;script&#62;alert(&#39;x&#39;)"), "{name}: the sample is not there");
        }
    });
}

#[test]
fn a_page_stays_small() {
    every_page(|name, html, _| {
        if name.contains("public") && name.contains("Typical") {
            let css = crate::assets::find(&crate::assets::asset_url("public.css")).expect("css").bytes.len();
            let fonts = 34_000;
            assert!(html.len() + css + fonts < 100_000, "{name}: {} bytes", html.len() + css + fonts);
        }
    });
}

#[test]
fn templates_never_switch_escaping_off() {
    for (path, text) in source_texts().iter().filter(|(path, _)| path.ends_with(".html")) {
        for forbidden in ["|safe", "| safe", "escape(", "style=\"", "onclick"] {
            assert!(!text.contains(forbidden), "{path}: {forbidden}");
        }
    }
}

#[test]
fn french_pages_are_typeset() {
    for (name, html) in pages(Translator::new(Locale::Fr), Tone::Typical) {
        let text = html.split("<body").nth(1).unwrap_or_default();
        for wrong in [" ?<", " !<", " :<", " ;<"] {
            assert!(
                !text.contains(wrong),
                "{name}: a space that breaks before {:?}",
                wrong.trim_end_matches('<').trim()
            );
        }
    }
}

#[test]
fn the_item_form_says_what_is_wrong_beside_the_field_and_on_top() {
    let all = pages(Translator::new(Locale::Fr), Tone::Typical);
    let (_, html) = all.iter().find(|(name, _)| name == "office-item-form").expect("item form");
    let tags = read("item form", html);
    assert!(html.contains("href=\"#f-fin\"") && html.contains("id=\"f-fin-error\""));
    let end = tags.iter().find(|tag| tag.get("id") == Some("f-fin")).expect("field");
    assert_eq!(end.get("aria-invalid"), Some("true"));
    assert_eq!(end.get("aria-describedby"), Some("f-fin-error"));
    assert!(
        html.contains("name=\"action\" value=\"save\"") && html.contains("name=\"action\" value=\"submit\"")
    );
    assert!(html.contains("value=\"emploi\" checked"));
    assert!(html.contains("- entretiens\n- atelier **CV**"));
}

#[test]
fn passwords_are_never_shown_again() {
    let form = crate::forms::setup(Translator::default(), "c", Vec::new());
    let sent = [("password", "correct horse"), ("password_again", "correct horse"), ("name", "Accueil")];
    let form = form.filled(&sent.map(|(n, v)| (n.to_owned(), v.to_owned())));
    let html = form.to_string();
    assert!(html.contains("Accueil") && !html.contains("correct horse"));
}
