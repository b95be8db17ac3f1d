//! Findings that people looked into and set aside, from a file that people review: each with a reason, an author and a day
//! on which it counts again.

use crate::dossier::{Date, Precision, hex};
use crate::screening::{Finding, Suppressed, SuppressionsUsed};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Hex digits of a fingerprint.
const FINGERPRINT: usize = 32;

/// An entry of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// Digest of rule id, dossier id and quotes, in hex, as reports show it.
    pub fingerprint: String,
    /// The rule's name, for whoever reads the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The dossier's id, for whoever reads the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<String>,
    /// What was found out.
    pub reason: String,
    /// Who did.
    pub author: String,
    /// The last day on which it holds.
    pub expires: Date,
}

impl Suppression {
    /// The entry as it is appended to the file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn to_toml(&self) -> Result<String, String> {
        check(self)?;
        toml::to_string(&Entries { suppress: vec![self.clone()] }).map_err(|error| error.to_string())
    }
}

/// The file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    #[serde(default)]
    suppress: Vec<Suppression>,
}

/// Which findings are set aside at a time.
#[derive(Debug, Clone, Default)]
pub struct Suppressions {
    active: BTreeMap<String, Suppression>,
    used: SuppressionsUsed,
}

impl Suppressions {
    /// The entries of a file that hold at a time.
    ///
    /// # Errors
    /// What is wrong, where, and what was expected.
    pub fn parse(text: &str, now: Date) -> Result<Self, String> {
        let entries: Entries = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut used = SuppressionsUsed { digest: hex(&Sha256::digest(text.as_bytes())), used: 0, expired: 0 };
        let mut active = BTreeMap::new();
        for (number, entry) in entries.suppress.into_iter().enumerate() {
            check(&entry).map_err(|wrong| format!("entry {}: {wrong}", number + 1))?;
            // The last day is part of it.
            if entry.expires.is_before(now) {
                used.expired += 1;
            } else {
                used.used += 1;
                active.insert(entry.fingerprint.to_ascii_lowercase(), entry);
            }
        }
        Ok(Self { active, used })
    }

    /// What a report says of them.
    pub fn used(&self) -> &SuppressionsUsed {
        &self.used
    }

    /// Takes out of findings those that are set aside.
    pub(super) fn take(&self, findings: &mut Vec<Finding>, aside: &mut Vec<Suppressed>) {
        if self.active.is_empty() {
            return;
        }
        let mut kept = Vec::with_capacity(findings.len());
        for finding in findings.drain(..) {
            match self.active.get(&finding.fingerprint) {
                Some(Suppression { reason, author, expires, .. }) => {
                    let (reason, author, expires) = (reason.clone(), author.clone(), *expires);
                    aside.push(Suppressed { finding, reason, author, expires });
                }
                None => kept.push(finding),
            }
        }
        *findings = kept;
    }
}

fn check(entry: &Suppression) -> Result<(), String> {
    let is_digest = entry.fingerprint.len() == FINGERPRINT && entry.fingerprint.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_digest {
        return Err(format!("expected a fingerprint of {FINGERPRINT} hex digits, found {:?}", entry.fingerprint));
    }
    for (what, text) in [("a reason", &entry.reason), ("an author", &entry.author)] {
        if text.trim().is_empty() {
            return Err(format!("expected {what}, found nothing"));
        }
    }
    if entry.expires.precision() < Precision::Day {
        return Err(format!("expected a day on which it expires, such as 2027-05-01, found {}", entry.expires));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Suppression, Suppressions};

    fn entry() -> Suppression {
        Suppression {
            fingerprint: "0123456789abcdef0123456789abcdef".into(),
            rule: Some("net-vpn-undeclared".into()),
            dossier: Some("ana \"quoted\"\n".into()),
            reason: "Declared by phone; HR-12 \u{202e}".into(),
            author: "J. Example".into(),
            expires: "2027-05-01".parse().expect("a date"),
        }
    }

    #[test]
    fn what_is_written_is_read_and_holds_through_its_last_day() {
        let text = entry().to_toml().expect("an entry");
        let at = |now: &str| Suppressions::parse(&text, now.parse().expect("a date")).expect("read").used().clone();
        let of = |now: &str| (at(now).used, at(now).expired);
        assert_eq!((of("2027-05-01T23:00:00Z"), of("2027-05-04")), ((1, 0), (0, 1)));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let now = "2026-11-25".parse().expect("a date");
        let told = |text: &str| Suppressions::parse(text, now).expect_err("refused");
        assert!(
            told("[[suppress]]\nfingerprint = \"12\"\nreason = \"r\"\nauthor = \"a\"\nexpires = \"2027-01-01\"")
                .starts_with("entry 1: expected a fingerprint of 32")
        );
        assert!(told("[[suppress]]\nreason = \"r\"").contains("fingerprint"));
        assert!(told("[[suppress]]\nwhy = 1").contains("why"));
        assert!(Suppression { reason: " ".into(), ..entry() }.to_toml().expect_err("refused").contains("a reason"));
        let year = Suppression { expires: "2027".parse().expect("a date"), ..entry() };
        assert!(year.to_toml().expect_err("refused").contains("a day"));
    }
}
