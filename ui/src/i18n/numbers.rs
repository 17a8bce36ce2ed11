//! Numbers as they are written in each language.

use super::Locale;

/// A whole number with its thousands set apart: `12 345` with narrow no-break spaces, or `12,345`.
#[must_use]
pub fn number(n: i64, locale: Locale) -> String {
    let separator = match locale {
        Locale::Fr => '\u{202f}',
        Locale::En => ',',
    };
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3 + 1);
    if n < 0 {
        out.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// How many of something; templates hold numbers by reference as well as by value.
pub trait Quantity {
    /// The number; what does not fit is the largest.
    fn quantity(&self) -> i64;
}

impl<Q: Quantity> Quantity for &Q {
    fn quantity(&self) -> i64 {
        (**self).quantity()
    }
}

macro_rules! quantities {
    ($($number:ty),*) => {$(
        impl Quantity for $number {
            fn quantity(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

quantities!(i32, i64, u16, u32, u64, usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(number(999, Locale::Fr), "999");
        assert_eq!(number(1_000, Locale::Fr), "1\u{202f}000");
        assert_eq!(number(-1_234_567, Locale::En), "\u{2212}1,234,567");
        assert_eq!(number(i64::MIN, Locale::En), "\u{2212}9,223,372,036,854,775,808");
    }
}
