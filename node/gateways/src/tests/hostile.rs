//! Input made to hurt: the limits hold, nothing panics.

use proptest::prelude::*;

use crate::feed::{FeedError, MAX_BYTES, MAX_DEPTH, MAX_ENTRIES, parse};
use crate::{csv, sniff};

#[test]
fn the_limits() {
    let long = vec![b' '; MAX_BYTES + 1];
    assert_eq!(parse(&long, None, None), Err(FeedError::TooLarge { size: MAX_BYTES + 1, limit: MAX_BYTES }));

    let deep = format!("<rss><channel><item><x>{}", "<a>".repeat(MAX_DEPTH));
    assert_eq!(parse(deep.as_bytes(), None, None), Err(FeedError::TooDeep { line: 1 }));

    let items: String =
        (0..MAX_ENTRIES + 5).map(|i| format!("<item><title>Offre {i}</title></item>")).collect();
    let feed = parse(format!("<rss><channel>{items}</channel></rss>").as_bytes(), None, None).unwrap();
    assert_eq!(feed.entries.len(), MAX_ENTRIES);
    let problem = feed.problems.last().unwrap();
    assert_eq!((problem.code, problem.reason_en.contains("the last 5 ")), ("too_many_entries", true));
}

#[test]
fn entities_are_refused_wherever_they_stand() {
    for document in [
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel/></rss>",
        "<?xml version='1.0'?>\n<!doctype rss [ <!entity x 'y'> ]><rss/>",
        "<!DOCTYPE feed [<!ENTITY % p SYSTEM 'http://x.example.org/p'> %p;]><feed/>",
    ] {
        assert_eq!(parse(document.as_bytes(), None, None), Err(FeedError::EntityDefinitions), "{document}");
    }
}

#[test]
fn large_hostile_text_is_read_in_reasonable_time() {
    let started = std::time::Instant::now();
    for piece in ["&", "<a ", "<div>", "&lt;div&gt;", "<![CDATA[<b>]]>", "\"", "<br>", "&amp;a"] {
        let body = piece.repeat(1_000_000 / piece.len());
        for around in
            ["<rss><channel><item><title>x</title><description>", "<feed><entry><title>x</title><content>"]
        {
            let _ = parse(format!("{around}{body}</description></item>").as_bytes(), None, None);
        }
        let _ = csv::parse(body.as_bytes(), &csv::CsvOptions::default());
        let _ = sniff(body.as_bytes());
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

/// Pieces of feeds, glued together in any order, reach deeper than random bytes.
fn feed_soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "</channel>",
        "</rss>",
        "<title>",
        "</title>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "</entry>",
        "<content type='xhtml'>",
        "</content>",
        "<link href='x' rel='y'/>",
        "<link>",
        "</link>",
        "<pubDate>",
        "</pubDate>",
        "2026-13-45",
        "&#x0;",
        "&nbsp;",
        "<media:text start='99999999999999999999'>",
        "<itunes:duration>9:99:9</itunes:duration>",
        "<author>",
        "a@b.fr…é",
        "</author>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "é",
        "\u{0}",
        "<",
        ">",
        "\"",
        "xml:base='::'",
        "<rdf:RDF xmlns:rdf='r'>",
        "<description>",
        "<div>",
        "</div>",
        "<x:y",
        " xmlns:dc='d'",
        "<?xml",
        "?>",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = parse(&bytes, None, None);
        let _ = csv::parse(&bytes, &csv::CsvOptions::default());
        let _ = sniff(&bytes);
    }

    #[test]
    fn arbitrary_markup_never_panics(soup in feed_soup()) {
        let _ = parse(soup.as_bytes(), None, None);
        let _ = parse(format!("<rss><channel><item>{soup}</item></channel></rss>").as_bytes(), None, None);
    }

    #[test]
    fn arbitrary_values_never_panic(text in "\\PC{0,40}", digits in "[0-9 ,.:/hT+-]{0,20}") {
        for value in [text.as_str(), digits.as_str()] {
            let _ = csv::value::date(value);
            let _ = csv::value::date_time(value, chrono_tz::Europe::Paris);
            let _ = (csv::value::number(value), csv::value::euros(value), csv::value::percent(value));
            let _ = (csv::value::phone(value), csv::value::postal_code(value), csv::value::insee_code(value));
            let _ = (csv::value::boolean(value), csv::value::list(value), crate::to_plain_text(value));
            let _ = crate::clean_html(value, None);
            let feed = format!("<rss><channel><item><title>a</title><pubDate>{digits}</pubDate></item></channel></rss>");
            prop_assert!(parse(feed.as_bytes(), None, None).is_ok());
        }
    }
}
