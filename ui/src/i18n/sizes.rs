//! Sizes of files in words.

use super::{Locale, Translator};

impl Translator {
    /// A number of bytes as people read it, such as 1,2 Mo or 840 ko.
    #[must_use]
    pub fn bytes(self, bytes: i64) -> String {
        let french = self.locale == Locale::Fr;
        let unit = |fr: &'static str, en: &'static str| if french { fr } else { en };
        match bytes {
            ..1_000 => format!("{bytes}\u{a0}{}", unit("octets", "bytes")),
            1_000..1_000_000 => format!("{}\u{a0}{}", bytes / 1_000, unit("ko", "kB")),
            _ => {
                let (whole, tenth) = (bytes / 1_000_000, bytes % 1_000_000 / 100_000);
                format!("{whole}{}{tenth}\u{a0}{}", unit(",", "."), unit("Mo", "MB"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        let fr = Translator::new(Locale::Fr);
        let said = [999, 1_000, 840_500, 1_250_000, 20_971_520].map(|bytes| fr.bytes(bytes));
        assert_eq!(said, ["999\u{a0}octets", "1\u{a0}ko", "840\u{a0}ko", "1,2\u{a0}Mo", "20,9\u{a0}Mo"]);
        assert_eq!(Translator::new(Locale::En).bytes(1_250_000), "1.2\u{a0}MB");
    }
}
