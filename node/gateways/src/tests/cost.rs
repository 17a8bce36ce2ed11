//! What hostile text costs: reading takes time in proportion to length, whatever is repeated in it.

use std::time::{Duration, Instant};

use crate::{clean_html, csv, feed, sniff, to_plain_text};

/// Lengths that are compared, in bytes: work that grows as the square costs sixteen times as much on the
/// longer, where it should cost four times as much.
const SHORT: usize = 64 * 1024;
const LONG: usize = 4 * SHORT;

/// Between four times and sixteen.
const MOST_GROWTH: u32 = 8;

/// Under this the clock is too coarse to compare.
const NOTHING: Duration = Duration::from_millis(30);

/// Pieces of markup and text; `#` becomes a number that is another each time.
const PIECES: [&str; 24] = [
    "&",
    "&amp;a",
    "&#",
    "\"",
    "<br>",
    "<a ",
    "<a \"",
    "<a '",
    "<a b=\"",
    "<!",
    "<!--",
    "<?",
    "</",
    "<div>",
    "<p><b></p>",
    "<p><i>#</p>",
    "<b class=#>",
    "<ul></x>",
    "<ul a=b\"><ul>\">",
    "<ul <p>",
    "&lt;div&gt;",
    "<![CDATA[<b>]]>",
    "<li>\u{a0}",
    "\u{e9}#",
];

/// Documents: what stands before, what is repeated, what stands after.
const DOCUMENTS: [(&str, &str, &str); 12] = [
    ("<rss><channel>", "<item><guid>g</guid><title>#</title></item>", "</channel></rss>"),
    ("<rss><channel>", "<item><link>https://a.example.org/</link></item>", "</channel></rss>"),
    ("<rss><channel>", "<item><title>a<b></item>", "</channel></rss>"),
    ("<rss><channel>", "<a:b>", ""),
    ("<rss><channel><item><title>a</title>", "<category>#</category>", "</item></channel></rss>"),
    ("<rss><channel><item><title>a</title>", "<author>#</author>", "</item></channel></rss>"),
    ("<rss><channel><item><title>a</title>", "<pubDate>#</pubDate>", "</item></channel></rss>"),
    (
        "<rss><channel><item><title>a</title>",
        "<enclosure url='https://a.example.org/#'/>",
        "</item></channel></rss>",
    ),
    ("<rss ", "a#='#' ", "><channel><item><title>a</title></item></channel></rss>"),
    ("<feed>", "<author><name>#</name></author><entry><title>#</title></entry>", "</feed>"),
    ("<feed><entry><title>a</title><content type='xhtml'>", "<i>#", "</content></entry></feed>"),
    ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[0", ",{\"id\":#,\"tags\":[\"#\"]}", "]}"),
];

/// Rows and pieces of rows.
const ROWS: [&str; 10] =
    ["a;", "a#;", ";", "&lt;div&gt;", "\"a;b\n", "x\";\"\n", "a;b\n", "a\n", "a;b;c;d\n\n;;;\na\n", "\r"];

/// Processor time on the longer: unoptimised, on a slow machine, none of these takes a quarter of it. What is
/// cut at a limit costs the same on both lengths, and may still cost too much.
const MOST: Duration = Duration::from_secs(10);

/// Text of about this length.
fn text(piece: &str, length: usize) -> String {
    let mut text = String::with_capacity(length + 64);
    for number in 0.. {
        if text.len() >= length {
            break;
        }
        text.push_str(&piece.replace('#', &number.to_string()));
    }
    text
}

/// Processor time that this thread has used, so that other programs on the machine do not count; the time
/// of day where the system does not tell.
fn clock(start: Instant) -> Duration {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let used = used.and_then(|line| line.split(' ').next()?.parse().ok()).filter(|nanos| *nanos > 0);
    used.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn cost(input: &str, read: &dyn Fn(&str)) -> Duration {
    let start = Instant::now();
    let before = clock(start);
    read(input);
    clock(start).saturating_sub(before)
}

/// Compares two lengths, and bounds the longer. A measurement may be disturbed, a cost that grows too fast is there each time:
/// the best of three counts.
fn grows_with_length(what: &str, input: impl Fn(usize) -> String, read: &dyn Fn(&str)) {
    let (short, long) = (input(SHORT), input(LONG));
    let mut seen = Vec::new();
    for _ in 0..3 {
        let costs = (cost(&short, read), cost(&long, read));
        if costs.1 <= MOST && costs.1 <= costs.0 * MOST_GROWTH + NOTHING {
            return;
        }
        seen.push(costs);
    }
    panic!("{what}: {seen:?}");
}

fn read_feed(document: &str) {
    let _ = feed::parse(document.as_bytes(), None, None);
}

fn read_table(text: &str) {
    let _ = csv::parse(text.as_bytes(), &csv::CsvOptions::default());
}

#[test]
fn text_of_feeds() {
    for (before, after) in [
        ("<rss><channel><item><title>x</title><description>", "</description></item></channel></rss>"),
        ("<feed><entry><title>x</title><content type='html'>", "</content></entry></feed>"),
    ] {
        for piece in PIECES {
            let document = |length| format!("{before}{}{after}", text(piece, length));
            grows_with_length(piece, document, &read_feed);
        }
    }
}

#[test]
fn structure_of_feeds() {
    for (before, piece, after) in DOCUMENTS {
        let document = |length| format!("{before}{}{after}", text(piece, length));
        grows_with_length(piece, document, &read_feed);
    }
    let long_root = |length| {
        let items = text("<item><title>#</title></item>", length);
        format!("<rss xmlns:a='{}'><channel>{items}</channel></rss>", "a".repeat(length))
    };
    grows_with_length("attribute of the root", long_root, &read_feed);
}

#[test]
fn html_of_others() {
    for piece in PIECES {
        let html = |length| text(piece, length);
        grows_with_length(piece, html, &|html| drop(clean_html(html, None)));
        grows_with_length(piece, html, &|html| drop(to_plain_text(html)));
    }
}

#[test]
fn tables_and_the_kind_of_a_file() {
    for piece in ROWS.into_iter().chain(PIECES) {
        let body = |length| text(piece, length);
        grows_with_length(piece, body, &read_table);
        grows_with_length(piece, body, &|text| assert_ne!(sniff(text.as_bytes()), crate::Kind::Feed));
    }
    for piece in ROWS {
        grows_with_length(piece, |length| format!("nom;ville\n{}", text(piece, length)), &read_table);
    }
}
