//! One-time codes by time: RFC 6238 with HMAC-SHA-1, 30 seconds and six digits, which every
//! authenticator knows.

use aws_lc_rs::hmac;
use rand::RngCore;
use subtle::ConstantTimeEq;

/// Digits of a code.
pub(super) const DIGITS: usize = 6;
/// A step of time, in milliseconds.
const STEP: i64 = 30_000;
/// Steps before and after the present one whose codes are taken: clocks differ.
const DRIFT: i64 = 1;

/// A new key of 160 bits, as RFC 4226 recommends.
pub(super) fn new_key() -> [u8; 20] {
    let mut key = [0; 20];
    rand::rng().fill_bytes(&mut key);
    key
}

/// The code of one step (RFC 4226, 5.3).
fn code(key: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let sum = tag.as_ref();
    let at = usize::from(sum.last().copied().unwrap_or_default() & 15);
    let four = sum.iter().skip(at).take(4).fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    format!("{:0DIGITS$}", (four & 0x7fff_ffff) % 1_000_000)
}

/// The step whose code this is, at a moment in milliseconds; none where it is not right, or not later
/// than the last one that was taken.
pub(super) fn step_of(key: &[u8], typed: &str, now: i64, last: i64) -> Option<i64> {
    let present = now / STEP;
    (present - DRIFT..=present + DRIFT)
        .filter(|step| *step > last)
        .find(|step| bool::from(code(key, *step).as_bytes().ct_eq(typed.as_bytes())))
}

/// What a device scans (the format of Google Authenticator's key URIs).
pub(super) fn address(secret: &str, host: &str, email: &str) -> String {
    let escaped = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let (issuer, account) = (escaped(host), escaped(email));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

/// The code of a moment, for tests of signing in.
#[cfg(test)]
pub(crate) fn code_at(secret: &str, now: i64) -> String {
    let key = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap_or_default();
    code(&key, now / STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let key = b"12345678901234567890";
        for (seconds, expected) in [
            (59_i64, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(key, seconds / 30), expected, "{seconds}");
        }
    }

    #[test]
    fn a_code_is_taken_once_and_near_its_time() {
        let (key, now) = (b"12345678901234567890", 59_000);
        let step = step_of(key, "287082", now, 0);
        assert_eq!(step, Some(1));
        assert_eq!(step_of(key, "287082", now, 1), None, "again");
        assert_eq!(step_of(key, "287082", now + STEP, 0), Some(1), "a slow clock");
        assert_eq!(step_of(key, "287082", now + 2 * STEP, 0), None, "too late");
        assert_eq!(step_of(key, "287083", now, 0), None);
    }
}
