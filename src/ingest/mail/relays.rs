//! Hosts that send mail for others: job networks and applicant-tracking systems. Behind one of their addresses stand many.

use crate::content::{Content, ContentFile, embedded};
use std::sync::LazyLock;

/// Lists of such hosts.
const LISTS: [&str; 2] = ["ats-relays", "network-hosts"];

static KNOWN: LazyLock<Content> = LazyLock::new(|| {
    let is_one = |file: &ContentFile| LISTS.iter().any(|list| file.path == format!("lists/{list}.txt"));
    let files: Vec<ContentFile> = embedded().into_iter().filter(is_one).collect();
    Content::load(&files).unwrap_or_default()
});

/// Whether mail from an address may be anybody's who uses such a service.
pub(super) fn is_relay(address: &str) -> bool {
    let host = address.rsplit_once('@').map_or(address, |(_, host)| host);
    LISTS.iter().any(|list| KNOWN.list(list).is_some_and(|list| list.contains_domain(host)))
}

/// The part of an address's host that its service registered.
pub(super) fn service(address: &str) -> &str {
    let host = address.rsplit_once('@').map_or(address, |(_, host)| host);
    psl::domain_str(host).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::is_relay;

    #[test]
    fn services_are_known_by_their_hosts() {
        assert!(is_relay("inmail-hit-reply@linkedin.com") && is_relay("x@us.greenhouse-mail.io"));
        assert!(!is_relay("ana@mail.example"));
    }
}
