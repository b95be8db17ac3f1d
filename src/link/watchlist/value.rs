//! Values of a list made comparable, by the functions that make those of dossiers so; and what no list may hold.

use super::entry::EntryKind;
use crate::content::key as folded;
use crate::dossier::{Date, PaymentMethod, Precision};
use crate::facts::domains;
use crate::facts::hosts::HostClass;
use crate::link::canonical;
use crate::link::key::KeyKind;
use crate::link::knowledge::LinkKnowledge;
use crate::link::mailbox::host_of;
use crate::link::page::Page;
use crate::link::traces::shipping;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Why a value is none of its kind: what was expected, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) expected: &'static str,
    pub(super) help: &'static str,
}

/// A kind and a comparable value.
type Comparable = (EntryKind, String);

const fn refused<T>(expected: &'static str, help: &'static str) -> Result<T, Refusal> {
    Err(Refusal { expected, help })
}

/// The comparable value, and the kind that it has then: the page of an account is the account.
pub(super) fn comparable(kind: EntryKind, raw: &str, knowledge: &LinkKnowledge<'_>) -> Result<Comparable, Refusal> {
    let (kind, value) = match kind {
        EntryKind::Domain => (kind, domain(raw, knowledge)?),
        EntryKind::Name => (kind, name(raw).ok_or(NO_NAME)?),
        EntryKind::Key(key) => {
            let (key, value) = key_value(key, raw, knowledge)?;
            (EntryKind::Key(key), value)
        }
    };
    if knowledge.is_placeholder(&value) {
        return refused("a value of somebody's", "this one stands in place of a value; remove the entry");
    }
    Ok((kind, value))
}

/// The words of a name without accents, sorted: whoever writes the family name first means the same name.
pub(super) fn name(raw: &str) -> Option<String> {
    let plain: String = raw.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).nfkd().collect();
    let mut words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    (!words.is_empty()).then(|| words.join(" "))
}

const NO_NAME: Refusal = Refusal { expected: "a person's name", help: "write at least one word" };
const NO_DIGEST: Refusal = Refusal {
    expected: "a SHA-256 of a file, 64 hex digits",
    help: "sha256sum prints it; that of an empty file says nothing",
};
const NO_PAGE: Refusal = Refusal { expected: "a web address", help: "write it as https://host/path" };
const NO_PHONE: Refusal = Refusal {
    expected: "a phone number that can be dialled, with its country code",
    help: "write it as +1 202 555 0100",
};
const NO_MAILBOX: Refusal = Refusal {
    expected: "a mail address that somebody reads",
    help: "machines and relays are nobody's; remove the entry",
};

fn key_value(kind: KeyKind, raw: &str, knowledge: &LinkKnowledge<'_>) -> Result<(KeyKind, String), Refusal> {
    let own = |value: Option<String>, refusal: Refusal| value.map(|value| (kind, value)).ok_or(refusal);
    match kind {
        KeyKind::Phone => own(canonical::phone(raw), NO_PHONE),
        KeyKind::Mailbox => mailbox(raw, knowledge),
        KeyKind::CommitEmail => own(knowledge.mail.mailbox(raw), NO_MAILBOX),
        KeyKind::Handle => handle(raw, knowledge),
        KeyKind::Url => page(raw, knowledge),
        KeyKind::Account => account(raw, knowledge).map(|account| (kind, account)),
        KeyKind::Photo | KeyKind::Document => own(canonical::digest(raw), NO_DIGEST),
        KeyKind::Wallet => own(
            canonical::wallet(raw),
            Refusal { expected: "the whole address of a wallet", help: "shortened and masked ones meet nothing" },
        ),
        KeyKind::PhotoHash => own(
            canonical::perceptual_hash(raw),
            Refusal { expected: "a perceptual hash", help: "write it as dct64: and 16 hex digits" },
        ),
        KeyKind::Device => own(
            canonical::device(raw),
            Refusal { expected: "the id of a device", help: "names of models and short tags are many devices'" },
        ),
        KeyKind::Session => own(
            canonical::session(raw),
            Refusal { expected: "an address of the public internet", help: "private ones are everybody's" },
        ),
        KeyKind::Author => own(
            author(raw, knowledge),
            Refusal {
                expected: "author, program and second of making, joined by `|`",
                help: "write it as Ana Example|Sample Writer 2|2026-01-10T09:00:01Z",
            },
        ),
        KeyKind::Shipping => own(
            shipping(knowledge, raw),
            Refusal { expected: "an address with house number, street and town", help: "complete it or remove it" },
        ),
        KeyKind::Reference => reference(raw, knowledge).map(|value| (kind, value)),
        KeyKind::Domain => refused("another kind", "how a domain was registered is not published"),
    }
}

