//! A rule as viewers show it beside its results: what is seen, what else it could be, how to find out.

use super::level;
use super::text::Message;
use crate::screening::RuleInfo;
use serde::Serialize;

/// A rule that had a finding.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    guid: Option<&'a str>,
    short_description: Message,
    full_description: Message,
    help: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'a str>,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Properties<'a> {
    tags: &'a [String],
    family: &'a str,
    version: &'a str,
    references: &'a [String],
}

impl<'a> Rule<'a> {
    pub(super) fn new(rule: &'a RuleInfo) -> Self {
        let described = if rule.description.is_empty() { &rule.title } else { &rule.description };
        Self {
            id: &rule.name,
            guid: is_guid(&rule.id).then_some(&rule.id),
            short_description: Message::of(&rule.title),
            full_description: Message::of(described),
            help: Message::of(&help(rule)),
            help_uri: rule.references.iter().map(String::as_str).find(|link| is_link(link)),
            default_configuration: Configuration { level: level::of_rule(rule.level) },
            properties: Properties {
                tags: &rule.tags,
                family: &rule.family,
                version: &rule.version,
                references: &rule.references,
            },
        }
    }
}

/// What else it could be, and the next step of verification.
pub(super) fn help(rule: &RuleInfo) -> String {
    let mut help = String::new();
    if !rule.falsepositives.is_empty() {
        let others: Vec<_> = rule.falsepositives.iter().map(|other| other.trim_end_matches('.')).collect();
        help.push_str("Could be: ");
        help.push_str(&others.join("; "));
        help.push_str(". ");
    }
    if rule.verify.is_empty() {
        help.push_str("A person must decide.");
    } else {
        help.push_str("Verify: ");
        help.push_str(&rule.verify);
    }
    help
}

/// Whether the id of a rule, which somebody may have added, is of SARIF's form: a UUID of RFC 4122.
fn is_guid(id: &str) -> bool {
    let is_of = |at: usize, c: char| match at {
        8 | 13 | 18 | 23 => c == '-',
        14 => matches!(c, '1'..='5'),
        19 => matches!(c, '8' | '9' | 'a' | 'b' | 'A' | 'B'),
        _ => c.is_ascii_hexdigit(),
    };
    id.len() == 36 && id.chars().enumerate().all(|(at, c)| is_of(at, c))
}

/// Whether a reference is an address that a viewer may open.
fn is_link(reference: &str) -> bool {
    reference.starts_with("https://")
        && reference.bytes().all(|byte| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{is_guid, is_link};

    #[test]
    fn what_somebody_added_is_only_taken_where_it_has_the_form() {
        assert!(is_guid("5b0a4a5e-8c0f-4a53-9a53-0c6f3d9b7f11"));
        assert!(!is_guid("5b0a4a5e-8c0f-7a53-9a53-0c6f3d9b7f11"), "version 7 is younger than SARIF");
        assert!(!is_guid("my rule"));
        assert!(is_link("https://attack.mitre.org/techniques/T1566/003/"));
        assert!(!is_link("javascript:alert(1)") && !is_link("https://a.example/ b"));
    }
}
