//! Web addresses: whose account a page is, or else the address made comparable.

use super::mailbox::{host_of, local_of};
use crate::content::{Content, Table, defang};
use crate::facts::domains;
use foldhash::HashMap;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// What a web address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    /// An account: `network:handle`.
    Account(String),
    /// A chat with a phone number, as written in the address.
    Number(String),
    /// Anything else: host and path, and how the host is known.
    Site {
        /// Folded, without `www.`.
        host: String,
        /// Host and path, without scheme, query, fragment and closing slash.
        address: String,
        /// Whether accounts of the host have pages, and this is none of them.
        holds_accounts: bool,
    },
}

/// What stands at a path of a host.
#[derive(Debug, Clone, Copy)]
struct Rule<'c> {
    /// Parts of the path before the handle, joined by `/`.
    path: &'c str,
    network: &'c str,
    holds: &'c str,
}

/// Where accounts have their pages, and other names of networks.
#[derive(Debug, Default)]
pub(crate) struct AccountPages<'c> {
    by_host: HashMap<&'c str, Vec<Rule<'c>>>,
}

impl<'c> AccountPages<'c> {
    /// Reads the table `account-pages`.
    pub(crate) fn new(content: &'c Content) -> Self {
        let mut by_host: HashMap<&str, Vec<Rule<'_>>> = HashMap::default();
        for row in content.table("account-pages").into_iter().flat_map(Table::rows) {
            let rule = Rule { path: row.cell(1), network: row.cell(2), holds: row.cell(3) };
            by_host.entry(row.cell(0)).or_default().push(rule);
        }
        Self { by_host }
    }

    /// What a web address leads to; `None` for what is none.
    pub(crate) fn read(&self, raw: &str) -> Option<Page> {
        let mut plain = raw.trim().to_owned();
        while let Some(undone) = defang::undone(&plain) {
            plain = undone;
        }
        let host = domains::host(&plain)?;
        let mut host = &*host;
        while let Some(rest) = host.strip_prefix("www.").filter(|rest| rest.contains('.')) {
            host = rest;
        }
        let rest = plain.find("://").map_or(&*plain, |at| &plain[at + 3..]);
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let parts: Vec<&str> = rest
            .split(['/', '\\'])
            .map(str::trim)
            .skip_while(|part| part.is_empty())
            .skip(1)
            .filter(|part| !part.is_empty())
            .collect();
        let rules = self.rules(host);
        for rule in rules {
            let before: Vec<&str> = rule.path.split('/').filter(|part| !part.is_empty()).collect();
            let own = parts.len() == before.len() + 1
                && parts.iter().zip(&before).all(|(part, expected)| part.eq_ignore_ascii_case(expected));
            match parts.last() {
                Some(last) if own && rule.holds == "phone" => {
                    return Some(Page::Number(format!("+{}", last.trim_start_matches('+'))));
                }
                Some(last) if own && rule.holds == "handle" => {
                    return account(rule.network, &unescaped(last)).map(Page::Account);
                }
                _ => {}
            }
        }
        let holds_accounts = rules.iter().any(|rule| matches!(rule.holds, "handle" | "phone"));
        let mut address = std::iter::once(host).chain(parts).collect::<Vec<_>>().join("/");
        if holds_accounts {
            // Hosts of accounts do not tell capitals apart; of any other it is not known.
            address = address.to_lowercase();
        }
        Some(Page::Site { host: host.to_owned(), address, holds_accounts })
    }

    /// An account by the name of its network and its handle; `None` where either says nothing.
    pub(crate) fn account(&self, network: &str, handle: &str) -> Option<String> {
        let network: String = network.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let renamed = self.rules(network.as_str()).iter().find(|rule| rule.holds == "name");
        account(renamed.map_or(&*network, |rule| rule.network), handle)
    }

    /// The account that a code host's private mail address stands for: `7+ana@…` is ana's.
    pub(crate) fn account_of_mailbox(&self, mailbox: &str) -> Option<String> {
        let rule = self.rules(host_of(mailbox)).iter().find(|rule| rule.holds == "mail")?;
        account(rule.network, local_of(mailbox).rsplit('+').next()?)
    }