/// A mailbox, or the account that a code host's private address stands for.
fn mailbox(raw: &str, knowledge: &LinkKnowledge<'_>) -> Result<(KeyKind, String), Refusal> {
    let Some(mailbox) = knowledge.mail.mailbox(raw) else {
        return refused("a mail address", "write it as name@host");
    };
    if let Some(account) = knowledge.pages.account_of_mailbox(&mailbox) {
        return Ok((KeyKind::Handle, account));
    }
    let host = host_of(&mailbox);
    let is_nobodys = knowledge.facts.domains.classes(host).any(HostClass::RELAY)
        || knowledge.is_placeholder_host(host)
        || knowledge.mail.is_unattended(&mailbox);
    if is_nobodys { Err(NO_MAILBOX) } else { Ok((KeyKind::Mailbox, mailbox)) }
}

/// An account: `network:handle`, or the address of its page.
fn handle(raw: &str, knowledge: &LinkKnowledge<'_>) -> Result<(KeyKind, String), Refusal> {
    const EXPECTED: &str = "network and handle, or the address of an account's page";
    const HELP: &str = "write it as telegram:name or https://…";
    if raw.contains('/') {
        return match page(raw, knowledge)? {
            (KeyKind::Url, _) => refused(EXPECTED, "of this host no pages of accounts are known; use the kind url"),
            account => Ok(account),
        };
    }
    let account = raw.split_once(':').and_then(|(network, handle)| knowledge.pages.account(network, handle));
    account.map(|account| (KeyKind::Handle, account)).ok_or(Refusal { expected: EXPECTED, help: HELP })
}

/// What a web address leads to. Of a host that many use only an address below it, told apart by its path.
fn page(raw: &str, knowledge: &LinkKnowledge<'_>) -> Result<(KeyKind, String), Refusal> {
    match knowledge.pages.read(raw).ok_or(NO_PAGE)? {
        Page::Account(account) => Ok((KeyKind::Handle, account)),
        Page::Number(number) => canonical::phone(&number).map(|phone| (KeyKind::Phone, phone)).ok_or(NO_PHONE),
        Page::Site { host, address, .. } => {
            let domains = &knowledge.facts.domains;
            let is_local = domains::is_address(&host) && canonical::session(&host).is_none();
            if knowledge.is_placeholder_host(&host) || is_local {
                return refused("an address of the public internet", "this one is everybody's; remove the entry");
            }
            if !domains.classes(&host).any(HostClass::SERVICE) {
                return Ok((KeyKind::Url, address));
            }
            if raw.contains('?') {
                return refused(
                    "an address that its path tells apart",
                    "what follows `?` is not compared, and many use this host; remove the entry",
                );
            }
            let parent = host.split_once('.').map_or("", |(_, parent)| parent);
            if address.len() == host.len() && !domains.classes(parent).any(HostClass::SERVICE) {
                return refused("an address below the host", "many use this host; write the whole address");
            }
            Ok((KeyKind::Url, address))
        }
    }
}

