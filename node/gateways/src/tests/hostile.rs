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
fn what_is_repeated_around_each_entry_stays_short() {
    let items = "<item><title>a</title><link>b</link></item>".repeat(100);
    let long = "x".repeat(1_000_000);
    let document =
        format!("<rss xml:base='https://a.example.org/' xmlns:l='{long}'><channel>{items}</channel></rss>");
    let feed = parse(document.as_bytes(), None, None).unwrap();
    assert_eq!(feed.entries.len(), 1);
    assert_eq!(feed.problems.len(), 99);
    let root = format!("<{long}:feed><entry><title>a</title></entry></{long}:feed>");
    assert!(matches!(parse(root.as_bytes(), None, None), Err(FeedError::NotAFeed { .. })));
}

#[test]
fn floods_of_labels_are_cut() {
    let labels: String =
        (0..1_000).map(|i| format!("<category>{i}</category><author>n{i}</author>")).collect();
    let document = format!("<rss><channel><item><title>a</title>{labels}</item></channel></rss>");
    let feed = parse(document.as_bytes(), None, None).unwrap();
    assert_eq!((feed.entries[0].categories.len(), feed.entries[0].authors.len()), (50, 50));
    assert_eq!(feed.entries[0].categories[49], "49");
}

#[test]
fn small_tables_do_not_become_large_ones() {
    let default = csv::CsvOptions::default();
    let wide = "a;".repeat(20_000);
    assert_eq!(csv::parse(wide.as_bytes(), &default), Err(csv::CsvError::TooManyColumns { limit: 16_384 }));

    let short_rows = format!("{}\n{}", "a;".repeat(10_000), "b;c\n".repeat(2_000));
    let table = csv::parse(short_rows.as_bytes(), &default).unwrap();
    assert_eq!((table.headers.len(), table.rows.len()), (10_000, 500));
    assert_eq!((table.headers[1].folded.as_str(), table.headers[9_999].folded.as_str()), ("a_2", "a_10000"));
    let told: Vec<_> = table.problems.iter().map(|p| (p.position, p.code)).collect();
    assert_eq!(told, [(502, "too_many_rows")]);
    assert!(table.problems[0].reason_en.contains("1500 are left out"), "{}", table.problems[0].reason_en);

    let faulty = format!("a;b;c;d\n{}", "seul\n".repeat(10_050));
    let table = csv::parse(faulty.as_bytes(), &default).unwrap();
    assert_eq!((table.rows.len(), table.problems.len()), (0, 10_001));
    let last = table.problems.last().unwrap();
    assert_eq!((last.code, last.reason_en.contains("the next 50 ")), ("too_many_problems", true));
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
