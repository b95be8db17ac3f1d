//! What the lists know of a host: one look-up for each parent domain, whatever the number of lists.

use crate::content::Content;
use foldhash::HashMap;

/// Kinds of host, from lists; several may hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct HostClass(u16);

impl HostClass {
    pub(crate) const FREE: Self = Self(1);
    pub(crate) const DISPOSABLE: Self = Self(1 << 1);
    pub(crate) const RELAY: Self = Self(1 << 2);
    pub(crate) const SHORTENER: Self = Self(1 << 3);
    pub(crate) const PAYLOAD: Self = Self(1 << 4);
    pub(crate) const CODE: Self = Self(1 << 5);
    pub(crate) const MEETING: Self = Self(1 << 6);
    pub(crate) const ASSESSMENT: Self = Self(1 << 7);
    pub(crate) const FORM: Self = Self(1 << 8);
    pub(crate) const MESSENGER: Self = Self(1 << 9);
    /// A network or directory on which organisations have pages.
    pub(crate) const NETWORK: Self = Self(1 << 10);
    /// Rewrites the links of a mail: security gateways and mailing tools.
    pub(crate) const WRAPPER: Self = Self(1 << 11);
    pub(crate) const LURE: Self = Self(1 << 12);

    /// A service that many use, so that its domain is no employer's and imitates nobody.
    pub(crate) const SERVICE: Self = Self(Self::LURE.0 - 1);

    /// Whether any of the kinds holds.
    pub(crate) fn any(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// Either's kinds.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The list of each kind.
const LISTS: [(&str, HostClass); 13] = [
    ("free-mail", HostClass::FREE),
    ("disposable-mail", HostClass::DISPOSABLE),
    ("ats-relays", HostClass::RELAY),
    ("url-shorteners", HostClass::SHORTENER),
    ("payload-hosts", HostClass::PAYLOAD),
    ("code-hosts", HostClass::CODE),
    ("meeting-hosts", HostClass::MEETING),
    ("assessment-vendors", HostClass::ASSESSMENT),
    ("form-hosts", HostClass::FORM),
    ("messenger-hosts", HostClass::MESSENGER),
    ("network-hosts", HostClass::NETWORK),
    ("link-wrappers", HostClass::WRAPPER),
    ("lure-domains", HostClass::LURE),
];

/// Hosts of the lists, and top-level domains that abuse statistics name.
#[derive(Debug, Default)]
pub(crate) struct DomainKnowledge<'c> {
    hosts: HashMap<&'c str, HostClass>,
    risky_tlds: Vec<&'c str>,
}

impl<'c> DomainKnowledge<'c> {
    /// Reads the lists; a missing one is empty.
    pub(crate) fn new(content: &'c Content) -> Self {
        let mut knowledge = Self::default();
        for (name, class) in LISTS {
            for host in content.list(name).into_iter().flat_map(crate::content::List::values) {
                knowledge.insert(host, class);
            }
        }
        knowledge.risky_tlds = content.list("risky-tlds").into_iter().flat_map(crate::content::List::values).collect();
        knowledge
    }

    pub(crate) fn insert(&mut self, host: &'c str, class: HostClass) {
        let known = self.hosts.entry(host).or_default();
        *known = known.and(class);
    }

    /// What the lists know of a folded host or of a domain above it.
    pub(crate) fn classes(&self, host: &str) -> HostClass {
        let mut classes = HostClass::default();
        let mut rest = host;
        // A listed domain has a dot; a bare suffix is never looked up.
        while rest.contains('.') {
            if let Some(class) = self.hosts.get(rest) {
                classes = classes.and(*class);
            }
            rest = rest.split_once('.').map_or("", |(_, parent)| parent);
        }
        classes
    }

    /// Whether abuse statistics name the top-level domain often.
    pub(crate) fn has_risky_suffix(&self, host: &str) -> bool {
        host.rsplit('.').next().is_some_and(|top| self.risky_tlds.binary_search(&top).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_the_kinds_of_the_domains_above_it() {
        let mut knowledge = DomainKnowledge::default();
        knowledge.insert("code.example", HostClass::CODE);
        knowledge.insert("raw.code.example", HostClass::PAYLOAD);
        let raw = knowledge.classes("x.raw.code.example");
        assert!(raw.any(HostClass::CODE) && raw.any(HostClass::PAYLOAD));
        assert!(!knowledge.classes("code.example").any(HostClass::PAYLOAD));
        assert_eq!(knowledge.classes("notcode.example"), HostClass::default());
        assert!(!HostClass::LURE.any(HostClass::SERVICE) && HostClass::WRAPPER.any(HostClass::SERVICE));
    }
}
