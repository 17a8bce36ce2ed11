//! Finds the separator of a file.

use super::record::{self, Lines};

/// Candidates, the likeliest in France first: it wins a draw.
const CANDIDATES: [char; 4] = [';', '\t', '|', ','];

/// Records that are looked at.
const SAMPLE: usize = 60;

/// The `sep=;` line that Excel writes and reads: the separator, and the byte after the line.
pub(super) fn declared(text: &str) -> Option<(char, usize)> {
    let line_end = text.find(['\r', '\n']).unwrap_or(text.len());
    let line = text.get(..line_end)?.trim().trim_matches('"');
    let mut rest = line.get(..4).filter(|p| p.eq_ignore_ascii_case("sep=")).and(line.get(4..))?.chars();
    let separator = rest.next().unwrap_or('\t');
    if rest.next().is_some() || separator == '"' {
        return None;
    }
    let after = text.get(line_end..)?;
    let ending = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
    Some((separator, line_end + ending))
}

/// The separator under which most records have the same number of columns, and many.
pub(super) fn guess(text: &str) -> char {
    CANDIDATES
        .into_iter()
        .map(|c| (score(text, c), c))
        .fold((0.0, ';'), |best, s| if s.0 > best.0 { s } else { best })
        .1
}

/// True if some separator cuts the text into columns.
pub(crate) fn looks_tabular(text: &str) -> bool {
    declared(text).is_some() || CANDIDATES.into_iter().any(|c| score(text, c) >= 1.5)
}

fn score(text: &str, separator: char) -> f64 {
    let mut lines = Lines::new(text, 1);
    let mut widths: Vec<usize> = Vec::new();
    while let Some(record) = record::read_over(&mut lines, separator) {
        if record.cells.iter().any(|c| !c.trim().is_empty()) {
            widths.push(record.cells.len());
        }
        if widths.len() >= SAMPLE {
            break;
        }
    }
    let (mut width, mut votes) = (0, 0);
    for candidate in &widths {
        let same = widths.iter().filter(|w| *w == candidate).count();
        if same > votes || (same == votes && *candidate > width) {
            (width, votes) = (*candidate, same);
        }
    }
    if width < 2 {
        return 0.0;
    }
    // Text with commas has columns too, but rarely as many in the first row.
    let header = if widths.first() == Some(&width) { 1.0 } else { 0.5 };
    width as f64 * header * votes as f64 / widths.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_found() {
        assert_eq!(guess("Métier;Taux\nCouvreurs;84,8 %\nTuyauteurs, soudeurs;78,5 %\n"), ';');
        assert_eq!(guess("date,nom\n2026-01-01,Jour de l'an\n"), ',');
        assert_eq!(guess("A|B|C\n1|x, y|2\n"), '|');
        assert_eq!(guess("A\tB\n1\tx;y\n"), '\t');
        assert_eq!(guess("seule colonne\nvaleur\n"), ';');
    }

    #[test]
    fn the_line_of_excel() {
        assert_eq!(declared("sep=;\r\nA;B"), Some((';', 7)));
        assert_eq!(declared("\"sep=,\"\nA,B"), Some((',', 8)));
        assert_eq!(declared("SEP=|"), Some(('|', 5)));
        assert_eq!(declared("separateur;b"), None);
        assert_eq!(declared("é"), None);
    }
}