/// A domain or a host that one holder has.
fn domain(raw: &str, knowledge: &LinkKnowledge<'_>) -> Result<String, Refusal> {
    if raw.contains(['/', '@']) && !raw.trim_end_matches('/').ends_with("//") && has_path(raw) {
        return refused("a domain or a host", "use the kind url for a page, and mailbox for a mail address");
    }
    let Some(host) = domains::host(raw) else {
        return refused("a domain or a host", "write it as evil.example");
    };
    let host = own_host(&host).to_owned();
    if domains::is_address(&host) {
        return refused("a domain or a host", "use the kind session for the address of a session");
    }
    if knowledge.facts.domains.classes(&host).any(HostClass::SERVICE) || knowledge.is_placeholder_host(&host) {
        return refused("a domain that one holder has", "many use this one; list a mailbox, a handle or a url instead");
    }
    if psl::domain_str(&host).is_none() {
        return refused(
            "a domain that somebody registered",
            "anybody may register below this one; write the whole domain",
        );
    }
    Ok(host)
}

/// Whether something follows the host of a web address, or stands before it.
fn has_path(raw: &str) -> bool {
    let rest = raw.find("://").map_or(raw, |at| &raw[at + 3..]);
    rest.trim_end_matches('/').contains(['/', '@'])
}

/// A host without `www.`.
pub(super) fn own_host(host: &str) -> &str {
    host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host)
}

/// An account: an IBAN or another number, or the name of a service and what it knows the account by.
fn account(raw: &str, knowledge: &LinkKnowledge<'_>) -> Result<String, Refusal> {
    const EXPECTED: &str = "an IBAN, or a service and the account there";
    const HELP: &str = "write it as an IBAN, paypal:name@host or wise:P102938; masked ones meet nothing";
    const METHODS: [PaymentMethod; 6] = [
        PaymentMethod::Bank,
        PaymentMethod::Paypal,
        PaymentMethod::Wise,
        PaymentMethod::Payoneer,
        PaymentMethod::Crypto,
        PaymentMethod::Other,
    ];
    let (word, rest) = raw.split_once(':').unwrap_or(("", raw));
    let word = word.trim().to_ascii_lowercase();
    let method = METHODS.into_iter().find(|method| method.as_str() == word);
    let known = match (method, word.as_str()) {
        (Some(PaymentMethod::Crypto), _) => return refused("another kind", "use the kind wallet"),
        (Some(method), _) if rest.contains('@') => {
            knowledge.mail.mailbox(rest).map(|mailbox| format!("{}:{mailbox}", method.as_str()))
        }
        (method @ Some(_), _) => canonical::account(rest, method),
        (None, "" | "iban") => canonical::account(rest, None),
        (None, _) => match knowledge.pages.read(raw) {
            Some(Page::Account(account)) => Some(account),
            _ => None,
        },
    };
    known.ok_or(Refusal { expected: EXPECTED, help: HELP })
}

/// The author of a document, with program and second.
fn author(raw: &str, knowledge: &LinkKnowledge<'_>) -> Option<String> {
    let mut parts = raw.split('|');
    let (author, producer) = (folded(parts.next()?), folded(parts.next()?));
    let created: Date = parts.next()?.trim().parse().ok()?;
    let is_whole = parts.next().is_none() && created.precision() == Precision::Second;
    let says_nothing = author.is_empty() || producer.is_empty() || knowledge.is_placeholder(&author);
    (is_whole && !says_nothing).then(|| format!("{author}|{producer}|{created}"))
}

/// How somebody who vouches for others is reached.
fn reference(raw: &str, knowledge: &LinkKnowledge<'_>) -> Result<String, Refusal> {
    let (word, rest) = raw.split_once(':').unwrap_or_default();
    let kind =
        [KeyKind::Mailbox, KeyKind::Phone, KeyKind::Handle].into_iter().find(|kind| kind.as_str() == word.trim());
    let Some(kind) = kind else {
        return refused("mailbox:, phone: or handle: and how they are reached", "write it as mailbox:name@host");
    };
    key_value(kind, rest, knowledge).map(|(kind, value)| format!("{kind}:{value}"))
}
