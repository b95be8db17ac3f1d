//! Values made comparable that need no knowledge: numbers, digests, wallets, accounts, addresses of sessions.
//!
//! Each function answers `None` for what is no such value or stands in place of one, and gives back what it gave
//! when it is asked about its own answer.

use super::near_photo::is_blank;
use crate::dossier::PaymentMethod;
use crate::facts::contact;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Letters and digits that an account, a wallet or the like has at least.
const LEAST_ACCOUNT: usize = 6;
/// A device's id has at least as many letters and digits; shorter ones are tags of an employer's inventory.
const LEAST_DEVICE: usize = 10;
/// … and as many digits; names of models have fewer.
const LEAST_DEVICE_DIGITS: usize = 4;
/// Hex digits of a SHA-256.
const SHA256_DIGITS: usize = 64;
/// Hex digits of a perceptual hash of 64 bits.
const PHASH_DIGITS: usize = 16;
/// A perceptual hash of fewer characters tells too few pictures apart.
const LEAST_PHASH: usize = 8;
/// This many of one letter in a row stand for what was made illegible.
const MASK: usize = 4;

/// A phone number with its country code; `None` for one that cannot be dialled or is made up of one digit or a row.
pub(crate) fn phone(raw: &str) -> Option<String> {
    let number = contact::international(raw.trim())?;
    number.is_possible_with_reason().ok()?;
    let digits = number.get_national_significant_number();
    let steps: Vec<u8> = digits.as_bytes().windows(2).map(|pair| (pair[1] + 10 - pair[0]) % 10).collect();
    if steps.iter().all(|step| *step == 0) || steps.iter().all(|step| *step == 1) {
        return None;
    }
    let mut value = number.to_string();
    let extension = number.extension();
    if !extension.is_empty() {
        // A switchboard is shared, a place behind it is not. Writing to a string cannot fail.
        let _ = write!(value, ";ext={extension}");
    }
    Some(value)
}

/// The hex digest of a file; `None` for that of an empty one and for what no file has.
pub(crate) fn digest(raw: &str) -> Option<String> {
    let value = raw.trim().to_ascii_lowercase();
    let is_digest = value.len() == SHA256_DIGITS && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_digest && !is_flat(&value) && value != format!("{:x}", Sha256::digest([]))).then_some(value)
}

/// A perceptual hash with its kind; `None` for that of a blank picture.
pub(crate) fn perceptual_hash(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (kind, hash) = match raw.split_once(':') {
        Some((kind, hash)) => (kind.trim(), hash.trim()),
        None if raw.len() == PHASH_DIGITS && is_hex(raw) => ("dct64", raw),
        None => return None,
    };
    let says_something = !kind.is_empty() && hash.len() >= LEAST_PHASH && !is_flat(hash) && !is_masked(hash);
    // Another kind of hash may tell capitals apart.
    let hash = if is_hex(hash) { hash.to_ascii_lowercase() } else { hash.to_owned() };
    let is_blank = hash.len() == PHASH_DIGITS && u64::from_str_radix(&hash, 16).is_ok_and(is_blank);
    (says_something && !is_blank).then(|| format!("{}:{hash}", kind.to_ascii_lowercase()))
}

/// A wallet's address, without a scheme and what a payment link adds.
pub(crate) fn wallet(raw: &str) -> Option<String> {
    let address = raw.trim();
    let address = address.rsplit(':').next().unwrap_or(address);
    let address = address.split(['?', '@']).next().unwrap_or(address).trim();
    if !is_account(address) || address.contains(char::is_whitespace) {
        return None;
    }
    // Base58 tells capitals apart, all others do not: hexadecimal, names with a dot, and what has one case only.
    let is_hex = address.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x"))
        && address.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit());
    let has_one_case = !address.bytes().any(|byte| byte.is_ascii_lowercase());
    let folds = is_hex || has_one_case || address.contains('.');
    Some(if folds { address.to_ascii_lowercase() } else { address.to_owned() })
}

