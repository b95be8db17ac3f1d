//! Keys of one dossier while they are gathered, and whether an address is the person's own or one of a whole house.

use super::canonical;
use super::key::{Key, KeyKind};
use super::knowledge::LinkKnowledge;
use super::mailbox::{host_of, local_of};
use super::page::Page;
use crate::dossier::{Dossier, Path, Place};
use crate::facts::contact::is_agency;
use crate::facts::domains;
use crate::facts::employers::Employers;
use crate::facts::hosts::HostClass;
use crate::facts::names::KnownNames;
use crate::facts::texts::Texts;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Services whose addresses say nothing about who uses them, whatever the path.
const PASSING: HostClass = HostClass::RELAY
    .and(HostClass::ASSESSMENT)
    .and(HostClass::SHORTENER)
    .and(HostClass::WRAPPER)
    .and(HostClass::MEETING)
    .and(HostClass::MESSENGER)
    .and(HostClass::FREE)
    .and(HostClass::DISPOSABLE);

/// A key without its place.
pub(crate) type Value = (KeyKind, String);

/// Keys of one dossier while they are gathered.
#[derive(Debug)]
pub(crate) struct Collector<'d> {
    pub(crate) dossier: &'d Dossier,
    pub(crate) knowledge: &'d LinkKnowledge<'d>,
    /// Employers by what the person and an analyst say of them; phrases of texts are not searched.
    employers: Employers<'d>,
    /// Names that the person gave; most records have nothing that is held against them.
    names: OnceCell<KnownNames<'d>>,
    /// Phone numbers that organisations publish.
    published: BTreeSet<String>,
    found: BTreeMap<(KeyKind, String), Place>,
}

impl<'d> Collector<'d> {
    /// Nothing gathered yet.
    pub(crate) fn new(dossier: &'d Dossier, knowledge: &'d LinkKnowledge<'d>) -> Self {
        let phones = dossier.organisations.iter().flat_map(|organisation| &organisation.phones);
        Self {
            dossier,
            knowledge,
            employers: Employers::new(dossier, knowledge.facts, &Texts::default()),
            names: OnceCell::new(),
            published: phones.filter_map(|phone| canonical::phone(phone)).collect(),
            found: BTreeMap::new(),
        }
    }

    /// Names that the person gave.
    pub(crate) fn names(&self) -> &KnownNames<'d> {
        self.names.get_or_init(|| KnownNames::new(self.dossier, &self.knowledge.facts.names))
    }

    /// Adds a key unless it is there already or its value stands for none.
    pub(crate) fn add(&mut self, key: Option<Value>, path: Path) {
        if let Some((kind, value)) = key
            && !value.is_empty()
            && !self.knowledge.is_placeholder(&value)
        {
            self.found.entry((kind, value)).or_insert(Place::whole(path));
        }
    }

    /// The keys, sorted.
    pub(crate) fn finish(self) -> Vec<Key> {
        self.found.into_iter().map(|((kind, value), place)| Key { kind, value, place }).collect()
    }

    /// A phone number that no organisation publishes as its own.
    pub(crate) fn phone(&self, raw: &str) -> Option<Value> {
        canonical::phone(raw).filter(|phone| !self.published.contains(phone)).map(|phone| (KeyKind::Phone, phone))
    }

    /// The mailbox of an address, or the account that a code host's private address stands for.
    ///
    /// Nobody's are those of machines and relays; a whole house's are those with the name of a task at an employer
    /// or a declared agency.
    pub(crate) fn mail(&self, raw: &str) -> Option<Value> {
        let mailbox = self.knowledge.mail.mailbox(raw)?;
        if let Some(account) = self.knowledge.pages.account_of_mailbox(&mailbox) {
            return Some((KeyKind::Handle, account));
        }
        let (local, host) = (local_of(&mailbox), host_of(&mailbox));
        let facts = self.knowledge.facts;
        let is_nobodys = facts.domains.classes(host).any(HostClass::RELAY)
            || self.knowledge.is_placeholder_host(host)
            || self.knowledge.mail.is_unattended(&mailbox);
        let names_a_task = || self.knowledge.mail.is_shared(&mailbox) || facts.lookalike.has_job_word(local);
        let is_of_a_house = || self.is_employers(host) || is_agency(self.dossier, facts, host);
        if is_nobodys || (names_a_task() && is_of_a_house()) {
            return None;
        }
        Some((KeyKind::Mailbox, mailbox))
    }

    /// What a web address leads to, unless it is an employer's or a page that many pass through.
    pub(crate) fn page(&self, raw: &str) -> Option<Value> {
        match self.knowledge.pages.read(raw)? {
            Page::Account(account) => self.account(account),
            Page::Number(number) => self.phone(&number),
            Page::Site { host, address, holds_accounts } => {
                let is_own = self.is_own_site(&host, holds_accounts, address.len() > host.len());
                is_own.then_some((KeyKind::Url, address))
            }
        }
    }

    /// An account, unless it is that of an employer or stands for none.
    pub(crate) fn account(&self, account: String) -> Option<Value> {
        let (_, handle) = account.split_once(':')?;
        let is_own = !self.knowledge.is_placeholder(handle) && !self.is_employers_name(handle);
        is_own.then_some((KeyKind::Handle, account))
    }

    /// What a messenger's or network's handle is: a number, a mail address, a link, or an account.
    pub(crate) fn handle(&self, network: Option<&str>, raw: &str) -> Option<Value> {
        if canonical::phone(raw).is_some() {
            return self.phone(raw);
        }
        if domains::mail_host(raw).is_some() {
            return self.mail(raw);
        }
        if raw.contains('/') {
            return self.page(raw);
        }
        self.account(self.knowledge.pages.account(network?, raw)?)
    }

    /// Whether a host lies under the domain of an employer that the person names; one that bears the person's own
    /// name is theirs.
    pub(crate) fn is_employers(&self, host: &str) -> bool {
        self.employers.owner_of(host).is_some_and(|own| !self.bears_name(domains::label(&own.domain)))
    }

    /// Whether a handle is the name of an employer, or the label of its domain, and not the person's own name.
    pub(crate) fn is_employers_name(&self, handle: &str) -> bool {
        let forms = &self.knowledge.facts.employers;
        let key = forms.key(handle);
        let is_label = || self.employers.own.iter().any(|own| forms.key(domains::label(&own.domain)) == key);
        !key.is_empty() && (self.employers.names_key(&key) || is_label()) && !self.bears_name(handle)
    }

    /// Whether a label or handle is a name that the person gave.
    fn bears_name(&self, label: &str) -> bool {
        self.names().agrees(&label.replace(['-', '_', '.'], " ")) == Some(true)
    }

    /// Whether a site may be the person's own.
    fn is_own_site(&self, host: &str, holds_accounts: bool, has_path: bool) -> bool {
        if self.knowledge.is_placeholder_host(host)
            || self.is_employers(host)
            || is_agency(self.dossier, self.knowledge.facts, host)
            || (domains::is_address(host) && canonical::session(host).is_none())
        {
            return false;
        }
        let domains = &self.knowledge.facts.domains;
        let classes = domains.classes(host);
        if classes.any(PASSING) || (holds_accounts && !classes.any(HostClass::CODE)) {
            return false;
        }
        // Behind a service's own host, only a path or a name below it leads to somebody.
        let is_below = || {
            let parent = host.split_once('.').map_or("", |(_, parent)| parent);
            !classes.any(HostClass::NETWORK) && domains.classes(parent).any(HostClass::SERVICE)
        };
        !classes.any(HostClass::SERVICE) || has_path || is_below()
    }
}
