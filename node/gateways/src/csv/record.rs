//! Cuts text into records, with the line of each and the signs of a quote left open.

/// Longest text of one cell: what Excel can hold (32,767 characters). A longer one is an open quote.
const MAX_CELL: usize = 32_767;

/// Most columns: what Excel can hold. Cells after one more than these are counted off, not kept, so that
/// a line of separators does not fill the memory.
pub(super) const MAX_COLUMNS: usize = 16_384;

/// The text still to be read, and the line at which it stands.
#[derive(Clone, Debug)]
pub(super) struct Lines<'t> {
    rest: &'t str,
    line: u64,
}

impl<'t> Lines<'t> {
    /// Text that starts on this line.
    pub(super) fn new(rest: &'t str, line: u64) -> Self {
        Self { rest, line }
    }

    /// The line that comes next, without its ending; moves after it.
    pub(super) fn skip_line(&mut self) -> &'t str {
        let end = self.rest.find(['\r', '\n']).unwrap_or(self.rest.len());
        let (line, after) = self.rest.split_at(end);
        self.rest = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or_default();
        self.line += 1;
        line
    }

    /// The line at which the text stands, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }
}

/// A record as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub line: u64,
    pub cells: Vec<String>,
    /// Lines that it takes up.
    pub lines: u64,
    /// Bytes that were looked at to find its end.
    pub bytes: usize,
    /// True if a quote was never closed, or closed in the middle of a cell: where the record takes up
    /// several lines, it has swallowed others.
    pub ragged: bool,
}

impl Record {
    /// Takes a finished cell and leaves an empty one.
    fn take(&mut self, cell: &mut String) {
        if self.cells.len() <= MAX_COLUMNS {
            self.cells.push(std::mem::take(cell));
        } else {
            cell.clear();
        }
    }
}

/// Reads the next record; `None` at the end. Without `quoting` a quote is a character like another.
pub(super) fn read(lines: &mut Lines<'_>, separator: char, quoting: bool) -> Option<Record> {
    if lines.rest.is_empty() {
        return None;
    }
    let first = lines.line;
    let mut record = Record { line: first, cells: Vec::new(), lines: 1, bytes: 0, ragged: false };
    let mut cell = String::new();
    let (mut quoted, mut was_quoted, mut inner) = (false, false, 0);
    let mut characters = lines.rest.char_indices().peekable();
    let mut end = lines.rest.len();
    while let Some((_, c)) = characters.next() {
        let newline = c == '\n' || c == '\r';
        if newline && c == '\r' && characters.peek().is_some_and(|(_, next)| *next == '\n') {
            characters.next();
        }
        lines.line += u64::from(newline);
        if quoted {
            inner += u64::from(newline);
            match c {
                '"' if characters.next_if(|(_, next)| *next == '"').is_some() => cell.push('"'),
                '"' => quoted = false,
                _ if cell.len() > 4 * MAX_CELL => {
                    // Counts as several lines, so that the reader starts again after the first.
                    inner = inner.max(1);
                    break;
                }
                _ => cell.push(if newline { '\n' } else { c }),
            }
        } else if newline {
            end = characters.peek().map_or(lines.rest.len(), |(next, _)| *next);
            break;
        } else if c == separator {
            record.take(&mut cell);
            was_quoted = false;
        } else if c == '"' && quoting && !was_quoted && cell.trim().is_empty() {
            cell.clear();
            (quoted, was_quoted) = (true, true);
        } else {
            record.ragged |= was_quoted && !c.is_whitespace();
            cell.push(c);
        }
    }
    record.ragged |= quoted;
    record.take(&mut cell);
    record.bytes = end;
    lines.rest = lines.rest.get(end..).unwrap_or_default();
    record.lines = 1 + inner;
    Some(record)
}

/// Longest record that is read again by [`read_over`], in bytes.
const MAX_READ_OVER: usize = 256 * 1024;

/// Reads the next record; where an open quote has swallowed other lines, its first line alone, in which
/// quotes are characters like others. For those who only count columns.
pub(super) fn read_over(lines: &mut Lines<'_>, separator: char) -> Option<Record> {
    let before = lines.clone();
    let record = read(lines, separator, true)?;
    if !record.ragged || record.lines < 2 || record.bytes > MAX_READ_OVER {
        return Some(record);
    }
    *lines = before;
    let line = lines.line();
    let alone = lines.skip_line();
    Some(read(&mut Lines::new(alone, line), separator, false).unwrap_or(record))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut lines = Lines::new(text, 1);
        std::iter::from_fn(|| read(&mut lines, ';', true)).map(|r| (r.line, r.cells)).collect()
    }

    fn cells(list: &[&str]) -> Vec<String> {
        list.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn the_three_line_endings() {
        let expected = vec![(1, cells(&["a", "b"])), (2, cells(&["c", ""])), (3, cells(&["d"]))];
        assert_eq!(all("a;b\nc;\nd"), expected);
        assert_eq!(all("a;b\r\nc;\r\nd\r\n"), expected);
        assert_eq!(all("a;b\rc;\rd"), expected);
    }

    #[test]
    fn quotes_hold_lines_and_separators() {
        let expected = vec![(1, cells(&["a;\nb", "\"x\""])), (3, cells(&["c"]))];
        assert_eq!(all("\"a;\r\nb\";\"\"\"x\"\"\"\r\nc"), expected);
    }

    #[test]
    fn an_open_quote_shows() {
        let mut lines = Lines::new("\"a;b\nc;d\n", 1);
        assert!(read(&mut lines, ';', true).unwrap().ragged);
        let mut swallowed = Lines::new("\"a;b\n\"c\";d\n", 1);
        let record = read(&mut swallowed, ';', true).unwrap();
        assert!(record.ragged && record.lines == 2);
    }
}