    /// A host at which accounts of a network have their pages.
    pub(crate) fn host_of_network(&self, network: &str) -> Option<&'c str> {
        let hosts = self.by_host.iter().filter(|(_, rules)| {
            rules.iter().any(|rule| rule.holds == "handle" && rule.network.eq_ignore_ascii_case(network.trim()))
        });
        hosts.map(|(host, _)| *host).min()
    }

    /// The rules of a host or of the nearest domain above it.
    fn rules(&self, host: &str) -> &[Rule<'c>] {
        let mut rest = host;
        loop {
            if let Some(rules) = self.by_host.get(rest) {
                return rules;
            }
            match rest.split_once('.') {
                Some((_, parent)) => rest = parent,
                None => return &[],
            }
        }
    }
}

/// `network:handle`; `None` where either is empty or the handle is several words.
fn account(network: &str, handle: &str) -> Option<String> {
    let handle = handle.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '@' | '~')).trim().to_lowercase();
    let letters = handle.chars().filter(|c| c.is_alphanumeric()).count();
    let is_handle = letters >= 2 && !handle.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_handle && !network.is_empty()).then(|| format!("{network}:{handle}"))
}

/// A part of a path without its percent signs; as it was if they do not stand for UTF-8.
fn unescaped(part: &str) -> String {
    percent_decode_str(part).decode_utf8().map_or_else(|_| part.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::{AccountPages, Page};
    use crate::link::tests::content;
    use proptest::prelude::*;

    #[test]
    fn an_account_is_one_however_it_is_written() {
        let content = content();
        let pages = AccountPages::new(&content);
        for raw in [
            "https://www.network.example/in/Ana-Example/?trk=x",
            "xx.network.example/in/ana-example",
            "hxxps://network[.]example/in/ana%2Dexample#about",
        ] {
            assert_eq!(pages.read(raw), Some(Page::Account("network:ana-example".to_owned())), "{raw}");
        }
        assert_eq!(pages.read("chat.example/@AnaEx"), Some(Page::Account("chatter:anaex".to_owned())));
        assert_eq!(pages.read("https://call.example/12025550177"), Some(Page::Number("+12025550177".to_owned())));
        assert_eq!(pages.account("Network", "@Ana-Example").as_deref(), Some("network:ana-example"));
        assert_eq!(pages.account("Old Chatter", "~anaex").as_deref(), Some("chatter:anaex"));
        for (network, handle) in
            [("", "ana"), ("network", ""), ("network", "@"), ("network", "Ana Example"), ("network", "-")]
        {
            assert_eq!(pages.account(network, handle), None, "{network} {handle}");
        }
        assert_eq!(pages.account_of_mailbox("7+ana-dev@private.code.example").as_deref(), Some("code:ana-dev"));
        assert_eq!(pages.account_of_mailbox("ana-dev@code.example"), None);
        assert_eq!(pages.host_of_network("Code"), Some("code.example"));
    }

    #[test]
    fn other_addresses_keep_host_and_path() {
        let content = content();
        let pages = AccountPages::new(&content);
        let site = |raw: &str| match pages.read(raw) {
            Some(Page::Site { address, .. }) => Some(address),
            _ => None,
        };
        for (raw, expected) in [
            ("HTTPS://www.Ana.example:8080/Work//?q=1#top", "ana.example/Work"),
            ("ana.example", "ana.example"),
            ("https://www.network.example/company/Acme/", "network.example/company/acme"),
            ("https://code.example/Ana/Tool", "code.example/ana/tool"),
        ] {
            assert_eq!(site(raw).as_deref(), Some(expected), "{raw}");
        }
        for raw in ["", "ana", "javascript:alert(1)", "https://"] {
            assert_eq!(pages.read(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn an_address_of_an_address_is_itself(raw in "(https?://|//)?(www\\.){0,2}[a-z\\[\\].]{1,8}\\.example[ -~é]{0,24}") {
            let content = content();
            let pages = AccountPages::new(&content);
            match pages.read(&raw) {
                Some(Page::Site { address, .. }) => {
                    let again = pages.read(&address);
                    prop_assert!(matches!(&again, Some(Page::Site { address: same, .. }) if *same == address), "{address} {again:?}");
                }
                Some(Page::Account(account)) => {
                    let (network, handle) = account.split_once(':').expect("has a network");
                    prop_assert_eq!(pages.account(network, handle), Some(account.clone()));
                }
                Some(Page::Number(_)) | None => {}
            }
        }
    }
}