/// A bank or payment account that is no mail address: its letters and digits, after what kind of account it is.
///
/// An IBAN names its bank itself; any other number is only compared with those of the same means of payment.
pub(crate) fn account(raw: &str, method: Option<PaymentMethod>) -> Option<String> {
    let number: String = raw.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let shape = number.as_bytes();
    let is_iban = matches!(method, None | Some(PaymentMethod::Bank | PaymentMethod::Other))
        && shape.iter().take(2).all(u8::is_ascii_uppercase)
        && shape.iter().skip(2).take(2).all(u8::is_ascii_digit);
    let kind = if is_iban { "iban" } else { method.map_or("other", PaymentMethod::as_str) };
    let is_number = is_account(&number) && number.bytes().any(|byte| byte.is_ascii_digit()) && !is_masked(raw);
    is_number.then(|| format!("{kind}:{number}"))
}

/// A device's id or fingerprint; `None` for the name of a model and for a short tag.
pub(crate) fn device(raw: &str) -> Option<String> {
    let value = raw.trim().trim_matches(['{', '}']).to_ascii_lowercase();
    let count = |kind: fn(&char) -> bool| value.chars().filter(kind).count();
    let is_id = count(char::is_ascii_alphanumeric) >= LEAST_DEVICE
        && count(char::is_ascii_digit) >= LEAST_DEVICE_DIGITS
        && !value.contains(|c: char| c.is_whitespace() || c == ',')
        && !is_masked(&value)
        && !is_flat(&value.replace('-', ""));
    is_id.then_some(value)
}

/// The address of a session; `None` for one that is not of the public internet or that a carrier's customers share.
///
/// Of an IPv6 address the first 64 bits, which a household keeps while its devices change the rest.
pub(crate) fn session(raw: &str) -> Option<String> {
    let raw = raw.trim().trim_matches(['[', ']']);
    let raw = raw.strip_suffix("/64").unwrap_or(raw);
    match raw.parse::<IpAddr>().ok()?.to_canonical() {
        IpAddr::V4(address) => is_public(address).then(|| address.to_string()),
        IpAddr::V6(address) => {
            let local = address.is_loopback()
                || address.is_unspecified()
                || address.is_multicast()
                || address.is_unique_local()
                || address.is_unicast_link_local();
            let [a, b, c, d, ..] = address.segments();
            let network = Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0);
            // No household is in the network of all zeros: its addresses are the machine's own.
            (!local && !network.is_unspecified()).then(|| format!("{network}/64"))
        }
    }
}

/// Ranges for documentation count as public: samples and tests use them.
fn is_public(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    // RFC 6598: shared by the customers of a carrier.
    let carrier = first == 100 && (64..128).contains(&second);
    !(carrier
        || first == 0
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast())
}

/// Whether letters and digits are enough to tell an account from another, and none is hidden.
fn is_account(value: &str) -> bool {
    let count = value.bytes().filter(u8::is_ascii_alphanumeric).count();
    count >= LEAST_ACCOUNT && !is_masked(value) && !is_flat(value)
}

/// Whether something in a value was made illegible.
fn is_masked(value: &str) -> bool {
    value.contains(['*', '•', '●', '…', '#', '█'])
        || value.contains("..")
        || value.as_bytes().windows(MASK).any(|letters| letters.iter().all(|letter| letter.eq_ignore_ascii_case(&b'x')))
}

/// Whether a value is one character again and again.
fn is_flat(value: &str) -> bool {
    let mut characters = value.chars();
    let first = characters.next();
    characters.all(|character| Some(character) == first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_compared_by_what_is_dialled() {
        for raw in ["+44 20 7946 0991", "+44 (0)20 7946-0991", "＋442079460991"] {
            assert_eq!(phone(raw).as_deref(), Some("+442079460991"), "{raw}");
        }
        assert_eq!(phone("+1 202 555 0177 ext. 12").as_deref(), Some("+12025550177;ext=12"));
        for raw in ["020 7946 0991", "+44 1", "", "+", "ask me", "+1 111 111 1111", "+1 234 567 8901"] {
            assert_eq!(phone(raw), None, "{raw}");
        }
    }

    #[test]
    fn digests_are_those_of_a_file() {
        let some = "Ab".repeat(32);
        assert_eq!(digest(&some), Some(some.to_lowercase()));
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for raw in [empty, &"0".repeat(64), "abc", "", &"zy".repeat(32)] {
            assert_eq!(digest(raw), None, "{raw}");
        }
        assert_eq!(perceptual_hash("8F0E1D2C3B4A5968").as_deref(), Some("dct64:8f0e1d2c3b4a5968"));
        assert_eq!(perceptual_hash("dct64:8f0e1d2c3b4a5968").as_deref(), Some("dct64:8f0e1d2c3b4a5968"));
        assert_eq!(perceptual_hash("other:zZ0123yY").as_deref(), Some("other:zZ0123yY"));
        for raw in [
            "",
            "dct64:",
            "dct64:8f",
            "dct64:0000000000000000",
            "dct64:8800000000000000",
            "ffffffffffffffff",
            "unknown",
        ] {
            assert_eq!(perceptual_hash(raw), None, "{raw}");
        }
    }

    #[test]
    fn wallets_keep_capitals_only_where_they_matter() {
        let hex = "0x52908400098527886E0F7030069857D2E4169EE7";
        for (raw, expected) in [
            (hex, hex.to_lowercase().as_str()),
            ("ethereum:0x52908400098527886E0F7030069857D2E4169EE7@1?value=1", hex.to_lowercase().as_str()),
            ("BC1QEXAMPLE0EXAMPLE0", "bc1qexample0example0"),
            ("bitcoin:1ExampLeSpecimenWaLLet?amount=1", "1ExampLeSpecimenWaLLet"),
            ("Ana.Sample", "ana.sample"),
        ] {
            assert_eq!(wallet(raw).as_deref(), Some(expected), "{raw}");
        }
        for raw in ["", "0x", "0x0000…0000", "1Exam***cimen", "0xXXXXXXXXXX", "my wallet address", "000000000000"] {
            assert_eq!(wallet(raw), None, "{raw}");
        }
    }

    #[test]
    fn an_account_says_what_kind_it_is() {
        let bank = Some(PaymentMethod::Bank);
        for raw in ["XX00 EXAMPLE 0001", "xx00example0001", "XX00-EXAMPLE-0001"] {
            assert_eq!(account(raw, bank).as_deref(), Some("iban:XX00EXAMPLE0001"), "{raw}");
            assert_eq!(account(raw, None).as_deref(), Some("iban:XX00EXAMPLE0001"), "{raw}");
        }
        assert_eq!(account("12-345 678", bank).as_deref(), Some("bank:12345678"));
        assert_eq!(account("P-102 938", Some(PaymentMethod::Wise)).as_deref(), Some("wise:P102938"));
        for raw in ["", "A-1", "****1234", "XXXX XXXX 1234", "xxxx1234", "account", "000000"] {
            assert_eq!(account(raw, bank), None, "{raw}");
        }
    }

    #[test]
    fn a_device_is_told_by_its_id_only() {
        let id = "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}";
        assert_eq!(device(id).as_deref(), Some("3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
        assert_eq!(device("C02EX0MP0G5H").as_deref(), Some("c02ex0mp0g5h"));
        let nil = "00000000-0000-0000-0000-000000000000";
        for raw in ["LT-100", "d1", "Laptop Pro 14 2023", "LaptopPro18,3", "AB-C991D", "", nil] {
            assert_eq!(device(raw), None, "{raw}");
        }
    }

    #[test]
    fn addresses_that_strangers_share_are_no_sessions() {
        for (raw, expected) in [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(session(raw).as_deref(), Some(expected), "{raw}");
        }
        let local = ["10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "127.0.0.1", "169.254.0.1", "0.0.0.0"];
        for raw in
            local.into_iter().chain(["fe80::1", "fd00::1", "::1", "::a", "::", "ff02::1", "", "nowhere", "1.2.3"])
        {
            assert_eq!(session(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn what_is_canonical_stays_as_it_is(raw in r"[+]?[ -~é•]{0,40}|[0-9a-fA-FxX:. ]{0,64}|\+[0-9 ()-]{5,16}") {
            for canonical in [phone, digest, perceptual_hash, wallet, device, session] {
                if let Some(value) = canonical(&raw) {
                    prop_assert!(!value.is_empty());
                    prop_assert_eq!(canonical(&value), Some(value));
                }
            }
            if let Some(value) = account(&raw, None) {
                let (_, number) = value.split_once(':').expect("has its kind");
                prop_assert_eq!(account(number, None), Some(value.clone()));
            }
        }
    }
}
